"""The scanner reads whole repositories as a careful person would."""

import re
import shutil
from pathlib import Path

from django.conf import settings

from stacks.scanner.clues import Evidence
from stacks.scanner.knowledge import known
from stacks.scanner.scanning import scan_folder

from .labelled import Outcome, labels, outcomes, precision, recall, report


def squashed(text: str) -> str:
    """Without what ecosystems spell differently: case, dashes, dots, and so on."""
    return re.sub(r"[^a-z0-9]", "", text.lower().replace("%40", "@"))


def proves(outcome: Outcome, slug: str, proof: Evidence) -> bool:
    """Whether the line named holds the identifier's name, or is nothing but a part of it.

    True where no line is named, where the line has a variable to fill in, and where a setting of another name proves
    the tool itself (`aws_s3_bucket` proves amazon-s3).
    """
    if not proof.line or proof.identifier in (slug, proof.file.rpartition("/")[2]) or "*" in proof.identifier:
        return True
    raw = (outcome.label.folder / proof.file).read_bytes()
    text = raw.decode("utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    line = text.splitlines()[proof.line - 1]
    parts = re.split(r"[@\[]", proof.identifier)[0].split("/")
    names = [squashed(part) for part in parts[-2:] if not re.fullmatch(r"v\d+|pkg:\w+", part)]
    said = squashed(line)
    return "$" in line or any(name in said or said in name for name in names if said)


def test_every_file_of_the_set_is_under_version_control_and_here() -> None:
    here = {label.name: sum(path.is_file() for path in label.folder.rglob("*")) for label in labels()}
    assert here == {label.name: label.files for label in labels()}


def test_the_labels_are_tools_of_the_catalogue() -> None:
    slugs = {path.stem for path in (settings.BASE_DIR / "catalogue" / "tools").rglob("*.yaml")}
    unknown = {label.name: (label.tools | label.never | label.maybe) - slugs for label in labels()}
    assert {name: left for name, left in unknown.items() if left} == {}


def test_no_label_contradicts_itself() -> None:
    for label in labels():
        assert label.tools & (label.never | label.maybe) == set(), label.name
        assert label.never & label.maybe == set(), label.name
        assert label.development | label.runtime <= label.tools, label.name


def test_traps_are_not_fallen_into() -> None:
    fallen = {outcome.label.name: outcome.found.keys() & outcome.label.never for outcome in outcomes()}
    assert {name: slugs for name, slugs in fallen.items() if slugs} == {}


def test_precision_and_recall_are_at_least_98_of_100() -> None:
    assert min(precision(outcomes()), recall(outcomes())) >= 0.98, report(outcomes())


def test_development_is_told_from_run_time() -> None:
    wrong = {
        outcome.label.name: slugs
        for outcome in outcomes()
        if (
            slugs := {
                slug
                for slug in outcome.right & (outcome.label.development | outcome.label.runtime)
                if outcome.found[slug].development != (slug in outcome.label.development)
            }
        )
    }
    assert wrong == {}


def test_what_is_found_is_proved_directly_and_by_the_line_that_is_named() -> None:
    unproved = [
        f"{outcome.label.name}/{proof.file}:{proof.line} {proof.identifier} for {tool.slug}"
        for outcome in outcomes()
        for tool in outcome.scan.tools
        for proof in tool.evidence
        if not proves(outcome, tool.slug, proof)
    ]
    assert unproved == []
    tools = [tool for outcome in outcomes() for tool in outcome.scan.tools]
    assert [tool.slug for tool in tools if not any(proof.direct for proof in tool.evidence)] == []


def test_links_in_circles_and_out_of_the_folder_lead_nowhere(tmp_path: Path) -> None:
    label = next(label for label in labels() if label.name == "go-gin-service")
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    shutil.copytree(label.folder, inside)
    plain = scan_folder(inside, known()).tools
    outside.mkdir()
    (outside / "requirements.txt").write_text("django\n")
    (inside / "api" / "again").symlink_to(inside, target_is_directory=True)
    (inside / "self").symlink_to("self")
    (inside / "elsewhere").symlink_to(outside, target_is_directory=True)
    (inside / "requirements.txt").symlink_to(outside / "requirements.txt")
    assert scan_folder(inside, known()).tools == plain
