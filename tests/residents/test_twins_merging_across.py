"""Merging records of two RTs: what crosses, who is told; and stays of which no day may be lost."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from accounts.areas.models import Area
from accounts.notices.models import Notice
from accounts.rules import Role
from reports.summaries.figures import table_of
from reports.summaries.periods import year_to
from residents.registry.models import Resident
from residents.twins.comparing import compare
from residents.twins.merging import keepable, merge, offered
from tests import factories
from tests.factories import CITY_CODE, FOREIGN_RT, RT, holder
from tests.residents.pages import ketua_rt, operator, shown
from tests.residents.twins import days_ago, held_pair, operator_user
from wacat.clock import today
from wacat.workflow import Move, WrongState

pytestmark = pytest.mark.django_db
REASON = {"reason": "Orang yang sama."}
EMPTY = {
    "nik": "",
    "no_nik_reason": 3,
    "religion": None,
    "phone": "",
    "origin_address": "",
    "notes": "",
}
TOLD = {
    "landlord_name": "Haji Rahasia",
    "landlord_phone": "080000009999",
    "institution_name": "PT Rahasia",
    "guarantor_name": "Penjamin Rahasia",
    "email": "rahasia@example.id",
    "notes": "Rahasia",
}


def _operator() -> Move:
    return Move(operator_user(), REASON, uuid4())


def _active_on(day: date) -> int:
    city = Area.objects.get(code=CITY_CODE)
    return int(table_of(city, year_to(day)).total.figures["active"])


class TestWhatCrosses:
    def test_only_who_the_person_is(self) -> None:
        kept, away = factories.reported(RT, **EMPTY), factories.reported(FOREIGN_RT, **TOLD)
        assert offered(kept, away) == ["nik", "religion"]
        page = operator().get(f"/warga/{kept.pk}/gabung/?dengan={away.pk}").content.decode()
        assert 'value="nik"' in page
        for name in (*TOLD, "phone", "origin_address", "arrived_on"):
            assert f'value="{name}"' not in page
        merge(kept.pk, away.pk, ["nik", *TOLD, "phone", "arrived_on"], _operator())
        kept.refresh_from_db()
        assert (kept.nik, kept.phone, kept.landlord_name, kept.notes) == (away.nik, "", "", "")

    def test_both_rts_are_told_each_of_its_own_record(self) -> None:
        here, there = holder(Role.KETUA_RT, RT), holder(Role.KETUA_RT, FOREIGN_RT)
        kept, away = factories.reported(RT), factories.reported(FOREIGN_RT)
        move = _operator()
        for _ in range(2):  # pressed twice
            merge(kept.pk, away.pk, (), move)
        told = Notice.objects.filter(kind="resident_merged")
        assert [one.values for one in told.filter(recipient=here)] == [{"resident": kept.pk}]
        assert [one.values for one in told.filter(recipient=there)] == [{"resident": away.pk}]
        page = ketua_rt(FOREIGN_RT).get(f"/warga/{away.pk}/")
        assert REASON["reason"] in shown(page)
        assert kept.full_name not in page.content.decode()

    def test_a_held_report_merged_away_is_told_as_well(self) -> None:
        pair = held_pair()
        merge(pair.old.pk, pair.new.pk, (), _operator())
        told = Notice.objects.filter(kind="resident_merged", recipient=holder(Role.KETUA_RT, RT))
        assert [one.values for one in told] == [{"resident": pair.new.pk}]

    def test_within_an_rt_nobody_is_told(self) -> None:
        kept, away = factories.reported(RT), factories.reported(RT)
        merge(kept.pk, away.pk, (), Move(holder(Role.KETUA_RT, RT), REASON, uuid4()))
        assert not Notice.objects.filter(kind="resident_merged").exists()

    def test_who_types_the_reason_knows_who_reads_it(self) -> None:
        kept, away = factories.reported(RT), factories.reported(FOREIGN_RT)
        hint = "Alasan ini dibaca kedua RT"
        client = operator()
        assert hint in shown(client.get(f"/warga/{kept.pk}/gabung/?dengan={away.pk}"))
        beside = factories.reported(RT)
        assert hint not in shown(client.get(f"/warga/{kept.pk}/gabung/?dengan={beside.pk}"))

    def test_a_record_beside_itself_is_missing(self) -> None:
        one = factories.reported(RT)
        for client in (ketua_rt(), operator()):
            address = f"/warga/{one.pk}/gabung/?dengan={one.pk}"
            assert client.get(address).status_code == 404
            assert client.post(address, {"keep": one.pk, **REASON}).status_code == 404


def _stay(first: int, last: int | None, area: str = RT) -> Resident:
    """Of a person without NIK, from so many days ago to so many, or until now."""
    fields = {"nik": "", "no_nik_reason": 3, "arrived_on": days_ago(first)}
    if last is None:
        return factories.reported(area, **fields)
    return factories.ended(area, on=days_ago(last), **fields)


class TestDays:
    @pytest.mark.parametrize("there", [RT, FOREIGN_RT])
    def test_two_ended_stays_that_overlap_in_part_stay_two(self, there: str) -> None:
        first, second = _stay(60, 30), _stay(40, 10, there)
        for into, away in ((first, second), (second, first)):
            with pytest.raises(WrongState, match="sebagian sama"):
                merge(into.pk, away.pk, (), _operator())
        page = operator().get(f"/warga/{first.pk}/gabung/?dengan={second.pk}")
        assert "sebagian sama" in shown(page)
        assert 'name="keep"' not in page.content.decode()
        assert (_active_on(days_ago(55)), _active_on(days_ago(15))) == (1, 1)

    @pytest.mark.parametrize("there", [RT, FOREIGN_RT])
    def test_the_longer_of_two_is_kept(self, there: str) -> None:
        longer, shorter = _stay(60, 10), _stay(40, 20, there)
        assert keepable(longer, shorter) == keepable(shorter, longer) == [longer]
        with pytest.raises(WrongState, match="mencakup"):
            merge(shorter.pk, longer.pk, (), _operator())
        merge(longer.pk, shorter.pk, (), _operator())
        assert [_active_on(days_ago(day)) for day in (55, 30, 15, 5)] == [1, 1, 1, 0]

    def test_two_of_the_same_days_are_merged_either_way(self) -> None:
        first, second = _stay(60, 10), _stay(60, 10)
        assert keepable(first, second) == [first, second]
        merge(second.pk, first.pk, (), _operator())

    def test_a_stay_of_no_day_is_no_loss(self) -> None:
        longer, nothing = _stay(60, 10), _stay(60, 60)
        merge(longer.pk, nothing.pk, (), _operator())

    def test_who_came_here_later_lived_there_before(self) -> None:
        """In two RTs the days before are the other one's: a move, which is not merged."""
        here, there = _stay(10, None), _stay(60, None, FOREIGN_RT)
        assert keepable(here, there) == [there]
        ended = _stay(60, 5, FOREIGN_RT)
        with pytest.raises(WrongState, match="sebagian sama"):
            merge(here.pk, ended.pk, (), _operator())
        assert _active_on(today() - timedelta(days=50)) == 2


class TestComparing:
    def test_what_one_lacks_is_not_called_different(self) -> None:
        one = factories.reported(RT, email="ani@example.id", phone="080000001111")
        other = factories.reported(RT, phone="080000002222")
        lines = {line.label: line for line in compare(one, other).shown}
        assert (lines["Surel"].differs, lines["Surel"].is_missing) == (False, True)
        assert (lines["Telepon"].differs, lines["Telepon"].is_missing) == (True, False)
        page = ketua_rt().get(f"/warga/{one.pk}/gabung/?dengan={other.pk}").content.decode()
        [row] = [part for part in page.split("<tr") if ">Surel" in part]
        assert "Berbeda" not in row
        assert "Tidak ada" in row

    def test_numbers_that_look_alike_when_masked_are_told_apart(self) -> None:
        one = factories.reported(RT, nik="9971011205900001")
        other = factories.reported(RT, nik="9971021205900001")
        lines = {line.label: line for line in compare(one, other).shown}
        assert lines["NIK"].first == lines["NIK"].second
        assert lines["NIK"].differs
        page = ketua_rt().get(f"/warga/{one.pk}/gabung/?dengan={other.pk}").content.decode()
        assert one.nik not in page.replace(" ", "")
        [row] = [part for part in page.split("<tr") if ">NIK" in part]
        assert "Berbeda" in row
