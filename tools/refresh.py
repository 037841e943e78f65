"""Refresh repositories from their hosts: the newest figures with their date, and yesterday's while a host is silent.

The task and the command call `refresh`. The database is the queue of record: `due_at` says when a row wants asking, a
claim says that somebody is asking. Rows are claimed in batches as large as one question to their host may be, asked
about with one call, and written together. A host that does not want to be asked, or cannot be, is left alone by
everybody for a while, and the others go on.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched
from time import monotonic
from uuid import uuid4

from django.db import transaction
from django.db.models import FETCH_PEERS

from tools.forges.answers import Forge, Reply, Unauthorized
from tools.models import Host, RefreshRun, Repository
from tools.models.repository import RepositoryQuerySet
from tools.refreshing.keeping import Batch, Kept, keep
from tools.refreshing.pauses import begin_pause, forget_pause, last_pause, standing_pause
from tools.refreshing.rhythm import SECOND, Pause, most_at_once
from tools.words import counted

type Progress = Callable[[int], None]
"""Called with the number of repositories that are done."""


@dataclass(slots=True)
class Outcome:
    """What a run did, for the log and for whoever started it."""

    calls: int = 0
    changed: int = 0
    same: int = 0
    failed: list[str] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)

    @property
    def answered(self) -> int:
        """How many repositories were told of."""
        return self.changed + self.same

    @property
    def done(self) -> int:
        """How many repositories were asked about in vain or not."""
        return self.answered + len(self.failed)

    def __str__(self) -> str:
        calls = counted(self.calls, "call", "calls")
        asked = f"{counted(self.done, 'repository', 'repositories')} asked about with {calls}"
        became = f"{self.changed} changed, {self.same} as before, {len(self.failed)} not seen"
        return " ".join([f"{asked}: {became}.", *(f"{Host(pause.host).label}: {pause}" for pause in self.pauses)])


def refresh(
    now: datetime,
    forges: Iterable[Forge],
    limit: int | None = None,
    *,
    among: RepositoryQuerySet | None = None,
    seconds: float = float("inf"),
    progress: Progress = lambda _: None,
) -> Outcome:
    """Ask each host about its repositories, up to `limit` in all: those that are due, unless told `among` which.

    No question is begun after so many seconds.
    """
    outcome, begun = Outcome(), monotonic()
    for forge in forges:
        run = _Run(now, forge, begun, outcome)
        for batch in run.batches(among, limit, seconds):
            run.ask(batch)
            progress(outcome.done)
        run.end()
    return outcome


@dataclass
class _Run:
    """One run against one host, and its record for editors, which is kept once there was a call."""

    now: datetime
    forge: Forge
    begun: float
    outcome: Outcome

    def __post_init__(self) -> None:
        self.record = RefreshRun(host=self.forge.host, started_at=self.clock)
        self.before = last_pause(self.forge.host)
        self.most = most_at_once(self.forge.most, self.before)

    @property
    def elapsed(self) -> float:
        return monotonic() - self.begun

    @property
    def clock(self) -> datetime:
        return self.now + self.elapsed * SECOND

    def batches(self, among: RepositoryQuerySet | None, limit: int | None, seconds: float) -> Iterator[Batch]:
        """Claim batch after batch until nothing is left, the limit is reached, or the host is to be left alone."""
        for rows in self._due() if among is None else self._chosen(among):
            most = self.most if limit is None else min(self.most, limit - self.outcome.done)
            if most < 1 or self.elapsed > seconds or self._is_paused():
                return
            token = uuid4()
            batch = Batch(token, list(rows.claim(token, self.clock, most).fetch_mode(FETCH_PEERS)))
            if batch.rows:
                yield batch
            elif among is None:
                return

    def _is_paused(self) -> bool:
        if self.record.stopped_by:
            return True
        # Another run may have been told to stop.
        if pause := standing_pause(self.forge.host, self.clock):
            self.outcome.pauses.append(pause)
        return pause is not None

    def _due(self) -> Iterator[RepositoryQuerySet]:
        due = Repository.objects.due(self.now).filter(host=self.forge.host)
        while True:
            # A host that answers one question at a time may not get through in a day: then order matters.
            yield due.neediest_first() if self.forge.most == 1 else due

    def _chosen(self, among: RepositoryQuerySet) -> Iterator[RepositoryQuerySet]:
        chosen = among.filter(host=self.forge.host).values_list("pk", flat=True)
        for keys in batched(chosen, self.most, strict=False):
            yield Repository.objects.filter(pk__in=keys)

    def ask(self, batch: Batch) -> None:
        """Ask about a batch; keep the answers together with the record of the run."""
        reply = self.forge.ask(batch.asked)
        self._mind(reply)
        with transaction.atomic():
            self._count(reply, keep(self.now, batch, reply))
            if self.record.calls:
                self.record.save()

    def end(self) -> None:
        """Close the record, and forget the oldest ones."""
        if self.record.calls:
            self.record.ended_at = self.clock
            self.record.save()
            RefreshRun.objects.forget_oldest()

    def _mind(self, reply: Reply) -> None:
        """Have everybody leave the host alone if it says so, before anything else."""
        if reply.answers and self.before:
            forget_pause(self.forge.host)
            self.before, self.most = None, self.forge.most
        if stop := reply.stop:
            pause = begin_pause(self.clock, self.forge.host, stop)
            self.outcome.pauses.append(pause)
            self.record.stopped_by, self.record.paused_until = stop.reason[:200], pause.until
            self.record.token_refused = isinstance(stop, Unauthorized)

    def _count(self, reply: Reply, kept: Kept) -> None:
        self.outcome.calls += reply.calls
        self.outcome.changed += kept.changed
        self.outcome.same += kept.same
        self.outcome.failed += [f"{name}: {reason}" for name, reason in kept.failed]
        self.record.calls += reply.calls
        self.record.changed += kept.changed
        self.record.same += kept.same
        self.record.add_failures(reason for _, reason in kept.failed)
        self.record.calls_left, self.record.resets_at = reply.left, reply.resets_at
