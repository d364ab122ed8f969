"""What the trail reads, and that all of it has words and hides what is nobody's business."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.audit.grants import OURS, is_append_only
from accounts.audit.models import Access
from accounts.audit.presenting import discreet
from accounts.audit.sources import Source, sources
from accounts.audit.words import SUBJECTS, column_word, shown_columns
from accounts.rules import Role
from tests import factories
from tests.officials import client_of, user_as
from wacat.sealing.fields import BlindIndexField, SealedTextField

EVENTS = [source for source in sources() if source.kind == "change"]
# Append-only, but without a time of their own: parts of something that has one.
WITHOUT_TIME = {
    *("accounts.slipentry", "reports.lettersubject"),
    *("residents.servicedigest", "residents.servicereceipt"),  # told where they belong
}
# What a record says about somebody, whatever the model.
PERSONAL = {
    *("nik", "no_kk", "full_name", "birth_date", "birth_place", "sex", "religion", "phone"),
    *("email", "address", "nip", "username", "login_phone", "marital_status", "blood_type"),
    *("origin_address", "sealed_facts", "token", "evidence", "notes", "holder", "owner_name"),
}


def tracked_fields(source: Source) -> list[Any]:
    """The fields of the tracked model that its events hold."""
    model: Any = source.model
    held = {field.name for field in model._meta.fields}
    return [one for one in model.pgh_tracked_model._meta.concrete_fields if one.name in held]


def shown_fields(source: Source) -> list[Any]:
    model: Any = source.model
    columns = shown_columns(model.pgh_tracked_model)
    return [field for field in tracked_fields(source) if field.column in columns]


def test_all_history_is_read() -> None:
    history = {
        model._meta.label_lower
        for model in apps.get_models()
        if model._meta.app_label in OURS and is_append_only(model)
    }
    assert {source.model._meta.label_lower for source in sources()} == history - WITHOUT_TIME
    assert len(EVENTS) > 10


def test_everything_has_a_word() -> None:
    about = {source.about for source in sources() if source.model is not Access}
    records = {source.model._meta.label_lower for source in sources() if source.kind == "record"}
    assert (about | records) - set(SUBJECTS) == set()


@pytest.mark.parametrize("source", EVENTS, ids=lambda one: one.about)
def test_every_column_has_an_indonesian_word(source: Source) -> None:
    model: Any = source.model
    same_in_both = {"kelurahan", "kecamatan"}
    english = {
        field.column
        for field in tracked_fields(source)
        if not field.primary_key
        and field.name not in same_in_both
        and column_word(model.pgh_tracked_model, field.column) == field.name.replace("_", " ")
    }
    assert english == set()


@pytest.mark.parametrize("source", EVENTS, ids=lambda one: one.about)
def test_no_value_of_a_person_is_shown(source: Source) -> None:
    shown = shown_fields(source)
    assert {field.name for field in shown} & PERSONAL == set()
    assert [one for one in shown if isinstance(one, SealedTextField | BlindIndexField)] == []


@pytest.mark.django_db
def test_a_page_asks_the_same_however_much_there_is() -> None:
    client = client_of(user_as(Role.ADMINISTRATOR))

    def asked(kind: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("trail"), {"jenis": kind}).status_code == 200
        return len([one for one in queries if "SAVEPOINT" not in one["sql"]])

    factories.letter_issued()
    few = [asked(kind) for kind in ("change", "step")]
    for _ in range(20):
        factories.letter_issued(factories.reported())
    assert [asked(kind) for kind in ("change", "step")] == few
    assert max(*few, asked("")) <= 12


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/warga/12/ubah/", "/warga/12/ubah/"),
        ("/wilayah/64.71.05.1002.001/", "/wilayah/64.71.05.1002.001/"),
        ("/aktivasi/MTI/cx4k2p-0123456789abcdef0123456789abcdef/", "/aktivasi/…/…/"),
        ("/verifikasi/kMxT3r0Vb9s1Qz7uY2w5aA/", "/verifikasi/…/"),
        ("/warga/9971050512340012/", "/warga/…/"),
        ("", ""),
    ],
)
def test_keys_in_addresses_are_not_told(path: str, shown: str) -> None:
    assert discreet(path) == shown
