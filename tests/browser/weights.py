"""What the pages weigh on the wire: `poe weigh` prints it, `poe weigh --write` renews what is allowed.

The whole site runs as `manage.py serve` runs it, with hashed and compressed files and the real catalogue; a browser
with an empty cache visits each kind of page, and then once more within the minute for which a page may be kept.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[2]
ALLOWED = Path(__file__).with_name("weights.toml")
PATIENCE = 300.0
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
# A browser asks for the icon of a page when it finds the time.
ICON = "[...document.querySelectorAll('link[rel=icon]')].map(icon => icon.href).find(href => href.startsWith('http'))"
LONGEST_WAIT_FOR_ICON = 50
PAGES = {
    "home": "/",
    "catalogue": "/tools/",
    "category": "/categories/front-end/",
    "categories": "/categories/",
    "tool": "/tools/flask/",
    "comparison of 2": "/compare/elixir-vs-flask/",
    "comparison of 5": "/compare/angular-vs-react-vs-solidjs-vs-svelte-vs-vue/",
    "search": "/search/?q=flask",
    "picker": "/compare/",
    "missing page": "/nothing/",
    "about": "/about/",
}
KINDS = {"Document": "html", "Stylesheet": "css", "Script": "js"}


@dataclass(frozen=True, slots=True)
class Weight:
    """Requests and bytes over the wire, headers included, of one visit; `again` is the next one's bytes."""

    requests: int
    html: int
    css: int
    js: int
    img: int
    again: int
    raw_js: int
    """Scripts as they are once unpacked."""

    @property
    def total(self) -> int:
        """All bytes of the first visit."""
        return self.html + self.css + self.js + self.img


class Scale:
    """A page of a browser without cache, and what comes over its wire."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.client = page.context.new_cdp_session(page)
        self.client.send("Network.enable")
        self.kinds: dict[str, str] = {}
        self.addresses: dict[str, str] = {}
        self.loaded: dict[str, int] = {}
        self.unpacked: dict[str, int] = {}
        self.client.on("Network.responseReceived", self._answered)
        self.client.on("Network.dataReceived", self._received)
        self.client.on("Network.loadingFinished", self._finished)

    def weigh(self, url: str) -> Weight:
        """Visit the address twice."""
        self.page.goto(url, wait_until="networkidle")
        self._await_icon()
        sums = self._sums(self.loaded)
        first = Weight(
            requests=len(self.loaded),
            **{kind: sums.get(kind, 0) for kind in ("html", "css", "js", "img")},
            again=0,
            raw_js=self._sums(self.unpacked).get("js", 0),
        )
        self.loaded.clear()
        self.page.goto("about:blank")
        self.page.goto(url, wait_until="networkidle")
        return Weight(**{name: getattr(first, name) for name in first.__slots__ if name != "again"}, again=self.bytes)

    def _await_icon(self) -> None:
        icon = self.page.evaluate(ICON)
        for _ in range(LONGEST_WAIT_FOR_ICON if icon else 0):
            if any(self.addresses[request] == icon for request in self.loaded):
                break
            self.page.wait_for_timeout(100)

    @property
    def bytes(self) -> int:
        """What came so far."""
        return sum(self.loaded.values())

    def _sums(self, counted: dict[str, int]) -> dict[str, int]:
        sums: dict[str, int] = {}
        for request, count in counted.items():
            kind = self.kinds.get(request, "img")
            sums[kind] = sums.get(kind, 0) + count
        return sums

    def _answered(self, event: dict[str, Any]) -> None:
        self.addresses[event["requestId"]] = event["response"]["url"]
        self.kinds[event["requestId"]] = KINDS.get(event["type"], "img")

    def _received(self, event: dict[str, Any]) -> None:
        self.unpacked[event["requestId"]] = self.unpacked.get(event["requestId"], 0) + event["dataLength"]

    def _finished(self, event: dict[str, Any]) -> None:
        if event["encodedDataLength"]:
            self.loaded[event["requestId"]] = round(event["encodedDataLength"])


def weigh_all(browser: Browser, site: str) -> dict[str, Weight]:
    """Each kind of page, in a fresh browser each."""
    weights = {}
    for name, path in PAGES.items():
        with browser.new_context() as context:
            weights[name] = Scale(context.new_page()).weigh(f"{site}{path}")
    return weights


@contextmanager
def real_site(folder: Path) -> Iterator[str]:
    """The address of a site with the real catalogue that keeps everything in `folder`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    site = f"http://127.0.0.1:{port}"
    environment = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(folder / "data"),
        "SITE_URL": site,
        "GITHUB_API_URL": "http://127.0.0.1:9",
        "EMAIL_URL": "",
    }
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--no-worker"]
    with (folder / "log").open("w+") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True)
        try:
            deadline = time.monotonic() + PATIENCE
            while "is ready" not in (folder / "log").read_text():
                assert process.poll() is None, (folder / "log").read_text()
                assert time.monotonic() < deadline, "the site does not start"
                time.sleep(0.2)
            yield site
        finally:
            process.terminate()
            process.wait(30)


def allowed() -> dict[str, dict[str, int]]:
    """The weights that were written down."""
    return tomllib.loads(ALLOWED.read_text())


def write(weights: dict[str, Weight]) -> None:
    """Write these weights down."""
    lines = ["# Bytes over the wire, headers included; written by `poe weigh --write`, held with a slack by a test."]
    for name, weight in weights.items():
        figures = f"requests = {weight.requests}, total = {weight.total}, again = {weight.again}"
        lines.append(f'"{name}" = {{ {figures} }}')
    ALLOWED.write_text("\n".join(lines) + "\n")


def shown(weights: dict[str, Weight]) -> Table:
    """The weights as a table for people."""
    table = Table("page", "requests", "total", "html", "css", "js", "img", "again")
    for name, weight in weights.items():
        figures = (weight.requests, weight.total, weight.html, weight.css, weight.js, weight.img, weight.again)
        table.add_row(name, *(f"{figure:,}" for figure in figures))
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="write what was measured to weights.toml")
    options = parser.parse_args()
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or sys.exit("Chromium is not installed")
    with tempfile.TemporaryDirectory() as folder, real_site(Path(folder)) as site, sync_playwright() as playwright:
        weights = weigh_all(playwright.chromium.launch(executable_path=program, args=QUIET), site)
    Console().print(shown(weights))
    if options.write:
        write(weights)


if __name__ == "__main__":
    main()
