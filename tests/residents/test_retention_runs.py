"""Who may erase, when, and what is left when it is broken off."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management.base import CommandError
from django.db import connections
from django.db.utils import ProgrammingError

from residents.attachments.models import Attachment
from residents.registry.models import Resident
from residents.retention import rules, running
from residents.retention.models import DoomedFile, RetentionRun
from tests.database import owner_connection
from tests.factories import RT
from tests.residents.retained import a_rule, again, anonymise, event_models, long_gone
from wacat.clock import today
from wacat.uploads import keep

pytestmark = pytest.mark.usefixtures("committed_db")


def refused(*arguments: str) -> str:
    with pytest.raises(CommandError) as caught:
        anonymise(*arguments)
    return str(caught.value)


def erased() -> int:
    return Resident.objects.filter(anonymised_on__isnull=False).count()


def attached(resident: Resident) -> str:
    """The name of a file beside the record."""
    name = keep(ContentFile(b"isi", "scan.pdf"), "things")
    Attachment.objects.create(
        area_id=RT,
        resident=resident,
        kind="ktp",
        file=name,
        size=3,
        sha256=name[-64:],
        added_by=resident.entered_by,
        key=resident.form_key,
    )
    return name


def test_it_only_shows_unless_it_is_told_to_do_it() -> None:
    resident = long_gone()
    a_rule()
    said = anonymise()
    assert "Due: 1 records" in said
    assert "Sepinggan: 1 records" in said
    assert erased() == RetentionRun.objects.count() == 0
    assert resident.full_name not in said


def test_a_run_says_who_ran_it_and_as_whom() -> None:
    long_gone()
    rule = a_rule()
    assert "Erased: 1 records" in anonymise("--do", "--by", "Arsiparis Contoh")
    run = RetentionRun.objects.get()
    assert (run.rule, run.records, run.role) == (rule, 1, "wacat_maintenance")
    assert run.ran_by.startswith("Arsiparis Contoh (")
    assert run.finished_at is not None
    anonymise("--do")
    assert list(RetentionRun.objects.order_by("pk").values_list("records", flat=True)) == [1, 0]


@pytest.mark.parametrize("arguments", [(), ("--do",)])
def test_while_the_office_has_set_no_period_nothing_is_done(arguments: tuple[str, ...]) -> None:
    long_gone()
    assert "has set no period" in refused(*arguments)
    a_rule()
    a_rule(months=None)
    assert "switched it off" in refused(*arguments)
    assert erased() == 0


def test_without_the_maintenance_roles_address_nothing_is_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    long_gone()
    a_rule()
    monkeypatch.delitem(settings.DATABASES, "maintenance")
    assert "MAINTENANCE_DATABASE_URL" in refused("--do")
    assert erased() == 0


@pytest.mark.parametrize(
    ("connection", "word"),
    [("default", "is not the maintenance role"), ("owner", "owns tables")],
)
def test_another_role_is_sent_away(
    monkeypatch: pytest.MonkeyPatch, connection: str, word: str
) -> None:
    long_gone()
    a_rule()
    monkeypatch.setattr(running, "DATABASE", connection)
    assert word in refused("--do")
    assert erased() == 0


def denied(connection: str, statement: str) -> bool:
    with pytest.raises(ProgrammingError) as caught, connections[connection].cursor() as cursor:
        cursor.execute(statement)
    return isinstance(caught.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_the_application_cannot_rewrite_history() -> None:
    tables = [model._meta.db_table for model in event_models()]
    assert len(tables) > 10
    for table in tables:
        assert denied("default", f"UPDATE {table} SET pgh_label = pgh_label"), table


def test_the_application_cannot_claim_a_run() -> None:
    assert denied("default", "INSERT INTO residents_retentionrun DEFAULT VALUES")
    assert denied("default", "UPDATE residents_retentionrun SET records = 0")
    assert denied("default", "DELETE FROM residents_doomedfile")


FORBIDDEN = (
    "SELECT * FROM accounts_user",
    "SELECT * FROM accounts_access",
    "UPDATE residents_resident SET status = 'ended'",
    "UPDATE residents_resident SET area_id = area_id",
    "UPDATE residents_residentevent SET pgh_created_at = now()",
    "UPDATE residents_residentstep SET actor_id = NULL",
    "UPDATE residents_placement SET until = until",
    "UPDATE reports_letter SET number = ''",
    "DELETE FROM residents_resident",
    "DELETE FROM residents_residentevent",
    "DELETE FROM residents_retentionrun",
    "INSERT INTO residents_retentionrule (basis) VALUES ('')",
    "TRUNCATE residents_draft",
    "CREATE TABLE public.mine (id int)",
    "SET ROLE wacat_owner",
)


def test_the_maintenance_role_can_do_no_more_than_erase() -> None:
    for statement in FORBIDDEN:
        assert denied("maintenance", statement), statement


def test_it_owns_nothing_and_is_nobody_special() -> None:
    with connections["maintenance"].cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolbypassrls OR rolreplication, "
            "(SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole), "
            "(SELECT count(*) FROM pg_auth_members WHERE member = current_user::regrole) "
            "FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False, 0, 0)


def test_only_retention_is_given_its_address() -> None:
    compose = (settings.BASE_DIR / "docker-compose.yml").read_text()
    services = compose.partition("\nservices:\n")[2].split("\n\n")
    told = [one for one in services if "MAINTENANCE_DATABASE_URL" in one]
    assert len(told) == 1
    assert "\n  retention:\n" in f"\n{told[0]}"


def test_two_do_not_erase_at_once() -> None:
    long_gone()
    a_rule()
    with psycopg.connect(os.environ["MAINTENANCE_DATABASE_URL"]) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [running._LOCK])
        assert "Another process" in refused("--do")
        assert erased() == 0
    anonymise("--do")
    assert erased() == 1


def test_a_rule_that_is_changed_meanwhile_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        long_gone()
    a_rule()
    monkeypatch.setattr(running, "PART", 1)
    deleting = running.delete_doomed

    def as_the_office_changes_its_mind() -> int:
        if erased() == 1:
            a_rule(months=600)
        return deleting()

    monkeypatch.setattr(running, "delete_doomed", as_the_office_changes_its_mind)
    assert "another rule meanwhile. Erased so far: 1 records" in refused("--do")
    assert erased() == 1
    run = RetentionRun.objects.get()
    assert (run.records, run.finished_at) == (1, None)


def test_what_breaks_off_leaves_whole_parts_and_the_next_run_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    people = [long_gone() for _ in range(3)]
    names = [attached(one) for one in people]
    a_rule()
    monkeypatch.setattr(running, "PART", 1)
    counting = running._count

    def breaks(run: Any, batch: Any) -> None:
        if erased() == 1:
            raise MemoryError
        counting(run, batch)

    monkeypatch.setattr(running, "_count", breaks)
    with pytest.raises(MemoryError):
        anonymise("--do")
    connections["maintenance"].close()
    monkeypatch.setattr(running, "_count", counting)
    assert [again(one).anonymised_on for one in people] == [today(), None, None]
    assert again(people[1]).full_name == people[1].full_name
    assert [default_storage.exists(name) for name in names] == [False, True, True]
    anonymise("--do")
    assert erased() == 3
    assert not any(default_storage.exists(name) for name in names)
    assert list(RetentionRun.objects.order_by("pk").values_list("records", flat=True)) == [1, 2]


def waiting_for_a_lock() -> int:
    with owner_connection() as connection:
        # Of another role the owner may read what it waits for here alone.
        row = connection.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone()
    assert row is not None
    return int(str(row[0]))


def test_a_killed_process_loses_nothing() -> None:
    resident = long_gone()
    name = attached(resident)
    a_rule()
    command = [sys.executable, "manage.py", "anonymise", "--do"]
    with owner_connection() as blocker, blocker.transaction():
        blocker.execute("SELECT 1 FROM residents_residentstep FOR UPDATE")
        process = subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL)
        end = time.monotonic() + 60
        while not waiting_for_a_lock() and time.monotonic() < end:
            time.sleep(0.1)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    assert again(resident).full_name == resident.full_name
    assert default_storage.exists(name)
    anonymise("--do")
    assert erased() == 1
    assert not default_storage.exists(name)


def test_a_file_that_cannot_be_deleted_is_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    name = attached(long_gone())
    a_rule()

    def fails(_: str) -> None:
        raise PermissionError

    with monkeypatch.context() as patched:
        patched.setattr(default_storage, "delete", fails)
        assert "1 files are still there" in anonymise("--do")
    assert erased() == 1
    assert default_storage.exists(name)
    assert list(DoomedFile.objects.values_list("name", flat=True)) == [name]
    anonymise("--do")
    assert not default_storage.exists(name)
    assert not DoomedFile.objects.exists()


def test_a_rule_waits_for_the_part_that_is_being_erased() -> None:
    with psycopg.connect(os.environ["MAINTENANCE_DATABASE_URL"]) as other, other.transaction():
        other.execute("SELECT pg_advisory_xact_lock_shared(%s)", [rules._LOCK])
        with owner_connection() as watcher:
            free = watcher.execute("SELECT pg_try_advisory_lock(%s)", [rules._LOCK])
            assert free.fetchone() == (False,)
