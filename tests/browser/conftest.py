"""A site with a small catalogue for each test, and a browser that looks at it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Browser, expect, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from tests.browser.weights import QUIET
from tests.catalogue import small_catalogue_dir as small_catalogue_dir
from tests.shelf import Shelf, put_back, shelve
from tools.catalogue.loading import load
from tools.models import Reason, Repository, Tool

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


@pytest.fixture(scope="session")
def furnished(django_db_setup: None, django_db_blocker: DjangoDbBlocker, small_catalogue_dir: Path) -> Shelf:
    """A small catalogue in which every part of a page occurs."""
    with django_db_blocker.unblock(), transaction.atomic():
        report = load(small_catalogue_dir)
        assert not report.refused
        for slug in ("elixir", "flask"):
            tool = Tool.objects.get(slug=slug)
            Reason.objects.get_or_create(tool=tool, side="pro", text="Its handbook is short")
            Reason.objects.get_or_create(tool=tool, side="con", text="Its ecosystem is smaller than others")
        described = {"description": "A small web framework.", "features": ["Routing by decorators"]}
        Tool.objects.filter(slug="flask").update(**described)
        Repository.objects.filter(tool__slug="foundation").update(archived=True)
        shelf = shelve("tools")
        transaction.set_rollback(True)
    return shelf


@pytest.fixture
def site(furnished: Shelf, live_server: LiveServer, settings: Settings) -> str:
    """The address of a site with a small catalogue in which every part of a page occurs."""
    settings.CONTACT_EMAIL = "editors@example.org"
    put_back(furnished)
    return live_server.url


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A browser without a window, in which each test opens a context of its own.

    While it runs, Playwright keeps an event loop in this thread, and Django would refuse to speak to its database here;
    nothing of ours runs in that loop.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        window = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield window
        window.close()
