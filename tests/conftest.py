"""What holds for every test."""

import os
from collections.abc import Iterator

import hypothesis
import pytest
from django.core.cache import caches

from tests import AGAIN
from tools.searching.index import forget_index

# Set by .ci/run: there every part must really run.
SKIP_NOTHING = bool(os.environ.get("SKIP_NOTHING"))
_skipped: list[str] = []
# How fast a machine is decides over no test.
hypothesis.settings.register_profile("whystack", deadline=None)
hypothesis.settings.register_profile("again", deadline=None, max_examples=25)
hypothesis.settings.load_profile("again" if AGAIN else "whystack")


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Rate limits count and pages are kept in caches, names in the index: no test inherits another's."""
    yield
    for cache in caches.all():
        cache.clear()
    forget_index()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no process is left with it at the end while the others are idle."""
    items.sort(key=_haste)


def _haste(item: pytest.Item) -> int:
    if item.path.name == "test_weights.py":
        return 0
    return 1 if item.get_closest_marker("browser") or item.path.name in ("test_serve.py", "test_worker.py") else 2


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember what was skipped."""
    if report.skipped:
        _skipped.append(report.nodeid)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Remember whole modules that were skipped."""
    if report.skipped:
        _skipped.append(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail where something was skipped although nothing may be."""
    if SKIP_NOTHING and _skipped:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter = session.config.pluginmanager.get_plugin("terminalreporter")
        if reporter is not None:
            reporter.write_line(f"SKIP_NOTHING is set, but skipped: {', '.join(_skipped)}", red=True)
