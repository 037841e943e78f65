"""A page that is watched: what it complains of, asks of others, and keeps of its reader."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request

from tests import AGAIN

WATCH_POLICY = """
window.refused = [];
document.addEventListener("securitypolicyviolation", event => window.refused.push(
  `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""
AXE = Axe()
# The browser says this itself of any page that is answered with 4xx.
EXPECTED = "Failed to load resource: the server responded with a status of 4"
# axe need not read style sheets a second time: it would set their imports into the page, which the policy forbids.
QUIETLY = {"preload": False, "resultTypes": ["violations"]}
EVERY_RULE = {"rules": {"target-size": {"enabled": True}}, **QUIETLY}
# Another colour scheme changes nothing but colours, and another width nothing but places.
COLOURS = {"runOnly": ["color-contrast"], **QUIETLY}
PLACES: dict[str, Any] = {
    "runOnly": ["target-size", "scrollable-region-focusable"],
    "rules": {"target-size": {"enabled": True}},
    **QUIETLY,
}
type Scheme = Literal["light", "dark"]
LOOKS: tuple[tuple[int, tuple[tuple[Scheme, dict[str, Any]], ...]], ...] = (
    (320, (("light", EVERY_RULE), ("dark", COLOURS))),
    (390, (("dark", PLACES),)),
    (640, ()),  # 1280 px enlarged to 200 %
    (768, (("dark", PLACES),)),
    (1280, (("dark", EVERY_RULE), ("light", COLOURS))),
)
# Enough for a page among many alike.
BRIEFLY: tuple[tuple[int, tuple[tuple[Scheme, dict[str, Any]], ...]], ...] = (
    (390, (("dark", EVERY_RULE),)),
    (1280, (("light", {**PLACES, "runOnly": ["color-contrast", *PLACES["runOnly"]]}),)),
)
# A second database changes nothing of how a page looks: there it is enough that it can be looked at.
if AGAIN:
    LOOKS = BRIEFLY = ((390, (("dark", EVERY_RULE),)),)
# What a cell of a table says in the accessibility tree: its text without what is hidden from it.
SILENT_CELLS = """
() => {
  const says = node => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE) return "";
    if (node.ariaHidden === "true" || !node.checkVisibility({visibilityProperty: true})) return "";
    const name = node.ariaLabel || node.getAttribute("alt") || node.getAttribute("title");
    return name || [...node.childNodes].map(says).join("");
  };
  const isShut = cell => cell.closest("details:not([open])");
  return [...document.querySelectorAll("td, th")].filter(cell => !isShut(cell) && !says(cell).trim())
    .map(cell => cell.outerHTML.slice(0, 200));
}
"""
OPEN_ALL = "document.querySelectorAll('details').forEach(part => part.open = true)"
FITS = "[document.documentElement.scrollWidth, innerWidth]"


@dataclass
class Watched:
    """A page with its faults, each told with where it happened."""

    page: Page
    site: str
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.add_init_script(WATCH_POLICY)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))
        self.page.on("request", self._asked)

    def measure(self, url: str) -> None:
        """Open the address and see whether it fits at every width, shut and opened, and whether its tables speak."""
        self.page.goto(f"{self.site}{url}")
        self._measure(url, (width for width, _ in LOOKS))

    def look(self, name: str, url: str | None = None) -> None:
        """Open the address, if one is given, and look at the page in light and dark, from narrow to wide."""
        if url is not None:
            self.page.goto(f"{self.site}{url}")
        self._look(name, LOOKS)
        self._measure(f"{name}, opened", (width for width, _ in LOOKS), opened=True)
        self.faults += [f"{name}: refused {what}" for what in self.page.evaluate("window.refused")]

    def glance(self, name: str, url: str | None = None) -> None:
        """Open the address, if one is given, and look at the page on a phone in the dark and on a desk in the light."""
        if url is not None:
            self.page.goto(f"{self.site}{url}")
        self._look(name, BRIEFLY)
        self.faults += [f"{name}: refused {what}" for what in self.page.evaluate("window.refused")]

    def _look(self, name: str, looks: tuple[tuple[int, tuple[tuple[Scheme, dict[str, Any]], ...]], ...]) -> None:
        for width, schemes in looks:
            self._measure(name, [width])
            for scheme, rules in schemes:
                self.page.emulate_media(color_scheme=scheme)
                self._examine(f"{name} at {width}, {scheme}", rules)

    def _measure(self, name: str, widths: Iterable[int], *, opened: bool = False) -> None:
        if opened:
            self.page.evaluate(OPEN_ALL)
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": 900})
            wide = self.page.evaluate(FITS)
            if wide[0] > wide[1]:
                self.faults.append(f"{name} at {width}: {wide[0]} px wide")
            silent = self.page.evaluate(SILENT_CELLS)
            self.faults += [f"{name} at {width}: a cell says nothing: {cell}" for cell in silent]

    def _examine(self, name: str, rules: dict[str, Any]) -> None:
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.axe_script)
        for violation in self.page.evaluate("rules => axe.run(rules)", rules)["violations"]:
            where = [" ".join(map(str, node["target"])) for node in violation["nodes"][:3]]
            self.faults.append(f"{name}: {violation['id']}: {violation['help']}: {where}")

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(EXPECTED):
            self.faults.append(f"{self.page.url}: {message.text}")

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).scheme != "data" and not request.url.startswith(f"{self.site}/"):
            self.faults.append(f"{self.page.url}: asks {request.url}")
