"""Residents follow their RT into the one it is merged into, and the past stays where it was."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.areas import changing
from accounts.rules import Action, Role
from reports.letters.models import Letter
from residents.lodgings.models import Lodging
from residents.registry.models import Resident
from residents.registry.nik import normalise
from residents.registry.spans import Placement
from residents.regrouping.moving import merge_rts
from tests import factories
from tests.accounts.areas_changed import area, days_ago, order
from tests.factories import RT, SIBLING_RT
from tests.residents.pages import ketua_rt, petugas, shown
from wacat.clock import today

pytestmark = pytest.mark.django_db
MAKERS = (
    factories.draft,
    factories.reported,
    factories.verified,
    factories.returned,
    factories.held,
    factories.overdue,
)


def merge(on: date | None = None, **changes: Any) -> None:
    """RT into its sibling."""
    merge_rts(area(RT), area(SIBLING_RT), order(on, **changes))


def stays(resident: Resident) -> list[tuple[str, date, date | None]]:
    """Where the resident lived, the first place first."""
    rows = Placement.objects.lived().filter(resident=resident).order_by("starts", "pk")
    return list(rows.values_list("area", "starts", "until"))


def arrived(days: int) -> dict[str, date]:
    return {"arrived_on": days_ago(days), "stays_until": days_ago(days) + timedelta(days=300)}


@pytest.mark.parametrize("make", MAKERS[1:])
def test_whoever_lives_there_is_placed_in_the_other_from_the_day_on(make: Any) -> None:
    resident = make(RT)
    before = resident.status
    merge(days_ago(7))
    resident.refresh_from_db()
    assert (resident.area_id, resident.status) == (SIBLING_RT, before)
    assert stays(resident) == [
        (RT, resident.arrived_on, days_ago(7)),
        (SIBLING_RT, days_ago(7), None),
    ]


def test_a_draft_moves_altogether() -> None:
    resident = factories.draft(RT)
    merge(days_ago(7))
    resident.refresh_from_db()
    assert resident.area_id == SIBLING_RT
    assert stays(resident) == [(SIBLING_RT, resident.arrived_on, None)]


@pytest.mark.parametrize("days", [7, 3, 0])
def test_who_arrived_on_that_day_or_later_lived_in_the_other_only(days: int) -> None:
    resident = factories.reported(RT, **arrived(days))
    merge(days_ago(7))
    assert stays(resident) == [(SIBLING_RT, days_ago(days), None)]


def test_who_left_before_stays_in_the_books_of_the_old_rt() -> None:
    gone = factories.ended(RT, on=days_ago(10))
    that_day = factories.ended(RT, on=days_ago(7))
    merge(days_ago(7))
    for resident in (gone, that_day):
        resident.refresh_from_db()
        assert resident.area_id == RT
        assert stays(resident) == [(RT, resident.arrived_on, resident.ended_on)]


def test_who_left_after_that_day_left_from_the_other() -> None:
    resident = factories.ended(RT, on=days_ago(2))
    merge(days_ago(7))
    resident.refresh_from_db()
    assert resident.area_id == SIBLING_RT
    assert stays(resident) == [
        (RT, resident.arrived_on, days_ago(7)),
        (SIBLING_RT, days_ago(7), days_ago(2)),
    ]


def test_who_moved_away_after_that_day_lives_where_they_moved() -> None:
    resident = factories.move(factories.reported(RT), factories.FOREIGN_RT, days_ago(3))
    merge(days_ago(7))
    resident.refresh_from_db()
    assert resident.area_id == factories.FOREIGN_RT
    assert [place[0] for place in stays(resident)] == [RT, SIBLING_RT, factories.FOREIGN_RT]


def test_lodgings_go_along() -> None:
    factories.load_areas()
    lodging = factories.LodgingFactory.create()
    resident = factories.reported(RT, lodging=lodging)
    merge()
    lodging.refresh_from_db()
    assert (lodging.area_id, lodging.kelurahan) == (SIBLING_RT, factories.KELURAHAN)
    page = ketua_rt(SIBLING_RT).get(f"/warga/{resident.pk}/ubah/")
    assert f'value="{lodging.pk}" selected' in page.content.decode()


def test_nobody_but_the_dead_past_is_left_and_neighbours_are_untouched() -> None:
    for make in (*MAKERS, factories.ended):
        make(RT)
    neighbour = factories.reported(SIBLING_RT)
    before = stays(neighbour)
    merge()
    left = Resident.objects.filter(area=RT).values_list("status", flat=True)
    assert list(left) == ["ended"]
    assert stays(neighbour) == before
    assert not Lodging.objects.filter(area=RT).exists()
    open_places = Placement.objects.lived().filter(area=RT, until=None)
    assert not open_places.exists()


def test_the_new_head_sees_them_and_the_old_one_nothing() -> None:
    old, new = (factories.holder(Role.KETUA_RT, code) for code in (RT, SIBLING_RT))
    resident = factories.reported(RT)
    merge()
    page = f"/warga/{resident.pk}/"
    assert factories.client_of(new).get(page).status_code == 200
    old = type(old).objects.get(pk=old.pk)
    assert not Resident.objects.visible_to(old, Action.RESIDENT_VIEW).exists()
    assert factories.client_of(old).get(page).status_code in (302, 403, 404)


def test_a_nik_held_in_the_other_rt_stays_held_once() -> None:
    twin = factories.reported(SIBLING_RT)
    waiting = factories.held(RT, nik=twin.nik)
    merge()
    waiting.refresh_from_db()
    assert (waiting.status, waiting.area_id) == ("held", SIBLING_RT)
    answer = ketua_rt(SIBLING_RT).post(f"/warga/{waiting.pk}/", {"action": "report"})
    assert answer.status_code == 422
    assert "NIK ini sudah terdaftar aktif di RT ini." in shown(answer)
    assert normalise(waiting.nik) == twin.nik


def test_they_are_corrected_extended_and_ended_in_the_other() -> None:
    resident = factories.reported(RT)
    merge(days_ago(7))
    client = ketua_rt(SIBLING_RT)
    later = (today() + timedelta(days=400)).isoformat()
    page = f"/warga/{resident.pk}/"
    assert client.post(page, {"action": "extend", "date": later}).status_code == 302
    ended = {"action": "end", "date": days_ago(1).isoformat(), "reason": "1"}
    assert client.post(page, ended).status_code == 302
    assert stays(resident)[-1] == (SIBLING_RT, days_ago(7), days_ago(1))


def test_a_repeated_key_moves_nobody_again() -> None:
    key, resident = uuid4(), factories.reported(RT)
    merge(days_ago(7), key=key)
    before = stays(resident)
    merge(days_ago(7), key=key)
    assert stays(resident) == before


def test_letters_issued_stay_where_they_were_issued() -> None:
    letter = factories.letter_issued(factories.reported(RT))
    merge()
    letter = Letter.objects.get(pk=letter.pk)
    assert letter.area_id == RT
    assert letter.facts is not None
    assert letter.facts.rt_label == "RT 001"


def test_statements_do_not_grow_with_the_people() -> None:
    def statements(people: int, there: str, into: str) -> int:
        for _ in range(people):
            factories.reported(there)
        merging = order()
        with CaptureQueriesContext(connection) as asked:
            merge_rts(area(there), area(into), merging)
        return len(asked)

    sibling = factories.SIBLING_KELURAHAN
    few = statements(1, RT, SIBLING_RT)
    assert statements(12, f"{sibling}.001", f"{sibling}.002") == few


def test_a_frozen_rts_residents_are_entered_and_corrected_by_the_kelurahan() -> None:
    resident = factories.reported(RT)
    changing.freeze(area(RT), order())
    client = petugas()
    assert client.get(f"/warga/{resident.pk}/ubah/").status_code == 200
    data = factories.form_data(full_name="Nama Lain", nik=resident.nik)
    assert client.post(f"/warga/{resident.pk}/ubah/", data).status_code == 302
    assert client.post("/warga/tambah/", factories.form_data()).status_code == 302
    assert Resident.objects.filter(area=RT).count() == 2


def test_nobody_is_entered_into_a_merged_rt() -> None:
    merge()
    client = petugas()
    assert client.post("/warga/tambah/", factories.form_data()).status_code == 422
    assert client.post("/warga/tambah/", factories.form_data(area=SIBLING_RT)).status_code == 302
