"""How the refresh is doing, for editors and for those who watch the site; queries are few, whatever there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, Max, Min, Q
from django.urls import reverse

from tools.models import Host, RefreshRun, Repository
from tools.models.repository import AT_ONCE
from tools.words import counted

OVERDUE = timedelta(days=1)
RUNS = 20
MOST_LATE = 0.5
FAILURES = 50
# What GitHub grants in an hour to whoever brings no token, one repository a call.
CALLS_WITHOUT_TOKEN = 60
TOKENS = {Host.GITHUB: "GITHUB_TOKENS", Host.GITLAB: "GITLAB_TOKEN", Host.CODEBERG: "CODEBERG_TOKEN"}
"""The settings that hold them."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The repositories at one host, by what becomes of them."""

    total: int = 0
    due: int = 0
    overdue: int = 0
    failing: int = 0
    gone: int = 0
    promised: int = 0
    late: int = 0
    next_due: datetime | None = None


@dataclass(frozen=True, slots=True)
class HostState:
    """One host at one moment: its repositories, the last run against it, and how many tokens are set for it."""

    host: Host
    now: datetime
    counts: Counts
    run: RefreshRun | None
    tokens: int

    @property
    def name(self) -> str:
        """The host's name, as people write it."""
        return str(self.host.label)

    @property
    def variable(self) -> str:
        """The variable of the environment that a token is put in."""
        return f"{self.host.upper()}_TOKEN"

    @property
    def is_refused(self) -> bool:
        """Whether the last run ended because the host does not know the token."""
        return self.run is not None and self.run.token_refused

    @property
    def is_paused(self) -> bool:
        """Whether the host is being left alone."""
        return self.run is not None and self.run.paused_until is not None and self.run.paused_until > self.now

    @property
    def is_silent(self) -> bool:
        """Whether nothing was heard of any of its repositories for longer than promised."""
        return settings.REFRESH and 0 < self.counts.promised == self.counts.late

    @property
    def token(self) -> str:
        """What is known of the tokens, and what follows; never a token."""
        if self.is_refused:
            return (
                f"{self.name} refuses the token. Make a new one, which needs no rights, set {self.variable} to it and "
                "start the site anew. Until then all figures stay as they are, with their days."
            )
        if self.tokens:
            return "A token is set." if self.tokens == 1 else f"{self.tokens} tokens are set."
        if self.host == Host.GITHUB:
            return self._without_token
        return f"No token is set; {self.name} answers without one. {self.variable} may hold one."

    @property
    def _without_token(self) -> str:
        total = self.counts.total
        repositories = counted(total, "repository takes", "repositories take")
        hours = counted(-(-total // CALLS_WITHOUT_TOKEN), "hour", "hours")
        return (
            f"No token is set, so GitHub answers {CALLS_WITHOUT_TOKEN} calls an hour, one repository each: "
            f"{repositories} {hours}. With a token in {self.variable} it answers 5,000 calls, "
            "a hundred repositories each."
        )

    @property
    def troubles(self) -> list[str]:
        """What an editor should hear of at once; each a sentence."""
        found = [self.token] if self.is_refused else []
        if self.is_silent:
            days = counted(settings.FIGURES_PROMISED_DAYS, "day", "days")
            found.append(f"Nothing was heard from {self.name} for longer than the {days} promised.{self._reason}")
        return found

    @property
    def _reason(self) -> str:
        return f" The last run ended so: {self.run.stopped_by}" if self.run and self.run.stopped_by else ""


@dataclass(frozen=True, slots=True)
class Failure:
    """A sentence that a host said, how many repositories it was said of, and the admin's list of them."""

    host: str
    sentence: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Freshness:
    """How many repositories should have figures younger than promised, and how many of them have not."""

    promised: int
    late: int

    @property
    def share_late(self) -> float:
        """The share that is late; nobody is late where nothing was promised yet."""
        return self.late / self.promised if self.promised else 0.0

    @property
    def is_kept(self) -> bool:
        """Whether the promise is kept on the whole, or nobody made it: a few late ones are no fault of the site."""
        return not settings.REFRESH or self.share_late <= MOST_LATE


def freshness(now: datetime) -> Freshness:
    """How fresh the figures are; two queries. What was installed within the time promised is not late yet."""
    since = promised_since(now)
    return Freshness(Repository.objects.promised(since).count(), Repository.objects.late(since).count())


def put_first(count: int) -> str:
    """What an editor is told who put so many repositories first in the queue."""
    return f"{counted(count, 'repository is', 'repositories are')} asked about next, unless their host is left alone."


def promised_since(now: datetime) -> datetime:
    """The moment since which figures should have been told."""
    return now - timedelta(days=settings.FIGURES_PROMISED_DAYS)


def host_states(now: datetime) -> list[HostState]:
    """Every host that has a repository or was asked; two queries."""
    runs = {run.host: run for run in _last_runs()}
    counts = _counts(now)
    hosts = [host for host in Host if host in counts or host in runs]
    return [HostState(host, now, counts.get(host, Counts()), runs.get(host), _tokens(host)) for host in hosts]


def failures() -> list[Failure]:
    """Why repositories could not be asked about, the commonest reason first; one query."""
    rows = Repository.objects.exclude(failure="").order_by().values_list("host", "failure")
    listing = reverse("admin:tools_repository_changelist")
    return [
        Failure(Host(host).label, said, count, f"{listing}?{urlencode({'host__exact': host, 'failure__exact': said})}")
        for host, said, count in rows.annotate(count=Count("pk")).order_by("-count", "host", "failure")[:FAILURES]
    ]


def newest_runs() -> Sequence[RefreshRun]:
    """The newest runs, the newest first; one query."""
    return list(RefreshRun.objects.all()[:RUNS])


def _last_runs() -> Sequence[RefreshRun]:
    last = RefreshRun.objects.order_by().values("host").annotate(last=Max("pk"))
    return list(RefreshRun.objects.filter(pk__in=last.values("last")))


def _counts(now: datetime) -> dict[str, Counts]:
    since = promised_since(now)
    rows: Any = Repository.objects.order_by().values("host")
    found = rows.annotate(
        total=Count("pk"),
        due=Count("pk", filter=Q(due_at__lte=now)),
        overdue=Count("pk", filter=Q(due_at__lte=now - OVERDUE, due_at__gt=AT_ONCE)),
        failing=Count("pk", filter=~Q(failure="")),
        gone=Count("pk", filter=Q(gone_on__isnull=False)),
        promised=Count("pk", filter=Q(pk__in=Repository.objects.order_by().promised(since).values("pk"))),
        late=Count("pk", filter=Q(pk__in=Repository.objects.order_by().late(since).values("pk"))),
        next_due=Min("due_at"),
    )
    return {row.pop("host"): Counts(**row) for row in found}


def _tokens(host: Host) -> int:
    """How many are set; GitHub's setting is a list of them, the others' one or the empty string."""
    held = getattr(settings, TOKENS[host], "")
    return len(held) if isinstance(held, list | tuple) else int(bool(held))
