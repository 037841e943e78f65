"""Decisions of the site as Markdown Any Decision Records, and records as what stands in the form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from advice import limits, madr
from advice.models import Outcome, Post, PostState, Result, Role
from tools.fields import known, written
from tools.models import Tool

RESULTS = {
    Result.KEPT: madr.Result.KEPT,
    Result.REGRETS: madr.Result.REGRETTED,
    Result.REPLACED: madr.Result.REPLACED,
    Result.ENDED: madr.Result.ENDED,
}
MOST = {Role.CHOSEN: limits.CHOSEN, Role.CONSIDERED: limits.CONSIDERED, Role.ABOUT: limits.ABOUT}
NOT_CARRIED = "What became of the decision is not taken along: tell it again once the decision is published."


@dataclass(frozen=True, slots=True)
class Import:
    """What a record puts into the form, and what its author should know."""

    initial: Mapping[str, Any]
    warnings: tuple[str, ...]


def exported(post: Post) -> str:
    """The decision as a file, of the rows that `with_rows` has read; two more queries where outcomes name tools."""
    told = list(Outcome.objects.filter(post=post).answered().select_related("tool", "replaced_by"))
    names = _Names()
    in_role = {role: tuple(names.of(tool) for tool in post.tools_in(role)) for role in Role}
    record = madr.Record(
        title=post.title,
        status=_status(post, told),
        decided_on=post.decided_on,
        context=post.context,
        chosen=in_role[Role.CHOSEN],
        considered=in_role[Role.CONSIDERED],
        why=post.why,
        consequences=post.consequences,
        tags=in_role[Role.ABOUT],
        outcomes=tuple(_outcome(post, outcome, names) for outcome in told),
    )
    return madr.write(record)


def imported(text: str) -> Import:
    """What a record in Markdown says, for the form; ValueError with a sentence where it is none."""
    reading = madr.read(text)
    record = reading.record
    warnings = list(reading.warnings)
    roles = {Role.CHOSEN: record.chosen, Role.CONSIDERED: record.considered, Role.ABOUT: record.tags}
    initial: dict[str, Any] = {role: _in_form(role, tools, warnings) for role, tools in roles.items()}
    if record.outcomes:
        warnings.append(NOT_CARRIED)
    texts = {name: getattr(record, name) for name in ("title", "context", "why", "consequences", "decided_on")}
    return Import(initial | texts, tuple(dict.fromkeys(warnings)))


class _Names:
    """One name for each tool: of two that are called the same, the second also bears its slug."""

    def __init__(self) -> None:
        self._slugs: dict[str, str] = {}

    def of(self, tool: Tool) -> madr.ToolName:
        is_taken = self._slugs.setdefault(tool.name, tool.slug) != tool.slug
        return madr.ToolName(f"{tool.name} ({tool.slug})" if is_taken else tool.name, tool.slug)


def _status(post: Post, told: list[Outcome]) -> str:
    if post.state == PostState.DRAFT:
        return "proposed"
    return "superseded" if told and told[-1].result == Result.REPLACED else "accepted"


def _outcome(post: Post, outcome: Outcome, names: _Names) -> madr.Outcome:
    decided = post.decided_on or post.created_at.date()
    assert outcome.on is not None
    months = (outcome.on.year - decided.year) * 12 + outcome.on.month - decided.month
    # A record has no place for which of several tools was replaced.
    which = f"{outcome.tool} was replaced." if outcome.tool and len(post.tools_in(Role.CHOSEN)) > 1 else ""
    return madr.Outcome(
        day=outcome.on,
        months=max(outcome.months or months, 0),
        result=RESULTS[Result(outcome.result)],
        replaced_by=names.of(outcome.replaced_by) if outcome.replaced_by else None,
        why="\n\n".join(filter(None, [which, outcome.why])),
    )


def _in_form(role: Role, named: Iterable[madr.ToolName], warnings: list[str]) -> str:
    """The tools as the field shows them; those that are unknown or too many are told of."""
    named = list(named)
    by_slug, _ = known([tool.slug for tool in named if tool.slug])
    slugs = {tool.slug for tool in by_slug}
    tools, unknown = known([tool.slug if tool.slug in slugs else tool.name for tool in named])
    if unknown:
        warnings.append(f"Not in the catalogue, so left out of “{role.label}”: {', '.join(unknown)}.")
    if left := tools[MOST[role] :]:
        names = ", ".join(tool.name for tool in left)
        warnings.append(f"Up to {MOST[role]} tools fit into “{role.label}”, so left out: {names}.")
    return written(tools[: MOST[role]])
