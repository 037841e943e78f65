"""Write what a host answered about a batch of repositories: all of it or nothing, in a fixed number of statements.

What differs is written by one statement; rows that are as they were only get their next day, by another one. A row is
written only if it is still claimed under the batch's token and still goes by the name that was asked for: whoever
renamed it or took it over in the meantime knows better.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Case, Q, Value, When

from tools.forges.answers import Answer, Asked, Failure, Gone, Nonsense, Reply, Seen, Unchanged, Unreachable
from tools.models import Alert, Observation, Release, Repository, Rival
from tools.noticing import noticed
from tools.refreshing.learning import SILENT, Columns, checked, keepable, learnt, lost, moved
from tools.refreshing.rhythm import Need, next_due
from tools.refreshing.writing import MOST_ROWS, put_each, write_each

FIGURES = ("stars", "forks", "stars_on", "forks_on", "stars_source", "forks_source", "stars_rounded", "forks_rounded")
STATE = ("archived", "disabled", "gone_on", "pushed_on", "licence", "open_issues", "seen_on")
QUEUE = ("due_at", "failures", "failure", "etag")
WRITTEN = (*FIGURES, *STATE, *QUEUE)
# Editors name repositories too: only where the host named another one is theirs replaced.
RENAMED = (*WRITTEN, "name", "source", "verified_on")
OBSERVED = ("repository", "date", "stars", "forks", "rounded", "source")
SILENCE = Nonsense("Its host answered, and said nothing of it.")


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows claimed together under a token, as they were then."""

    token: UUID
    rows: Sequence[Repository]

    @property
    def asked(self) -> list[Asked]:
        """What to ask: each name once, though several tools may live in one repository."""
        etags: dict[str, set[str]] = defaultdict(set)
        for row in self.rows:
            etags[row.name].add(row.known_etag)
        return [Asked(name, found.pop() if len(found) == 1 else "") for name, found in etags.items()]

    def answer_to(self, row: Repository, reply: Reply) -> Answer | Unreachable | None:
        """What became of a row; None where it was not reached and may be asked again as if nothing had happened."""
        answer = reply.answers.get(row.name)
        if answer is None and reply.stop is None:
            return SILENCE
        if answer is None and isinstance(reply.stop, Unreachable) and self._is_last(reply):
            # It may be the one that its host stumbles over, and must not hold up the others for ever.
            return reply.stop
        return checked(answer) if isinstance(answer, Seen) else answer

    def _is_last(self, reply: Reply) -> bool:
        return len({row.name for row in self.rows} - reply.answers.keys()) == 1


@dataclass(slots=True)
class Kept:
    """What was written of a batch: how many rows changed, how many are as they were, and why others told nothing."""

    changed: int = 0
    same: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)


def keep(now: datetime, batch: Batch, reply: Reply) -> Kept:
    """Write the reply, and give back the rows that it does not speak of."""
    with transaction.atomic():
        rows = _still_ours(batch)
        answers = {row.pk: answer for row in rows if (answer := batch.answer_to(row, reply)) is not None}
        if strays := [row.pk for row in batch.rows if row.pk not in answers]:
            Repository.objects.claimed_by(batch.token).filter(pk__in=strays).release()
        settled = _Settled(now, batch, _needs(batch), _known_tags(batch, answers))
        for row in rows:
            if row.pk in answers:
                settled.add(row, answers[row.pk])
        settled.write()
    return settled.kept


def _still_ours(batch: Batch) -> list[Repository]:
    """The rows that nobody renamed or took over, which nobody else can change until all is written."""
    ours = Repository.objects.claimed_by(batch.token).select_for_update(no_key=True).order_by("pk")
    now_at = {pk: f"{host}:{name}" for pk, host, name in ours.values_list("pk", "host", "name")}
    return [row for row in batch.rows if now_at.get(row.pk) == row.notation]


def _needs(batch: Batch) -> Mapping[int, Need]:
    """How much readers need the tools of these rows; two queries."""
    ours = Repository.objects.claimed_by(batch.token)
    popular, compared = set(), set()
    rivals = Rival.objects.filter(Q(tool__in=ours.values("tool")) | Q(other__in=ours.values("tool"))).order_by()
    for tool, other, place in rivals.values_list("tool", "other", "popular"):
        compared |= {tool, other}
        if place is not None:
            popular |= {tool, other}
    followers = ours.order_by().values_list("tool", "tool__followers_count")
    return {tool: Need(count, tool in popular, tool in compared) for tool, count in followers}


def _known_tags(batch: Batch, answers: Mapping[int, Answer | Unreachable]) -> Mapping[int, Collection[str]]:
    """The releases that are known already: all of them where a new one was told, else those that were told."""
    told = {
        key: {release.tag for release in answer.releases}
        for key, answer in answers.items()
        if isinstance(answer, Seen) and answer.releases
    }
    ours = Release.objects.filter(repository__claim_token=batch.token)
    known = _tags(ours.filter(tag__in=set().union(*told.values())))
    fresh = [pk for pk, tags in told.items() if not tags <= known[pk]]
    return known | _tags(Release.objects.filter(repository__in=fresh)) if fresh else known


def _tags(releases: models.QuerySet[Release]) -> defaultdict[int, set[str]]:
    tags: defaultdict[int, set[str]] = defaultdict(set)
    for repository, tag in releases.order_by().values_list("repository", "tag"):
        tags[repository].add(tag)
    return tags


@dataclass(slots=True)
class _Settled:
    """The rows of a batch as they are to be, gathered and written with one statement a table."""

    now: datetime
    batch: Batch
    needs: Mapping[int, Need]
    tags: Mapping[int, Collection[str]]
    kept: Kept = field(default_factory=Kept)
    changed: defaultdict[Sequence[str], list[list[Any]]] = field(default_factory=lambda: defaultdict(list))
    same: defaultdict[datetime, list[int]] = field(default_factory=lambda: defaultdict(list))
    observations: list[Sequence[Any]] = field(default_factory=list)
    releases: list[Release] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)

    @property
    def today(self) -> date:
        return self.now.astimezone(UTC).date()

    def add(self, row: Repository, answer: Answer | Unreachable) -> None:
        match answer:
            case Seen():
                self._seen(row, answer)
            case Unchanged():
                self.same[self._due(row)].append(row.pk)
                self.kept.same += 1
            case Gone() | Nonsense() | Unreachable():
                self._failed(row, answer)

    def _seen(self, row: Repository, seen: Seen) -> None:
        new, due_at = learnt(row, seen, self.today), self._due(row, moved(row, seen.stars, self.today))
        self.alerts += noticed(row, seen, self.today, self.tags.get(row.pk, ()))
        self._release(row, seen)
        if new.keys() - SILENT:
            self.kept.changed += 1
        else:
            self.kept.same += 1
        if new.keys() & {"stars", "forks"}:
            self.observations.append([row.pk, self.today, seen.stars, seen.forks, False, f"{row.host}:{seen.name}"])
        if new:
            self._change(row, new, due_at=due_at, failures=0, failure="", seen_on=self.today)
        else:
            self.same[due_at].append(row.pk)

    def _failed(self, row: Repository, failure: Gone | Nonsense | Unreachable) -> None:
        new: Columns = {}
        if isinstance(failure, Gone):
            new = lost(row, failure, self.today)
            if new["gone_on"]:
                self.alerts += noticed(row, failure, self.today, self.tags.get(row.pk, ()))
        failures = min(row.failures + 1, 32_767)
        due_at = next_due(self.now, row.pk, failures)
        self._change(row, new, due_at=due_at, failures=failures, failure=_reason(failure))
        self.kept.failed.append((str(row), _reason(failure)))

    def _change(self, row: Repository, new: Columns, **queue: Any) -> None:
        for name, value in (new | queue).items():
            setattr(row, name, value)
        columns = RENAMED if "name" in new else WRITTEN
        self.changed[columns].append([row.pk, *(getattr(row, name) for name in columns), None, None])

    def _due(self, row: Repository, share: float = 0.0) -> datetime:
        """When it is due; rows asked at once and needed alike stay together, so that batches stay full."""
        need = self.needs[row.tool_id]
        need = Need(need.followers, need.popular, need.compared, share)
        return next_due(self.now, self.batch.rows[0].pk, 0, need)

    def _release(self, row: Repository, seen: Seen) -> None:
        known = self.tags.get(row.pk, ())
        for release in keepable(seen.releases):
            if release.tag not in known:
                fields = {"tag": release.tag, "released_on": release.on, "seen_on": self.today}
                self.releases.append(Release(repository_id=row.pk, **fields))

    def write(self) -> None:
        """Write all that was gathered; a table that nothing is for is not touched."""
        for columns, rows in self.changed.items():
            write_each(Repository, (*columns, "claimed_at", "claim_token"), rows)
        self._confirm()
        put_each(Observation, OBSERVED, ("repository", "date"), self.observations)
        Release.objects.bulk_create(self.releases, batch_size=MOST_ROWS, ignore_conflicts=True)
        Alert.objects.bulk_create(self.alerts, batch_size=MOST_ROWS, ignore_conflicts=True)

    def _confirm(self) -> None:
        """Say of the rows that are left, which are as they were, that they were seen, and when they are due."""
        if not self.same:
            return
        *fewer, (most, _) = sorted(self.same.items(), key=lambda group: len(group[1]))
        dues = [When(pk__in=keys, then=Value(due_at)) for due_at, keys in fewer]
        Repository.objects.claimed_by(self.batch.token).update(
            due_at=Case(*dues, default=Value(most), output_field=models.DateTimeField()),
            seen_on=self.today,
            failures=0,
            failure="",
            claimed_at=None,
            claim_token=None,
        )


def _reason(failure: Failure) -> str:
    return failure.reason[:200]
