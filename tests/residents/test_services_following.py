"""What follows from a service: for records of residents, merged RTs and the figures."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from accounts.login.models import User
from accounts.rules import Role
from reports.summaries.tallies import recount, totals_at
from residents.corrections.codes import Reason
from residents.corrections.models import Correction
from residents.drafts.models import Draft
from residents.registry.codes import EndReason
from residents.registry.models import Resident
from residents.regrouping.moving import merge_rts
from residents.services.codes import Kind
from residents.services.consequences import consequence_of
from residents.services.models import Service
from residents.services.workflow import WORKFLOW
from tests import factories
from tests.accounts.areas_changed import area, order
from tests.factories import CITY_CODE, FOREIGN_RT, KELURAHAN, RT, SIBLING_RT, holder, on_day
from tests.residents.pages import ketua_rt, lurah, petugas, shown
from tests.residents.services_told import a_service, a_version, answered, confirmed
from tests.residents.test_services import open_correction, page_of, press
from wacat.clock import today
from wacat.workflow import Move

pytestmark = pytest.mark.django_db
ONE = timedelta(days=1)
OFFERS: tuple[tuple[Kind, dict[str, str], EndReason | None], ...] = (
    (Kind.DEATH, {}, EndReason.DIED),
    (Kind.MOVED_IN, {}, EndReason.BECAME_PERMANENT),
    (Kind.KK, {}, EndReason.BECAME_PERMANENT),
    (Kind.KTP, {}, EndReason.BECAME_PERMANENT),
    (Kind.MOVED_OUT, {"other_place": "Samarinda"}, EndReason.LEFT),
    (Kind.MOVED_OUT, {"other_place": "Kota Balikpapan"}, EndReason.MOVED_WITHIN_CITY),
    (Kind.BIRTH, {}, None),
    (Kind.MARRIAGE, {}, None),
)


def test_the_end_of_a_stay_is_offered_after_benar_and_done_by_one_press() -> None:
    head, day = holder(Role.KETUA_RT, RT), today() - 3 * ONE
    for kind, more, reason in OFFERS:
        resident = factories.reported()
        service = a_service(kind=kind, nik=resident.nik, served_on=day, **more)
        assert consequence_of(head, service) is None
        offer = consequence_of(head, answered(service, "confirm"))
        assert (offer.form.initial if offer and offer.form else None) == (
            {"reason": reason, "date": day} if reason else None
        ), kind
    service = confirmed(kind=Kind.DEATH, nik=resident.nik, served_on=day)
    client = ketua_rt()
    page = client.get(page_of(service))
    assert "Akhiri masa tinggal: meninggal" in shown(page)
    assert Resident.objects.get(pk=resident.pk).status == "reported"
    offer = page.context["offer"]
    told = {name: str(int(v) if name == "reason" else v) for name, v in offer.form.initial.items()}
    sent = {"action": "end", "key": offer.key, **told}
    address = reverse("resident_detail", args=[resident.pk])
    assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302]
    ended = Resident.objects.get(pk=resident.pk)
    assert (ended.status, ended.ended_on, ended.end_reason) == ("ended", day, EndReason.DIED)
    assert client.get(page_of(service)).context["offer"] is None


def test_a_correction_that_says_so_offers_the_same() -> None:
    head = holder(Role.KETUA_RT, RT)
    for said, reason in (
        (Reason.HAS_DIED, EndReason.DIED),
        (Reason.HAS_LEFT, EndReason.LEFT),
        (Reason.WRONG_NAME, None),
    ):
        service = a_service(nik=factories.reported().nik)
        open_correction(service, said)
        offer = consequence_of(head, Service.objects.get(pk=service.pk))
        assert (offer.form.initial["reason"] if offer and offer.form else None) == reason


def test_nobody_out_of_reach_is_told_of() -> None:
    """Known in another RT or not known at all: the page is the same."""
    known = confirmed(kind=Kind.MOVED_IN, nik=factories.reported(FOREIGN_RT).nik)
    unknown = confirmed(kind=Kind.MOVED_IN)
    death = confirmed(kind=Kind.DEATH, nik=known.nik)
    for client in (ketua_rt(), petugas()):
        offers = [client.get(page_of(one)).context["offer"] for one in (known, unknown)]
        assert offers[0] == offers[1]
        assert offers[0].resident is None
        assert client.get(page_of(death)).context["offer"] is None
    assert lurah().get(page_of(unknown)).context["offer"] is None  # enters nobody
    assert press(lurah(), unknown, "draft").status_code == 403


def test_a_newcomer_becomes_a_draft_once() -> None:
    service = a_service(kind=Kind.MOVED_IN, no_kk="9971052001010001", address="Jl. Contoh 7")
    client = ketua_rt()
    assert press(client, service, "draft").status_code == 409
    answered(service, "confirm")
    address = press(client, service, "draft").url
    form = client.get(address)
    for value in (service.full_name, service.nik, service.no_kk, service.address):
        assert value in form.content.decode()
    assert press(client, service, "draft").url == address
    assert Draft.objects.count() == 1
    assert press(petugas(), service, "draft").url != address
    key = address.partition("isian=")[2]
    told = factories.form_data(nik=service.nik, full_name=service.full_name, form_key=key)
    entered: Any = client.post(reverse("resident_add"), told)
    assert press(client, service, "draft").url == entered.url
    assert client.get(page_of(service)).context["offer"] is None
    assert Resident.objects.count() == 1


def test_open_services_follow_a_merged_rt() -> None:
    holder(Role.KETUA_RT, RT)
    with on_day(today() - 70 * ONE):
        done, unanswered = confirmed(), a_service()
        disputed = a_service()
        correction = open_correction(disputed)
    fresh = confirmed()
    older = a_service()
    a_version(older, address="Jl. Contoh Lain 4")
    merge_rts(area(RT), area(SIBLING_RT), order(None))
    places = dict(Service.objects.values_list("pk", "area"))
    assert places[done.pk] == places[older.pk] == RT
    for one in (unanswered, disputed, fresh):
        assert places[one.pk] == SIBLING_RT
    assert Correction.objects.get(pk=correction.pk).area_id == SIBLING_RT
    client = ketua_rt(SIBLING_RT)
    assert press(client, unanswered, "confirm").status_code == 302
    assert client.get(page_of(done)).status_code == 404
    assert recount() == 0


RECOUNT = """
SELECT count(*), count(*) FILTER (WHERE status = 'confirmed'),
    count(*) FILTER (WHERE status = 'corrected'),
    coalesce(sum(floor(extract(epoch FROM answered_at - told_at) / 3600)), 0)::bigint
FROM residents_service
WHERE superseded_at IS NULL AND told_on <= %s AND area_id LIKE %s
"""
PLACES = (RT, SIBLING_RT, FOREIGN_RT)
KEYS = ("told", "confirmed", "corrected", "answer_hours")


def test_the_tallies_are_a_plain_recount_after_whatever_happens() -> None:
    rng, day = Random(7), date(2032, 5, 20)
    for number in range(40):
        with on_day(day + number * ONE // 2):
            _happen(rng, holder(Role.OPERATOR, CITY_CODE))
    days = (day, day + 9 * ONE, day + 40 * ONE)
    for codes in (PLACES, (KELURAHAN,), (CITY_CODE,)):
        totals = totals_at(codes, days)
        for code, one in product(codes, days):
            told = tuple(totals[code, one][key] for key in KEYS)
            assert told == _plainly(one, code), (code, one)
    assert recount() == 0


def _happen(rng: Random, operator: User) -> None:
    """One service more, and something with some of the others."""
    new = a_service(rng.choice((*PLACES, KELURAHAN)))
    if not new.told_on and rng.random() < 0.7:
        WORKFLOW.advance(new.pk, "place", Move(operator, {"area": rng.choice(PLACES)}))
    placed = list(Service.objects.told())
    for one in rng.sample(placed, min(3, len(placed))):
        names = WORKFLOW.allowed(one, ("confirm", "correct", "take_back"))
        answered(one, rng.choice(names))
    if placed and rng.random() < 0.6:
        one = rng.choice(placed)
        if rng.random() < 0.5:
            data = {"area": rng.choice(PLACES)}
            WORKFLOW.advance(one.pk, "replace", Move(operator, data))
        else:
            a_version(one, area=rng.choice(PLACES))


def _plainly(day: date, code: str) -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(RECOUNT, [day, f"{code}%"])
        return tuple(cursor.fetchone())
