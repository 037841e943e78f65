"""The editors' own words in the catalogue's files: every tool is described, the best known in full, none is praised."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from tools import pairs

BEST_KNOWN = 200
PRAISE = re.compile(
    r"\b(powerful|robust|seamless\w*|blazing\w*|cutting-edge|versatile|excellent|amazing|user-friendly"
    r"|world-class|battle-tested|easy to use|best-in-class|state-of-the-art)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def tools() -> Mapping[str, dict[str, Any]]:
    files = sorted((settings.CATALOGUE_DIR / "tools").glob("*/*.yaml"))
    return {path.stem: yaml.load(path.read_text(), yaml.CSafeLoader) for path in files}


def stars(tool: Mapping[str, Any]) -> int:
    """The newest count in the file, 0 where there is none."""
    known = [row["stars"] for row in tool.get("figures", []) if "stars" in row]
    return int(known[-1]) if known else 0


def best_known(tools: Mapping[str, dict[str, Any]]) -> list[str]:
    return sorted(tools, key=lambda slug: (not tools[slug].get("well_known"), -stars(tools[slug]), slug))[:BEST_KNOWN]


def lines(tool: Mapping[str, Any]) -> Iterator[str]:
    yield tool.get("description", "")
    for name in ("features", "pros", "cons", "choose_if"):
        yield from tool.get(name, [])


def test_every_tool_is_described(tools: Mapping[str, dict[str, Any]]) -> None:
    assert [slug for slug, tool in tools.items() if not tool.get("description", "").endswith(".")] == []


def test_no_two_tools_are_described_alike(tools: Mapping[str, dict[str, Any]]) -> None:
    texts = [tool["description"] for tool in tools.values()]
    assert len(set(texts)) == len(texts)


def test_the_best_known_tools_are_told_in_full(tools: Mapping[str, dict[str, Any]]) -> None:
    wanting = {
        slug
        for slug in best_known(tools)
        if not (
            3 <= len(tools[slug].get("pros", [])) <= 6
            and 2 <= len(tools[slug].get("cons", [])) <= 4
            and tools[slug].get("choose_if")
            and tools[slug].get("features")
            and tools[slug].get("integrations")
        )
    }
    assert wanting == set()


def test_most_of_the_best_known_tools_have_rivals(tools: Mapping[str, dict[str, Any]]) -> None:
    named = {slug for tool in tools.values() for slug in tool.get("rivals", [])}
    with_rivals = [slug for slug in best_known(tools) if slug in named or tools[slug].get("rivals")]
    assert len(with_rivals) >= 0.9 * BEST_KNOWN


def test_the_first_page_compares_sixteen_tools() -> None:
    popular = yaml.load((settings.CATALOGUE_DIR / "comparisons.yaml").read_text(), yaml.CSafeLoader)["popular"]
    assert len({slug for address in popular[:8] for slug in pairs.parse(address) or ()}) == 16


def test_no_line_praises(tools: Mapping[str, dict[str, Any]]) -> None:
    assert {line for tool in tools.values() for line in lines(tool) if PRAISE.search(line)} == set()


def test_every_compared_attribute_stands_under_a_theme() -> None:
    folder: Path = settings.CATALOGUE_DIR / "attributes"
    found = [yaml.load(path.read_text(), yaml.CSafeLoader) for path in sorted(folder.glob("*.yaml"))]
    without = [k for file in found for k, row in file.items() if row.get("compare", True) and not row.get("theme")]
    assert without == []
