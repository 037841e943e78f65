"""The catalogue of the repository, loaded once for a module of tests and rolled back after it."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tools.catalogue.loading import load
from tools.catalogue.report import Report


@pytest.fixture(scope="module")
def whole_catalogue(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Report]:
    """The report of loading every file of the real catalogue; its rows are there while the module's tests run."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load(settings.BASE_DIR / "catalogue")
        transaction.set_rollback(True)
