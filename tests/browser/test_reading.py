"""Readers of other means: without scripts, by the accessibility tree, with the keyboard alone."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_pages import COMPARISON, PAGES, WIDER

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

LEAST_WITHOUT_SCRIPTS = 0.95
MOST_TABS = 80
TABLE = 'section[aria-labelledby="details"] table'
# What is focused: its name, whether a mark of focus is drawn, and whether any of it can be seen in the window.
FOCUSED = """
() => {
  const it = document.activeElement;
  const box = it.getClientRects()[0] ?? new DOMRect();
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
  const [upper, lower] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  const inside = left < right && upper < lower;
  const isSeen = [.5, .1, .9].some(across => [.5, .1, .9].some(down =>
    it.contains(document.elementFromPoint(left + across * (right - left), upper + down * (lower - upper)))));
  const style = getComputedStyle(it);
  return {
    what: it.outerHTML.slice(0, 120),
    marked: it.matches(":focus-visible")
      && (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== "none"),
    seen: inside && isSeen,
  };
}
"""


def test_a_page_reads_the_same_without_scripts(site: str, browser: Browser) -> None:
    texts: list[dict[str, Counter[str]]] = []
    for scripts in (True, False):
        with browser.new_context(java_script_enabled=scripts) as context:
            page = context.new_page()
            texts.append({url: words(page, f"{site}{url}") for url in (*PAGES, COMPARISON, *WIDER)})
    with_scripts, without = texts
    shares = {url: (without[url] & said).total() / said.total() for url, said in with_scripts.items()}
    assert {url: share for url, share in shares.items() if share < LEAST_WITHOUT_SCRIPTS} == {}


def words(page: Page, url: str) -> Counter[str]:
    """The words of the page's main part that can be seen."""
    page.goto(url)
    return Counter(page.get_by_role("main").inner_text().split())


class Branch:
    """A node of the accessibility tree with what lies beneath it."""

    def __init__(self, number: str, nodes: dict[str, dict[str, Any]]) -> None:
        self.node, self.nodes = nodes[number], nodes

    @property
    def role(self) -> str:
        return "" if self.node["ignored"] else str(self.node["role"]["value"])

    @property
    def children(self) -> Iterator["Branch"]:
        return (Branch(number, self.nodes) for number in self.node.get("childIds", ()) if number in self.nodes)

    @property
    def name(self) -> str:
        """Its own name, or else the text beneath it."""
        own = "" if self.node["ignored"] else str(self.node.get("name", {}).get("value", "")).strip()
        return own or " ".join(filter(None, (child.name for child in self.children)))

    def below(self, *roles: str) -> list["Branch"]:
        """The nearest nodes beneath it of one of these roles."""
        found: list[Branch] = []
        for child in self.children:
            found += [child] if child.role in roles else child.below(*roles)
        return found


def accessible(page: Page, selector: str) -> Branch:
    """The place of the first element of this selector in the accessibility tree."""
    client = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in client.send("Accessibility.getFullAXTree")["nodes"]}
    root = client.send("DOM.getDocument")["root"]["nodeId"]
    element = client.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    backend = client.send("DOM.describeNode", {"nodeId": element})["node"]["backendNodeId"]
    (number,) = (number for number, node in nodes.items() if node.get("backendDOMNodeId") == backend)
    return Branch(number, nodes)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_table_of_a_comparison_stays_a_table_to_those_who_cannot_see_it(
    site: str, browser: Browser, width: int
) -> None:
    with browser.new_context(viewport={"width": width, "height": 900}) as context:
        page = context.new_page()
        for url, tools in ((COMPARISON, ["Elixir", "Flask"]), (WIDER[0], ["Django", "Laravel", "Node.js"])):
            page.goto(f"{site}{url}")
            table = accessible(page, TABLE)
            assert table.role == "table"
            head, *rows = table.below("row")
            assert [header.name for header in head.below("columnheader")][-len(tools) :] == tools
            assert len(rows) == page.locator(f"{TABLE} tbody tr").count() > 0
            themes = [row for row in rows if not row.below("cell", "gridcell")]
            assert len(themes) == page.locator(f"{TABLE} .group").count() > 0
            assert all(row.below("rowheader")[0].name for row in themes)
            for row in (row for row in rows if row not in themes):
                (header,) = row.below("rowheader")
                cells = row.below("cell", "gridcell")
                assert header.name
                assert len(cells) == len(tools), header.name
                assert all(cell.name not in ("", "-") for cell in cells), header.name


class Keyboard:
    """Somebody who has nothing but a keyboard; whatever is focused on the way must be marked and in sight."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []

    def reach(self, role: Any, name: str | re.Pattern[str]) -> None:
        """Press Tab until the first such element is focused."""
        wanted = self.page.get_by_role(role, name=name, exact=isinstance(name, str)).first
        expect(wanted).to_be_attached()
        for _ in range(MOST_TABS):
            self.tab()
            if wanted.evaluate("it => it === document.activeElement"):
                return
        pytest.fail(f"{MOST_TABS} tabs on {self.page.url} do not lead to the {role} {name}")

    def tab(self) -> None:
        self.page.keyboard.press("Tab")
        focused = self.page.evaluate(FOCUSED)
        if not (focused["marked"] and focused["seen"]):
            self.faults.append(f"{self.page.url}: {focused}")

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.enter()

    def enter(self) -> None:
        self.page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [320, 1280])
def test_the_keyboard_alone_leads_from_a_search_to_a_source_and_back(site: str, browser: Browser, width: int) -> None:
    with browser.new_context(viewport={"width": width, "height": 640}) as context:
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.emulate_media(reduced_motion="reduce")
        keyboard = Keyboard(page)
        page.goto(site)
        keyboard.reach("combobox", re.compile("Find a tool|Search tools"))
        keyboard.write("flask")
        expect(page).to_have_url(re.compile(r"/search/\?q=flask"))
        keyboard.reach("link", "Flask framework")
        keyboard.enter()
        expect(page).to_have_url(f"{site}/tools/flask/")
        keyboard.reach("combobox", re.compile("Compare Flask with"))
        keyboard.write("elixir")
        expect(page).to_have_url(f"{site}{COMPARISON}")

        keyboard.reach("link", re.compile(r"^source \d+$"))
        anchor = page.evaluate("document.activeElement.hash")
        keyboard.enter()
        expect(page.get_by_role("dialog", name="Source")).to_be_focused()
        keyboard.reach("link", "In the list of sources")
        keyboard.enter()
        expect(page).to_have_url(f"{site}{COMPARISON}{anchor}")
        expect(page.locator(anchor)).to_be_in_viewport()
        assert page.evaluate(COVERED, anchor) is False
        keyboard.tab()
        page.go_back()
        expect(page).to_have_url(f"{site}{COMPARISON}")
        keyboard.tab()
        assert keyboard.faults == []


# Whether the upper left corner of what an anchor leads to lies under something else.
COVERED = """
anchor => {
  const it = document.querySelector(anchor);
  const box = it.getBoundingClientRect();
  const hit = document.elementFromPoint(box.left + box.width / 2, box.top + 4);
  return !(it.contains(hit) || hit?.contains(it));
}
"""
