"""Draw the pictures that cannot be SVG: icons for old browsers and home screens, and the card for links to the site.

    uv run --group dev python .ci/drawings.py

From static/img/favicon.svg, templates/_wordmark.html and .ci/card.html, by Debian's Chromium, into static/img.
"""

import re
import struct
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "static" / "img"
GREEN = "#17594c"


def icon(page: Page, size: int, *, inset: float = 0, fill: str = "transparent") -> bytes:
    """The favicon at that many pixels; `inset` leaves a share of the edge for systems that cut icons round."""
    svg = (IMAGES / "favicon.svg").read_text()
    page.set_viewport_size({"width": size, "height": size})
    style = f"body{{margin:0;background:{fill};padding:{size * inset}px}}svg{{display:block;width:100%}}"
    page.set_content(f"<style>{style}</style>{svg}")
    return page.screenshot(omit_background=True)


def ico(pictures: dict[int, bytes]) -> bytes:
    """Pack PNG pictures of these sizes into one .ico file."""
    offset, entries = 6 + 16 * len(pictures), b""
    for size, picture in pictures.items():
        entries += struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    return struct.pack("<HHH", 0, 1, len(pictures)) + entries + b"".join(pictures.values())


def card(page: Page) -> bytes:
    """The picture of .ci/card.html, 1200 by 630."""
    wordmark = (ROOT / "templates" / "_wordmark.html").read_text().replace("wordmark-drawing", "wordmark")
    page.set_viewport_size({"width": 1200, "height": 630})
    page.set_content(re.sub("<!-- the wordmark -->", wordmark, (ROOT / ".ci" / "card.html").read_text()))
    return page.screenshot()


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        (IMAGES / "favicon.ico").write_bytes(ico({size: icon(page, size) for size in (16, 32)}))
        (IMAGES / "icon-180.png").write_bytes(icon(page, 180, inset=0.06, fill=GREEN))
        (IMAGES / "icon-192.png").write_bytes(icon(page, 192))
        (IMAGES / "icon-512.png").write_bytes(icon(page, 512))
        (IMAGES / "icon-maskable-512.png").write_bytes(icon(page, 512, inset=0.12, fill=GREEN))
        (IMAGES / "card.png").write_bytes(card(page))
        browser.close()


if __name__ == "__main__":
    main()
