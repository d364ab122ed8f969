"""Services made known to a place: who sees them, who answers, and what is read of whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.audit.models import Access
from accounts.login.models import User
from accounts.rules import Role
from residents.corrections.codes import Reason
from residents.corrections.models import Correction
from residents.services.codes import Kind
from residents.services.models import Service, ServiceReceipt, ServiceStep
from residents.services.reading import readings_of
from residents.services.workflow import WORKFLOW
from tests.factories import (
    CITY_CODE,
    FOREIGN_KELURAHAN,
    FOREIGN_RT,
    KELURAHAN,
    RT,
    SIBLING_KELURAHAN,
    SIBLING_RT,
    client_of,
    holder,
    on_day,
)
from tests.residents.services_told import a_service, a_version, answered, confirmed
from wacat.clock import today
from wacat.words import nik_masked
from wacat.workflow import Move

pytestmark = pytest.mark.django_db
ONE = timedelta(days=1)
LIST = "/layanan/"


def head(area: str = RT) -> User:
    return holder(Role.KETUA_RT, area)


def page_of(service: Service) -> str:
    return reverse("service_detail", args=[service.pk])


def press(client: Client, service: Service, action: str, **more: Any) -> Any:
    htmx = more.pop("htmx", False)
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(page_of(service), {"action": action, **more}, headers=headers)


def state(service: Service) -> str:
    return str(Service.objects.values_list("status", flat=True).get(pk=service.pk))


def open_correction(service: Service, reason: Reason = Reason.OTHER) -> Correction:
    answered(service, "correct")
    made: Correction = Correction.objects.create(
        area_id=service.area_id,
        service=service,
        reason=reason,
        due_on=today() + ONE,
        sent_by=head(service.area_id),
        key=uuid4(),
    )
    return made


def test_each_place_sees_its_own_and_a_third_nothing() -> None:
    """A move within the city is two: each end sees its own, and nobody else either."""
    number = {"number": "SKPWNI/9971/1", "nik": "9971010101900001", "full_name": "Siti Pindahan"}
    left = a_service(RT, kind=Kind.MOVED_OUT, **number)
    came = a_service(FOREIGN_RT, kind=Kind.MOVED_IN, **number)
    unplaced = a_service(KELURAHAN, full_name="Tanpa RT")
    nowhere = a_service(CITY_CODE, full_name="Tanpa Kelurahan")
    sees = {
        (Role.KETUA_RT, RT): [left],
        (Role.LURAH, KELURAHAN): [left, unplaced],
        (Role.KETUA_RT, FOREIGN_RT): [came],
        (Role.LURAH, FOREIGN_KELURAHAN): [came],
        (Role.KETUA_RT, SIBLING_RT): [],
        (Role.LURAH, SIBLING_KELURAHAN): [],
        (Role.PETUGAS_KELURAHAN, SIBLING_KELURAHAN): [],
        (Role.OPERATOR, CITY_CODE): [left, came, unplaced, nowhere],
    }
    for (role, area), seen in sees.items():
        client = client_of(holder(role, area))
        for one in (left, came, unplaced, nowhere):
            found = client.get(page_of(one)).status_code
            assert found == (200 if one in seen else 404), (role, area, one.full_name)
        told = {one.pk for one in seen if one.told_on}
        assert {line.service.pk for line in client.get(LIST).context["lines"]} == told
        searched = client.post(LIST, {"q": left.nik}).context["lines"]
        assert {line.service.pk for line in searched} == told & {left.pk, came.pk}
    for role in (Role.CAMAT, Role.PIMPINAN, Role.TIM_TEKNIS, Role.ADMINISTRATOR):
        area = "64.71.05" if role == Role.CAMAT else CITY_CODE
        assert client_of(holder(role, area)).get(LIST).status_code == 403


ANSWERS = (
    # state, action, what it becomes (None: refused)
    ("told", "confirm", "confirmed"),
    ("corrected", "confirm", "confirmed"),
    ("confirmed", "confirm", None),
    ("confirmed", "take_back", "told"),
    ("corrected", "take_back", "told"),
    ("told", "take_back", None),
    ("disputed", "confirm", None),
    ("disputed", "take_back", None),
    ("superseded", "confirm", None),
)


def test_the_table_of_answers() -> None:
    client, made = client_of(head()), {}
    for was, action, becomes in ANSWERS:
        service = a_service()
        if was in ("confirmed", "corrected"):
            answered(service, {"confirmed": "confirm", "corrected": "correct"}[was])
        elif was == "disputed":
            open_correction(service)
        elif was == "superseded":
            made["new"] = a_version(service, address="Jl. Contoh Lain 3")
        before = state(service)
        response = press(client, service, action)
        assert response.status_code == (302 if becomes else 409), (was, action)
        assert state(service) == (becomes or before), (was, action)
        assert press(client, service, action, htmx=True).status_code == 409
    assert state(made["new"]) == "told"


def test_who_answers_and_who_only_looks() -> None:
    for role, area, code in (
        (Role.KETUA_RT, RT, 302),
        (Role.PETUGAS_KELURAHAN, KELURAHAN, 302),
        (Role.LURAH, KELURAHAN, 302),
        (Role.OPERATOR, CITY_CODE, 403),
        (Role.KETUA_RT, SIBLING_RT, 404),
    ):
        service = a_service()
        client = client_of(holder(role, area))
        assert press(client, service, "confirm").status_code == code, role
        answered_by = Service.objects.get(pk=service.pk).answered_by
        assert answered_by == (holder(role, area) if code == 302 else None)


def test_a_repeated_press_answers_alike_and_a_card_changes_in_place() -> None:
    client, service, key = client_of(head()), a_service(), str(uuid4())
    here = f"{LIST}?jawaban=told"
    for _ in range(2):
        assert press(client, service, "confirm", key=key, **{"from": here}).url == here
    assert ServiceStep.objects.filter(subject=service).count() == 1
    away = press(client, service, "take_back", **{"from": "https://contoh.invalid/layanan/"})
    assert away.url == page_of(service)
    card = press(client, service, "confirm", htmx=True).content.decode()
    assert "Batalkan jawaban" in card
    assert "<html" not in card
    assert "Tidak benar" in press(client, service, "take_back", htmx=True).content.decode()


def test_the_list_asks_masks_and_is_narrowed() -> None:
    ours, theirs = a_service(served_on=today()), a_service(SIBLING_RT, kind=Kind.BIRTH)
    old = a_service(told_on=today() - 40 * ONE, full_name="Lama Sekali")
    done = confirmed(full_name="Sudah Dijawab")
    text = client_of(head()).get(LIST).content.decode()
    for word in (ours.full_name, old.full_name, done.full_name, nik_masked(ours.nik), "KTP-el"):
        assert word in text
    assert ours.nik not in text
    assert theirs.full_name not in text
    assert text.index("Sudah dijawab bulan ini") < text.index(done.full_name)
    lurah = client_of(holder(Role.LURAH, KELURAHAN))
    month = f"{today():%Y-%m}"
    for query, found in {
        "": {ours, theirs, old, done},
        f"?wilayah={SIBLING_RT}": {theirs},
        "?jawaban=told": {ours, theirs, old},
        "?jawaban=confirmed": {done},
        f"?layanan={Kind.BIRTH.value}": {theirs},
        f"?bulan={month}": {ours, theirs, done},
    }.items():
        lines = lurah.get(LIST + query).context["lines"]
        assert {line.service for line in lines} == found, query
    for query, code in {
        f"?wilayah={FOREIGN_RT}": 404,
        "?jawaban=aside": 400,
        "?layanan=99": 400,
        "?bulan=2026-13": 400,
        "?bulan=2099-01": 400,
        "?sebelum=x": 400,
    }.items():
        assert lurah.get(LIST + query).status_code == code, query


def test_searching_by_nik_is_noted_and_by_name_within_a_month() -> None:
    service = a_service(full_name="Budi Contoh Raharja")
    operator = holder(Role.OPERATOR, CITY_CODE)
    client = client_of(operator)
    assert "is_search" not in client.get(f"{LIST}?q={service.full_name}").context
    found = client.post(LIST, {"q": f" {service.nik[:4]} {service.nik[4:]} "}).context["lines"]
    assert [line.service for line in found] == [service]
    client.post(LIST, {"q": "9971010101900099"})
    looked = Access.objects.filter(actor=operator, kind="lookup").values_list("subject", flat=True)
    assert list(looked) == [f"residents.service:{service.pk}", "residents.service"]
    for text, count in {"raharja budi": 1, "rahardja": 0, "%": 0, "": 0}.items():
        assert len(client.post(LIST, {"q": text}).context["lines"]) == count, text
    for _ in range(29):
        response = client.post(LIST, {"q": service.nik})
    assert response.status_code == 429


def test_receipts_are_of_those_who_answer_and_read_by_the_kelurahan() -> None:
    service, lurah = a_service(), client_of(holder(Role.LURAH, KELURAHAN))
    operator = client_of(holder(Role.OPERATOR, CITY_CODE))
    operator.get(LIST), operator.get(page_of(service))
    assert not ServiceReceipt.objects.exists()
    text = lurah.get(page_of(service)).content.decode()
    assert "Belum dibaca Ketua RT" in text
    assert "Dibaca Lurah" in text
    client_of(head(SIBLING_RT)).get(LIST)
    client = client_of(head())
    with CaptureQueriesContext(connection) as captured:
        client.get(LIST), client.get(LIST)
    inserts = [one for one in captured if "residents_servicereceipt" in one["sql"]]
    assert len(inserts) == 2
    receipt = ServiceReceipt.objects.get(user=head())
    for reader in (lurah, operator):
        assert "Dibaca Ketua RT" in reader.get(page_of(service)).content.decode()
    assert "Dibaca" not in client.get(page_of(service)).content.decode()
    # Told to another RT afterwards: nobody there has read it.
    move = Move(holder(Role.OPERATOR, CITY_CODE), {"area": SIBLING_RT, "note": "Pindah RT"})
    WORKFLOW.advance(service.pk, "replace", move)
    moved = Service.objects.get(pk=service.pk)
    assert [one.at for one in readings_of(moved) if one.office == "Ketua RT"] == [None]
    assert ServiceReceipt.objects.get(pk=receipt.pk).seen_at == receipt.seen_at


def test_the_page_tells_versions_answers_and_numbers_only_when_asked() -> None:
    old = confirmed(nik="9971010101900001", no_kk="9971052001010001", other_place="Samarinda")
    new = a_version(old, address="Jl. Contoh Baru 9")
    client = client_of(head())
    first = client.get(page_of(old)).content.decode()
    for word in ("Sudah diganti versi baru", page_of(new), "Dijawab: Benar", "Samarinda"):
        assert word in first
    assert "Batalkan jawaban" not in first
    second = client.get(page_of(new)).content.decode()
    for word in ("Versi 1", "Benar atau tidak?", nik_masked(new.nik), nik_masked(new.no_kk)):
        assert word in second
    assert new.nik not in second
    shown = press(client, new, "reveal").content.decode()
    assert "9971 0101 0190 0001" in shown.replace("\N{NO-BREAK SPACE}", " ")
    subjects = Access.objects.filter(kind="reveal").values_list("subject", flat=True)
    assert list(subjects) == [f"residents.service:{new.pk}"]
    correction = open_correction(new)
    assert correction.get_reason_display() in client.get(page_of(new)).content.decode()
    elsewhere = a_version(new, area=FOREIGN_RT)
    gone = client.get(page_of(new)).content.decode()
    assert "Sudah diganti versi baru" in gone
    assert page_of(elsewhere) not in gone
    assert page_of(new) not in client_of(head(FOREIGN_RT)).get(page_of(elsewhere)).content.decode()


def test_what_another_rt_said_is_not_told_to_the_next() -> None:
    service, operator = confirmed(), holder(Role.OPERATOR, CITY_CODE)
    answered(service, "take_back")
    move = Move(operator, {"area": SIBLING_RT, "note": "RT 001 tidak mengenal"})
    with on_day(today() + ONE):
        WORKFLOW.advance(service.pk, "replace", move)
    text = client_of(head(SIBLING_RT)).get(page_of(service)).content.decode()
    assert "Diberitahukan ke RT ini" in text
    assert "tidak mengenal" not in text
    assert "Jawaban dibatalkan" not in text
    whole = client_of(operator).get(page_of(service)).content.decode()
    assert "tidak mengenal" in whole
    assert "Jawaban dibatalkan" in whole
