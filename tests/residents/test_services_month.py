"""*Semua benar, kecuali…*: one press for a month, and nothing that the page did not show."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.rules import Role
from residents.corrections.codes import Reason
from residents.services.models import Service, ServiceReceipt, ServiceStep
from residents.services.months import this_month
from tests.factories import (
    CITY_CODE,
    FOREIGN_RT,
    KELURAHAN,
    RT,
    SIBLING_RT,
    client_of,
    holder,
    on_day,
)
from tests.residents.pages import ketua_rt, lurah, operator, shown
from tests.residents.services_told import a_service, a_version, answered, confirmed
from tests.residents.test_services import LIST, head, open_correction
from wacat.clock import today

pytestmark = pytest.mark.django_db


def address(rt: str = "", month: Any = None) -> str:
    path = reverse("service_month", args=[month or this_month()])
    return f"{path}?rt={rt}" if rt else path


def form_of(page: Any, *but: Service, key: Any = None) -> dict[str, Any]:
    """What the page's form sends when *but* are ticked."""
    told = {"shown": page.context["shown"], "key": key or page.context["key"]}
    return {**told, "except": [one.pk for one in but]}


def states(*services: Service) -> list[str]:
    found = dict(Service.objects.values_list("pk", "status"))
    return [found[one.pk] for one in services]


def steps() -> int:
    return ServiceStep.objects.count()


def test_all_that_was_shown_is_true_but_for_those_ticked() -> None:
    true, wrong, other = a_service(), a_service(), a_service(SIBLING_RT)
    client = ketua_rt()
    page = client.get(address())
    text = page.content.decode()
    assert "checked" not in text
    assert ServiceReceipt.objects.count() == 2
    late, changed = a_service(), a_version(wrong, address="Jl. Contoh Lain 1")
    disputed = a_service()
    told = form_of(page, wrong)
    told["shown"] += f" {disputed.pk} {other.pk} 999999 x"
    open_correction(disputed)
    answered(true, "confirm")
    answered(true, "take_back")
    before = steps()
    answers: list[Any] = [client.post(address(), told) for _ in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    assert steps() == before + 1
    assert states(true, wrong, late, changed, other, disputed) == [
        *("confirmed", "told", "told", "told", "told"),
        "corrected",
    ]


def test_exceptions_lead_to_their_corrections_and_stay_unanswered() -> None:
    services = [a_service() for _ in range(4)]
    client = ketua_rt()
    page = client.get(address())
    asked: Any = client.post(address(), form_of(page, *services[:2]))
    page = client.get(asked.url)
    assert [one.pk for one in page.context["excepted"]] == [one.pk for one in services[:2]]
    assert states(*services) == ["told", "told", "confirmed", "confirmed"]
    assert shown(page).count("Jelaskan :") == 2
    told = {"reason": Reason.HAS_LEFT.value, "happened_on": today().isoformat(), "note": "Pindah"}
    onward = reverse("correction_new", args=[services[0].pk]) + f"?lanjut={quote(asked.url)}"
    assert onward in page.content.decode()
    sent: Any = client.post(onward, told)
    assert sent.url == asked.url
    assert client.get(asked.url).context["excepted"] == services[1:2]
    open_correction(services[1])
    assert "sudah dijawab" in shown(client.get(asked.url))


def test_who_has_more_than_one_rt_chooses() -> None:
    a_service(), a_service(SIBLING_RT), answered(a_service(SIBLING_RT), "confirm")
    client = lurah()
    sums = client.get(address()).context["sums"]
    assert [(one.area.code, one.told, one.unanswered) for one in sums] == [
        (RT, 1, 1),
        (SIBLING_RT, 2, 1),
    ]
    page = client.get(address(SIBLING_RT))
    assert client.post(address(SIBLING_RT), form_of(page)).status_code == 302
    assert Service.objects.unanswered().count() == 1
    for rt, code in {FOREIGN_RT: 404, "64.71": 404, "": 404}.items():
        assert client.post(address(rt), {"shown": ""}).status_code == code, rt
    for month in ("2026-13", "2099-01", "kemarin"):
        assert client.get(address(RT, month)).status_code == 404, month
    assert ketua_rt().get(address(SIBLING_RT)).status_code == 404
    assert operator().get(address()).status_code == 403


def test_a_month_holds_what_became_known_in_it() -> None:
    first = date(2026, 2, 28)
    with on_day(first):
        old = a_service()
    with on_day(date(2026, 3, 1)):
        new = a_service()
        page = ketua_rt().get(address(month="2026-02"))
        assert [line.service for line in page.context["lines"]] == [old]
        assert (str(page.context["before"]), str(page.context["after"])) == ("2026-01", "2026-03")
        ketua_rt().post(address(month="2026-02"), form_of(page, key=uuid4()))
    assert states(old, new) == ["confirmed", "told"]


def test_five_hundred_are_one_press() -> None:
    first = a_service()
    made = Service.objects.bulk_create(_copy(first) for _ in range(500))
    client: Client = client_of(holder(Role.KETUA_RT, RT))
    page = client.get(address())
    assert len(page.context["lines"]) == 501
    with CaptureQueriesContext(connection) as captured:
        client.post(address(), form_of(page, made[0]))
    assert len(captured) <= 25
    assert Service.objects.unanswered().count() == 1


def test_pages_cost_the_same_for_many_rows() -> None:
    def queries(client: Client, address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    month = reverse("service_month", args=[f"{today():%Y-%m}"])
    readers = {
        LIST: head(),
        f"{LIST}?": holder(Role.LURAH, KELURAHAN),
        f"{LIST}?jawaban=told": holder(Role.OPERATOR, CITY_CODE),
        f"{LIST}?layanan=2&jawaban=told": holder(Role.LURAH, KELURAHAN),
        month: head(),
        f"{month}?": holder(Role.LURAH, KELURAHAN),
    }
    clients = {address: client_of(user) for address, user in readers.items()}
    a_service(), confirmed()
    few = {address: queries(client, address) for address, client in clients.items()}
    for _ in range(30):
        a_service()
    many = {address: queries(client, address) for address, client in clients.items()}
    assert many == few
    assert max(many.values()) <= 12


def _copy(service: Service) -> Service:
    values = {one.attname: getattr(service, one.attname) for one in service._meta.concrete_fields}
    for name in ("id", "kelurahan", "kecamatan", "nik_index"):
        values.pop(name)
    return Service(**{**values, "identity": uuid4(), "content": uuid4()})
