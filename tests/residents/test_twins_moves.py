"""A declared move: the dates of both stays, objections, and undoing it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F

from accounts.areas.models import Area
from accounts.notices.models import Delivery, Notice
from accounts.rules import Role
from reports.summaries.figures import table_of
from reports.summaries.periods import year_to
from residents.registry.codes import EndReason
from residents.registry.models import Resident, ResidentStep
from residents.registry.spans import Placement, StayPeriod
from residents.registry.states import COUNTED
from residents.registry.workflow import WORKFLOW as RESIDENTS
from residents.twins.declaring import NotThen, declare
from residents.twins.models import Relocation, RelocationStep
from residents.twins.reporting import report
from residents.twins.workflow import WORKFLOW
from tests import factories
from tests.factories import FOREIGN_RT, RT, SIBLING_RT, holder, on_day
from tests.residents.pages import in_summary, ketua_rt, key_on, lurah, shown
from tests.residents.twins import (
    days_ago,
    declared_pair,
    held_pair,
    lurah_user,
    objected,
    operator_user,
    undone,
    upheld,
)
from wacat.clock import today
from wacat.workflow import InputMissing, Move, WrongState

pytestmark = pytest.mark.django_db


def _counted(*people: Resident) -> list[tuple[str, Any, Any]]:
    rows = (
        Placement.objects.lived()
        .filter(resident__status__in=COUNTED, resident__in=people)
        .order_by("starts")
    )
    return [(row.area_id, row.starts, row.until) for row in rows]


def _told(kind: str) -> list[tuple[str, dict[str, Any]]]:
    notices = Notice.objects.filter(kind=kind).select_related("recipient").order_by("pk")
    return [(one.recipient.posts.get().role, one.values) for one in notices]


class TestDeclaring:
    def test_one_stay_ends_on_the_day_on_which_the_other_begins(self) -> None:
        pair, relocation = declared_pair(days_ago(5))
        assert pair.states == ("ended", "reported")
        assert pair.old.ended_on == pair.new.arrived_on == relocation.moved_on == days_ago(5)
        assert pair.old.end_reason == EndReason.MOVED_WITHIN_CITY
        assert _counted(pair.old, pair.new) == [
            (FOREIGN_RT, days_ago(60), days_ago(5)),
            (RT, days_ago(5), None),
        ]
        assert StayPeriod.objects.get(resident=pair.new).starts == days_ago(5)

    def test_whoever_ended_it_over_there_is_the_system(self) -> None:
        pair, _ = declared_pair()
        step = ResidentStep.objects.get(subject=pair.old, name="relocate")
        assert (step.actor, step.reason) == (None, "Pindah di dalam Kota Balikpapan")
        assert ResidentStep.objects.get(subject=pair.new, name="receive").actor == lurah_user()

    def test_the_old_rt_is_told_of_its_own_record_alone(self) -> None:
        head = holder(Role.KETUA_RT, FOREIGN_RT)
        pair, relocation = declared_pair()
        assert ("ketua_rt", {"resident": pair.old.pk}) in _told("resident_relocated")
        assert Delivery.objects.filter(notice__kind="resident_relocated").exists() is bool(
            head.email
        )
        [step] = RelocationStep.objects.filter(subject=relocation)
        assert (step.name, step.actor) == ("declare", lurah_user())

    @pytest.mark.parametrize("days", [3, 15, 59])
    def test_the_day_may_be_before_and_after_the_one_that_the_rt_told(self, days: int) -> None:
        pair, _ = declared_pair(days_ago(days))
        assert pair.new.arrived_on == days_ago(days)
        arrivals = Placement.objects.lived().filter(
            resident__status__in=COUNTED, starts=F("resident__arrived_on")
        )
        firsts = arrivals.filter(resident__in=[pair.old, pair.new])
        assert sorted(firsts.values_list("starts", flat=True)) == [days_ago(60), days_ago(days)]

    @pytest.mark.parametrize("days", [60, 61, 400])
    def test_it_is_after_the_first_day_over_there(self, days: int) -> None:
        """Else the person would have arrived twice on a day, or never have been there."""
        pair = held_pair()
        with pytest.raises(NotThen) as caught:
            declare(pair.new.pk, Move(lurah_user(), {"date": days_ago(days)}))
        assert pair.states == ("reported", "held")
        assert not any(one.isdigit() for one in caught.value.errors["date"])

    def test_it_is_not_tomorrow_and_not_after_the_stay_here(self) -> None:
        pair = held_pair(stays_until=days_ago(3))
        for day in (today() + timedelta(days=1), days_ago(2)):
            with pytest.raises(InputMissing):
                declare(pair.new.pk, Move(lurah_user(), {"date": day}))
        assert pair.states == ("reported", "held")

    def test_an_end_told_late_over_there_is_corrected(self) -> None:
        pair = held_pair()
        data = {"date": days_ago(2), "end_reason": EndReason.LEFT}
        RESIDENTS.advance(pair.old.pk, "end", Move(holder(Role.KETUA_RT, FOREIGN_RT), data))
        declare(pair.new.pk, Move(lurah_user(), {"date": days_ago(8)}))
        assert pair.states == ("ended", "reported")
        assert pair.old.ended_on == days_ago(8)

    def test_whoever_had_left_over_there_before_is_just_received(self) -> None:
        pair = held_pair()
        data = {"date": days_ago(20), "end_reason": EndReason.LEFT}
        RESIDENTS.advance(pair.old.pk, "end", Move(holder(Role.KETUA_RT, FOREIGN_RT), data))
        made = declare(pair.new.pk, Move(lurah_user(), {"date": days_ago(8)}))
        assert (made.relocation, pair.states) == (None, ("ended", "reported"))
        assert pair.old.end_reason == EndReason.LEFT

    def test_a_report_of_days_that_count_over_there_is_held(self) -> None:
        old = factories.ended(FOREIGN_RT, arrived_on=days_ago(60), on=days_ago(5))
        staff = holder(Role.KETUA_RT, RT)
        late = factories.draft(RT, nik=old.nik, arrived_on=days_ago(6))
        assert report(late.pk, Move(staff)).row.status == "held"
        right = factories.draft(SIBLING_RT, nik=old.nik, arrived_on=days_ago(5))
        head = holder(Role.KETUA_RT, SIBLING_RT)
        assert report(right.pk, Move(head)).row.status == "reported"


class TestTheLurahsForm:
    def test_it_asks_for_the_ktp_el_and_the_day(self) -> None:
        pair = held_pair()
        client, page = lurah(), f"/warga/{pair.new.pk}/"
        first = client.get(page)
        assert "Sudah melihat KTP-el aslinya" in shown(first)
        posted = {"action": "receive", "date": days_ago(5).isoformat(), "key": key_on(first)}
        answer = client.post(page, posted)
        assert answer.status_code == 422
        assert "receive_seen" in in_summary(answer)
        for _ in range(2):  # pressed twice
            assert client.post(page, {**posted, "seen": "on"}).status_code == 302
        assert pair.states == ("ended", "reported")
        assert Relocation.objects.count() == 1

    def test_another_press_finds_it_received(self) -> None:
        pair, _ = declared_pair()
        data = {"action": "receive", "seen": "on", "date": days_ago(4).isoformat()}
        assert lurah().post(f"/warga/{pair.new.pk}/", data).status_code == 409

    def test_a_day_that_does_not_suit_is_tried_three_times(self) -> None:
        pair = held_pair()
        client, page = lurah(), f"/warga/{pair.new.pk}/"
        wrong = {"action": "receive", "seen": "on", "date": days_ago(80).isoformat()}
        words = [in_summary(client.post(page, wrong))["receive_date"] for _ in range(4)]
        assert len(set(words[:3])) == 1
        assert "Operator WaCAT" in words[3]
        right = client.post(page, {**wrong, "date": days_ago(5).isoformat()})
        assert right.status_code == 422
        assert pair.states == ("reported", "held")

    @pytest.mark.parametrize("who", [ketua_rt])
    def test_only_the_lurah_declares(self, who: Any) -> None:
        pair = held_pair()
        data = {"action": "receive", "seen": "on", "date": days_ago(4).isoformat()}
        assert who().post(f"/warga/{pair.new.pk}/", data).status_code == 403
        assert lurah("64.71.05.1006").post(f"/warga/{pair.new.pk}/", data).status_code == 404

    def test_a_plh_declares_as_well(self) -> None:
        pair = held_pair()
        plh = factories.user_with((Role.LURAH, RT[:13], "plh"))
        data = {"action": "receive", "seen": "on", "date": days_ago(4).isoformat()}
        client = factories.client_of(plh)
        assert client.post(f"/warga/{pair.new.pk}/", data).status_code == 302
        assert Relocation.objects.get().declared_by == plh


class TestObjecting:
    def test_within_14_days_and_with_a_reason(self) -> None:
        pair, relocation = declared_pair()
        client, page = ketua_rt(FOREIGN_RT), f"/warga/{pair.old.pk}/"
        assert "Ajukan keberatan" in shown(client.get(page))
        empty = client.post(page, {"action": "object", "reason": " "})
        assert (empty.status_code, list(in_summary(empty))) == (422, ["object_reason"])
        operator_user()
        data = {"action": "object", "reason": "Kemarin masih bertemu."}
        assert client.post(page, data).status_code == 302
        relocation.refresh_from_db()
        assert (relocation.status, relocation.objected_on) == ("objected", today())
        assert _told("relocation_objected") == [("operator", {"relocation": relocation.pk})]
        assert client.post(page, data).status_code == 409
        assert "Keberatan sudah dikirim" in shown(client.get(page))

    def test_the_last_day_is_the_fourteenth(self) -> None:
        pair, _ = declared_pair()
        data = {"action": "object", "reason": "Masih di sini."}
        with on_day(today() + timedelta(days=15)):
            page = ketua_rt(FOREIGN_RT).post(f"/warga/{pair.old.pk}/", data)
            assert page.status_code == 409
        with on_day(today() + timedelta(days=14)):
            page = ketua_rt(FOREIGN_RT).post(f"/warga/{pair.old.pk}/", data)
            assert page.status_code == 302

    def test_not_by_the_receiving_rt(self) -> None:
        pair, relocation = declared_pair()
        data = {"action": "object", "reason": "Masih di sini."}
        assert ketua_rt().post(f"/warga/{pair.old.pk}/", data).status_code == 404
        assert ketua_rt().post(f"/warga/{pair.new.pk}/", data).status_code == 409
        relocation.refresh_from_db()
        assert relocation.status == "declared"

    def test_the_rt_cannot_open_the_stay_by_itself(self) -> None:
        pair, _ = declared_pair()
        answer = ketua_rt(FOREIGN_RT).post(f"/warga/{pair.old.pk}/", {"action": "reopen"})
        assert answer.status_code == 409


class TestUndoing:
    def test_everything_is_as_it_was(self) -> None:
        pair = held_pair()
        before = _counted(pair.old, pair.new), pair.new.arrived_on, pair.old.stays_until
        made = declare(pair.new.pk, Move(lurah_user(), {"date": days_ago(5)}))
        assert made.relocation
        undone(objected(made.relocation))
        assert pair.states == ("reported", "held")
        assert (_counted(pair.old, pair.new), pair.new.arrived_on, pair.old.stays_until) == before

    def test_both_rts_and_the_lurah_are_told_each_of_its_own(self) -> None:
        holder(Role.KETUA_RT, FOREIGN_RT)
        pair, relocation = declared_pair()
        undone(relocation)
        assert set(map(str, _told("relocation_decided"))) >= {
            str(("ketua_rt", {"resident": pair.old.pk})),
            str(("ketua_rt", {"resident": pair.new.pk})),
            str(("lurah", {"resident": pair.new.pk})),
        }

    def test_moves_within_the_city_that_the_declaration_made_void_come_back(self) -> None:
        pair = held_pair()
        data = {"date": days_ago(20), "area": "64.71.01.1001.002", "address": "Jl. Contoh 9"}
        RESIDENTS.advance(
            pair.old.pk, "move", Move(holder(Role.PETUGAS_KELURAHAN, FOREIGN_RT[:13]), data)
        )
        before = _counted(pair.old)
        made = declare(pair.new.pk, Move(lurah_user(), {"date": days_ago(30)}))
        assert _counted(pair.old) == [(FOREIGN_RT, days_ago(60), days_ago(30))]
        assert made.relocation
        undone(made.relocation)
        assert _counted(pair.old) == before

    def test_an_end_that_was_corrected_is_the_former_one_again(self) -> None:
        pair = held_pair()
        data = {"date": days_ago(2), "end_reason": 5, "cancellation_reason": 1}
        RESIDENTS.advance(pair.old.pk, "end", Move(holder(Role.KETUA_RT, FOREIGN_RT), data))
        made = declare(pair.new.pk, Move(lurah_user(), {"date": days_ago(8)}))
        assert made.relocation
        undone(made.relocation)
        pair.refresh()
        assert (pair.old.status, pair.old.ended_on) == ("ended", days_ago(2))
        assert (pair.old.end_reason, pair.old.cancellation_reason) == (5, 1)

    def test_a_new_record_that_ended_meanwhile_is_held_again(self) -> None:
        pair, relocation = declared_pair()
        data = {"date": days_ago(1), "end_reason": EndReason.LEFT}
        RESIDENTS.advance(pair.new.pk, "end", Move(holder(Role.KETUA_RT, RT), data))
        undone(relocation)
        assert pair.states == ("reported", "held")

    def test_a_later_record_stands_in_the_way(self) -> None:
        pair, relocation = declared_pair()
        data = {"date": days_ago(3), "end_reason": EndReason.LEFT}
        RESIDENTS.advance(pair.new.pk, "end", Move(holder(Role.KETUA_RT, RT), data))
        third = factories.draft(SIBLING_RT, nik=pair.old.nik, arrived_on=days_ago(3))
        report(third.pk, Move(holder(Role.KETUA_RT, SIBLING_RT)))
        with pytest.raises(WrongState):
            undone(relocation)
        assert pair.states == ("ended", "ended")
        relocation.refresh_from_db()
        assert relocation.status == "declared"

    def test_it_can_be_declared_once_more(self) -> None:
        pair, relocation = declared_pair()
        undone(relocation)
        made = declare(pair.new.pk, Move(lurah_user(), {"date": days_ago(2)}))
        assert (made.relocation is not None, pair.states) == (True, ("ended", "reported"))

    def test_what_is_upheld_stays(self) -> None:
        pair, relocation = declared_pair()
        upheld(relocation)
        with pytest.raises(WrongState):
            WORKFLOW.advance(relocation.pk, "undo", Move(operator_user(), {"reason": "Salah."}))
        assert pair.states == ("ended", "reported")
        assert "kepindahan tetap" in shown(ketua_rt(FOREIGN_RT).get(f"/warga/{pair.old.pk}/"))


def test_figures_count_the_person_once_on_every_day() -> None:
    declared_pair(days_ago(5))
    city = Area.objects.get(code="64.71")
    for days in (61, 60, 30, 6, 5, 4, 0):
        figures = table_of(city, year_to(days_ago(days))).total.figures
        assert figures["active"] == (0 if days == 61 else 1), days


def test_a_placement_of_no_day_counts_nowhere() -> None:
    pair, _ = declared_pair(days_ago(59))
    empty = Placement.objects.filter(resident__in=[pair.old, pair.new], until=F("starts"))
    assert not empty.exists()
