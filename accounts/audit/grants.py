"""What the runtime role may do with each table; everything else it may not.

The role owns nothing. On the trail it may insert and select only: triggers alone would not
keep history, since TRUNCATE and ``pgtrigger.ignore()`` get past them.
"""

from collections.abc import Iterator

import pghistory.models
from django.apps import apps
from django.db import connections
from django.db.models import Model
from psycopg import sql

APPEND_ONLY = ("SELECT", "INSERT")
FULL = (*APPEND_ONLY, "UPDATE", "DELETE")


def is_append_only(model: type[Model]) -> bool:
    """Whether the model is history: a trail of pghistory, or one that says so of itself."""
    return issubclass(model, pghistory.models.Event) or getattr(model, "append_only", False)


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
    return len(tables)


def _tables() -> Iterator[tuple[str, tuple[str, ...]]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield model._meta.db_table, APPEND_ONLY if is_append_only(model) else FULL
