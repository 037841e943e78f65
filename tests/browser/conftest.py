"""A site with a small catalogue for each test, and a browser that looks at it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.catalogue import small_catalogue_dir as small_catalogue_dir
from tools.catalogue.loading import load
from tools.models import Reason, Repository, Tool

QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
# On a busy machine five seconds pass quickly.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's program, or a skipped test where there is none."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium), or name it in CHROMIUM")
    return program


@pytest.fixture(scope="session")
def live_server(django_db_setup: None, live_server: LiveServer) -> LiveServer:
    """The server after the database: only then does it know that SQLite's lies in memory and lends its connection."""
    return live_server


@pytest.fixture
def site(live_server: LiveServer, small_catalogue_dir: Path, settings: Settings) -> str:
    """The address of a site with a small catalogue in which every part of a page occurs."""
    settings.CONTACT_EMAIL = "editors@example.org"
    report = load(small_catalogue_dir)
    assert not report.refused
    for slug in ("elixir", "flask"):
        tool = Tool.objects.get(slug=slug)
        Reason.objects.get_or_create(tool=tool, side="pro", text="Its handbook is short")
        Reason.objects.get_or_create(tool=tool, side="con", text="Its ecosystem is smaller than others")
    Tool.objects.filter(slug="flask").update(description="A small web framework.", features=["Routing by decorators"])
    Repository.objects.filter(tool__slug="foundation").update(archived=True)
    return live_server.url


@pytest.fixture
def browser(chromium: str, live_server: LiveServer) -> Iterator[Browser]:
    """A browser without a window.

    While it runs, Playwright keeps an event loop in this thread and Django refuses to speak to its database here: a
    test asks for its site first.
    """
    with sync_playwright() as playwright:
        window = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield window
        window.close()
