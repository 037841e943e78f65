"""Write many rows with values of their own by one statement, which is what keeps a refresh cheap.

The ORM's `bulk_update` builds a CASE for each column and `bulk_create` prepares each value of each row: both cost more
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
    key, *fields = (_field(model, name) for name in (model._meta.pk.name, *columns))
    values = ", ".join(f"{_name(field)} = {_read(place, field)}" for place, field in enumerate(fields, start=1))
    # Only names of our own tables and columns are put together here and below.
    table = _table(model)
    _execute(f"UPDATE {table} SET {values} FROM {_given()} WHERE {table}.{_name(key)} = {_read(0, key)}", rows)  # noqa: S608  # as said


def put_each(
    model: type[Model], columns: Sequence[str], unique: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Insert each row, or set the columns of the one that is alike in what is unique; a row is its values in order."""
    fields = [_field(model, name) for name in columns]
    names, values = ", ".join(map(_name, fields)), ", ".join(_read(place, field) for place, field in enumerate(fields))
    keys = ", ".join(_name(_field(model, name)) for name in unique)
    others = ", ".join(f"{_name(field)} = excluded.{_name(field)}" for field in fields if field.name not in unique)
    # Without a condition SQLite would read ON CONFLICT as part of a join.
    given = f"SELECT {values} FROM {_given()} WHERE true"  # noqa: S608  # as said
    into = f"INSERT INTO {_table(model)} ({names})"
    _execute(f"{into} {given} ON CONFLICT ({keys}) DO UPDATE SET {others}", rows)


def _execute(statement: str, rows: Iterable[Sequence[object]]) -> None:
    with connection.cursor() as cursor:
        for some in batched(rows, MOST_ROWS, strict=False):
            cursor.execute(statement, [json.dumps(some, default=_as_text)])


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _given() -> str:
    is_postgresql = connection.vendor == "postgresql"
    return "jsonb_array_elements(%s::jsonb) AS given(value)" if is_postgresql else "json_each(%s) AS given"


def _read(place: int, field: Column) -> str:
    """The value of a column in a row that was given."""
    if connection.vendor == "postgresql":
        return f"CAST(given.value ->> {place} AS {field.cast_db_type(connection)})"
    return f"json_extract(given.value, '$[{place}]')"


def _field(model: type[Model], name: str) -> Column:
    field = model._meta.get_field(name)
    assert isinstance(field, Field), "a column of its own"
    return field


def _name(field: Column) -> str:
    return connection.ops.quote_name(str(field.column))


def _as_text(value: object) -> str:
    """A day or a moment as the database keeps it."""
    return str(connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value)
