"""A record as a file. Pure.

After MADR 4 (https://adr.github.io/madr/). What it has no field for stands readably under "More Information": the
tools' slugs, the tags, and what became of the decision.
"""

import json
from collections.abc import Iterable, Iterator

from advice.madr.blocks import escaped, heading, shifted
from advice.madr.record import Outcome, Record, ToolName
from advice.madr.words import NUMBERED


def write(record: Record) -> str:
    """The record as a MADR file, ended by a line feed."""
    parts = [
        _front_matter(record),
        heading(1, NUMBERED.sub(r"\1\\\2", escaped(record.title))),
        heading(2, "Context and Problem Statement"),
        shifted(record.context, 2),
        *_considered(record),
        *_outcome(record),
        *_more(record),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _front_matter(record: Record) -> str:
    # JSON's way of writing a string is one of YAML's.
    lines = [f"status: {json.dumps(record.status, ensure_ascii=False)}"] if record.status else []
    lines += [f"date: {record.decided_on.isoformat()}"] if record.decided_on else []
    return "\n".join(["---", *lines, "---"]) if lines else ""


def _considered(record: Record) -> Iterator[str]:
    if options := (*record.chosen, *record.considered):
        yield heading(2, "Considered Options")
        yield _listed(tool.name for tool in options)


def _outcome(record: Record) -> Iterator[str]:
    names = ", ".join(_quoted(tool.name) for tool in record.chosen) or "none"
    plural = "s" if len(record.chosen) > 1 else ""
    yield heading(2, "Decision Outcome")
    yield f"Chosen option{plural}: {names}{', because:' if record.why else '.'}"
    yield shifted(record.why, 3)
    if record.consequences:
        yield heading(3, "Consequences")
        yield shifted(record.consequences, 3)


def _more(record: Record) -> Iterator[str]:
    known = {tool.name: tool for tool in record.tools() if tool.slug}
    if known or record.tags or record.outcomes:
        yield heading(2, "More Information")
    if known:
        yield heading(3, "Tools")
        yield "\n".join(f"* {escaped(tool.name)}: `{tool.slug}`" for tool in known.values())
    if record.tags:
        yield heading(3, "Tags")
        yield _listed(tool.name for tool in record.tags)
    for outcome in record.outcomes:
        yield heading(3, _told(outcome))
        yield shifted(outcome.why, 3)


def _told(outcome: Outcome) -> str:
    after = "After 1 month" if outcome.months == 1 else f"After {outcome.months} months"
    return f"{after}, on {outcome.day.isoformat()}: {outcome.result}{_by(outcome.replaced_by)}"


def _by(tool: ToolName | None) -> str:
    return f" by {escaped(tool.name)}" if tool else ""


def _listed(names: Iterable[str]) -> str:
    return "\n".join(f"* {escaped(name)}" for name in names)


def _quoted(name: str) -> str:
    return '"' + escaped(name).replace('"', '\\"') + '"'
