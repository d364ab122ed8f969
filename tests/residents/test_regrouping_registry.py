"""What the registry makes of people whose RT was merged: ended, corrected, entered meanwhile."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Event
from time import sleep
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.rules import Role
from reports.letters.models import Letter
from reports.summaries.figures import table_of
from reports.summaries.periods import year_to
from residents.registry.forms import ResidentForm
from residents.registry.models import Resident
from residents.registry.spans import Placement
from residents.registry.stays import settle
from residents.regrouping.moving import merge_rts
from tests import factories
from tests.accounts.areas_changed import administrator, area, days_ago, order, post
from tests.factories import CITY_CODE, RT, SIBLING_RT, client_of
from tests.house.recount import Recount
from tests.residents.at_once import at_once
from tests.residents.pages import ketua_rt, lurah, petugas, shown
from wacat.clock import today


def merge(on: date | None = None) -> None:
    merge_rts(area(RT), area(SIBLING_RT), order(on))


def end(resident: Resident, day: date) -> int:
    data = {"action": "end", "date": day.isoformat(), "reason": "1"}
    return int(ketua_rt(SIBLING_RT).post(f"/warga/{resident.pk}/", data).status_code)


def stays(resident: Resident) -> list[tuple[str, date, date | None]]:
    rows = Placement.objects.lived().filter(resident=resident).order_by("starts", "pk")
    return list(rows.values_list("area", "starts", "until"))


def figures_equal_a_recount() -> bool:
    recount = Recount()
    return all(
        row.figures == recount.of(row.area.code, year_to(day))
        for code in (CITY_CODE, factories.KELURAHAN)
        for day in (days_ago(days) for days in range(40))
        for row in table_of(area(code), year_to(day)).rows
    )


@pytest.mark.django_db
@pytest.mark.parametrize("days", [12, 8, 7])
def test_who_left_before_the_merge_is_ended_in_the_old_rt(days: int) -> None:
    resident = factories.reported(RT)
    merge(days_ago(7))
    assert end(resident, days_ago(days)) == 302
    resident.refresh_from_db()
    assert (resident.status, resident.area_id) == ("ended", SIBLING_RT)
    assert stays(resident) == [(RT, resident.arrived_on, days_ago(days))]
    assert figures_equal_a_recount()


@pytest.mark.django_db
@pytest.mark.parametrize("days", [6, 0])
def test_who_left_after_the_merge_is_ended_in_the_new_one(days: int) -> None:
    resident = factories.reported(RT)
    merge(days_ago(7))
    assert end(resident, days_ago(days)) == 302
    assert stays(resident)[-1] == (SIBLING_RT, days_ago(7), days_ago(days))
    assert figures_equal_a_recount()


@pytest.mark.django_db
@pytest.mark.parametrize("days", [9, 7, 3])
def test_a_corrected_arrival_settles_where_they_lived(days: int) -> None:
    resident = factories.reported(RT)
    merge(days_ago(7))
    until = (today() + timedelta(days=100)).isoformat()
    data = {"arrived_on": days_ago(days).isoformat(), "stays_until": until, "nik": resident.nik}
    answer = ketua_rt(SIBLING_RT).post(
        f"/warga/{resident.pk}/ubah/", factories.form_data(area=SIBLING_RT, **data)
    )
    assert answer.status_code == 302
    old = [(RT, days_ago(9), days_ago(7))] if days == 9 else []
    assert stays(resident) == [*old, (SIBLING_RT, days_ago(min(days, 7)), None)]
    assert figures_equal_a_recount()


@pytest.mark.django_db
def test_a_letter_that_waits_goes_along_and_names_the_new_rt() -> None:
    asked = factories.letter_requested(factories.reported(RT))
    ready = factories.letter_ready(factories.reported(RT))
    issued = factories.letter_issued(factories.reported(RT))
    assert post(client_of(administrator()), RT, "gabung", into=SIBLING_RT).status_code == 302
    where = dict(Letter.objects.values_list("pk", "area"))
    assert where == {asked.pk: SIBLING_RT, ready.pk: SIBLING_RT, issued.pk: RT}
    head = ketua_rt(SIBLING_RT)
    assert head.post(f"/surat/{asked.pk}/", {"action": "introduce"}).status_code == 302
    assert lurah().post(f"/surat/{asked.pk}/", {"action": "issue"}).status_code == 302
    facts = Letter.objects.get(pk=asked.pk).facts
    assert facts is not None
    assert facts.rt_label == "RT 002"


@pytest.mark.django_db
def test_the_database_lets_nobody_into_a_merged_rt() -> None:
    resident = factories.draft(SIBLING_RT)
    left = factories.ended(RT, on=days_ago(10))
    merge()
    for wrong in (
        lambda: factories.ResidentFactory.create(area_id=RT),
        lambda: factories.LodgingFactory.create(area_id=RT),
        lambda: Resident.objects.filter(pk=resident.pk).update(area=RT),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()
    left.refresh_from_db()
    left.save()  # who was there before is still a row like any other


@pytest.mark.usefixtures("committed_db")
def test_who_is_stored_just_before_the_merge_is_moved_with_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Stored but not committed yet: the merge waits for that."""
    staff, one, stored = petugas(), order(), Event()

    def slowly(resident: Resident) -> None:
        settle(resident)
        stored.set()
        sleep(0.5)  # for the merge to begin

    def entering() -> int:
        return int(staff.post("/warga/tambah/", factories.form_data()).status_code)

    def merging() -> int:
        stored.wait(5)
        merge_rts(area(RT), area(SIBLING_RT), one)
        return 0

    monkeypatch.setattr("residents.registry.registration.settle", slowly)
    assert at_once(entering, merging) == [302, 0]
    assert set(Resident.objects.values_list("area", flat=True)) == {SIBLING_RT}


@pytest.mark.usefixtures("committed_db")
@pytest.mark.parametrize("draft_of", ["", f"{factories.SIBLING_KELURAHAN}.001"])
def test_who_is_stored_just_after_the_merge_is_refused(
    monkeypatch: pytest.MonkeyPatch, draft_of: str
) -> None:
    """The form, a new one or that of a draft, was checked while the RT was still there."""
    user = factories.user_with(
        (Role.PETUGAS_KELURAHAN, factories.KELURAHAN),
        (Role.PETUGAS_KELURAHAN, factories.SIBLING_KELURAHAN),
    )
    resident, one = factories.draft(draft_of) if draft_of else None, order()
    path = f"/warga/{resident.pk}/ubah/" if resident else "/warga/tambah/"
    save = ResidentForm.save

    def late(form: ResidentForm, commit: bool = True) -> Any:
        at_once(lambda: merge_rts(area(RT), area(SIBLING_RT), one))
        return save(form, commit)

    monkeypatch.setattr(ResidentForm, "save", late)
    answer = client_of(user).post(path, factories.form_data())
    assert answer.status_code == 409
    assert "baru saja digabung" in shown(answer)
    assert not Resident.objects.filter(area=RT).exists()
