"""Stays about to end: told thirty and seven days before, once each, to who keeps the record."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings

from accounts.areas.models import Area, AreaStatus
from accounts.login.models import User
from accounts.notices.models import Delivery, Notice
from accounts.rules import Role
from residents.clock import mailing
from residents.clock.models import StayReminder
from residents.clock.reminding import remind
from residents.registry.codes import EndReason
from residents.registry.models import Resident
from residents.registry.workflow import WORKFLOW
from tests import factories
from tests.factories import KELURAHAN, RT, SIBLING_RT, holder, on_day, user_with
from wacat.clock import today
from wacat.work import Work, perform
from wacat.workflow import Move

pytestmark = pytest.mark.django_db
ONE = timedelta(days=1)
END = date(2032, 6, 30)


def ending(area: str = RT, until: date = END, stayed: int = 200, **fields: object) -> Resident:
    """Reported on the day of arrival, *stayed* days before the end."""
    arrived = until - stayed * ONE
    with on_day(arrived):
        return factories.reported(area, arrived_on=arrived, stays_until=until, **fields)


def run(days_before: int) -> int:
    with on_day(END - days_before * ONE):
        return remind()


def told() -> list[tuple[User, int]]:
    notices = Notice.objects.filter(kind="stays_ending").order_by("pk")
    return [(notice.recipient, notice.values["count"]) for notice in notices]


def made() -> list[tuple[int, int]]:
    return list(StayReminder.objects.order_by("pk").values_list("resident", "days"))


def test_the_ketua_rt_is_told_twice_and_never_again() -> None:
    head, resident = holder(Role.KETUA_RT, RT), ending()
    counts = {days: run(days) for days in range(40, -5, -1)}
    assert {days for days, count in counts.items() if count} == {30, 7}
    assert made() == [(resident.pk, 30), (resident.pk, 7)]
    assert told() == [(head, 1)] * 2


@pytest.mark.parametrize(
    ("days", "count"),
    [([31], 0), ([29], 1), ([8], 1), ([6], 1), ([20, 3], 2), ([0], 1), ([-1], 0)],
)
def test_what_a_missed_day_left_out_comes_with_the_next_run(days: list[int], count: int) -> None:
    holder(Role.KETUA_RT, RT)
    ending()
    assert sum(run(one) for one in days) == count
    assert len(told()) == count


def test_one_notice_a_person_and_day_whatever_comes_up_later() -> None:
    head = holder(Role.KETUA_RT, RT)
    for _ in range(3):
        ending()
    with on_day(END - 30 * ONE):
        assert [remind(), remind()] == [3, 0]
        late = ending(until=END - 25 * ONE)
        assert remind() == 0
    assert run(29) == 1
    assert told() == [(head, 3), (head, 1)]
    assert made()[-1] == (late.pk, 7)


@pytest.mark.parametrize(("stayed", "stages"), [(3, []), (7, [7]), (29, [7]), (30, [30, 7])])
def test_a_stage_within_which_the_end_became_known_is_passed_over(
    stayed: int, stages: list[int]
) -> None:
    resident = ending(stayed=stayed)
    for days in range(stayed, -1, -1):
        run(days)
    assert made() == [(resident.pk, days) for days in stages]


def test_reported_late_counts_from_the_report() -> None:
    with on_day(END - 10 * ONE):
        factories.reported(arrived_on=END - 100 * ONE, stays_until=END)
        assert remind() == 0
    assert run(7) == 1


def test_an_extended_stay_is_told_of_anew() -> None:
    resident = ending()
    run(30)
    later = END + 100 * ONE
    with on_day(END - 5 * ONE):
        WORKFLOW.advance(resident.pk, "extend", Move(holder(Role.KETUA_RT, RT), {"date": later}))
        assert remind() == 0
    with on_day(later - 30 * ONE):
        assert remind() == 1


def test_who_left_or_is_no_longer_counted_is_not_told_of() -> None:
    for resident, name in ((ending(), "end"), (ending(), "return")):
        staff = holder(Role.PETUGAS_KELURAHAN, KELURAHAN)
        actor = staff if name == "end" else factories.user_as(Role.OPERATOR)
        with on_day(END - 40 * ONE):
            data = {"date": today(), "end_reason": EndReason.LEFT, "reason": "Contoh"}
            WORKFLOW.advance(resident.pk, name, Move(actor, data))
    assert run(30) == 0


def test_a_frozen_rt_and_one_without_a_head_are_the_kelurahans() -> None:
    head, staff = holder(Role.KETUA_RT, RT), holder(Role.PETUGAS_KELURAHAN, KELURAHAN)
    ending(), ending(SIBLING_RT)
    assert run(30) == 2
    assert set(told()) == {(head, 1), (staff, 1)}
    Area.objects.filter(pk=RT).update(state=AreaStatus.FROZEN)
    assert run(7) == 2
    assert told()[-1] == (staff, 2)


def test_who_heads_two_rts_gets_one_notice() -> None:
    head = user_with((Role.KETUA_RT, RT), (Role.KETUA_RT, SIBLING_RT))
    ending(), ending(SIBLING_RT)
    run(30)
    assert told() == [(head, 2)]


def test_who_has_an_address_gets_a_mail() -> None:
    user_with((Role.KETUA_RT, RT), email="ketua@contoh.invalid")
    ending()
    run(30)
    assert Delivery.objects.count() == 1


def test_the_resident_is_told_by_mail_without_other_data() -> None:
    resident = ending(email="warga@contoh.invalid")
    run(30)
    work = StayReminder.objects.get()
    assert work.state == Work.State.WAITING
    with on_day(END - 30 * ONE):
        assert perform(StayReminder, work.pk, mailing.send)
    [sent] = mail.outbox
    assert sent.to == ["warga@contoh.invalid"]
    text = f"{sent.subject} {sent.body}"
    for word in (resident.full_name, "30 Juni 2032", "Ketua RT"):
        assert word in text
    for hidden in (resident.nik, resident.no_kk, resident.address, resident.phone, RT):
        assert hidden not in text


def test_without_an_address_there_is_nothing_to_send() -> None:
    ending()
    run(30)
    assert StayReminder.objects.get().state == Work.State.DONE


@pytest.mark.parametrize("change", ["extend", "end"])
def test_what_changed_meanwhile_is_not_sent(change: str) -> None:
    resident = ending(email="warga@contoh.invalid")
    run(30)
    with on_day(END - 29 * ONE):
        day = END + 9 * ONE if change == "extend" else today()
        data = {"date": day, "end_reason": EndReason.LEFT}
        staff = holder(Role.PETUGAS_KELURAHAN, KELURAHAN)
        WORKFLOW.advance(resident.pk, change, Move(staff, data))
        assert perform(StayReminder, StayReminder.objects.get().pk, mailing.send)
    assert mail.outbox == []


@override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend")
def test_an_impossible_address_is_given_up() -> None:
    resident = ending()
    run(30)
    Resident.objects.filter(pk=resident.pk).update(email="a@b\nTo: c@d")
    StayReminder.objects.update(state=Work.State.WAITING)
    assert not perform(StayReminder, StayReminder.objects.get().pk, mailing.send)
    work = StayReminder.objects.get()
    assert (work.state, work.failure) == (Work.State.FAILED, "BadAddress")


def test_hundreds_cost_as_many_queries_as_one() -> None:
    holder(Role.KETUA_RT, RT)
    ending()

    def queries(days: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            run(days)
        return len(captured)

    one = queries(30)
    for _ in range(40):
        ending()
    assert queries(29) == one
