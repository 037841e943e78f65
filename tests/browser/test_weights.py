"""What the pages weigh on the wire stays within what was written down."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import weights
from tests.browser.weights import Weight

pytestmark = pytest.mark.browser

SLACK = 1.1
KIB = 1024


@pytest.fixture(scope="module")
def weighed(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Weight]:
    """Each kind of page of the real site, weighed once."""
    with weights.real_site(tmp_path_factory.mktemp("weighed")) as site:
        return weights.weigh_all(browser, site)


def test_no_page_weighs_more_than_was_written_down(weighed: dict[str, Weight]) -> None:
    written = weights.allowed()
    assert weighed.keys() == written.keys()
    too_much = {
        name: (weight.requests, weight.total, weight.again)
        for name, weight in weighed.items()
        if weight.requests > written[name]["requests"]
        or weight.total > written[name]["total"] * SLACK
        or weight.again > written[name]["again"] * SLACK
    }
    assert too_much == {}, "if it is worth it: poe weigh --write"


def test_a_comparison_of_two_comes_with_few_requests_and_bytes(weighed: dict[str, Weight]) -> None:
    weight = weighed["comparison of 2"]
    assert weight.total <= 60 * KIB
    assert weight.raw_js <= 25 * KIB
    assert weight.requests <= 5


def test_all_scripts_of_ours_together_are_small() -> None:
    scripts = Path(weights.ROOT / "static").rglob("*.js")
    assert sum(script.stat().st_size for script in scripts) <= 25 * KIB
