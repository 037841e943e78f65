"""A page that is watched: what it complains of, asks of others, and keeps of its reader."""

from dataclasses import dataclass, field
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
RULES = {"rules": {"target-size": {"enabled": True}}}
SIZES = ((320, 800), (1280, 900))


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

    def look(self, name: str, url: str | None = None) -> None:
        """Open the address, if one is given, and look at the page in light and dark, narrow and wide."""
        if url is not None:
            self.page.goto(f"{self.site}{url}")
        for width, height in SIZES:
            self.page.set_viewport_size({"width": width, "height": height})
            self._measure(f"{name} at {width}")
            for scheme in ("light", "dark"):
                self.page.emulate_media(color_scheme=scheme)
                self._examine(f"{name} at {width}, {scheme}")
        self.faults += [f"{name}: refused {what}" for what in self.page.evaluate("window.refused")]

    def _measure(self, name: str) -> None:
        wide = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        if wide[0] > wide[1]:
            self.faults.append(f"{name}: {wide[0]} px wide")

    def _examine(self, name: str) -> None:
        for violation in Axe().run(self.page, options=RULES).response["violations"]:
            where = [" ".join(map(str, node["target"])) for node in violation["nodes"][:3]]
            self.faults.append(f"{name}: {violation['id']}: {violation['help']}: {where}")

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(EXPECTED):
            self.faults.append(f"{self.page.url}: {message.text}")

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).scheme != "data" and not request.url.startswith(f"{self.site}/"):
            self.faults.append(f"{self.page.url}: asks {request.url}")
