"""Two at the same moment: one outcome, one digest, and no answer carried over to a new version."""

from __future__ import annotations

from functools import partial
from uuid import uuid4

import pytest
from django.db import transaction

from accounts.rules import Role
from residents.services.answering import answer, confirm_but
from residents.services.models import Service, ServiceReceipt, ServiceStep
from residents.services.months import this_month
from residents.services.reading import seen
from residents.services.telling import tell
from tests.factories import RT, holder, on_day
from tests.residents.at_once import at_once
from tests.residents.services_told import a_service, a_version
from tests.residents.test_services_telling import DAY, ONE, at, told
from wacat.workflow import WrongState

pytestmark = pytest.mark.usefixtures("committed_db")


def test_an_answer_and_a_new_version_at_once() -> None:
    head = holder(Role.KETUA_RT, RT)
    for _ in range(4):
        service = a_service()

        def say(service: Service = service) -> str:
            try:
                answer(head, service.pk, "confirm", uuid4())
            except WrongState:
                return "refused"
            return "answered"

        def change(service: Service = service) -> str:
            with transaction.atomic():
                return str(a_version(service, address="Jl. Contoh Lain 5").status)

        outcome, new = at_once(say, change)
        assert new == "told"
        rows = list(Service.objects.filter(identity=service.identity).order_by("version"))
        assert [one.status for one in rows] == [
            "confirmed" if outcome == "answered" else "told",
            "told",
        ]
        steps = ServiceStep.objects.filter(subject__in=rows).values_list("subject", flat=True)
        assert list(steps) == ([service.pk] if outcome == "answered" else [])


def test_the_same_press_and_the_same_page_at_once() -> None:
    head, services = holder(Role.KETUA_RT, RT), [a_service() for _ in range(5)]
    keys, key = [one.pk for one in services], uuid4()
    with on_day(services[0].told_on or DAY):
        press = partial(confirm_but, head, RT, this_month(), keys, keys[:1], key)
        assert sorted(at_once(press, press)) == [0, 4]
    assert ServiceStep.objects.count() == 4
    at_once(*[partial(seen, head, order) for order in (services, services[::-1])])
    assert ServiceReceipt.objects.count() == 5


def test_two_digests_at_once_are_one() -> None:
    head = holder(Role.KETUA_RT, RT)
    with on_day(DAY):
        a_service(), a_service()
    with at(DAY + ONE):
        assert sorted(at_once(tell, tell, tell)) == [0, 0, 2]
    assert told("services_open") == {head: [2]}
