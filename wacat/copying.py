"""Many rows of a model at once by COPY, with every column as a save would have filled it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from types import SimpleNamespace
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import DateField, Field, GeneratedField, Model
from psycopg import sql

from wacat.sealing.crypto import blind_index, seal
from wacat.sealing.fields import BlindIndexField, SealedTextField

Row = dict[str, Any]
# No word that means something within braces, as null does.
_PLAIN_WORD = re.compile(r"(?!null$)[a-z_]+").fullmatch


def new_keys(model: type[Model], count: int) -> list[int]:
    """*count* keys that nobody else will get.

    No plain SELECT: the trail's context comes along with statements that may write.
    """
    table, column = model._meta.db_table, model._meta.pk
    statement = (
        "WITH sequence AS (SELECT pg_get_serial_sequence(%s, %s) AS name) "
        "SELECT nextval(name) FROM sequence, generate_series(1, %s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [table, column.column if column else "id", count])
        return [key for [key] in cursor.fetchall()]


def filled(model: type[Model], rows: Sequence[Row]) -> list[Row]:
    """The rows with all attributes: those not given by their defaults, those that follow computed.

    Days may be ISO texts.
    """
    plan = _plan(model)
    return [plan.filled(row) for row in rows]


def copy(model: type[Model], rows: Sequence[Row]) -> None:
    """Straight into the table; its triggers and constraints apply. Raises IntegrityError."""
    if not rows:
        return
    names = list(rows[0])
    values_of = itemgetter(*names)
    field_of = {one.attname: one for one in model._meta.concrete_fields}
    lists = [n for n, name in enumerate(names) if isinstance(field_of[name], ArrayField)]
    columns = [sql.Identifier(str(field_of[name].column)) for name in names]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(columns)
    )
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(statement) as sink,
    ):
        for row in rows:
            values = values_of(row)
            sink.write_row(_with_literals(values, lists) if lists else values)


def _with_literals(values: tuple[Any, ...], lists: list[int]) -> list[Any]:
    """Lists of plain words as PostgreSQL writes them: to find out their type takes longer."""
    written = list(values)
    for n in lists:
        if written[n] is not None and all(map(_PLAIN_WORD, written[n])):
            written[n] = f"{{{','.join(written[n])}}}"
    return written


Compute = Callable[[Any], Any]


@dataclass(frozen=True)
class _Plan:
    """How the columns of a model come about that a row does not bring.

    ``made`` are asked for each row. ``sealed`` are sealed from what a row brings; ``following``
    are computed from others unless it brings them.
    """

    defaults: Row
    made: dict[str, Callable[[], Any]]
    sealed: dict[str, str]
    following: dict[str, Compute]

    def filled(self, row: Row) -> Row:
        values = {**self.defaults, **row}
        for name, make in self.made.items():
            if name not in row:
                values[name] = make()
        if not self.following.keys() <= row.keys():
            record = SimpleNamespace(**values)
            for name, compute in self.following.items():
                if name not in row:
                    values[name] = compute(record)
        for name, place in self.sealed.items():
            text = values[name]
            values[name] = seal(text.encode(), place) if text else None
        return values


@cache
def _plan(model: type[Model]) -> _Plan:
    fields = [one for one in model._meta.concrete_fields if not isinstance(one, GeneratedField)]
    made = {one.attname: one.default for one in fields if _is_made(one)}
    return _Plan(
        defaults={one.attname: _default(one) for one in fields if one.attname not in made},
        made=made,
        sealed={one.attname: one.place for one in fields if isinstance(one, SealedTextField)},
        following={one.attname: how for one in fields if (how := _following(one))},
    )


def _is_made(field: Any) -> bool:
    return not field.primary_key and field.has_default() and callable(field.default)


def _default(field: Any) -> Any:
    value = None if field.primary_key else field.get_default()
    return None if value == "" and field.null else value


def _following(field: Any) -> Compute | None:
    if isinstance(field, BlindIndexField):
        return _indexing(field.source, field.purpose)
    sets_itself = type(field).pre_save is not Field.pre_save
    if not sets_itself or isinstance(field, DateField):
        return None
    return lambda record: field.pre_save(record, add=True)


def _indexing(source: str, purpose: str) -> Compute:
    def indexed(record: Any) -> bytes | None:
        text = getattr(record, source)
        return blind_index(text, purpose) if text else None

    return indexed
