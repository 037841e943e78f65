"""Rows put on a shelf: what takes seconds to make is made once, and stands in the database again in a moment."""

from collections.abc import Sequence

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

type Shelf = Sequence[Sequence[Model]]
"""All rows of some tables, a sequence each."""


def shelve(app_label: str) -> Shelf:
    """All rows of an app's tables, those between many and many included."""
    models = apps.get_app_config(app_label).get_models(include_auto_created=True)
    return [rows for model in models if (rows := list(model._base_manager.all()))]


def put_back(shelf: Shelf) -> None:
    """Write the rows under their old keys into tables that are empty; keys given from then on are new."""
    models = [type(rows[0]) for rows in shelf]
    with transaction.atomic(), connection.cursor() as cursor:
        for model, rows in zip(models, shelf, strict=True):
            model._base_manager.bulk_create(rows, batch_size=500)
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
