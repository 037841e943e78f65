"""Measures the scanner against repositories whose tools are known.

`fixtures/labelled/<name>/` is a small repository of our own making and `<name>.toml` beside it says what it is: `tools`
it uses itself, to run or to be developed; what a careless scanner would claim (`never`); what can be argued either way
(`maybe`: neither missed nor false); and which tools are certainly for `development` or for `runtime`.
`python -m tests.stacks.labelled` prints the figures and every fault.
"""

import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from stacks.scanner.clues import Found, Scan
from stacks.scanner.knowledge import known
from stacks.scanner.scanning import scan_folder

HOME = Path(__file__).with_name("fixtures") / "labelled"


@dataclass(frozen=True)
class Label:
    """What one repository is known to use."""

    name: str
    ecosystem: str
    files: int
    tools: frozenset[str]
    never: frozenset[str]
    maybe: frozenset[str]
    development: frozenset[str]
    runtime: frozenset[str]

    @property
    def folder(self) -> Path:
        return HOME / self.name


@dataclass(frozen=True)
class Outcome:
    """A label and what the scanner said."""

    label: Label
    scan: Scan

    @property
    def found(self) -> dict[str, Found]:
        return {tool.slug: tool for tool in self.scan.tools}

    @property
    def right(self) -> set[str]:
        return self.found.keys() & self.label.tools

    @property
    def missed(self) -> frozenset[str]:
        return self.label.tools - self.found.keys()

    @property
    def false(self) -> set[str]:
        return self.found.keys() - self.label.tools - self.label.maybe


def label(file: Path) -> Label:
    """Reads one description."""
    said = tomllib.loads(file.read_text(encoding="utf-8"))
    sets = {key: frozenset(said.get(key, ())) for key in ("tools", "never", "maybe", "development", "runtime")}
    return Label(file.stem, said["ecosystem"], said["files"], **sets)


@cache
def labels() -> tuple[Label, ...]:
    """All of the set, by name."""
    return tuple(label(file) for file in sorted(HOME.glob("*.toml")))


@cache
def outcomes() -> tuple[Outcome, ...]:
    """What the scanner says of all of the set."""
    return tuple(Outcome(label, scan_folder(label.folder, known())) for label in labels())


def precision(measured: Sequence[Outcome]) -> float:
    """The share of what was claimed that is right; 1 where nothing was claimed."""
    right = sum(len(outcome.right) for outcome in measured)
    return right / (right + sum(len(outcome.false) for outcome in measured) or 1)


def recall(measured: Sequence[Outcome]) -> float:
    """The share of what is used that was found."""
    return sum(len(outcome.right) for outcome in measured) / sum(len(outcome.label.tools) for outcome in measured)


def row(name: str, measured: Sequence[Outcome]) -> str:
    """One line of the table."""
    tools = sum(len(outcome.label.tools) for outcome in measured)
    return f"{name:16} {len(measured):5} {tools:6} {precision(measured):10.3f} {recall(measured):7.3f}"


def table(measured: Sequence[Outcome]) -> str:
    """Precision and recall for each ecosystem and for all."""
    ecosystems: dict[str, list[Outcome]] = {}
    for outcome in measured:
        ecosystems.setdefault(outcome.label.ecosystem, []).append(outcome)
    head = f"{'ecosystem':16} {'repos':>5} {'tools':>6} {'precision':>10} {'recall':>7}"
    return "\n".join([head, *(row(name, ecosystems[name]) for name in sorted(ecosystems)), row("all", measured)])


def faults(measured: Sequence[Outcome]) -> str:
    """A line for each repository that was not read as labelled."""
    return "\n".join(
        f"{outcome.label.name}: missed {sorted(outcome.missed)}, false {sorted(outcome.false)}"
        for outcome in measured
        if outcome.missed or outcome.false
    )


def report(measured: Sequence[Outcome]) -> str:
    """The table, and what went wrong."""
    return f"{table(measured)}\n\n{faults(measured)}\n"


if __name__ == "__main__":
    sys.stdout.write(report(outcomes()))
