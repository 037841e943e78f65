"""What a load did, in numbers and sentences."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tools.catalogue.merging import Clash
from tools.catalogue.reading import Refused


@dataclass
class Report:
    """Files by what became of them, and the clashes found on the way."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[Refused] = field(default_factory=list)
    clashes: list[tuple[str, Clash]] = field(default_factory=list)

    @property
    def total(self) -> int:
        """All files that were looked at."""
        return self.added + self.changed + self.unchanged + len(self.refused)

    def lines(self) -> Iterator[str]:
        """The report as a person reads it: one line of numbers, then a line for each refusal and each clash."""
        yield (
            f"{self.total} files: {self.added} added, {self.changed} changed, {self.unchanged} unchanged, "
            f"{len(self.refused)} refused, {len(self.clashes)} clashes"
        )
        for refusal in self.refused:
            yield f"refused {refusal}"
        for path, clash in self.clashes:
            site, file = _short(clash.site), _short(clash.file)
            yield f"kept the site's {clash.field} of {path}: {site}, though the file says {file}"


def _short(value: Any) -> str:
    """A value in at most 80 characters, and a word for none."""
    if value is None or value == "":
        return "nothing"
    text = repr(value)
    return text if len(text) <= 80 else text[:79] + "…"
