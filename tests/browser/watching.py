"""A page that is watched: what it complains of, asks of others, and keeps of its reader."""

from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request

WATCH_POLICY = """
window.refused = [];
document.addEventListener("securitypolicyviolation", event => window.refused.push(
  `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""
# The browser says this itself of any page that is answered with 4xx.
EXPECTED = "Failed to load resource: the server responded with a status of 4"
EVERY_RULE = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
# Another colour scheme changes nothing but colours.
COLOURS = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
LOOKS: tuple[tuple[int, tuple[tuple[Literal["light", "dark"], dict[str, Any]], ...]], ...] = (
    (320, (("light", EVERY_RULE), ("dark", COLOURS))),
    (1280, (("dark", EVERY_RULE), ("light", COLOURS))),
)


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
        """Open the address and see whether it fits a phone."""
        self.page.set_viewport_size({"width": LOOKS[0][0], "height": 900})
        self.page.goto(f"{self.site}{url}")
        self._measure(url)

    def look(self, name: str, url: str | None = None) -> None:
        """Open the address, if one is given, and look at the page in light and dark, narrow and wide."""
        if url is not None:
            self.page.goto(f"{self.site}{url}")
        for width, schemes in LOOKS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self._measure(f"{name} at {width}")
            for scheme, rules in schemes:
                self.page.emulate_media(color_scheme=scheme)
                self._examine(f"{name} at {width}, {scheme}", rules)
        self.faults += [f"{name}: refused {what}" for what in self.page.evaluate("window.refused")]

    def _measure(self, name: str) -> None:
        wide = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        if wide[0] > wide[1]:
            self.faults.append(f"{name}: {wide[0]} px wide")

    def _examine(self, name: str, rules: dict[str, Any]) -> None:
        for violation in Axe().run(self.page, options=rules).response["violations"]:
            where = [" ".join(map(str, node["target"])) for node in violation["nodes"][:3]]
            self.faults.append(f"{name}: {violation['id']}: {violation['help']}: {where}")

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(EXPECTED):
            self.faults.append(f"{self.page.url}: {message.text}")

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).scheme != "data" and not request.url.startswith(f"{self.site}/"):
            self.faults.append(f"{self.page.url}: asks {request.url}")
