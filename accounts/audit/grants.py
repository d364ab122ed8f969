"""What the runtime role may do with each table; everything else it may not.

The role owns nothing. Rows are deleted only where a model says so. The trail is written by
triggers that run with the owner's rights: the role itself may not even insert into it, and
cannot switch the triggers off (TRUNCATE and ``pgtrigger.ignore()`` would get past triggers
alone).
"""

from collections.abc import Iterator

import pghistory.models
from django.apps import apps
from django.db import connections
from django.db.models import Model
from psycopg import sql

OURS = frozenset({"accounts", "residents", "reports"})
READ, ADD, CHANGE, DELETE = "SELECT", "INSERT", "UPDATE", "DELETE"

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


def rights_on(model: type[Model]) -> tuple[str, ...]:
    """What the runtime role may do with the model's rows."""
    if _is_trail(model):
        return (READ,)
    if is_append_only(model):
        return (READ, ADD)
    if model._meta.app_label in OURS and not getattr(model, "may_be_deleted", False):
        return (READ, ADD, CHANGE)
    return (READ, ADD, CHANGE, DELETE)


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


def _is_trail(model: type[Model]) -> bool:
    return issubclass(model, pghistory.models.Event) or model._meta.app_label == "pghistory"


def _tables() -> Iterator[tuple[str, tuple[str, ...]]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield model._meta.db_table, rights_on(model)
