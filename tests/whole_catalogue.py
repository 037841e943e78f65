"""The catalogue of the repository for a module of tests: loaded once a run, and from a shelf after that."""

import fcntl
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.shelf import put_back, shelve
from tools.catalogue.loading import load
from tools.catalogue.report import Report


@pytest.fixture(scope="module")
def whole_catalogue(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    testrun_uid: str,
) -> Iterator[Report]:
    """The report of loading every file of the real catalogue; its rows are there while the module's tests run."""
    shelf = tmp_path_factory.getbasetemp().parent / f"catalogue-{testrun_uid}"
    with django_db_blocker.unblock(), transaction.atomic():
        yield _loaded(shelf)
        transaction.set_rollback(True)


def _loaded(shelf: Path) -> Report:
    """Load the catalogue, or put back what another process of this run loaded and left on the shelf."""
    with shelf.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        if kept := file.read():
            report, rows = pickle.loads(kept)  # noqa: S301  # our own rows, of this very run
            put_back(rows)
            return report  # type: ignore[no-any-return]  # what was pickled below
        report = load(settings.BASE_DIR / "catalogue")
        file.write(pickle.dumps((report, shelve("tools"))))
        return report
