"""The test database: made and migrated by the owner, used by the runtime role."""

import os
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql

# Truncating would make the files of every table and index anew, for a few rows in some of them.
# Triggers keep what the application may never delete; who points to whom is asked at the end.
_EMPTY = """
DO $$
DECLARE
    one regclass;
    is_filled boolean;
    emptied regclass[] := '{{}}';
BEGIN
    FOR one IN
        SELECT oid FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
            AND pg_relation_size(oid) > 0 AND relname <> ALL ({kept})
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', one) INTO is_filled;
        IF is_filled THEN
            SET CONSTRAINTS ALL DEFERRED;
            EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', one);
            EXECUTE format('DELETE FROM %s', one);
            emptied := emptied || one;
        END IF;
    END LOOP;
    SET CONSTRAINTS ALL IMMEDIATE;
    FOREACH one IN ARRAY emptied LOOP
        EXECUTE format('ALTER TABLE %s ENABLE TRIGGER USER', one);
    END LOOP;
END $$
"""

OwnerConnection = psycopg.Connection[tuple[object, ...]]


def create() -> None:
    """Make the database anew, migrate it and grant the runtime role what it may do."""
    name = urlsplit(os.environ["MIGRATION_DATABASE_URL"]).path.lstrip("/")
    _run_beside(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    _run_beside(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    with owner_connection() as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    call_command("migrate", database="owner", verbosity=0)
    call_command("grant_runtime", database="owner", verbosity=0)
    connections["owner"].close()


def filled_tables() -> frozenset[str]:
    """The tables with rows in them: after migrating, what the code itself brought."""
    with owner_connection() as connection:
        return frozenset(
            name
            for name in _tables(connection)
            if connection.execute(
                sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.Identifier(name))
            ).fetchone()
        )


def empty(kept: frozenset[str]) -> None:
    """Remove all rows but those of the kept tables, as the owner: the runtime role may not."""
    with owner_connection() as connection:
        connection.execute(sql.SQL(_EMPTY).format(kept=sql.Literal(list(kept))))


def owner_connection() -> OwnerConnection:
    """A connection of the owner's own, outside Django and committing by itself."""
    return psycopg.connect(os.environ["MIGRATION_DATABASE_URL"], autocommit=True)


def _tables(connection: OwnerConnection) -> list[str]:
    rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return [str(row[0]) for row in rows]


def _run_beside(statement: sql.Composed) -> None:
    parts = urlsplit(os.environ["MIGRATION_DATABASE_URL"])
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as other:
        other.execute(statement)
