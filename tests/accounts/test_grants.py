"""The command that gives the runtime role its rights, and what history lets nobody do."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections
from django.db.utils import ProgrammingError
from psycopg import sql

from accounts.audit import grants
from tests.database import owner_connection

RIGHTS = """
SELECT grantee::text, table_name::text, privilege_type::text
FROM information_schema.role_table_grants WHERE table_schema = 'public'
"""
# What is evidence, once written: added to, never changed.
EVIDENCE = (
    "accounts.access accounts.accountstep accounts.areachange accounts.breachstep "
    "accounts.closure accounts.mandate accounts.proposalstep accounts.rosterconfirmation "
    "accounts.signin accounts.slipentry accounts.undertaking reports.letterstep "
    "residents.residentstep"
).split()
# Allauth's own: a second factor is removed, a session ends.
ALLAUTH = ("mfa.authenticator", "usersessions.usersession")


def rights() -> set[tuple[object, ...]]:
    with owner_connection() as connection:
        return set(connection.execute(RIGHTS).fetchall())


def rights_on(label: str) -> set[object]:
    table = apps.get_model(label)._meta.db_table
    return {right for role, name, right in rights() if (role, name) == ("wacat_app", table)}


def grant_runtime() -> str:
    """What the command says. In a thread, whose connections no test that broke has closed off.

    (A test that fails when it is torn down leaves Django's ban on the owner's connection.)
    """

    def run() -> str:
        said = StringIO()
        try:
            call_command("grant_runtime", database="owner", stdout=said)
        finally:
            connections.close_all()
        return said.getvalue()

    with ThreadPoolExecutor(1) as threads:
        return threads.submit(run).result()


def test_it_mends_what_was_changed_and_leaves_the_rest(committed_db: None) -> None:
    before = rights()
    table = sql.Identifier("residents_residentevent")
    with owner_connection() as connection:
        connection.execute(sql.SQL("GRANT UPDATE, DELETE ON {} TO wacat_app").format(table))
        connection.execute("REVOKE INSERT ON residents_resident FROM wacat_app")
    assert rights() != before
    said = grant_runtime()
    assert rights() == before
    assert "wacat_app" in said


def test_when_it_fails_every_right_stays(
    committed_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rights()
    some = [("accounts_user", ("SELECT",)), ("there_is_no_such_table", ("SELECT",))]
    monkeypatch.setattr(grants, "_tables", lambda: iter(some))
    with pytest.raises(ProgrammingError):
        grant_runtime()
    assert rights() == before


@pytest.mark.parametrize("label", EVIDENCE)
def test_evidence_is_only_added_to(committed_db: None, label: str) -> None:
    assert rights_on(label) == {"SELECT", "INSERT"}


@pytest.mark.parametrize("label", ALLAUTH)
def test_what_allauth_keeps_it_may_also_remove(committed_db: None, label: str) -> None:
    assert rights_on(label) == {"SELECT", "INSERT", "UPDATE", "DELETE"}
