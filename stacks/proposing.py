"""What a scan proposes for a stack, line by line, each with what proves it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from stacks.models import Stack, Use
from stacks.scanner.clues import Certainty, Evidence, Found, Scan, Skipped
from tools.models import Tool

WORDS = {
    Certainty.DECLARED: "declared",
    Certainty.LOCKED: "locked",
    Certainty.CONFIGURED: "configured",
    Certainty.MENTIONED: "mentioned",
}
UNKNOWN_SHOWN = 100
LONGEST_PROOF = 300


@dataclass(frozen=True, slots=True)
class Offer:
    """A tool that the scan saw and the stack does not hold."""

    tool: Tool
    proof: str
    """Where it was seen and how sure that is; the empty string where only its name was sent."""
    chosen: bool
    """Whether it is taken unless its owner says otherwise."""


@dataclass(frozen=True, slots=True)
class Diff:
    """What could change in a stack."""

    add: Sequence[Offer] = ()
    also: Sequence[Offer] = ()
    """Tools that only something else needs."""
    unseen: Sequence[Tool] = ()
    """Tools of the stack that the scan did not see."""
    dropped: frozenset[int] = frozenset()
    """Those of them that are ticked."""
    kept: int = 0
    """Tools of the stack that it saw as well."""
    unknown: Sequence[str] = ()
    more_unknown: int = 0
    skipped: Sequence[Skipped] = ()
    files: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to take."""
        return not self.add and not self.also


@dataclass(frozen=True, slots=True)
class _Held:
    """The tools of a stack and those that were seen, in the order of the taxonomy."""

    seen: Sequence[Tool]
    in_stack: Mapping[int, Tool] = field(default_factory=dict)

    @property
    def new(self) -> list[Tool]:
        return [tool for tool in self.seen if tool.pk not in self.in_stack]

    @property
    def unseen(self) -> list[Tool]:
        seen = {tool.pk for tool in self.seen}
        return [tool for pk, tool in self.in_stack.items() if pk not in seen]


def of_scan(scan: Scan, stack: Stack | None) -> Diff:
    """What the scan says that the stack does not; three queries at most."""
    direct = {found.slug: proof(found) for found in scan.tools}
    transitive = {found.slug: proof(found) for found in scan.transitive if found.slug not in direct}
    held = _held([*direct, *transitive], stack)
    # What only something else needs is no news of a tool that the stack holds.
    unknown = [row.identifier for row in scan.unknown]
    return Diff(
        add=[Offer(tool, direct[tool.slug], chosen=True) for tool in held.new if tool.slug in direct],
        also=[Offer(tool, transitive[tool.slug], chosen=False) for tool in held.new if tool.slug in transitive],
        unseen=held.unseen,
        kept=len(held.in_stack) - len(held.unseen),
        unknown=unknown[:UNKNOWN_SHOWN],
        more_unknown=len(unknown[UNKNOWN_SHOWN:]),
        skipped=scan.skipped,
        files=scan.files,
    )


def of_slugs(slugs: Iterable[str], stack: Stack | None) -> Diff:
    """The same of a scan of which only the slugs were sent."""
    return of_scan(Scan(tools=tuple(Found(slug, ()) for slug in slugs)), stack)


def as_sent(
    proofs: Mapping[str, str],
    taken: frozenset[str],
    dropped: frozenset[str],
    stack: Stack | None,
    unknown: Sequence[str],
) -> Diff:
    """The same again, as a form came back: what was offered with its proofs, and what was ticked."""
    held = _held(proofs, stack)
    return Diff(
        add=[Offer(tool, proofs[tool.slug], chosen=tool.slug in taken) for tool in held.new],
        unseen=held.unseen,
        dropped=frozenset(tool.pk for tool in held.unseen if tool.slug in dropped),
        kept=len(held.in_stack) - len(held.unseen),
        unknown=unknown,
    )


def proof(found: Found) -> str:
    """Where the tool was found, how sure that is, and whether it is for development."""
    if not found.evidence:
        return ""
    first, *others = found.evidence
    words = [_place(first), WORDS[first.certainty], *(["for development"] if found.development else [])]
    places = {_place(row) for row in others} - {_place(first)}
    if places:
        words.append(f"and in {len(places)} more place{'s' if len(places) > 1 else ''}")
    return ", ".join(words)[:LONGEST_PROOF]


def _place(row: Evidence) -> str:
    return f"{row.file}:{row.line}" if row.line else row.file


def _held(slugs: Iterable[str], stack: Stack | None) -> _Held:
    layer, category, function = "function__category__layer", "function__category", "function"
    order = [f"{place}__position" for place in (layer, category, function)]
    seen = list(Tool.objects.among(tuple(slugs)).with_place().order_by(*order, "name"))
    if stack is None:
        return _Held(seen)
    return _Held(seen, {use.tool_id: use.tool for use in Use.objects.filter(stack=stack).with_tools()})
