"""A page asks the database as often for a thousand rows as for ten, and not often."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.rules import Role
from tests import factories
from tests.house import crowd
from tests.house.doors import guarded

pytestmark = pytest.mark.django_db
MOST = 12
FEW, MANY = 10, 1000
AREAS = (factories.RT, factories.SIBLING_RT)

# Every page that lists, and who looks at it there.
PAGES = {
    "residents, Ketua RT": ("resident_list", Role.KETUA_RT, ""),
    "residents, Lurah": ("resident_list", Role.LURAH, ""),
    "residents, Operator": ("resident_list", Role.OPERATOR, ""),
    "residents overdue": ("resident_list", Role.PETUGAS_KELURAHAN, "?status=overdue"),
    "letters, Ketua RT": ("letter_list", Role.KETUA_RT, ""),
    "letters, Lurah": ("letter_list", Role.LURAH, "?status=ready"),
    "letters to issue": ("letter_ready", Role.LURAH, ""),
    "figures of an RT": ("summary", Role.KETUA_RT, ""),
    "figures of a kelurahan": ("summary", Role.LURAH, ""),
    "figures of a kecamatan": ("summary", Role.CAMAT, ""),
    "figures of the city": ("summary", Role.PIMPINAN, ""),
    "figures, from the city down": ("summary", Role.PIMPINAN, f"?wilayah={factories.RT}"),
    "jobs": ("jobs", Role.TIM_TEKNIS, ""),
    **{f"start, {role.label}": ("start", role, "") for role in Role},
}
# Pages without rows of their own.
NO_LIST = {
    "undertaking",
    "resident_add",
    "resident_edit",
    "resident_detail",
    "letter_request",
    "letter_detail",
    "letter_preview",
    "letter_pdf",
    "summary_xlsx",
    "summary_pdf",
}


def test_every_page_that_lists_is_measured() -> None:
    measured = {name for name, _, _ in PAGES.values()}
    assert {door.name for door in guarded()} == measured | NO_LIST


def queries_of(client: Client, address: str) -> list[str]:
    """The statements of one visit; savepoints are the test's own transaction around it."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]]


def test_a_thousand_rows_cost_no_more_queries_than_ten() -> None:
    clients = {role: factories.client_of(factories.user_as(role)) for role in Role}
    crowd.ready_letters(crowd.residents(FEW, AREAS))
    few = {page: len(queries_of(clients[r], reverse(n) + q)) for page, (n, r, q) in PAGES.items()}
    crowd.ready_letters(crowd.residents(MANY - FEW, AREAS))
    many = {page: queries_of(clients[r], reverse(n) + q) for page, (n, r, q) in PAGES.items()}
    assert {page: len(asked) for page, asked in many.items()} == few
    assert {page: asked for page, asked in many.items() if len(asked) > MOST} == {}


def test_figures_cost_the_same_whatever_lies_below() -> None:
    """The city has two kecamatan here and an RT has no parts: the queries are the same."""
    client = factories.client_of(factories.user_as(Role.PIMPINAN))
    crowd.residents(FEW)
    counts = {
        code: len(queries_of(client, f"{reverse('summary')}?wilayah={code}"))
        for code in ("64.71", "64.71.05", "64.71.05.1002", "64.71.05.1002.001")
    }
    assert max(counts.values()) <= MOST, counts
