"""The task list: who stays, who has left, in one tap each; and mending what was tapped wrongly."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.rules import Role
from residents.clock.cards import cards
from residents.clock.panel import spans_of
from residents.clock.tasks import due, open_tasks
from residents.registry.codes import EndReason
from residents.registry.models import Resident, ResidentStep
from residents.registry.spans import Placement, StayPeriod
from residents.registry.states import Status
from residents.registry.stays import a_year_after
from residents.registry.workflow import WORKFLOW
from tests import factories
from tests.factories import FOREIGN_RT, RT, SIBLING_RT, holder, on_day
from tests.residents.pages import ketua_rt, key_on, operator, petugas, shown
from wacat.clock import today
from wacat.workflow import Move

pytestmark = pytest.mark.django_db
TASKS = "/warga/tugas/"
ONE = timedelta(days=1)


def soon(area: str = RT, /, days: int = 10, **fields: Any) -> Resident:
    """Whose stay ends in *days* days, after half a year."""
    until = today() + days * ONE
    return factories.reported(area, arrived_on=until - 180 * ONE, stays_until=until, **fields)


def answer(resident: Resident, action: str, **fields: Any) -> dict[str, Any]:
    until = resident.stays_until.isoformat()
    key = str(uuid4())
    return {"resident": resident.pk, "action": action, "key": key, "until": until, **fields}


def fresh(resident: Resident) -> Resident:
    return Resident.objects.get(pk=resident.pk)


def test_lists_the_overdue_and_those_who_leave_soon_the_oldest_first() -> None:
    last, first, middle = soon(days=30), factories.overdue(), soon(days=0)
    soon(days=31), soon(SIBLING_RT), factories.ended(), factories.draft()
    page = ketua_rt().get(TASKS)
    assert [line.resident for line in page.context["lines"]] == [first, middle, last]
    text = shown(page)
    assert "Lewat masa tinggal 10 hari" in text
    assert "Hari terakhir" in text
    assert petugas().get(TASKS).context["lines"][0].resident == first


def test_pages_go_on_where_the_last_ended() -> None:
    people = [soon(days=day % 30) for day in range(30)]
    client, seen = ketua_rt(), []
    url = TASKS
    while url:
        page = client.get(url)
        seen += [line.resident.pk for line in page.context["lines"]]
        url = TASKS + page.context["page"].next_url if page.context["page"].next_url else ""
    assert seen == [one.pk for one in sorted(people, key=lambda one: (one.stays_until, one.pk))]


@pytest.mark.parametrize("place", ["x", "2026-01-01", "_3", "2026-02-30_1", "2026-01-01_x"])
def test_a_place_that_is_none_is_refused(place: str) -> None:
    assert ketua_rt().get(TASKS, {"sesudah": place}).status_code == 400


def test_a_long_list_costs_as_many_queries_as_a_short_one() -> None:
    client, costs = ketua_rt(), []
    for more in (2, 22):
        for _ in range(more):
            soon()
            client.post(TASKS, answer(soon(), "gone"))
        client.get(TASKS)  # the messages are shown once
        with CaptureQueriesContext(connection) as captured:
            client.get(TASKS)
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 12


def test_still_here_extends_by_as_long_again() -> None:
    resident = soon()
    response = ketua_rt().post(TASKS, answer(resident, "stays"))
    assert (response.status_code, response.headers["Location"]) == (302, TASKS)
    starts = resident.stays_until + ONE
    assert fresh(resident).stays_until == starts + 180 * ONE
    assert StayPeriod.objects.filter(resident=resident, starts=starts).exists()


def test_who_is_overdue_begins_anew_today() -> None:
    resident = factories.overdue()
    ketua_rt().post(TASKS, answer(resident, "stays"))
    assert fresh(resident).stays_until == today() + 90 * ONE
    assert not fresh(resident).is_overdue


def test_gone_ends_today() -> None:
    resident = soon()
    ketua_rt().post(TASKS, answer(resident, "gone"))
    found = fresh(resident)
    assert (found.status, found.ended_on, found.end_reason) == ("ended", today(), EndReason.LEFT)


@pytest.mark.parametrize("action", ["stays", "gone"])
def test_the_same_key_answers_alike_and_changes_nothing_more(action: str) -> None:
    resident, client = soon(), ketua_rt()
    data = answer(resident, action)
    assert [client.post(TASKS, data).status_code for _ in range(3)] == [302] * 3
    assert ResidentStep.objects.filter(subject=resident).exclude(name="report").count() == 1


def test_an_answer_in_place_gives_the_row_and_a_late_one_reads_the_list_anew() -> None:
    resident, client = soon(), ketua_rt()
    data = answer(resident, "stays")
    response = client.post(TASKS, data, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert "Masih tinggal, sampai" in shown(response)
    assert "Ubah tanggal atau alasan" in shown(response)
    late = client.post(TASKS, {**data, "key": str(uuid4())}, headers={"HX-Request": "true"})
    assert (late.status_code, late.headers["HX-Refresh"]) == (409, "true")
    assert client.post(TASKS, {**data, "key": str(uuid4())}).status_code == 409


def test_others_and_elsewhere_are_shut_out() -> None:
    resident = soon(FOREIGN_RT)
    assert ketua_rt().post(TASKS, answer(resident, "gone")).status_code == 404
    assert operator().get(TASKS).status_code == 403
    for wrong in ({"action": "discard"}, {"resident": "x"}):
        assert ketua_rt().post(TASKS, {**answer(soon(), "gone"), **wrong}).status_code == 400


def test_what_was_answered_today_stands_below_and_leads_to_mending_it() -> None:
    stayed, left, client = soon(), soon(), ketua_rt()
    client.post(TASKS, answer(stayed, "stays"))
    client.post(TASKS, answer(left, "gone"))
    page = client.get(TASKS)
    assert [line.resident for line in page.context["done"]] == [left, stayed]
    assert "Tidak tinggal lagi sejak" in shown(page)
    mend = client.get(page.context["done"][0].change_url.partition("#")[0])
    assert "Ubah tanggal atau alasan" in shown(mend)
    assert '<details class="disclosure" open>' in mend.content.decode()
    with on_day(today() + ONE):
        assert client.get(TASKS).context["done"] == []


def test_the_start_page_shows_the_first_and_counts_all() -> None:
    head = holder(Role.KETUA_RT, RT)
    first = factories.overdue()
    for day in range(7):
        soon(days=day)
    found = due(head)
    assert (len(found), found[0].resident, open_tasks(head).count()) == (5, first, 8)
    assert [card.count for card in cards(head)] == [1, 7]
    assert cards(factories.user_as(Role.OPERATOR)) == []


def test_a_phone_alone_gives_a_link_without_a_name() -> None:
    resident = soon(phone="0800 0000 1234", email="")
    soon(phone="080000001235", email="a@contoh.invalid")
    lines = {line.resident.pk: line.whatsapp for line in due(holder(Role.KETUA_RT, RT))}
    assert lines.pop(resident.pk).startswith("https://wa.me/6280000001234?text=")
    assert set(lines.values()) == {""}
    assert "Warga%20Contoh" not in ketua_rt().get(TASKS).content.decode()


def test_beyond_a_year_is_told_and_never_refused() -> None:
    resident = soon(days=0)
    for _ in range(3):
        with on_day(fresh(resident).stays_until):
            response = ketua_rt().post(
                TASKS, answer(fresh(resident), "stays"), headers={"HX-Request": "true"}
            )
    assert "surat pindah" in shown(response)
    assert fresh(resident).stays_until > a_year_after(resident.arrived_on)


# Mending


def correction(action: str, day: date, **fields: Any) -> dict[str, Any]:
    return {"action": action, "date": day.isoformat(), "key": str(uuid4()), **fields}


def test_an_end_tapped_by_mistake_gets_another_day_and_reason() -> None:
    resident, client = soon(), ketua_rt()
    client.post(TASKS, answer(resident, "gone"))
    page, day = f"/warga/{resident.pk}/", today() - 5 * ONE
    died = correction("correct_end", day, reason=EndReason.DIED)
    assert client.post(page, died).status_code == 302
    found = fresh(resident)
    assert (found.status, found.ended_on, found.end_reason) == ("ended", day, EndReason.DIED)
    assert Placement.objects.get(resident=resident).until == day
    assert ResidentStep.objects.filter(subject=resident, name="correct_end").count() == 1
    later = correction("correct_end", today(), reason=EndReason.LEFT)
    assert client.post(page, later).status_code == 302
    assert Placement.objects.get(resident=resident).until == today()


def test_a_correction_keeps_what_was_verified() -> None:
    resident = factories.verified()
    ketua_rt().post(TASKS, answer(resident, "gone"))
    data = correction("correct_end", today() - ONE, reason=EndReason.LEFT)
    ketua_rt().post(f"/warga/{resident.pk}/", data)
    assert fresh(resident).verified_on == resident.verified_on


@pytest.mark.parametrize(
    ("day", "reason"), [(1, EndReason.LEFT), (-400, EndReason.LEFT), (0, EndReason.CANCELLED)]
)
def test_a_wrong_correction_says_what_is_wrong(day: int, reason: int) -> None:
    resident, client = soon(), ketua_rt()
    client.post(TASKS, answer(resident, "gone"))
    data = correction("correct_end", today() + day * ONE, reason=reason)
    page = client.post(f"/warga/{resident.pk}/", data)
    assert page.status_code == 422
    assert "field-error" in page.content.decode()
    assert fresh(resident).ended_on == today()


def test_after_two_weeks_nothing_is_mended() -> None:
    stayed, left, client = soon(), soon(), ketua_rt()
    client.post(TASKS, answer(stayed, "stays"))
    client.post(TASKS, answer(left, "gone"))
    client.post(
        f"/warga/{left.pk}/", correction("correct_end", today() - ONE, reason=EndReason.LEFT)
    )
    with on_day(today() + 15 * ONE):
        data = correction("correct_end", today() - 20 * ONE, reason=EndReason.LEFT)
        assert client.post(f"/warga/{left.pk}/", data).status_code == 409
        data = correction("correct_stay", today() + 20 * ONE)
        assert client.post(f"/warga/{stayed.pk}/", data).status_code == 409
        assert "Bila tadi keliru" not in shown(client.get(f"/warga/{left.pk}/"))


def test_an_extension_gets_another_end() -> None:
    resident, client = soon(), ketua_rt()
    client.post(TASKS, answer(resident, "stays"))
    page, day = f"/warga/{resident.pk}/", resident.stays_until + 30 * ONE
    assert client.post(page, correction("correct_stay", day)).status_code == 302
    assert fresh(resident).stays_until == day
    assert StayPeriod.objects.filter(resident=resident).count() == 2
    for wrong in (resident.stays_until, resident.stays_until + 400 * ONE):
        assert client.post(page, correction("correct_stay", wrong)).status_code == 422
    assert client.post(f"/warga/{soon().pk}/", correction("correct_stay", day)).status_code == 409


def test_the_page_answers_too_and_shows_the_periods() -> None:
    resident, client = factories.overdue(), ketua_rt()
    page = client.get(f"/warga/{resident.pk}/")
    until = resident.stays_until.isoformat()
    data = {"action": "stays", "key": key_on(page), "until": until}
    assert client.post(f"/warga/{resident.pk}/", data).status_code == 302
    periods = list(StayPeriod.objects.filter(resident=resident))
    assert [(span.overdue, span.days) for span in spans_of(fresh(resident), periods)] == [
        (False, 91),
        (True, 9),
        (False, 91),
    ]
    assert "Lewat masa tinggal" in shown(client.get(f"/warga/{resident.pk}/"))


# Overdue: one truth


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    first=st.integers(0, 60),
    waits=st.lists(st.tuples(st.integers(-10, 20), st.integers(1, 40)), max_size=3),
)
def test_overdue_on_a_day_is_what_it_was_that_day(
    db: None, first: int, waits: list[tuple[int, int]]
) -> None:
    begin = date(2031, 3, 1)
    staff = holder(Role.KETUA_RT, RT)
    with on_day(begin):
        resident = factories.reported(arrived_on=begin, stays_until=begin + first * ONE)
    was: dict[date, bool] = {}
    day = begin
    for wait, more in [*waits, (30, 0)]:
        ends = fresh(resident).stays_until
        until = max(day, ends + wait * ONE)
        # Each day would take minutes: it turns on the day after the end.
        for one in sorted({day, ends, ends + ONE, until - ONE, *_some_between(day, until)}):
            if day <= one < until:
                was[one] = _is_overdue(resident, one)
        day = until
        if more:
            with on_day(day):
                starts = max(fresh(resident).stays_until + ONE, day)
                move = Move(staff, {"date": starts + more * ONE})
                WORKFLOW.advance(resident.pk, "extend", move)
    periods = StayPeriod.objects.filter(resident=resident)
    covered = {one: periods.filter(starts__lte=one, until__gte=one).exists() for one in was}
    assert covered == {one: not overdue for one, overdue in was.items()}
    assert fresh(resident).status == Status.REPORTED


def _some_between(first: date, end: date) -> list[date]:
    return [first + days * ONE for days in range(0, (end - first).days, 9)]


def _is_overdue(resident: Resident, day: date) -> bool:
    with on_day(day):
        one = fresh(resident)
        assert one.is_overdue == Resident.objects.overdue().filter(pk=one.pk).exists()
        return one.is_overdue
