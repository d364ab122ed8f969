"""What the database itself keeps: the runtime role's limits, and the trail."""

from __future__ import annotations

import ast
import re
from typing import Any

import pghistory.models
import pgtrigger
import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Model
from django.db.utils import Error, ProgrammingError

from accounts.audit.grants import is_append_only
from reports.letters.models import Letter
from residents.registry.models import Resident
from tests import factories
from tests.house.sources import ROOMS, imports_of, modules, texts_of, tree_of

pytestmark = pytest.mark.django_db
SWITCHES = re.compile(r"pgtrigger\.ignore|session_replication_role|disable trigger", re.IGNORECASE)
MAY_BE_DELETED = {
    "reports.BatchLetter",  # which letters such a batch holds
    "reports.PrintBatch",  # merged for the printer, and merged again at any time
    "reports.RegisterFile",  # asked for again at any time
    "reports.EvaluationFile",
    "reports.SummaryFile",
    "residents.CorrectionClaim",  # that an operator is at a correction
    "residents.Claim",  # that an operator is at a report
    "residents.Draft",  # what is typed and not sent
    "residents.Export",  # drawn for somebody, and gone with the download
    "residents.FormFile",
    "residents.FeedBlock",  # the same of a file of services
    "residents.ImportBlock",  # what was read of an upload, deleted a month later
    "residents.StayPeriod",  # of a stay that never began; its trail stays
    "residents.TruthFile",  # drawn for somebody, and drawn again at any time
    "residents.Upload",  # a file on its way
    "accounts.ContactOffice",  # an office that is no longer responsible; its trail stays
}
# What models say of their own triggers. None of it keeps one from firing.
DECLARING = {
    *("Trigger", "Protect", "Row", "Before", "After", "Deferred", "Q"),
    "Condition",
    *("Insert", "Update", "UpdateOf", "Func", "register"),
}
MODELS = [
    m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy
]
HISTORIES = [model for model in MODELS if is_append_only(model)]


def table(model: type[Model]) -> str:
    return model._meta.db_table


def refusal_of(statement: str, *params: str) -> str:
    """The class of the database's refusal, or nothing when it obeys."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, params)
            transaction.set_rollback(True)
    except Error as error:
        return type(error.__cause__).__name__
    return ""


DENIED = psycopg.errors.InsufficientPrivilege.__name__


def one(statement: str, *params: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        row = cursor.fetchone()
    return row[0] if row else None


def runtime_role() -> str:
    return str(settings.DATABASES["default"]["USER"])


def test_everything_runs_as_the_runtime_role() -> None:
    assert one("SELECT current_user") == one("SELECT session_user") == runtime_role()


@pytest.mark.parametrize(
    ("catalog", "owner"),
    [
        ("pg_class", "relowner"),
        ("pg_proc", "proowner"),
        ("pg_namespace", "nspowner"),
        ("pg_database", "datdba"),
        ("pg_type", "typowner"),
    ],
)
def test_the_runtime_role_owns_nothing(catalog: str, owner: str) -> None:
    assert one(f"SELECT count(*) FROM {catalog} WHERE {owner} = current_user::regrole") == 0


def test_the_runtime_role_is_nobody_special() -> None:
    special = "rolsuper OR rolcreatedb OR rolcreaterole OR rolbypassrls OR rolreplication"
    assert one(f"SELECT {special} FROM pg_roles WHERE rolname = current_user") is False
    member = "SELECT count(*) FROM pg_auth_members WHERE member = current_user::regrole"
    assert one(member) == 0


def rights_of(model: type[Model]) -> set[str]:
    """What the application must be able to do with its rows, and no more."""
    if issubclass(model, pghistory.models.Event) or model._meta.app_label == "pghistory":
        return {"SELECT"}  # written by the triggers, with the owner's rights
    if getattr(model, "maintained", False):
        return {"SELECT"}  # written by the maintenance role alone
    if model in HISTORIES:
        return {"SELECT", "INSERT"}
    keeps = model._meta.app_label in ROOMS and model._meta.label not in MAY_BE_DELETED
    return {"SELECT", "INSERT", "UPDATE"} | (set() if keeps else {"DELETE"})


def test_rights_are_just_those_each_table_needs() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, array_agg(privilege_type::text) "
            "FROM information_schema.role_table_grants "
            "WHERE table_schema = 'public' AND grantee IN (current_user, 'PUBLIC') GROUP BY 1"
        )
        given = {name: set(rights) for name, rights in cursor.fetchall()}
    expected = {table(model): rights_of(model) for model in MODELS}
    assert given == {**expected, "django_migrations": {"SELECT"}}


@pytest.mark.parametrize("model", HISTORIES, ids=table)
def test_history_cannot_be_changed(model: type[Model]) -> None:
    name, column = table(model), model._meta.pk.column
    statements = (
        f"UPDATE {name} SET {column} = {column}",
        f"DELETE FROM {name}",
        f"TRUNCATE {name}",
        f"ALTER TABLE {name} DISABLE TRIGGER ALL",
        f"DROP TABLE {name}",
        f"SELECT 1 FROM {name} FOR UPDATE",
    )
    for statement in statements:
        assert refusal_of(statement) == DENIED, statement
        with pgtrigger.ignore():
            assert refusal_of(statement) == DENIED, f"{statement}, triggers ignored"
    refusal_of(f"GRANT ALL ON {name} TO CURRENT_USER")
    assert one("SELECT has_table_privilege(%s, 'UPDATE, DELETE, TRUNCATE')", name) is False


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE residents_resident CASCADE",
        "TRUNCATE reports_letter CASCADE",
        "ALTER TABLE residents_resident DISABLE TRIGGER ALL",
        "ALTER TABLE residents_resident ADD COLUMN more text",
        "CREATE TABLE public.mine (id int)",
        "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE VIEW public.mine AS SELECT 1",
        "SET session_replication_role = 'replica'",
        "SET ROLE wacat_owner",
        "ALTER ROLE CURRENT_USER SUPERUSER",
        "DELETE FROM django_migrations",
        "COPY residents_resident TO PROGRAM 'cat'",
        "CREATE EXTENSION dblink",
    ],
)
def test_the_runtime_role_cannot_get_past_the_triggers(statement: str) -> None:
    assert refusal_of(statement) in (DENIED, "UndefinedFile"), statement


def test_a_refusal_is_told_from_obedience() -> None:
    assert refusal_of("SELECT 1") == ""
    assert refusal_of("SELEC 1") == "SyntaxError"


def taken_from_pgtrigger(name: str) -> set[str]:
    """What a module uses of the library; all of it ("*") where that cannot be told."""
    if not any(one.partition(".")[0] == "pgtrigger" for one in imports_of(name)):
        return set()
    nodes = list(ast.walk(tree_of(modules()[name])))
    plain = [node for node in nodes if isinstance(node, ast.Import)]
    named = [alias for node in plain for alias in node.names if alias.name == "pgtrigger"]
    if len(named) != 1 or named[0].asname:
        return {"*"}
    return {
        node.attr
        for node in nodes
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "pgtrigger"
    }


def test_triggers_are_ignored_nowhere() -> None:
    """``pgtrigger.ignore()`` would leave writes out of the trail; the database cannot refuse it."""
    written = [name for name in modules() if ".migrations." not in name]
    used = {name: names for name in written if (names := taken_from_pgtrigger(name))}
    assert {name: names - DECLARING for name, names in used.items() if names - DECLARING} == {}
    assert {name for name in used if not name.endswith(".models")} == {
        "accounts.areas.guards",
        "reports.letters.guards",
        "reports.summaries.report_models",
        "residents.services.guards",
        "wacat.tracking",
    }
    said = [n for n, path in modules().items() for t in texts_of(path) if SWITCHES.search(t)]
    assert said == []


def events_of(row: Model) -> Any:
    label = f"{type(row).__name__}Event"
    return apps.get_model(row._meta.app_label, label)._default_manager.filter(pgh_obj_id=row.pk)


def test_raw_sql_is_in_the_trail() -> None:
    resident = factories.reported()
    before = events_of(resident).count()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE residents_resident SET full_name = 'Lain' WHERE id = %s", [resident.pk]
        )
    latest = events_of(resident).latest("pgh_id")
    assert events_of(resident).count() == before + 1
    assert (latest.pgh_label, latest.full_name) == ("update", "Lain")


def test_bulk_writes_are_in_the_trail() -> None:
    people = [factories.draft() for _ in range(3)]
    Resident.objects.filter(pk__in=[one.pk for one in people]).update(full_name=F("address"))
    for resident in people:
        assert events_of(resident).latest("pgh_id").full_name == resident.address


def test_triggers_that_are_told_to_rest_do_not() -> None:
    resident = factories.reported()
    before = events_of(resident).count()
    with pgtrigger.ignore():
        Resident.objects.filter(pk=resident.pk).update(full_name="Heimlich")
    assert events_of(resident).count() == before + 1


def test_nobody_writes_the_trail_by_hand() -> None:
    event = events_of(factories.draft()).latest("pgh_id")
    event.pk = None
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        event.save(force_insert=True)


@pytest.mark.parametrize("make", [factories.draft, factories.reported, factories.letter_ready])
def test_nothing_of_a_person_can_be_deleted(make: Any) -> None:
    row = make()
    for rows in (type(row).objects.filter(pk=row.pk), row):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            rows.delete()
    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("make", [factories.reported, factories.letter_issued])
def test_saving_again_without_a_change_leaves_no_trace(make: Any) -> None:
    row = type(made := make()).objects.get(pk=made.pk)
    before = events_of(row).count()
    row.save()
    row.refresh_from_db()
    row.save()
    assert events_of(row).count() == before
    if isinstance(row, Resident):
        row.full_name = "Nama Lain"
    else:
        assert isinstance(row, Letter)
        row.purpose = "Keperluan lain"
    row.save()
    assert events_of(row).count() == before + 1


def test_the_trail_tells_who_and_where() -> None:
    user = factories.user_as("ketua_rt")
    browser = factories.client_of(user)
    browser.post("/warga/tambah/", factories.form_data(), REMOTE_ADDR="203.0.113.7")
    event = events_of(Resident.objects.get()).latest("pgh_id")
    context = event.pgh_context
    assert (context["user"], context["url"]) == (user.pk, "/warga/tambah/")
    assert context["address"] == "203.0.113.7"
