"""Which rows are asked about, by whom, and who is left alone: the database as the queue of record."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from time import sleep
from uuid import uuid4

import pytest

from tests.tools.dictionary_forge import GONE, DictionaryForge, seen
from tests.tools.github_server import NOW
from tests.tools.refreshing import DAY, HOUR, MINUTE, TODAY, YESTERDAY, anew, changed, repositories, repository
from tools.forges.answers import Asked, RateLimited, Reply, Stop, Unauthorized, Unreachable
from tools.models import Host, RefreshRun, Repository, Tool
from tools.models.refresh_run import MOST_KEPT
from tools.models.repository import CLAIM_LASTS
from tools.refresh import Outcome, refresh
from tools.refreshing.pauses import standing_pause

pytestmark = pytest.mark.django_db
# Begun with this, chance lengthens the first pause by less than a tenth of a second.
LITTLE_JITTER = 139
STOPS: list[Stop] = [
    RateLimited("Ask less often.", NOW + 2 * HOUR),
    Unreachable("Nobody answered in time."),
    Unauthorized("The token is not accepted."),
]


def knowing(rows: list[Repository], **fields: object) -> DictionaryForge:
    """A host that knows these rows' repositories with new figures."""
    return DictionaryForge({row.name: seen(row.name) for row in rows}, **fields)  # type: ignore[arg-type]  # as given


# Which rows, in which order.


def test_the_longest_due_is_asked_first_and_what_is_not_due_is_not_asked() -> None:
    later = repository("later", "owner/later", due_at=NOW + MINUTE)
    second, first = (repository(name, f"owner/{name}", due_at=NOW - wait) for name, wait in WAITS)
    forge = knowing([later, second, first])
    refresh(NOW, [forge])
    assert forge.asked == ["owner/first", "owner/second"]


WAITS = (("second", timedelta()), ("first", MINUTE))


def test_one_by_one_the_stalest_is_asked_first_and_of_these_the_most_followed() -> None:
    rows = {name: repository(name, f"owner/{name}") for name in ("fresh", "stale", "followed", "never")}
    for name, days in (("fresh", 1), ("stale", 9), ("followed", 9)):
        changed(rows[name], seen_on=(NOW - days * DAY).date())
    Tool.objects.filter(slug="followed").update(followers_count=3)
    forge = knowing(list(rows.values()), most=1)
    refresh(NOW, [forge])
    assert forge.questions == [["owner/never"], ["owner/followed"], ["owner/stale"], ["owner/fresh"]]


@pytest.mark.parametrize("most", [1, 100])
def test_what_an_editor_wants_at_once_is_asked_before_all_that_waits(most: int) -> None:
    fresh = repository("fresh", "owner/fresh", due_at=NOW + DAY, seen_on=TODAY)
    forge = knowing([*repositories(2), fresh], most=most)
    Repository.objects.filter(pk=fresh.pk).ask_now()
    refresh(NOW, [forge], 1)
    assert forge.asked == ["owner/fresh"]
    assert anew(fresh).due_at > NOW


def test_a_run_asks_about_no_more_than_its_limit() -> None:
    forge = knowing(repositories(5), most=2)
    assert refresh(NOW, [forge], 3) == Outcome(calls=2, changed=3)
    assert [len(question) for question in forge.questions] == [2, 1]


def test_a_run_ends_when_its_time_is_up() -> None:
    forge = knowing(repositories(1))
    assert refresh(NOW, [forge], seconds=0) == Outcome()
    assert forge.questions == []


def test_what_is_chosen_is_asked_once_due_or_not() -> None:
    rows = repositories(3, due_at=NOW + DAY)
    forge = knowing(rows, most=2)
    refresh(NOW, [forge], among=Repository.objects.exclude(pk=rows[1].pk).order_by("pk"))
    assert forge.questions == [["owner/tool-0", "owner/tool-2"]]


def test_each_host_is_asked_about_its_own() -> None:
    here, there = repository("here", "owner/here"), repository("there", "group/there", host=Host.GITLAB)
    github, gitlab = knowing([here]), knowing([there], host="gitlab", most=1)
    assert refresh(NOW, [github, gitlab]) == Outcome(calls=2, changed=2)
    assert (github.asked, gitlab.asked) == (["owner/here"], ["group/there"])
    assert anew(there).stars_source == "gitlab:group/there"


def test_progress_is_told_after_each_batch() -> None:
    told: list[int] = []
    refresh(NOW, [knowing(repositories(5), most=2)], progress=told.append)
    assert told == [2, 4, 5]


# Claims.


def test_a_row_is_claimed_by_one_worker_only() -> None:
    repositories(3)
    mine, theirs = uuid4(), uuid4()
    assert Repository.objects.due(NOW).claim(mine, NOW, 2).count() == 2
    assert Repository.objects.due(NOW).claim(theirs, NOW, 3).count() == 1
    assert list(Repository.objects.due(NOW)) == []
    assert Repository.objects.claimed_by(mine).count() == 2


def test_a_row_claimed_by_another_worker_is_not_asked_about() -> None:
    rows = repositories(3)
    Repository.objects.filter(pk=rows[1].pk).claim(uuid4(), NOW, 1)
    forge = knowing(rows)
    refresh(NOW, [forge], among=Repository.objects.all())
    assert sorted(forge.asked) == ["owner/tool-0", "owner/tool-2"]


def test_a_claim_left_behind_by_a_dead_worker_expires() -> None:
    rows = repositories(1)
    Repository.objects.due(NOW).claim(uuid4(), NOW, 1)
    assert refresh(NOW + CLAIM_LASTS - MINUTE, [knowing(rows)]) == Outcome()
    assert refresh(NOW + CLAIM_LASTS + MINUTE, [knowing(rows)]) == Outcome(calls=1, changed=1)


class Slow(DictionaryForge):
    """A host so slow that another worker takes the rows over in the meantime."""

    def ask(self, asked: Sequence[Asked]) -> Reply:
        rival = DictionaryForge({"owner/tool-0": seen("owner/tool-0", stars=2)})
        refresh(NOW + CLAIM_LASTS + MINUTE, [rival])
        return super().ask(asked)


def test_what_a_worker_brings_after_it_lost_its_claim_is_not_written() -> None:
    row = repositories(1)[0]
    slow = Slow({row.name: seen(row.name, stars=3)})
    assert refresh(NOW, [slow], 1) == Outcome(calls=1)
    assert (anew(row).stars, anew(row).claimed_at) == (2, None)


def test_a_host_that_forgets_to_answer_is_asked_more_rarely() -> None:
    class Forgetful(DictionaryForge):
        def ask(self, asked: Sequence[Asked]) -> Reply:
            return Reply({})

    row = repositories(1)[0]
    outcome = refresh(NOW, [Forgetful()])
    assert outcome.failed == ["owner/tool-0: Its host answered, and said nothing of it."]
    assert (anew(row).failures, anew(row).gone_on, anew(row).claimed_at) == (1, None, None)


# Pauses.


@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: type(stop).__name__)
def test_a_stop_gives_claims_back_unharmed_and_keeps_what_was_answered(stop: Stop) -> None:
    rows = repositories(4)
    forge = knowing(rows)
    forge.answers["owner/tool-1"] = stop
    outcome = refresh(NOW, [forge])
    assert (outcome.changed, outcome.failed, [pause.reason for pause in outcome.pauses]) == (1, [], [stop.reason])
    assert anew(rows[0]).stars == 73_000
    for row in rows[1:]:
        assert (anew(row).due_at, anew(row).failures, anew(row).claimed_at) == (YESTERDAY, 0, None)


@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: type(stop).__name__)
def test_others_go_on_while_one_host_is_left_alone(stop: Stop) -> None:
    here, there = repository("here", "owner/here"), repository("there", "group/there", host=Host.CODEBERG)
    github, codeberg = DictionaryForge({here.name: stop}), knowing([there], host="codeberg")
    for _ in range(2):
        refresh(NOW, [github, codeberg])
    assert (len(github.questions), codeberg.questions) == (1, [["group/there"]])


def test_nobody_asks_before_the_pause_is_over_and_then_the_run_resumes_where_it_was() -> None:
    rows = repositories(4)
    forge = knowing(rows, most=2)
    forge.answers["owner/tool-2"] = RateLimited("Ask less often.", NOW + 2 * HOUR)
    refresh(NOW, [forge])
    again = refresh(NOW + 2 * HOUR - timedelta(seconds=1), [forge])
    assert (again.calls, [pause.reason for pause in again.pauses], len(forge.questions)) == (0, ["Ask less often."], 2)
    forge.has("owner/tool-2")
    assert refresh(NOW + 2 * HOUR + MINUTE, [forge]) == Outcome(calls=1, changed=2)
    assert forge.questions[2] == ["owner/tool-2", "owner/tool-3"]


def test_a_run_stops_when_another_one_was_told_to() -> None:
    class Warned(DictionaryForge):
        """A host that tells another run to stop while it answers ours."""

        def ask(self, asked: Sequence[Asked]) -> Reply:
            reply = super().ask(asked)
            refresh(NOW, [DictionaryForge({"owner/tool-1": STOPS[0]})], 1)
            return reply

    rows = repositories(3)
    outcome = refresh(NOW, [Warned({row.name: seen(row.name) for row in rows}, most=1)])
    assert (outcome.calls, outcome.changed, len(outcome.pauses)) == (1, 1, 1)


class Patient(DictionaryForge):
    """A host that answers after a while."""

    def ask(self, asked: Sequence[Asked]) -> Reply:
        sleep(0.5)
        return super().ask(asked)


def test_a_pause_begins_when_the_host_wants_it_and_not_with_the_run() -> None:
    repositories(1)
    random.seed(LITTLE_JITTER)
    outcome = refresh(NOW, [Patient({"owner/tool-0": Unreachable("Nobody answered in time.")})])
    assert outcome.pauses[0].until >= NOW + MINUTE + timedelta(seconds=0.5)


def test_each_pause_in_a_row_is_longer_until_an_answer_comes() -> None:
    rows = repositories(4)
    forge, now, times = DictionaryForge({row.name: STOPS[2] for row in rows}), NOW, []
    for number in range(4):
        if number == 2:
            forge.has("owner/tool-0")
        times.append(refresh(now, [forge]).pauses[0].times)
        now = _end(now)
    assert times == [1, 2, 1, 2]


def _end(now: datetime) -> datetime:
    pause = standing_pause("github", now)
    assert pause is not None
    return pause.until


def test_no_single_repository_holds_up_the_others() -> None:
    rows = repositories(4)
    forge, now = knowing(rows, most=4), NOW
    forge.answers["owner/tool-0"] = STOPS[1]
    sizes = []
    for _ in range(3):
        refresh(now, [forge])
        sizes.append(len(forge.questions[-1]))
        now = _end(now)
    assert (sizes, anew(rows[0]).failures) == ([4, 2, 1], 1)
    refresh(now, [forge])
    assert [anew(row).stars for row in rows] == [1, 73_000, 73_000, 73_000]


# The record of runs.


def test_a_run_is_recorded_with_its_calls_and_failures() -> None:
    rows = repositories(5)
    forge = knowing(rows, most=2, left=4_000, resets_at=NOW + HOUR)
    forge.answers["owner/tool-0"] = forge.answers["owner/tool-3"] = GONE
    forge.answers["owner/tool-4"] = STOPS[0]
    refresh(NOW, [forge])
    run = RefreshRun.objects.get()
    assert (run.host, run.calls, run.changed, run.same, run.failed) == ("github", 3, 2, 0, 2)
    assert run.failures == {GONE.reason: 2}
    assert run.stopped_by == "Ask less often."
    assert run.paused_until is not None
    assert run.paused_until >= NOW + 2 * HOUR
    assert (run.calls_left, run.resets_at) == (4_000, NOW + HOUR)
    assert run.ended_at is not None
    assert NOW <= run.started_at <= run.ended_at


def test_a_run_without_a_call_leaves_no_record() -> None:
    repositories(1, due_at=NOW + DAY)
    refresh(NOW, [DictionaryForge()])
    assert RefreshRun.objects.count() == 0


def test_only_the_newest_runs_are_kept() -> None:
    runs = [RefreshRun(host="github", started_at=NOW - number * HOUR) for number in range(MOST_KEPT + 3)]
    RefreshRun.objects.bulk_create(runs)
    refresh(NOW + HOUR, [knowing(repositories(1))])
    assert RefreshRun.objects.count() == MOST_KEPT
    assert RefreshRun.objects.latest("started_at").changed == 1
