"""The digest: one message a person and day, each day of each RT once, and no personal data."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from accounts.login.models import User
from accounts.notices.models import Delivery, Notice
from accounts.rules import Role
from accounts.tasks import deliver
from residents.services.models import ServiceDigest
from residents.services.telling import tell
from tests.factories import FOREIGN_RT, KELURAHAN, RT, SIBLING_RT, holder, on_day, user_with
from tests.residents.services_told import a_service, a_version, answered
from wacat.words import WITA

pytestmark = pytest.mark.django_db
ONE = timedelta(days=1)
DAY = date(2032, 6, 14)


def at(day: date, hour: int = 8) -> override_settings:
    moment = datetime.combine(day, time(hour), tzinfo=WITA)
    return override_settings(CLOCK_OFFSET=moment - timezone.now())


def run(day: date, hour: int = 8) -> int:
    with at(day, hour):
        return tell()


def reminded() -> None:
    """As if the month's reminder had been sent on its first day."""
    day = {"day": DAY.replace(day=1), "on": DAY - ONE}
    ServiceDigest.objects.create(area_id=FOREIGN_RT, kind="unanswered", count=0, **day)


def told(kind: str = "services_told") -> dict[User, list[int]]:
    found: dict[User, list[int]] = {}
    for notice in Notice.objects.filter(kind=kind).order_by("pk"):
        found.setdefault(notice.recipient, []).append(notice.values["count"])
    return found


def test_head_and_lurah_are_told_once_of_each_day() -> None:
    reminded()
    lurah, head = holder(Role.LURAH, KELURAHAN), holder(Role.KETUA_RT, RT)
    staff = holder(Role.PETUGAS_KELURAHAN, KELURAHAN)
    with on_day(DAY):
        a_service(), a_service(), a_service(SIBLING_RT), a_service(KELURAHAN)
        answered(a_service(), "confirm")
        a_version(a_service(), address="Jl. Contoh Lain 2")
        assert tell() == 0  # the day is not over
    assert run(DAY + ONE, hour=6) == 0
    assert run(DAY + ONE) == 4
    # The sibling RT has no head: its part goes to the staff.
    assert told() == {head: [3], lurah: [4], staff: [1]}
    a_service(told_on=DAY - ONE)  # as of an RT that was merged into this one since
    assert [run(DAY + ONE, hour=12), run(DAY + 2 * ONE), run(DAY + 3 * ONE)] == [0, 1, 0]
    with on_day(DAY + 3 * ONE):
        a_service()
    # Nobody ran for nine days: made up for.
    assert run(DAY + 12 * ONE) == 1
    assert told()[head] == [3, 1, 1]


def test_once_a_month_of_all_that_is_unanswered() -> None:
    head = user_with((Role.KETUA_RT, RT), (Role.KETUA_RT, SIBLING_RT))
    with on_day(DAY - 60 * ONE):
        a_service(), answered(a_service(), "confirm")
    with on_day(DAY):
        new = a_service(SIBLING_RT)
    assert [run(DAY + ONE), run(DAY + 2 * ONE)] == [2, 0]
    assert (told("services_open"), told()) == ({head: [2]}, {})
    answered(new, "confirm")
    assert run(DAY + 20 * ONE) == 1
    assert told("services_open") == {head: [2, 1]}


def test_the_mail_says_nothing_of_anybody() -> None:
    user_with((Role.KETUA_RT, RT), email="ketua@contoh.invalid")
    with on_day(DAY):
        service = a_service()
    run(DAY + ONE)
    for delivery in Delivery.objects.all():
        deliver(delivery.pk)
    [sent] = mail.outbox
    text = f"{sent.subject} {sent.body}"
    for hidden in (service.full_name, service.nik, service.number, service.address, RT):
        assert hidden not in text
    assert "belum dijawab" in text


def test_many_cost_as_many_queries_as_one() -> None:
    holder(Role.KETUA_RT, RT), holder(Role.LURAH, KELURAHAN)
    reminded()

    def queries(day: date) -> int:
        with CaptureQueriesContext(connection) as captured:
            run(day)
        return len(captured)

    with on_day(DAY):
        a_service()
    one = queries(DAY + ONE)
    with on_day(DAY + ONE):
        for _ in range(20):
            a_service(), a_service(SIBLING_RT)
    holder(Role.KETUA_RT, SIBLING_RT)
    assert queries(DAY + 2 * ONE) <= one + 1
