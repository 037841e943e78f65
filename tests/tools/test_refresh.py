"""What a refresh keeps of an answer: real rows, and the date as a value."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.tools.builders import VERIFIED, make_tool
from tests.tools.dictionary_forge import GONE, DictionaryForge, seen
from tests.tools.github_server import NOW
from tests.tools.refreshing import DAY, HOUR, TODAY, anew, changed, observations, repositories, repository
from tools.forges.answers import Asked, Nonsense, Released, Reply, Unchanged
from tools.models import Alert, Host, Observation, Release, Repository, Rival, Tool
from tools.refresh import Outcome, refresh
from tools.refreshing.rhythm import next_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def flask() -> Repository:
    """Flask as seen in August, due since yesterday."""
    return repository("flask", "pallets/flask", stars=72_000, forks=16_900)


@pytest.fixture
def forge() -> DictionaryForge:
    """A host that knows Flask with more stars."""
    return DictionaryForge({"pallets/flask": seen("pallets/flask")})


def test_new_figures_stand_with_their_date_and_source(flask: Repository, forge: DictionaryForge) -> None:
    assert refresh(NOW, [forge]) == Outcome(calls=1, changed=1)
    row = anew(flask)
    assert (row.stars, row.stars_on, row.stars_source) == (73_000, TODAY, "github:pallets/flask")
    assert (row.forks, row.forks_on, row.forks_source) == (17_000, TODAY, "github:pallets/flask")
    assert (row.archived, row.disabled, row.pushed_on, row.seen_on) == (False, False, date(2026, 11, 20), TODAY)
    assert (row.failures, row.failure, row.claimed_at, row.claim_token) == (0, "", None, None)
    assert observations() == [(TODAY, 73_000, 17_000, "github:pallets/flask")]


def test_figures_are_dated_by_the_day_in_greenwich(flask: Repository, forge: DictionaryForge) -> None:
    refresh(datetime.fromisoformat("2026-11-21T23:30:00-05:00"), [forge])
    assert (anew(flask).stars_on, anew(flask).seen_on) == (date(2026, 11, 22), date(2026, 11, 22))


def test_figures_that_were_rounded_are_exact_now(flask: Repository, forge: DictionaryForge) -> None:
    changed(flask, stars_rounded=True, forks_rounded=True)
    refresh(NOW, [forge])
    assert (anew(flask).stars_rounded, anew(flask).forks_rounded) == (False, False)


def test_a_repository_without_figures_gets_them(forge: DictionaryForge) -> None:
    tool = make_tool("flask", repository="pallets/flask")
    refresh(NOW + 365 * DAY, [forge])
    assert anew(tool.repository).stars == 73_000


def test_licence_issues_and_what_became_of_it_are_kept(flask: Repository, forge: DictionaryForge) -> None:
    forge.has("pallets/flask", licence="BSD-3-Clause", open_issues=7, archived=True, disabled=True)
    refresh(NOW, [forge])
    row = anew(flask)
    assert (row.licence, row.open_issues, row.archived, row.disabled) == ("BSD-3-Clause", 7, True, True)


def test_what_a_host_does_not_tell_says_nothing(flask: Repository, forge: DictionaryForge) -> None:
    changed(flask, licence="BSD-3-Clause", open_issues=7)
    refresh(NOW, [forge])
    assert (anew(flask).licence, anew(flask).open_issues) == ("BSD-3-Clause", 7)


def test_the_same_figures_keep_their_day_and_were_seen_today(flask: Repository, forge: DictionaryForge) -> None:
    refresh(NOW, [forge])
    assert refresh(NOW + 4 * DAY, [forge]) == Outcome(calls=1, same=1)
    row, later = anew(flask), TODAY + timedelta(days=4)
    assert (row.stars, row.stars_on, row.forks_on, row.seen_on) == (73_000, TODAY, TODAY, later)
    assert len(observations()) == 1


def test_what_changes_beside_the_figures_makes_no_observation(flask: Repository, forge: DictionaryForge) -> None:
    refresh(NOW, [forge])
    forge.has("pallets/flask", open_issues=8, pushed_on=TODAY)
    assert refresh(NOW + 4 * DAY, [forge]) == Outcome(calls=1, changed=1)
    assert (anew(flask).open_issues, anew(flask).pushed_on, anew(flask).stars_on) == (8, TODAY, TODAY)
    assert len(observations()) == 1


def test_an_unchanged_repository_was_seen_today(flask: Repository, forge: DictionaryForge) -> None:
    forge.has("pallets/flask", etag='"one"')
    refresh(NOW, [forge])
    forge.answers["pallets/flask"] = Unchanged()
    assert refresh(NOW + 4 * DAY, [forge]) == Outcome(calls=1, same=1)
    assert forge.etags == {"pallets/flask": '"one"'}
    assert (anew(flask).stars_on, anew(flask).seen_on) == (TODAY, TODAY + timedelta(days=4))


def test_a_new_etag_is_kept_and_is_no_news(flask: Repository, forge: DictionaryForge) -> None:
    refresh(NOW, [forge])
    forge.has("pallets/flask", etag='"two"')
    assert refresh(NOW + 4 * DAY, [forge]) == Outcome(calls=1, same=1)
    assert anew(flask).known_etag == '"two"'


def test_an_etag_does_not_vouch_for_figures_it_did_not_come_with(flask: Repository, forge: DictionaryForge) -> None:
    forge.has("pallets/flask", etag='"one"')
    refresh(NOW, [forge])
    changed(flask, stars=80_000, stars_source="github:somebody/ranking:data.csv", due_at=NOW)
    assert refresh(NOW, [forge]) == Outcome(calls=1, changed=1)
    assert (forge.etags, anew(flask).stars) == ({"pallets/flask": ""}, 73_000)


def test_a_day_has_one_observation_and_it_is_the_last(flask: Repository, forge: DictionaryForge) -> None:
    refresh(NOW, [forge])
    forge.has("pallets/flask", stars=73_005)
    changed(flask, due_at=NOW)
    assert refresh(NOW + HOUR, [forge]) == Outcome(calls=1, changed=1)
    assert observations() == [(TODAY, 73_005, 17_000, "github:pallets/flask")]


def test_a_renamed_repository_goes_by_its_new_name(flask: Repository, forge: DictionaryForge) -> None:
    changed(flask, name="mitsuhiko/flask")
    forge.answers["mitsuhiko/flask"] = seen("pallets/flask")
    refresh(NOW, [forge])
    row = anew(flask)
    assert (row.name, row.source, row.verified_on) == ("pallets/flask", "github:pallets/flask", TODAY)
    assert (row.stars, row.stars_source) == (73_000, "github:pallets/flask")


def test_tools_of_one_repository_share_an_answer(flask: Repository, forge: DictionaryForge) -> None:
    other = repository("werkzeug", "pallets/flask")
    assert refresh(NOW, [forge]) == Outcome(calls=1, changed=2)
    assert (forge.asked, anew(flask).stars, anew(other).stars) == (["pallets/flask"], 73_000, 73_000)


def test_releases_are_kept_once(flask: Repository, forge: DictionaryForge) -> None:
    first, second = Released("3.0", date(2026, 1, 5)), Released("3.1", date(2026, 11, 20))
    forge.has("pallets/flask", releases=(first, Released("v" * 101, TODAY), Released("3.0\n", TODAY)))
    refresh(NOW, [forge])
    forge.has("pallets/flask", releases=(second, first))
    refresh(NOW + 4 * DAY, [forge])
    later = TODAY + timedelta(days=4)
    kept = list(Release.objects.values_list("repository", "tag", "released_on", "seen_on"))
    assert kept == [(flask.pk, "3.1", second.on, later), (flask.pk, "3.0", first.on, TODAY)]


# What went wrong.


def test_a_repository_that_is_gone_keeps_its_figures_and_the_day_it_was_missed(flask: Repository) -> None:
    assert refresh(NOW, [DictionaryForge()]) == Outcome(calls=1, failed=[f"pallets/flask: {GONE.reason}"])
    for days in (1, 5):
        refresh(NOW + days * DAY, [DictionaryForge()])
    row = anew(flask)
    assert (row.stars, row.stars_on, row.forks, row.forks_on) == (72_000, VERIFIED, 16_900, VERIFIED)
    missed_on = TODAY + timedelta(days=1)
    assert (row.gone_on, row.failures, row.failure, row.seen_on) == (missed_on, 3, GONE.reason, None)
    assert row.due_at == next_due(NOW + 5 * DAY, row.pk, failures=3)
    assert list(Alert.objects.values_list("kind", "happened_on")) == [("gone", missed_on)]


def test_a_repository_that_was_missed_once_is_not_called_gone(flask: Repository, forge: DictionaryForge) -> None:
    refresh(NOW, [DictionaryForge()])
    assert (anew(flask).gone_on, anew(flask).failure) == (None, GONE.reason)
    refresh(NOW + DAY, [forge])
    refresh(NOW + 5 * DAY, [DictionaryForge()])
    assert (anew(flask).gone_on, Alert.objects.count()) == (None, 0)


def test_a_repository_that_comes_back_is_forgiven(flask: Repository, forge: DictionaryForge) -> None:
    changed(flask, failures=7, failure=GONE.reason, gone_on=VERIFIED, etag='"old"')
    refresh(NOW, [forge])
    row = anew(flask)
    assert (row.gone_on, row.failures, row.failure) == (None, 0, "")
    assert next_due(NOW, 0, 0) - 3 * DAY <= row.due_at <= NOW + 3.25 * DAY


@pytest.mark.parametrize(
    "nonsense",
    [
        Nonsense("stars is not a whole number."),
        seen("o/" + "n" * 200),
        seen("pallets/flask", licence="MIT" * 30),
        seen("pallets/flask", etag='"\0"'),
    ],
)
def test_nonsense_is_reported_and_not_stored(flask: Repository, forge: DictionaryForge, nonsense: Nonsense) -> None:
    forge.answers["pallets/flask"] = nonsense
    outcome = refresh(NOW, [forge])
    row = anew(flask)
    assert (outcome.failed, row.failures) == ([f"pallets/flask: {row.failure}"], 1)
    assert (row.name, row.stars, row.stars_on, row.gone_on) == ("pallets/flask", 72_000, VERIFIED, None)


# What an editor wrote meanwhile.


class Editing(DictionaryForge):
    """A host that takes so long that an editor changes the rows in the meantime."""

    def edit(self, **fields: object) -> None:
        self.fields = fields

    def ask(self, asked: Sequence[Asked]) -> Reply:
        Repository.objects.update(**self.fields)
        return super().ask(asked)


@pytest.mark.parametrize("edit", [{"name": "pallets/quart"}, {"host": Host.CODEBERG}])
def test_figures_of_a_repository_that_an_editor_replaced_are_not_written(
    flask: Repository, edit: dict[str, object]
) -> None:
    forge = Editing({"pallets/flask": seen("pallets/flask", releases=(Released("3.0", TODAY),))})
    forge.edit(**edit)
    assert refresh(NOW, [forge], 1, among=Repository.objects.all()) == Outcome(calls=1)
    row = anew(flask)
    assert (row.stars, row.claimed_at, row.due_at, row.seen_on) == (72_000, None, flask.due_at, None)
    assert {field: getattr(row, field) for field in edit} == edit
    assert (observations(), Release.objects.count()) == ([], 0)


def test_what_editors_wrote_beside_the_figures_stays(flask: Repository) -> None:
    forge = Editing({"pallets/flask": seen("pallets/flask")})
    forge.edit(source="https://flask.palletsprojects.com/", verified_on=TODAY)
    refresh(NOW, [forge])
    row = anew(flask)
    assert (row.stars, row.source, row.verified_on) == (73_000, "https://flask.palletsprojects.com/", TODAY)


# When a row is due again.


def test_a_row_is_due_as_often_as_it_is_needed(forge: DictionaryForge) -> None:
    rows = {name: repository(name, f"owner/{name}") for name in ("followed", "popular", "rival", "lively", "quiet")}
    for name, row in rows.items():
        forge.has(row.name, stars=1_000 if name == "lively" else 1, forks=1)
    Tool.objects.filter(slug="followed").update(followers_count=1)
    Rival.objects.create(tool=rows["rival"].tool, other=rows["popular"].tool)
    weighed = make_tool("weighed")
    Rival.objects.create(tool=weighed, other=rows["popular"].tool, popular=1)
    refresh(NOW, [forge])
    days = {name: round((anew(row).due_at - NOW) / DAY, 1) for name, row in rows.items()}
    assert {name for name, wait in days.items() if wait <= 0.6} == {"followed", "popular", "lively"}
    assert {name for name, wait in days.items() if 1 <= wait <= 1.1} == {"rival"}
    assert {name for name, wait in days.items() if 3 <= wait <= 3.3} == {"quiet"}


@pytest.mark.parametrize("number", [1, 3, 30])
def test_a_batch_costs_the_same_few_queries(
    django_assert_num_queries: DjangoAssertNumQueries, forge: DictionaryForge, number: int
) -> None:
    for row in repositories(number):
        forge.has(row.name, releases=(Released("1.0", TODAY),))
    with django_assert_num_queries(25):
        assert refresh(NOW, [forge]) == Outcome(calls=1, changed=number)
    with django_assert_num_queries(22):
        assert refresh(NOW + 4 * DAY, [forge]) == Outcome(calls=1, same=number)


def test_a_thousand_repositories_are_ten_questions_and_the_second_run_writes_no_row() -> None:
    make_many(1_000)
    forge = DictionaryForge()
    for number in range(1_000):
        name = f"renamed/tool-{number}" if number % 100 == 1 else f"owner/tool-{number}"
        forge.answers[name] = seen(name, stars=number, releases=(Released("1.0", TODAY),))
        forge.answers[f"owner/tool-{number}"] = GONE if number % 100 == 0 else forge.answers[name]
    first = refresh(NOW, [forge])
    assert (first.calls, first.changed, first.same, len(first.failed)) == (10, 990, 0, 10)
    assert Repository.objects.filter(name__startswith="renamed/", stars__isnull=False).count() == 10
    refresh(NOW + DAY, [forge])  # which misses once more those that are gone
    before = written()
    second = refresh(NOW + 7 * DAY, [forge])
    assert (second.calls, second.changed, second.same, len(second.failed)) == (10, 0, 990, 10)
    assert written() == before


def make_many(number: int) -> None:
    function, kind = make_tool("first").function, Tool.objects.get().kind
    tools = [Tool(slug=f"tool-{place}", name="Tool", function=function, kind=kind) for place in range(number)]
    Tool.objects.bulk_create(tools)
    Repository.objects.bulk_create([Repository(tool=tool, name=f"owner/{tool.slug}", due_at=NOW) for tool in tools])


def written() -> list[object]:
    """All that a run may write, but for when a row was asked and is asked again."""
    columns = ("pk", "name", "stars", "stars_on", "forks", "forks_on", "pushed_on", "gone_on", "source", "verified_on")
    rows = list(Repository.objects.order_by("pk").values_list(*columns))
    observed = list(Observation.objects.order_by("pk").values_list("pk", "repository", "date", "stars"))
    return [rows, observed, list(Release.objects.order_by("pk").values_list("pk", "repository", "tag"))]
