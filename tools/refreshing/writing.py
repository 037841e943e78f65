"""Give many rows other values of their own by one statement, which is what keeps a refresh cheap.

The ORM's `bulk_update` builds a CASE for each column and an upsert prepares every column of the table: both cost more
than the rest of a refresh together. Here the values travel as one JSON text.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import batched
from typing import Any

from django.db import connection
from django.db.models import Field, Model

MOST_ROWS = 500
type Column = Field[Any, Any]


def write_each(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Set these columns of each row; a row is its key and then the values of the columns."""
    statement = _statement(model, columns)
    with connection.cursor() as cursor:
        for some in batched(rows, MOST_ROWS, strict=False):
            cursor.execute(statement, [json.dumps(some, default=_as_text)])


def _statement(model: type[Model], columns: Sequence[str]) -> str:
    table = connection.ops.quote_name(model._meta.db_table)
    key, *fields = (_field(model, name) for name in (model._meta.pk.name, *columns))
    is_postgresql = connection.vendor == "postgresql"
    read = _read_postgresql if is_postgresql else _read_sqlite
    given = "jsonb_array_elements(%s::jsonb) AS given(value)" if is_postgresql else "json_each(%s) AS given"
    values = ", ".join(f"{_name(field)} = {read(place, field)}" for place, field in enumerate(fields, start=1))
    # Only names of our own tables and columns are put together here.
    return f"UPDATE {table} SET {values} FROM {given} WHERE {table}.{_name(key)} = {read(0, key)}"  # noqa: S608  # as said


def _field(model: type[Model], name: str) -> Column:
    field = model._meta.get_field(name)
    assert isinstance(field, Field), "a column of its own"
    return field


def _name(field: Column) -> str:
    return connection.ops.quote_name(str(field.column))


def _read_postgresql(place: int, field: Column) -> str:
    return f"CAST(given.value ->> {place} AS {field.cast_db_type(connection)})"


def _read_sqlite(place: int, _: Column) -> str:
    return f"json_extract(given.value, '$[{place}]')"


def _as_text(value: object) -> str:
    """A day or a moment as the database keeps it."""
    return str(connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value)
