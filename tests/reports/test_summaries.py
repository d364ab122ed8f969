"""/rekap/: the figures as at a date, and in reach only."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.rules import Role
from reports.summaries.figures import FIGURES
from reports.summaries.models import SummaryFile
from residents.registry.codes import EndReason
from residents.registry.models import Resident
from residents.registry.workflow import WORKFLOW
from tests import factories
from tests.factories import (
    CITY_CODE,
    FOREIGN_KECAMATAN,
    FOREIGN_RT,
    KECAMATAN,
    KELURAHAN,
    RT,
    SIBLING_KELURAHAN,
    SIBLING_RT,
    client_of,
    holder,
    on_day,
    user_as,
)
from tests.residents.pages import Answer, ketua_rt, lurah
from wacat.workflow import Move

ARRIVED, UNTIL = date(2020, 3, 10), date(2020, 9, 30)
STAY = {"arrived_on": ARRIVED, "stays_until": UNTIL}


def _figures(answer: Answer, area: str) -> dict[str, int]:
    """An area's figures on the page, by key."""
    assert answer.status_code == 200
    cells = re.findall(
        rf'data-area="{re.escape(area)}" data-figure="(\w+)" data-value="(\d+)"',
        answer.content.decode(),
    )
    return {key: int(value) for key, value in cells}


def _at(day: date | str, area: str = RT, client: Client | None = None) -> dict[str, int]:
    client = client or client_of(holder(Role.PIMPINAN, CITY_CODE))
    return _figures(client.get(f"/rekap/?tanggal={day}&wilayah={area}"), area)


def _end(resident: Resident, day: date) -> None:
    data = {"date": day, "end_reason": EndReason.LEFT}
    staff = holder(Role.PETUGAS_KELURAHAN, resident.area_id[:13])
    WORKFLOW.advance(resident.pk, "end", Move(staff, data))


@pytest.mark.django_db
class TestAsAt:
    def test_a_stay_from_its_arrival_to_the_day_before_its_end(self) -> None:
        with on_day(date(2020, 6, 15)):
            _end(factories.reported(**STAY), date(2020, 6, 1))
        keys = ("active", "arrived", "ended")
        seen = {
            day: tuple(_at(day)[key] for key in keys)
            for day in (
                date(2020, 3, 9),
                ARRIVED,
                date(2020, 5, 31),
                date(2020, 6, 1),
                date(2020, 12, 31),
                date(2021, 1, 1),
            )
        }
        assert seen == {
            date(2020, 3, 9): (0, 0, 0),
            ARRIVED: (1, 1, 0),
            date(2020, 5, 31): (1, 1, 0),
            date(2020, 6, 1): (0, 1, 1),
            date(2020, 12, 31): (0, 1, 1),
            date(2021, 1, 1): (0, 0, 0),
        }
        assert _at(UNTIL + timedelta(days=1))["overdue"] == 0

    def test_verified_counts_from_its_day_on(self) -> None:
        with on_day(date(2020, 4, 1)):
            resident = factories.reported(**STAY)
        with on_day(date(2020, 4, 20)):
            WORKFLOW.advance(resident.pk, "verify", Move(holder(Role.OPERATOR, CITY_CODE)))
        assert [_at(f"2020-04-{day}")["verified"] for day in ("19", "20")] == [0, 1]
        assert _at("2020-04-19")["active"] == 1

    def test_overdue_from_the_day_after_the_last_until_the_extension(self) -> None:
        with on_day(date(2020, 4, 1)):
            resident = factories.reported(**STAY)
        days = [UNTIL, UNTIL + timedelta(days=1), date(2021, 3, 31), date(2021, 4, 1)]
        assert [_at(day)["overdue"] for day in days] == [0, 1, 1, 1]
        assert _at(days[1])["active"] == 1
        with on_day(date(2020, 10, 20)):
            data = {"date": date(2021, 3, 31)}
            WORKFLOW.advance(
                resident.pk, "extend", Move(holder(Role.PETUGAS_KELURAHAN, KELURAHAN), data)
            )
        assert [_at(day)["overdue"] for day in days] == [0, 1, 0, 1]
        assert [_at(f"2020-10-{day}")["overdue"] for day in (19, 20)] == [1, 0]

    def test_drafts_returned_and_held_count_nowhere(self) -> None:
        for make in (factories.draft, factories.returned):
            make(**STAY)
        held = factories.held(**STAY)
        assert held.status == "held"
        assert set(_at(ARRIVED).values()) == {0}

    def test_a_report_that_comes_late_counts_since_the_arrival(self) -> None:
        assert _at("2020-05-01")["active"] == 0
        factories.reported(**STAY)
        assert _at("2020-05-01")["active"] == 1

    def test_who_moves_counts_where_they_lived_that_day_and_arrives_once(self) -> None:
        with on_day(date(2020, 4, 1)):
            resident = factories.reported(**STAY)
        factories.move(resident, FOREIGN_RT, date(2020, 7, 1))
        counts = [
            (_at(day, RT)["active"], _at(day, FOREIGN_RT)["active"])
            for day in ("2020-06-30", "2020-07-01")
        ]
        assert counts == [(1, 0), (0, 1)]
        assert (_at("2020-12-31")["arrived"], _at("2020-12-31", FOREIGN_RT)["arrived"]) == (1, 0)
        assert _at("2020-12-31", CITY_CODE)["arrived"] == 1

    def test_letters_count_in_the_year_and_place_of_their_issue(self) -> None:
        with on_day(date(2020, 4, 1)):
            resident = factories.reported(**STAY)
            factories.letter_issued(resident)
        with on_day(date(2020, 4, 2)):
            factories.letter_revoked(factories.reported(SIBLING_RT, **STAY))
        factories.move(resident, FOREIGN_RT, date(2020, 7, 1))
        days = ("2020-03-31", "2020-04-01", "2020-04-02", "2020-12-31", "2021-01-01")
        assert [_at(day, KELURAHAN)["letters"] for day in days] == [0, 1, 2, 2, 0]
        assert _at("2020-12-31", FOREIGN_RT)["letters"] == 0

    def test_the_parts_make_the_whole_on_every_level(self) -> None:
        with on_day(date(2020, 4, 1)):
            for area in (RT, RT, SIBLING_RT, f"{SIBLING_KELURAHAN}.001", FOREIGN_RT):
                factories.reported(area, **STAY)
        client = client_of(holder(Role.PIMPINAN, CITY_CODE))
        expected = {
            CITY_CODE: {KECAMATAN: 4, FOREIGN_KECAMATAN: 1},
            KECAMATAN: {KELURAHAN: 3, SIBLING_KELURAHAN: 1},
            KELURAHAN: {RT: 2, SIBLING_RT: 1},
            RT: {},
        }
        for area, parts in expected.items():
            page = client.get(f"/rekap/?tanggal=2020-04-01&wilayah={area}")
            assert {code: _figures(page, code)["active"] for code in parts} == parts
            assert _figures(page, area)["active"] == (sum(parts.values()) or 2)

    def test_without_a_date_it_is_today(self) -> None:
        factories.reported()
        assert _figures(ketua_rt().get("/rekap/"), RT)["active"] == 1


@pytest.mark.django_db
class TestReach:
    @pytest.mark.parametrize("path", ["/rekap/", "/rekap/unduh/xlsx/", "/rekap/unduh/pdf/"])
    @pytest.mark.parametrize(
        "area", [SIBLING_RT, KELURAHAN, CITY_CODE, FOREIGN_RT, "64.71.99", "x", "%00", "64.71.05.1"]
    )
    def test_what_lies_outside_is_not_found(self, path: str, area: str) -> None:
        assert ketua_rt().get(f"{path}?wilayah={area}").status_code == 404
        assert not SummaryFile.objects.exists()

    def test_the_widest_in_reach_is_what_one_sees_first(self) -> None:
        for client, area in (
            (ketua_rt(), RT),
            (lurah(), KELURAHAN),
            (client_of(user_as(Role.CAMAT)), KECAMATAN),
            (client_of(user_as(Role.OPERATOR)), CITY_CODE),
        ):
            assert set(_figures(client.get("/rekap/"), area)) == {one.key for one in FIGURES}

    @pytest.mark.parametrize("path", ["/rekap/", "/rekap/unduh/xlsx/", "/rekap/unduh/pdf/"])
    @pytest.mark.parametrize(
        "day",
        [
            "2020-02-30",
            "20201231",
            "x",
            "2020-1-1",
            "31-12-2020",
            "2020-12-31 ",
            "%EF%BC%92%EF%BC%90%EF%BC%92%EF%BC%90-12-31",
            "0000-01-01",
            "2020-W10-1",
            "9" * 5000,
            "%00",
        ],
    )
    def test_what_is_no_day_is_a_bad_request(self, path: str, day: str) -> None:
        assert ketua_rt().get(f"{path}?tanggal={day}").status_code == 400
        assert not SummaryFile.objects.exists()

    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2024-02-29"])
    def test_any_day_of_the_calendar_is_a_day(self, day: str) -> None:
        assert ketua_rt().get(f"/rekap/?tanggal={day}").status_code == 200

    def test_the_technical_team_sees_no_figures(self) -> None:
        client = client_of(user_as(Role.TIM_TEKNIS))
        for path in ("/rekap/", "/rekap/unduh/xlsx/", "/rekap/unduh/pdf/"):
            assert client.get(path).status_code == 403
