"""The command that gives the runtime role its rights."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db.utils import ProgrammingError
from psycopg import sql

from accounts.audit import grants
from tests.database import owner_connection

RIGHTS = """
SELECT grantee::text, table_name::text, privilege_type::text
FROM information_schema.role_table_grants WHERE table_schema = 'public'
"""


def rights() -> set[tuple[object, ...]]:
    with owner_connection() as connection:
        return set(connection.execute(RIGHTS).fetchall())


def test_it_mends_what_was_changed_and_leaves_the_rest(committed_db: None) -> None:
    before = rights()
    table = sql.Identifier("residents_residentevent")
    with owner_connection() as connection:
        connection.execute(sql.SQL("GRANT UPDATE, DELETE ON {} TO wacat_app").format(table))
        connection.execute("REVOKE INSERT ON residents_resident FROM wacat_app")
    assert rights() != before
    said = StringIO()
    call_command("grant_runtime", database="owner", stdout=said)
    assert rights() == before
    assert "wacat_app" in said.getvalue()


def test_when_it_fails_every_right_stays(
    committed_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rights()
    some = [("accounts_user", ("SELECT",)), ("there_is_no_such_table", ("SELECT",))]
    monkeypatch.setattr(grants, "_tables", lambda: iter(some))
    with pytest.raises(ProgrammingError):
        call_command("grant_runtime", database="owner", stdout=StringIO())
    assert rights() == before
