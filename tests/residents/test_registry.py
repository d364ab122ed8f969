"""A resident's own page: reporting, holding, returning, extending, ending, revealing."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from residents.registry.codes import EndReason
from residents.registry.models import Resident
from residents.registry.spans import Placement, StayPeriod
from residents.registry.stays import a_year_after
from tests import factories
from tests.factories import FOREIGN_RT, RT, SIBLING_RT, client_of, user_with
from tests.residents.at_once import at_once
from tests.residents.pages import (
    Answer,
    beside,
    ketua_rt,
    key_on,
    lurah,
    operator,
    petugas,
    shown,
)
from wacat.clock import today


def _page(resident: Resident) -> str:
    return f"/warga/{resident.pk}/"


def _do(client: Client, resident: Resident, action: str, **data: Any) -> Answer:
    answer = client.post(_page(resident), {"action": action, **data})
    resident.refresh_from_db()
    return answer


def _marks(answer: Answer) -> str:
    """The states beneath the name; the periods further down tell of days that are over."""
    return answer.content.decode().partition('<p class="marks">')[2].partition("</p>")[0]


def _day(days: int) -> str:
    return (today() + timedelta(days=days)).isoformat()


@pytest.mark.django_db
class TestReporting:
    def test_a_draft_is_reported_and_its_stay_begins(self) -> None:
        resident, client = factories.draft(), ketua_rt()
        assert _do(client, resident, "report").status_code == 302
        assert resident.status == "reported"
        assert resident.reported_at is not None
        [period] = StayPeriod.objects.filter(resident=resident)
        assert (period.starts, period.until) == (resident.arrived_on, resident.stays_until)
        assert "Laporan terkirim" in shown(client.get(_page(resident)))

    def test_pressing_twice_reports_once(self) -> None:
        resident, client = factories.draft(), ketua_rt()
        key = key_on(client.get(_page(resident)))
        answers = [_do(client, resident, "report", key=key) for _ in range(2)]
        assert [one.status_code for one in answers] == [302, 302]
        assert resident.steps.count() == 1
        assert _do(client, resident, "report", key=str(uuid4())).status_code == 409
        assert resident.steps.count() == 1

    def test_a_nik_active_in_the_same_rt_is_told(self) -> None:
        twin = factories.reported()
        resident = factories.draft(nik=twin.nik)
        answer = _do(ketua_rt(), resident, "report")
        assert answer.status_code == 422
        assert "NIK ini sudah terdaftar aktif di RT ini." in shown(answer)
        assert (resident.status, resident.steps.count()) == ("draft", 0)

    def test_a_nik_active_elsewhere_is_held_and_tells_nothing(self) -> None:
        twin = factories.verified(
            FOREIGN_RT, full_name="Rahasia Belaka", address="Jl. Contoh Tersembunyi 9"
        )
        resident, client = factories.draft(nik=twin.nik), ketua_rt()
        answer = client.post(_page(resident), {"action": "report"}, follow=True)
        resident.refresh_from_db()
        assert resident.status == "held"
        assert "Ditahan" in shown(answer)
        for page in (answer, client.get(_page(resident)), client.get("/warga/?status=held")):
            text = page.content.decode()
            for secret in ("Rahasia", "Tersembunyi", "Manggar", FOREIGN_RT, "Balikpapan Timur"):
                assert secret not in text
        assert not StayPeriod.objects.filter(resident=resident).exists()

    def test_the_rt_next_door_is_elsewhere_too(self) -> None:
        resident = factories.draft(nik=factories.reported(SIBLING_RT).nik)
        assert _do(ketua_rt(), resident, "report").status_code == 302
        assert resident.status == "held"

    def test_a_held_one_is_reported_once_the_other_has_ended(self) -> None:
        resident = factories.held(arrived_on=today())
        assert _do(ketua_rt(), resident, "report").status_code == 302
        assert resident.status == "held"
        twin = Resident.objects.active().with_nik(resident.nik).get()
        _do(petugas(FOREIGN_RT[:13]), twin, "end", date=_day(0), reason=int(EndReason.LEFT))
        _do(ketua_rt(), resident, "report")
        assert resident.status == "reported"

    def test_two_without_a_nik_are_two_people(self) -> None:
        for _ in range(2):
            assert factories.reported(nik="", no_nik_reason=1).status == "reported"

    @pytest.mark.parametrize(("visitor", "status"), [(lurah, 403), (operator, 403)])
    def test_only_the_field_reports(self, visitor: Any, status: int) -> None:
        client = visitor()
        resident = factories.reported()
        assert _do(client, resident, "report").status_code == status

    def test_powers_of_two_posts_do_not_mix(self) -> None:
        both = client_of(user_with(("lurah", RT[:13]), ("ketua_rt", FOREIGN_RT)))
        resident = factories.returned()
        assert both.get(_page(resident)).status_code == 200
        assert _do(both, resident, "report").status_code == 404
        assert _do(both, resident, "introduce").status_code == 404
        assert resident.status == "returned"


class TestTwoReportsAtOnce:
    @pytest.fixture(autouse=True)
    def _committed(self, committed_db: None) -> Iterator[None]:
        return iter([None])

    @pytest.mark.parametrize("_round", range(3))
    def test_one_nik_from_two_rts_is_active_once(self, _round: int) -> None:
        here = factories.draft()
        there = factories.draft(FOREIGN_RT, nik=here.nik)
        clients = [ketua_rt(), ketua_rt(FOREIGN_RT)]
        at_once(
            lambda: clients[0].post(_page(here), {"action": "report"}),
            lambda: clients[1].post(_page(there), {"action": "report"}),
        )
        assert sorted(Resident.objects.values_list("status", flat=True)) == ["held", "reported"]
        held = Resident.objects.get(status="held")
        page = clients[held.area_id == FOREIGN_RT].get(_page(held))
        assert "Ditahan" in shown(page)

    @pytest.mark.parametrize("_round", range(3))
    def test_one_nik_twice_in_one_rt_is_told_to_the_second(self, _round: int) -> None:
        first = factories.draft()
        second = factories.draft(nik=first.nik)
        clients = [ketua_rt(), petugas()]
        answers = at_once(
            lambda: clients[0].post(_page(first), {"action": "report"}),
            lambda: clients[1].post(_page(second), {"action": "report"}),
        )
        assert sorted(one.status_code for one in answers) == [302, 422]
        assert sorted(Resident.objects.values_list("status", flat=True)) == ["draft", "reported"]


@pytest.mark.django_db
class TestJudging:
    def test_a_return_needs_its_reason(self) -> None:
        resident, client = factories.reported(), operator()
        for reason in ("", "   "):
            answer = _do(client, resident, "return", reason=reason)
            assert answer.status_code == 422
            assert "kosong" in beside(answer, "return_reason").lower()
        assert resident.status == "reported"
        _do(client, resident, "return", reason="Tanggal datang keliru.")
        assert resident.status == "returned"
        assert "Tanggal datang keliru." in shown(ketua_rt().get(_page(resident)))

    def test_a_held_report_can_be_returned_as_well(self) -> None:
        resident = factories.held()
        _do(operator(), resident, "return", reason="NIK ini milik orang lain.")
        assert resident.status == "returned"

    def test_a_reason_with_a_nul_or_too_long_is_told(self) -> None:
        resident = factories.reported()
        for reason in ("a\0b", "x" * 501):
            answer = _do(operator(), resident, "return", reason=reason)
            assert answer.status_code == 422
            assert beside(answer, "return_reason")
        assert resident.status == "reported"

    def test_a_returned_one_is_mended_and_reported_again(self) -> None:
        resident = factories.returned()
        assert _do(ketua_rt(), resident, "report").status_code == 302
        assert resident.status == "reported"
        assert StayPeriod.objects.filter(resident=resident).count() == 1

    def test_verifying_is_dated(self) -> None:
        resident = factories.reported()
        assert _do(operator(), resident, "verify").status_code == 302
        assert (resident.status, resident.verified_on) == ("verified", today())

    def test_an_unknown_action_is_no_action(self) -> None:
        resident = factories.reported()
        for action in ("", "amend", "hold", "delete", "__init__", "\0"):
            assert _do(operator(), resident, action).status_code == 400
        assert resident.status == "reported"


@pytest.mark.django_db
class TestEnding:
    @pytest.mark.parametrize("days", [-31, 1])
    def test_its_date_lies_within_the_stay(self, days: int) -> None:
        resident = factories.reported()
        answer = _do(ketua_rt(), resident, "end", date=_day(days), reason=1)
        assert answer.status_code == 422
        assert "antara tanggal datang dan hari ini" in beside(answer, "end_date")
        assert resident.status == "reported"

    @pytest.mark.parametrize(
        ("data", "field"),
        [
            ({"date": "2026-02-30"}, "date"),
            ({"date": ""}, "date"),
            ({"reason": ""}, "reason"),
            ({"reason": "9"}, "reason"),
        ],
    )
    def test_date_and_reason_are_asked_for(self, data: dict[str, Any], field: str) -> None:
        resident = factories.reported()
        answer = _do(ketua_rt(), resident, "end", **{"date": _day(0), "reason": "1", **data})
        assert answer.status_code == 422
        assert beside(answer, f"end_{field}")
        assert resident.status == "reported"

    @pytest.mark.parametrize("days", [-30, 0])
    def test_placement_and_power_over_the_record_end(self, days: int) -> None:
        resident, client = factories.verified(), ketua_rt()
        reason = int(EndReason.BECAME_PERMANENT)
        assert _do(client, resident, "end", date=_day(days), reason=reason).status_code == 302
        assert (resident.status, resident.end_reason) == ("ended", reason)
        assert Placement.objects.get(resident=resident).until == resident.ended_on
        assert "Menjadi penduduk tetap" in shown(client.get(_page(resident)))
        assert _do(client, resident, "extend", date=_day(300)).status_code == 409
        assert client.get(f"{_page(resident)}ubah/").status_code == 409


@pytest.mark.django_db
class TestExtending:
    def test_from_the_day_after_the_last_for_a_year_at_most(self) -> None:
        resident, client = factories.reported(), ketua_rt()
        starts = resident.stays_until + timedelta(days=1)
        latest = a_year_after(starts)
        for day in (resident.stays_until, latest + timedelta(days=1)):
            answer = _do(client, resident, "extend", date=day.isoformat())
            assert answer.status_code == 422
            assert "paling lama 1 tahun" in beside(answer, "extend_date")
        assert _do(client, resident, "extend", date=latest.isoformat()).status_code == 302
        assert resident.stays_until == latest
        periods = StayPeriod.objects.filter(resident=resident).values_list("starts", "until")
        assert list(periods) == [
            (resident.arrived_on, starts - timedelta(days=1)),
            (starts, latest),
        ]

    def test_an_overdue_stay_is_overdue_no_more(self) -> None:
        resident, client = factories.overdue(), ketua_rt()
        assert "Lewat masa tinggal" in _marks(client.get(_page(resident)))
        _do(client, resident, "extend", date=a_year_after(today()).isoformat())
        assert not resident.is_overdue
        assert "Lewat masa tinggal" not in _marks(client.get(_page(resident)))

    def test_the_status_stays(self) -> None:
        resident = factories.verified()
        day = resident.stays_until + timedelta(days=30)
        _do(petugas(), resident, "extend", date=day.isoformat(), note="Kontrak diperpanjang")
        assert resident.status == "verified"
        assert resident.steps.latest("pk").note == "Kontrak diperpanjang"
