"""The tallies that the database keeps, against the rows themselves, counted plainly."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection, connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.areas.models import Area
from accounts.rules import Role
from reports.letters.models import Letter
from reports.summaries import tallies
from reports.summaries.figures import FIGURES, figures_in, table_of
from reports.summaries.models import Tally, TallyChange, TallyCheck
from reports.summaries.periods import year_to
from residents.registry.codes import EndReason
from residents.registry.models import Resident
from residents.registry.spans import Placement, StayPeriod
from residents.registry.workflow import WORKFLOW
from tests import factories
from tests.database import owner_connection
from tests.factories import CITY_CODE, FOREIGN_RT, KELURAHAN, RT, SIBLING_RT, client_of, holder
from tests.residents.pages import shown
from wacat.clock import today
from wacat.workflow import InputMissing, Move, WrongState

COUNTED = ("reported", "verified", "ended")
RTS = (RT, SIBLING_RT, FOREIGN_RT)


def at(codes: Iterable[str], day: date) -> dict[str, dict[str, int]]:
    """The figures of areas since 1 January."""
    return {code: told for (code, _), told in figures_in(codes, [year_to(day)]).items()}


def plainly(codes: Iterable[str], day: date) -> dict[str, dict[str, int]]:
    """The figures of areas, from all rows one by one."""
    counts: dict[str, Counter[str]] = {code: Counter() for code in codes}
    periods = list(StayPeriod.objects.all())
    for place in Placement.objects.select_related("resident"):
        here = [count for code, count in counts.items() if place.area_id.startswith(code)]
        for key in _of_placement(place, periods, day):
            for count in here:
                count[key] += 1
    for letter in Letter.objects.filter(status__in=("issued", "revoked")):
        if letter.issued_on and letter.issued_on.year == day.year and letter.issued_on <= day:
            for code, count in counts.items():
                count["letters"] += letter.area_id.startswith(code)
    return {code: {one.key: count[one.key] for one in FIGURES} for code, count in counts.items()}


def _of_placement(place: Placement, periods: list[StayPeriod], day: date) -> Iterator[str]:
    one = place.resident
    if one.status not in COUNTED or place.starts is None:
        return
    if place.starts <= day and (place.until is None or place.until > day):
        yield "active"
        if one.verified_on and one.verified_on <= day:
            yield "verified"
        if not any(p.resident_id == one.pk and p.starts <= day <= p.until for p in periods):
            yield "overdue"
    if place.starts == one.arrived_on and _this_year(place.starts, day):
        yield "arrived"
    if place.until and place.until == one.ended_on and _this_year(place.until, day):
        yield "ended"
    yield from _extensions_in(place, periods, day)


def _extensions_in(place: Placement, periods: list[StayPeriod], day: date) -> Iterator[str]:
    for starts in sorted(p.starts for p in periods if p.resident_id == place.resident_id)[1:]:
        began = place.starts is not None and place.starts <= starts
        lived_here = began and (place.until is None or starts < place.until)
        if lived_here and _this_year(starts, day):
            yield "extended"


def _this_year(one: date, day: date) -> bool:
    return one.year == day.year and one <= day


def assert_equal(days: Iterable[date]) -> None:
    """Of RTs, kelurahan, kecamatan and city alike."""
    for day in days:
        for length in (17, 13, 8, 5):
            codes = sorted({code[:length] for code in RTS})
            assert at(codes, day) == plainly(codes, day), (day, length)


class Life:
    """Deeds to somebody at random, as the portal lets them be done."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)
        self.staff = {code: holder(Role.PETUGAS_KELURAHAN, code[:13]) for code in RTS}
        self.operator = holder(Role.OPERATOR, CITY_CODE)
        self.people: list[Resident] = []

    def live(self, deeds: int) -> None:
        for _ in range(deeds):
            deed = self.rng.choice((self.come, self.come, self.move, self.do, self.do, self.letter))
            try:
                deed()
            except (WrongState, InputMissing):
                continue
            if self.rng.random() < 0.2:
                tallies.fold()

    def day(self, reach: int = 800) -> date:
        return today() - timedelta(days=self.rng.randrange(reach))

    def come(self) -> None:
        area, came = self.rng.choice(RTS), self.day()
        until = came + timedelta(days=self.rng.randrange(1, 365))
        make = self.rng.choice((factories.reported, factories.reported, factories.draft))
        self.people.append(make(area, arrived_on=came, stays_until=until))

    def someone(self) -> Resident:
        if not self.people:
            self.come()
        one = self.rng.choice(self.people)
        one.refresh_from_db()
        return one

    def move(self) -> None:
        one = self.someone()
        if one.status in ("reported", "verified"):
            since = one.arrived_on + timedelta(days=self.rng.randrange(1, 60))
            factories.move(one, self.rng.choice(RTS), min(since, today()))

    def do(self) -> None:
        one, name = self.someone(), self.rng.choice(("verify", "end", "extend", "return", "report"))
        data: dict[str, Any] = {"reason": "Uji coba."}
        actor = self.operator if name in ("verify", "return") else self.staff[one.area_id]
        if name == "end":
            data |= {"date": max(one.arrived_on, self.day(100)), "end_reason": EndReason.LEFT}
        if name == "extend":
            data["date"] = today() + timedelta(days=self.rng.randrange(1, 300))
        WORKFLOW.advance(one.pk, name, Move(actor, data))

    def letter(self) -> None:
        one = self.someone()
        if one.status in ("reported", "verified") and one.stays_until >= today():
            factories.letter_issued(one)


@pytest.mark.django_db
@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 10**6))
def test_figures_are_those_of_the_rows_at_any_date(seed: int) -> None:
    life = Life(seed)
    life.live(24)
    days = [today(), *(life.day(900) for _ in range(5)), today() + timedelta(days=200)]
    assert_equal(days)
    tallies.fold()
    assert not TallyChange.objects.exists()
    assert_equal(days)
    assert tallies.recount() == 0


@pytest.mark.django_db
class TestKeeping:
    def test_what_is_deleted_is_taken_off(self) -> None:
        resident = factories.reported(arrived_on=today() - timedelta(days=30))
        StayPeriod.objects.filter(resident=resident).delete()
        assert at([RT], today())[RT]["overdue"] == 1
        assert_equal([today()])

    def test_a_new_telephone_number_notes_nothing(self) -> None:
        resident = factories.reported()
        tallies.fold()
        resident.phone = "081200000000"
        resident.save()
        assert not TallyChange.objects.exists()

    def test_many_rows_of_one_statement_are_noted_together(self) -> None:
        for _ in range(5):
            factories.reported(RT)
        tallies.fold()
        Resident.objects.update(verified_on=today(), status="verified")
        [note] = TallyChange.objects.all()
        assert (note.area_id, note.day, note.verified, note.active) == (RT, today(), 5, 0)

    def test_the_portal_itself_can_only_read_them(self) -> None:
        factories.reported()
        tallies.fold()
        with connection.cursor() as cursor:
            cursor.execute("SELECT has_table_privilege('reports_tally', 'INSERT, UPDATE, DELETE')")
            assert cursor.fetchone() == (False,)

    def test_the_whole_is_the_sum_of_its_parts(self) -> None:
        for area in RTS:
            factories.reported(area)
        for code in (CITY_CODE, KELURAHAN):
            table = table_of(Area.objects.get(code=code), year_to(today()))
            assert table.total.figures["active"] == sum(r.figures["active"] for r in table.parts)


@pytest.mark.usefixtures("committed_db")
class TestRecounting:
    def test_what_got_past_the_triggers_is_put_right_and_told(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        factories.reported(RT)
        tallies.fold()
        with owner_connection() as owner:
            owner.execute(
                "UPDATE reports_tally SET active = 7 WHERE span = 'd' AND code = %s", [RT]
            )
            owner.execute("DELETE FROM reports_tally WHERE span = 'm' AND code = %s", [KELURAHAN])
        differing = Tally.objects.filter(span="d", code=RT).count()
        with caplog.at_level(logging.ERROR):
            assert tallies.recount() > differing
        told = TallyCheck.objects.get().differing
        assert f"{told} places" in caplog.text
        page = shown(client_of(holder(Role.TIM_TEKNIS, CITY_CODE)).get("/pekerjaan/"))
        assert f"{told} angka dibetulkan" in page
        assert_equal([today(), today() + timedelta(days=500)])
        assert tallies.recount() == 0
        page = shown(client_of(holder(Role.TIM_TEKNIS, CITY_CODE)).get("/pekerjaan/"))
        assert "Cocok dihitung ulang" in page

    def test_two_who_fold_at_once_fold_all_once(self) -> None:
        from concurrent.futures import ThreadPoolExecutor

        for _ in range(4):
            factories.reported(RT)

        def folded(_: int) -> int:
            try:
                return tallies.fold()
            finally:
                connections["default"].close()

        with ThreadPoolExecutor(4) as pool:
            numbers = list(pool.map(folded, range(8)))
        assert sum(1 for number in numbers if number) == 1
        assert at([RT], today())[RT]["active"] == 4
        assert Tally.objects.filter(code=RT, span="d").count() >= 1
