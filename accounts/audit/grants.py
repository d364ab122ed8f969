"""What the runtime role and the maintenance role may do with each table, and nothing else.

Neither owns anything. The runtime role deletes rows only where a model says so. The trail is
written by triggers that run with the owner's rights: the role itself may not even insert into
it, and cannot switch the triggers off (TRUNCATE and ``pgtrigger.ignore()`` would get past
triggers alone).

The maintenance role sees and touches only what the rooms have told here (``allow_upkeep``): it
overwrites the columns that hold personal data, in the tables and in their trails.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pghistory.models
from django.apps import apps
from django.db import connections
from django.db.models import Model
from psycopg import sql

OURS = frozenset({"accounts", "residents", "reports"})
READ, ADD, CHANGE, DELETE = "SELECT", "INSERT", "UPDATE", "DELETE"


@dataclass(frozen=True)
class Upkeep:
    """What the maintenance role may do with a table's rows: read them, and this."""

    change: frozenset[str] = frozenset()
    add: bool = False
    delete: bool = False

    def __or__(self, other: "Upkeep") -> "Upkeep":
        return Upkeep(
            self.change | other.change, self.add or other.add, self.delete or other.delete
        )


_UPKEEP: dict[type[Model], Upkeep] = {}

# Read by the triggers before they write; the library lets a session variable decide.
_NEVER_IGNORED = """
CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN AS
$$ BEGIN RETURN FALSE; END $$ LANGUAGE plpgsql
"""
_WITH_OWNERS_RIGHTS = """
DO $$
DECLARE one regprocedure;
BEGIN
    FOR one IN SELECT oid FROM pg_proc
        WHERE proname LIKE 'pgtrigger\\_%' AND pronamespace = 'public'::regnamespace
    LOOP
        EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER SET search_path = public, pg_temp', one);
    END LOOP;
END $$
"""


def is_append_only(model: type[Model]) -> bool:
    """Whether the model is history: a trail written by triggers, or one that says so of itself."""
    return _is_trail(model) or getattr(model, "append_only", False)


def allow_upkeep(
    model: type[Model], change: Iterable[str] = (), *, add: bool = False, delete: bool = False
) -> None:
    """Let the maintenance role read the model's rows, and overwrite the fields *change*.

    What it may overwrite in a row it may in that row's trail.
    """
    fields = frozenset(change)
    _allow(model, Upkeep(fields, add, delete))
    event = trail_of(model)
    if event is not None and fields:
        kept = {field.name for field in event._meta.concrete_fields}
        _allow(event, Upkeep(fields & kept))


def trail_of(model: type[Model]) -> type[Model] | None:
    """The model of the events that the triggers write about *model*; None without such."""
    for event in apps.get_models():
        if getattr(event, "pgh_tracked_model", None) is model:
            return event
    return None


def rights_on(model: type[Model]) -> tuple[str, ...]:
    """What the runtime role may do with the model's rows."""
    if _is_trail(model) or getattr(model, "maintained", False):
        return (READ,)
    if is_append_only(model):
        return (READ, ADD)
    if model._meta.app_label in OURS and not getattr(model, "may_be_deleted", False):
        return (READ, ADD, CHANGE)
    return (READ, ADD, CHANGE, DELETE)


def upkeep_of(model: type[Model]) -> tuple[str, ...]:
    """What the maintenance role may do with the model's rows; nothing with most."""
    upkeep = _UPKEEP.get(model)
    if upkeep is None:
        return ()
    concrete = {field.name: str(field.column) for field in model._meta.concrete_fields}
    columns = sorted(concrete[name] for name in upkeep.change)
    changes = (f"{CHANGE} ({', '.join(columns)})",) if columns else ()
    adds, deletes = (ADD,) if upkeep.add else (), (DELETE,) if upkeep.delete else ()
    return (READ, *adds, *changes, *deletes)


def grant_upkeep(database: str, role: str) -> int:
    """Give the maintenance role *role* what it needs; the number of tables.

    None when the server has no such role: then nothing can be anonymised.
    """
    with connections[database].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            return 0
        name = sql.Identifier(role)
        cursor.execute(
            sql.SQL(
                "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role};"
                "GRANT USAGE ON SCHEMA public TO {role}"
            ).format(role=name)
        )
        for model in _UPKEEP:
            # The rights are words of this file and names of columns, nothing that was typed.
            rights = sql.SQL(", ".join(upkeep_of(model)))
            table = sql.Identifier(model._meta.db_table)
            cursor.execute(
                sql.SQL("GRANT {rights} ON {table} TO {role}").format(
                    rights=rights, table=table, role=name
                )
            )
    return len(_UPKEEP)


def grant(database: str, role: str) -> int:
    """Give *role* what it needs through the owner's connection; the number of tables."""
    tables = list(_tables())
    with connections[database].cursor() as cursor:
        name = sql.Identifier(role)
        cursor.execute(
            sql.SQL(
                "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role};"
                "REVOKE CREATE ON SCHEMA public FROM PUBLIC;"
                "GRANT USAGE ON SCHEMA public TO {role};"
                "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role};"
                "GRANT SELECT ON django_migrations TO {role};"
            ).format(role=name)
        )
        for table, rights in tables:
            cursor.execute(
                sql.SQL("GRANT {rights} ON {table} TO {role}").format(
                    rights=sql.SQL(", ".join(rights)), table=sql.Identifier(table), role=name
                )
            )
        cursor.execute(_NEVER_IGNORED)
        cursor.execute(_WITH_OWNERS_RIGHTS)
    return len(tables)


def _allow(model: type[Model], upkeep: Upkeep) -> None:
    _UPKEEP[model] = _UPKEEP.get(model, Upkeep()) | upkeep


def _is_trail(model: type[Model]) -> bool:
    return issubclass(model, pghistory.models.Event) or model._meta.app_label == "pghistory"


def _tables() -> Iterator[tuple[str, tuple[str, ...]]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield model._meta.db_table, rights_on(model)
