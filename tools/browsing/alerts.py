"""What the address of the list of alerts asks for, and the ways from there to its neighbours."""

from dataclasses import dataclass, replace

from django.urls import reverse

from tools.browsing.selection import Way, query_string
from tools.models import AlertKind, Tool
from tools.models.alert import AlertQuerySet


@dataclass(frozen=True, slots=True)
class AlertSelection:
    """Which alerts; `path` is the list's own address."""

    path: str
    kind: AlertKind | None = None
    tool: Tool | None = None

    @property
    def title(self) -> str:
        """What is listed, as a heading says it."""
        about = f"What happened to {self.tool}" if self.tool else "What happened to tools"
        return f"{about}: {self.kind.label}" if self.kind else about

    @property
    def query(self) -> str:
        """It as a query string, or nothing where it asks for everything."""
        return query_string([("kind", self.kind or ""), ("tool", self.tool.slug if self.tool else "")])

    @property
    def kinds(self) -> list[Way]:
        """One for each kind, and first one for all of them."""
        ways = [(None, "Everything"), *((kind, f"{kind.label[:1].upper()}{kind.label[1:]}") for kind in AlertKind)]
        return [Way(label, self._url(replace(self, kind=kind)), kind == self.kind) for kind, label in ways]

    @property
    def filters(self) -> list[Way]:
        """What narrows the list besides; each leads to the list without it."""
        return [Way(f"Tool: {self.tool}", self._url(replace(self, tool=None)))] if self.tool else []

    @property
    def atom_url(self) -> str:
        """The feed that comes nearest: the tool's, or everybody's."""
        return reverse("feed-tool-alerts", args=[self.tool.slug]) if self.tool else reverse("feed-alerts")

    def of(self, alerts: AlertQuerySet) -> AlertQuerySet:
        """Those of the alerts that it asks for, the newest first."""
        found = alerts.newest()
        if self.kind:
            found = found.filter(kind=self.kind)
        return found.filter(tool=self.tool) if self.tool else found

    def _url(self, selection: "AlertSelection") -> str:
        return f"{self.path}{selection.query}"
