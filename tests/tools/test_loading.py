"""Loading the catalogue: idempotent, honest about what it refuses, careful with what editors wrote."""

from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.tools.tiny_catalogue import ATTRIBUTES, TAXONOMY, TinyCatalogue
from tools.catalogue.loading import load
from tools.catalogue.report import Report
from tools.models import (
    Attribute,
    CatalogueFile,
    Choice,
    Edition,
    Fact,
    Function,
    Integration,
    Observation,
    Reason,
    Repository,
    Rival,
    Tool,
)

pytestmark = pytest.mark.django_db

FIGURES = """\
downloads:
  heading: Downloads
  question: How many?
  type: number
  importance: 40
  one: had {value} downloads
  many: each had {value} downloads
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> TinyCatalogue:
    return TinyCatalogue(tmp_path / "catalogue")


def counts(report: Report) -> tuple[int, int, int, int, int]:
    return report.added, report.changed, report.unchanged, len(report.refused), len(report.clashes)


def refusal(catalogue: TinyCatalogue) -> str:
    (refused,) = load(catalogue.root).refused
    return str(refused)


def current(tool: str, attribute: str) -> Fact:
    return Fact.objects.current().with_values().get(tool__slug=tool, attribute__slug=attribute)


def everything() -> dict[str, list[tuple[Any, ...]]]:
    return {
        model.__name__: sorted(model._default_manager.values_list())
        for model in (Tool, Fact, Choice, Attribute, Reason, Rival, Integration, Observation)
    }


def test_a_first_load_adds_every_file(catalogue: TinyCatalogue) -> None:
    assert counts(load(catalogue.root)) == (7, 0, 0, 0, 0)
    assert sorted(Tool.objects.values_list("slug", flat=True)) == ["bottle", "elixir", "flask", "python"]


def test_a_fact_is_loaded_with_value_note_source_and_day(catalogue: TinyCatalogue) -> None:
    load(catalogue.root)
    fact = current("elixir", "typing")
    assert (fact.value, fact.note, fact.source, fact.verified_on) == (
        "dynamic",
        "sets are coming",
        "github:elixir-lang/elixir:README.md",
        date(2026, 4, 8),
    )


def test_everything_else_of_a_tool_is_loaded(catalogue: TinyCatalogue) -> None:
    load(catalogue.root)
    flask = Tool.objects.get(slug="flask")
    assert flask.features == ["Routing by decorators"]
    assert [alias.name for alias in flask.aliases.all()] == ["flask-py"]
    assert [other.slug for other in flask.rivals.all()] == ["bottle"]
    assert [other.slug for other in flask.integrations.all()] == ["bottle"]
    assert [(r.side, r.text) for r in flask.reasons.order_by("-side")] == [
        ("pro", "Sessions are signed cookies by default"),
        ("con", "Brings no ORM"),
    ]
    assert [str(row) for row in flask.identifiers.all()] == ["purl: pkg:pypi/flask"]
    assert current("flask", "written-in").value == ["python"]
    assert current("flask", "orm").value is False
    assert flask.choose_if == ["you want to choose the ORM yourself"]
    assert flask.well_known is True


def test_themes_and_neighbouring_functions_are_loaded(catalogue: TinyCatalogue) -> None:
    load(catalogue.root)
    typing = Attribute.objects.get(slug="typing")
    assert typing.theme is not None
    assert (typing.theme.heading, typing.choose_if) == ("Types", "you want {value} typing")
    for one, other in (("microframeworks", "frameworks"), ("frameworks", "microframeworks")):
        assert [row.slug for row in Function.objects.get(slug=one).neighbours.all()] == [other]


def test_a_field_that_the_last_load_did_not_know_is_taken_from_the_file(catalogue: TinyCatalogue) -> None:
    load(catalogue.root)
    Tool.objects.update(well_known=False, choose_if=[])
    for row in CatalogueFile.objects.filter(path__endswith="flask.yaml"):
        older = {name: value for name, value in row.content.items() if name not in ("well_known", "choose_if")}
        CatalogueFile.objects.filter(pk=row.pk).update(content=older, digest="")
    assert load(catalogue.root).clashes == []
    flask = Tool.objects.get(slug="flask")
    assert (flask.well_known, flask.choose_if) == (True, ["you want to choose the ORM yourself"])


def test_the_newest_known_stars_and_forks_each_keep_their_own_day(catalogue: TinyCatalogue) -> None:
    load(catalogue.root)
    elixir = Repository.objects.get(tool__slug="elixir")
    assert (elixir.stars, elixir.stars_on, elixir.stars_rounded) == (26604, date(2026, 8, 22), False)
    assert (elixir.forks, elixir.forks_on, elixir.forks_rounded) == (3500, date(2025, 11, 1), True)
    assert elixir.observations.count() == 4


@pytest.mark.parametrize(("host", "name"), [("gitlab", "group/part/name"), ("codeberg", "owner/name")])
def test_a_repository_may_live_at_another_host(catalogue: TinyCatalogue, host: str, name: str) -> None:
    load(catalogue.root)
    Repository.objects.update(due_at=datetime(2100, 1, 1, tzinfo=UTC), failures=9, gone_on=date(2026, 11, 1))
    catalogue.replace("tools/microframeworks/flask.yaml", "{github: pallets/flask}", f'{{{host}: "{name}"}}')
    assert load(catalogue.root).clashes == []
    flask = Repository.objects.get(tool__slug="flask")
    assert (flask.host, flask.name, flask.notation) == (host, name, f"{host}:{name}")
    # Nothing that was known of the other repository puts off asking about this one.
    assert (flask.failures, flask.gone_on, flask.due_at <= timezone.now()) == (0, None, True)
    assert load(catalogue.root).clashes == []
    assert Repository.objects.get(tool__slug="flask").notation == f"{host}:{name}"


@pytest.mark.parametrize("where", ["{}", "{github: a/b, gitlab: a/b}", "{codeberg: a/b/c}", "{sourcehut: a/b}"])
def test_a_repository_lives_at_one_known_host(catalogue: TinyCatalogue, where: str) -> None:
    catalogue.replace("tools/microframeworks/flask.yaml", "{github: pallets/flask}", where)
    assert "tools/microframeworks/flask.yaml" in {refused.path for refused in load(catalogue.root).refused}


def test_a_second_load_changes_nothing(catalogue: TinyCatalogue) -> None:
    load(catalogue.root)
    before = everything()
    assert counts(load(catalogue.root)) == (0, 0, 7, 0, 0)
    assert everything() == before


def test_a_load_after_the_digests_were_lost_changes_nothing_either(catalogue: TinyCatalogue) -> None:
    load(catalogue.root)
    before = everything()
    CatalogueFile.objects.update(digest="")
    assert counts(load(catalogue.root)) == (0, 7, 0, 0, 0)
    assert everything() == before


def test_a_changed_fact_supersedes_the_old_one_which_is_kept(catalogue: TinyCatalogue) -> None:
    load(catalogue.root)
    old = current("python", "typing")
    catalogue.replace("tools/languages/python.yaml", "value: dynamic", "value: static")
    assert counts(load(catalogue.root)) == (0, 1, 6, 0, 0)
    assert current("python", "typing").value == "static"
    kept = Fact.objects.get(pk=old.pk)
    assert kept.value == "dynamic"
    assert kept.superseded_at is not None


def test_a_fact_that_left_the_file_is_superseded_by_nothing(catalogue: TinyCatalogue) -> None:
    load(catalogue.root)
    catalogue.replace("tools/microframeworks/flask.yaml", "  orm: {value: false, verified: 2026-11-21}\n", "")
    load(catalogue.root)
    assert not Fact.objects.current().filter(tool__slug="flask", attribute__slug="orm").exists()
    assert Fact.objects.filter(tool__slug="flask", attribute__slug="orm").count() == 1


def test_what_an_editor_changed_is_kept_when_the_file_did_not_change_it(catalogue: TinyCatalogue) -> None:
    load(catalogue.root)
    Tool.objects.filter(slug="flask").update(description="An editor's words.")
    catalogue.replace("tools/microframeworks/flask.yaml", "name: Flask", "name: Flask!")
    assert counts(load(catalogue.root)) == (0, 1, 6, 0, 0)
    flask = Tool.objects.get(slug="flask")
    assert (flask.name, flask.description) == ("Flask!", "An editor's words.")


def test_what_both_changed_stays_as_the_editor_wrote_it_and_the_clash_is_told(catalogue: TinyCatalogue) -> None:
    load(catalogue.root)
    Tool.objects.filter(slug="flask").update(description="An editor's words.")
    catalogue.replace("tools/microframeworks/flask.yaml", "A small web framework.", "The file's words.")
    report = load(catalogue.root)
    assert counts(report) == (0, 1, 6, 0, 1)
    assert list(report.lines())[-1] == (
        "kept the site's description of tools/microframeworks/flask.yaml: "
        '"An editor\'s words.", though the file says "The file\'s words."'
    )
    assert Tool.objects.get(slug="flask").description == "An editor's words."


def test_an_editors_fact_is_kept_and_its_clash_told(catalogue: TinyCatalogue) -> None:
    load(catalogue.root)
    fact = current("flask", "orm")
    Fact.objects.filter(pk=fact.pk).update(boolean=True)
    catalogue.replace("tools/microframeworks/flask.yaml", "orm: {value: false,", "orm: {value: false, note: none,")
    report = load(catalogue.root)
    assert [clash.field for _, clash in report.clashes] == ["facts.orm"]
    assert current("flask", "orm").value is True


def test_a_reason_an_editor_took_away_does_not_come_back(catalogue: TinyCatalogue) -> None:
    load(catalogue.root)
    Reason.objects.filter(text="Brings no ORM").delete()
    catalogue.replace("tools/microframeworks/flask.yaml", "name: Flask", "name: Flask!")
    load(catalogue.root)
    assert not Reason.objects.filter(text="Brings no ORM").exists()


def test_a_reason_that_stays_keeps_its_row(catalogue: TinyCatalogue) -> None:
    load(catalogue.root)
    kept = Reason.objects.get(text="Sessions are signed cookies by default")
    catalogue.replace("tools/microframeworks/flask.yaml", "cons: [Brings no ORM]", "cons: [Something else entirely]")
    load(catalogue.root)
    assert Reason.objects.get(text="Sessions are signed cookies by default").pk == kept.pk
    assert not Reason.objects.filter(text="Brings no ORM").exists()


def test_a_tool_an_editor_deleted_does_not_come_back(catalogue: TinyCatalogue) -> None:
    load(catalogue.root)
    Tool.objects.get(slug="bottle").delete()
    catalogue.replace("tools/microframeworks/bottle.yaml", "name: Bottle", "name: Bottle!")
    load(catalogue.root)
    assert not Tool.objects.filter(slug="bottle").exists()


def test_an_older_figure_does_not_replace_a_newer_one(catalogue: TinyCatalogue) -> None:
    load(catalogue.root)
    Repository.objects.filter(tool__slug="flask").update(stars=72133, stars_on=date(2026, 8, 22))
    catalogue.replace("stars/languages.csv", "flask,2024-01-01,65000,16000", "flask,2024-03-01,66000,16100")
    load(catalogue.root)
    flask = Repository.objects.get(tool__slug="flask")
    assert (flask.stars, flask.stars_on) == (72133, date(2026, 8, 22))


def test_figures_that_a_host_confirmed_since_are_not_replaced_by_older_ones(catalogue: TinyCatalogue) -> None:
    load(catalogue.root)
    flask = Repository.objects.get(tool__slug="flask")
    known = {"stars": 72133, "stars_on": date(2024, 2, 1), "stars_source": flask.notation, "seen_on": date(2026, 8, 22)}
    Repository.objects.filter(pk=flask.pk).update(**known)
    catalogue.replace("stars/languages.csv", "flask,2024-01-01,65000,16000", "flask,2024-03-01,66000,16100")
    load(catalogue.root)
    flask.refresh_from_db()
    assert (flask.stars, flask.stars_on) == (72133, date(2024, 2, 1))


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("tools/languages/python.yaml", "kind: language", "kind: jungle", "python.yaml:2: there is no kind “jungle”"),
        ("tools/languages/python.yaml", "typing:", "typimg:", "python.yaml:4: there is no attribute “typimg”"),
        (
            "tools/languages/python.yaml",
            "value: dynamic",
            "value: stable",
            "python.yaml:4: “stable” is not a choice of",
        ),
        ("tools/languages/python.yaml", "value: dynamic", "value: 3", "python.yaml:4: 3 is not one of the attribute's"),
        ("tools/languages/python.yaml", "2026-11-21", "2026-13-45", "python.yaml:4: "),
        ("tools/languages/elixir.yaml", "date: 2025-11", "date: 2025-13", "elixir.yaml:5: 2025-13 is no day"),
        ("tools/languages/python.yaml", "name: Python", "nmae: Python", "python.yaml:1: "),
        (
            "tools/languages/python.yaml",
            "name: Python",
            "name: Python\nname: Cobra",
            "python.yaml:2: “name” stands here",
        ),
        ("tools/languages/python.yaml", "name: Python", "name: [", "python.yaml:3: the file is not YAML"),
        ("tools/languages/python.yaml", "name: Python", "name: &a Python\nx: *a", "python.yaml:1: anchors and aliases"),
        ("tools/languages/python.yaml", "name: Python", "name: !!python/object:os.system x", "python.yaml:1: tags are"),
        ("tools/languages/python.yaml", "verified: 2026", "verified: 2999", "python.yaml:4: the day has not come yet"),
        ("tools/languages/python.yaml", "verified:", "source: 'https://[bad', verified:", "python.yaml:4: the source"),
        ("tools/languages/python.yaml", "name: Python", "? [a]\n: b\nname: Python", "python.yaml:1: a key must be"),
        ("tools/languages/python.yaml", "name: Python", 'name: "Pyt\\0hon"', "python.yaml:1: a text holds a character"),
        ("tools/languages/python.yaml", "name: Python", 'name: "Python\\n"', "python.yaml:1: a text holds a character"),
        (
            "tools/microframeworks/flask.yaml",
            "integrations: [bottle]",
            "integrations: [flask]",
            "flask.yaml:10: a tool cannot integrate with itself",
        ),
        (
            "tools/microframeworks/flask.yaml",
            "[Brings no ORM]",
            "[Sessions are signed cookies by default]",
            "flask.yaml:14: what is a pro cannot be a con as well",
        ),
        ("stars/languages.csv", "65000", "9" * 30, "languages.csv:4: wanted tool,date,stars,forks"),
        ("stars/languages.csv", "65000,16000", ",", "languages.csv:4: wanted tool,date,stars,forks: neither stars nor"),
        (
            "stars/languages.csv",
            "2024-02-01",
            "2999-02-01",
            "languages.csv:3: wanted tool,date,stars,forks: the day has",
        ),
        ("stars/languages.csv", "65000", "6" * 140_000, "languages.csv:4: "),
        ("taxonomy.yaml", "name: Web\n", "name: Languages\n", "taxonomy.yaml:1: the database does not take it"),
        ("tools/languages/python.yaml", "typing: {", "orm: {", "python.yaml:4: “orm” is not asked of languages"),
        (
            "tools/microframeworks/flask.yaml",
            "ns: [bottle]",
            "ns: [battle]",
            "flask.yaml:10: there is no tool “battle”",
        ),
        ("tools/microframeworks/flask.yaml", "value: false", "value: no", "flask.yaml:8: 'no' is not true or false"),
        (
            "stars/languages.csv",
            "65000",
            "many",
            "languages.csv:4: wanted tool,date,stars,forks: 'many' is not a count",
        ),
        ("stars/languages.csv", "2024-02-01", "2024-02-31", "languages.csv:3: "),
        ("stars/languages.csv", "tool,date", "date,tool", "languages.csv:1: the first line must read"),
        ("attributes/all.yaml", "importance: 70", "importance: 700", "all.yaml:19: written-in.importance"),
        ("attributes/all.yaml", "scope: [languages]", "scope: [longuages]", "all.yaml:8: there is no layer, category"),
        ("attributes/all.yaml", "theme: typing", "theme: tipping", "all.yaml:4: there is no theme “tipping”"),
        ("attributes/all.yaml", "if: you want {value}", "if: you want static", "all.yaml:5: typing.choose_if"),
        ("taxonomy.yaml", "plural: languages", "plurel: languages", "taxonomy.yaml:2: "),
        (
            "taxonomy.yaml",
            "microframeworks, frameworks",
            "languages, cooking",
            "taxonomy.yaml:20: there is no function",
        ),
    ],
)
def test_a_bad_file_is_refused_with_file_line_and_reason(
    catalogue: TinyCatalogue, file: str, old: str, new: str, told: str
) -> None:
    load(catalogue.root)
    before = everything()
    catalogue.replace(file, old, new)
    assert told in refusal(catalogue)
    assert everything() == before


def test_a_bad_file_does_not_keep_good_ones_out(catalogue: TinyCatalogue) -> None:
    catalogue.write("tools/languages/rust.yaml", "name: Rust\nkind: jungle\n")
    assert counts(load(catalogue.root)) == (7, 0, 0, 1, 0)
    assert not Tool.objects.filter(slug="rust").exists()


def test_a_tool_that_names_a_refused_tool_is_refused_too(catalogue: TinyCatalogue) -> None:
    catalogue.replace("tools/languages/python.yaml", "kind: language", "kind: jungle")
    refused = {refusal.path for refusal in load(catalogue.root).refused}
    assert refused == {
        "tools/languages/python.yaml",
        "tools/microframeworks/bottle.yaml",
        "tools/microframeworks/flask.yaml",
        "stars/languages.csv",
    }


def test_a_mended_file_is_taken_at_the_next_load(catalogue: TinyCatalogue) -> None:
    catalogue.replace("tools/languages/python.yaml", "kind: language", "kind: jungle")
    load(catalogue.root)
    catalogue.replace("tools/languages/python.yaml", "kind: jungle", "kind: language")
    assert counts(load(catalogue.root)) == (4, 0, 3, 0, 0)


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00", b"", b"[" * 5_000, b"[" * 9**5 + b"]" * 9**5, b"- " * 9**5, b"a: " + b"x" * 1_100_000]
)
def test_what_is_no_text_is_refused(catalogue: TinyCatalogue, data: bytes) -> None:
    (catalogue.root / "tools" / "languages" / "rust.yaml").write_bytes(data)
    assert refusal(catalogue).startswith("tools/languages/rust.yaml:")


@pytest.mark.parametrize("name", ["a-vs-b", "vs", "Rust", "rust_lang", "r" * 61])
def test_a_file_whose_name_is_no_slug_is_refused(catalogue: TinyCatalogue, name: str) -> None:
    catalogue.write(f"tools/languages/{name}.yaml", "name: Rust\nkind: language\n")
    assert "cannot be a tool's slug" in refusal(catalogue)


def test_an_attributes_type_cannot_change(catalogue: TinyCatalogue) -> None:
    load(catalogue.root)
    catalogue.replace("attributes/all.yaml", "type: tools", "type: tool")
    assert "attributes/all.yaml:18: an attribute's type cannot change" in refusal(catalogue)


def test_a_choice_that_facts_answer_with_cannot_go(catalogue: TinyCatalogue) -> None:
    load(catalogue.root)
    line = "    dynamic: {label: dynamic, explanation: Checked while the program runs.}\n"
    catalogue.replace("attributes/all.yaml", line, "")
    assert "the choice “dynamic” cannot go" in refusal(catalogue)


def test_an_editors_wording_of_an_attribute_is_kept(catalogue: TinyCatalogue) -> None:
    load(catalogue.root)
    Attribute.objects.filter(slug="orm").update(heading="ORM included")
    catalogue.write("attributes/all.yaml", ATTRIBUTES.replace("importance: 75", "importance: 60"))
    assert counts(load(catalogue.root)) == (0, 1, 6, 0, 0)
    orm = Attribute.objects.get(slug="orm")
    assert (orm.heading, orm.importance) == ("ORM included", 60)


def test_an_editors_name_of_a_category_is_kept_and_the_clash_told(catalogue: TinyCatalogue) -> None:
    load(catalogue.root)
    Tool.objects.get(slug="flask").function.category.layer.categories.filter(slug="web").update(name="The Web")
    catalogue.write("taxonomy.yaml", TAXONOMY.replace("name: Web", "name: Web Frameworks"))
    report = load(catalogue.root)
    assert [clash.field for _, clash in report.clashes] == ["categories.web"]


def test_the_command_reports_and_exits_with_one_when_a_file_was_refused(catalogue: TinyCatalogue) -> None:
    catalogue.write("tools/languages/rust.yaml", "name: Rust\nkind: jungle\n")
    out = StringIO()
    with pytest.raises(SystemExit, match="1"):
        call_command("load_catalogue", catalogue.root, stdout=out)
    first, second = out.getvalue().splitlines()
    assert first == "8 files: 7 added, 0 changed, 0 unchanged, 1 refused, 0 clashes"
    assert second.startswith("refused tools/languages/rust.yaml:2: there is no kind “jungle”")


def test_the_command_refuses_a_folder_that_is_no_catalogue(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"is not a catalogue: it has no taxonomy\.yaml"):
        call_command("load_catalogue", tmp_path)


def test_a_file_that_moves_to_another_function_moves_its_tool(catalogue: TinyCatalogue) -> None:
    load(catalogue.root)
    (catalogue.root / "tools/microframeworks/bottle.yaml").rename(catalogue.root / "tools/languages/bottle.yaml")
    assert counts(load(catalogue.root)) == (0, 1, 6, 0, 0)
    assert Tool.objects.get(slug="bottle").function.slug == "languages"
    assert counts(load(catalogue.root)) == (0, 0, 7, 0, 0)


def test_a_tool_with_two_files_is_refused_and_stays_as_it_was(catalogue: TinyCatalogue) -> None:
    load(catalogue.root)
    catalogue.write("tools/languages/flask.yaml", "name: Flask\nkind: language\n")
    assert "“flask” has a file in the folder of another function too" in refusal(catalogue)
    assert Tool.objects.get(slug="flask").function.slug == "microframeworks"


def test_an_attribute_that_stands_in_two_files_is_refused(catalogue: TinyCatalogue) -> None:
    load(catalogue.root)
    catalogue.write("attributes/more.yaml", ATTRIBUTES)
    assert "“orm” stands in attributes/all.yaml already" in refusal(catalogue)


def test_a_file_that_names_a_tool_an_editor_deleted_is_refused(catalogue: TinyCatalogue) -> None:
    load(catalogue.root)
    Tool.objects.get(slug="bottle").delete()
    catalogue.replace("tools/microframeworks/bottle.yaml", "name: Bottle", "name: Bottle!")
    catalogue.write("tools/microframeworks/new.yaml", "name: New\nkind: framework\nintegrations: [bottle]\n")
    assert "new.yaml:3: there is no tool “bottle”" in refusal(catalogue)


@pytest.mark.parametrize("written", ["190:20:30", "010", "1_000", "0x10", ".inf", "-7", "1" * 400])
def test_a_number_is_decimal_and_not_negative(catalogue: TinyCatalogue, written: str) -> None:
    catalogue.write("attributes/figures.yaml", FIGURES)
    fact = f"facts:\n  downloads: {{value: {written}, verified: 2026-11-21}}"
    catalogue.replace("tools/languages/python.yaml", "facts:", fact)
    (told,) = [refused.reason for refused in load(catalogue.root).refused if "python" in refused.path]
    assert "is not a number" in told


def test_many_figures_are_refused_at_once(catalogue: TinyCatalogue) -> None:
    rows = ", ".join(["{a: {b: 0}}"] * 20_000)
    catalogue.write("tools/languages/rust.yaml", f"name: Rust\nkind: language\nfigures: [{rows}]\n")
    assert refusal(catalogue).startswith("tools/languages/rust.yaml:3: figures")


def test_a_load_that_writes_makes_a_new_edition_and_one_that_changes_nothing_does_not(catalogue: TinyCatalogue) -> None:
    assert Edition.objects.current() == 0
    load(catalogue.root)
    loaded = Edition.objects.current()
    assert loaded > 0
    load(catalogue.root)
    assert Edition.objects.current() == loaded
    catalogue.replace("tools/microframeworks/flask.yaml", "A small web", "A little web")
    load(catalogue.root)
    assert Edition.objects.current() == loaded + 1


def test_a_load_that_refuses_all_that_changed_makes_no_new_edition(catalogue: TinyCatalogue) -> None:
    load(catalogue.root)
    loaded = Edition.objects.current()
    catalogue.replace("tools/microframeworks/flask.yaml", "kind: framework", "kind: nonsense")
    assert load(catalogue.root).refused
    assert Edition.objects.current() == loaded


THREE_RIVALS = "rivals: [python, bottle, elixir]"


def popular() -> list[str]:
    return [str(row) for row in Rival.objects.filter(popular__isnull=False).order_by("popular")]


def rivals_of(slug: str) -> list[str]:
    return list(Rival.objects.filter(tool__slug=slug).values_list("other__slug", flat=True))


def test_rivals_keep_the_order_of_the_file_and_what_stays_stays_popular(catalogue: TinyCatalogue) -> None:
    catalogue.write("comparisons.yaml", "popular: [bottle-vs-flask]\n")
    load(catalogue.root)
    (before,) = Rival.objects.all()
    catalogue.replace("tools/microframeworks/flask.yaml", "rivals: [bottle]", THREE_RIVALS)
    load(catalogue.root)
    assert rivals_of("flask") == ["python", "bottle", "elixir"]
    assert Rival.objects.get(pk=before.pk).popular == 1
    catalogue.replace("tools/microframeworks/flask.yaml", THREE_RIVALS, "rivals: [elixir, bottle]")
    load(catalogue.root)
    assert rivals_of("flask") == ["elixir", "bottle"]
    assert popular() == ["Flask or Bottle"]


def test_a_rival_that_an_editor_added_stays_and_one_taken_away_does_not_come_back(catalogue: TinyCatalogue) -> None:
    catalogue.write("comparisons.yaml", "popular: [bottle-vs-flask]\n")
    load(catalogue.root)
    flask, python = Tool.objects.get(slug="flask"), Tool.objects.get(slug="python")
    Rival.objects.all().delete()
    Rival.objects.create(tool=flask, other=python)
    catalogue.replace("tools/microframeworks/flask.yaml", "rivals: [bottle]", "rivals: [bottle, elixir]")
    catalogue.write("comparisons.yaml", "popular: [bottle-vs-flask, elixir-vs-flask]\n")
    assert counts(load(catalogue.root)) == (0, 2, 6, 0, 0)
    assert rivals_of("flask") == ["elixir", "python"]
    assert popular() == ["Flask or Elixir"]


@pytest.mark.parametrize(
    ("rivals", "told"),
    [("[elixir, nobody]", "there is no tool “nobody”"), ("[elixir, flask]", "a tool cannot be its own rival")],
)
def test_a_rival_is_another_tool_that_exists(catalogue: TinyCatalogue, rivals: str, told: str) -> None:
    load(catalogue.root)
    catalogue.replace("tools/microframeworks/flask.yaml", "rivals: [bottle]", f"rivals: {rivals}")
    assert refusal(catalogue) == f"tools/microframeworks/flask.yaml:17: {told}"


@pytest.mark.parametrize("address", ["bottle-vs-elixir", "flask-vs-bottle", "flask"])
def test_only_rivals_at_their_one_address_are_popular(catalogue: TinyCatalogue, address: str) -> None:
    catalogue.write("comparisons.yaml", f"popular:\n  - bottle-vs-flask\n  - {address}\n")
    told = f"comparisons.yaml:3: “{address}” is no couple of rivals, its tools in alphabetical order"
    assert refusal(catalogue) == told
    assert popular() == []


def test_the_order_of_the_popular_is_the_files(catalogue: TinyCatalogue) -> None:
    catalogue.replace("tools/microframeworks/flask.yaml", "rivals: [bottle]", THREE_RIVALS)
    for order in (["flask-vs-python", "bottle-vs-flask"], ["bottle-vs-flask", "elixir-vs-flask", "flask-vs-python"]):
        catalogue.write("comparisons.yaml", f"popular: [{', '.join(order)}]\n")
        load(catalogue.root)
        assert [f"{a.slug}-vs-{b.slug}" for a, b in Rival.objects.couples(len(order))] == order
