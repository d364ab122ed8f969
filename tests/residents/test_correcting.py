"""Correcting and completing a record: what it changes, and what it may not."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.audit.models import Access
from residents.families.models import Family
from residents.registry.models import Resident
from residents.registry.spans import Placement, StayPeriod
from residents.registry.stays import a_year_after
from tests import factories
from tests.factories import FOREIGN_RT, RT, SIBLING_RT
from tests.residents.pages import Answer, beside, ketua_rt, petugas, shown, typed
from wacat.clock import today

pytestmark = pytest.mark.django_db


def _form_of(resident: Resident, client: Client) -> dict[str, str]:
    """The correcting form as a browser fills it from the page."""
    names = [*factories.form_data(), "no_nik_reason", "lodging", "notes", "purpose_detail"]
    page = client.get(f"/warga/{resident.pk}/ubah/")
    assert page.status_code == 200
    return {name: typed(page, name) for name in names if name != "form_key"}


def _correct(resident: Resident, client: Client | None = None, **changes: Any) -> Answer:
    client = client or petugas()
    answer = client.post(f"/warga/{resident.pk}/ubah/", {**_form_of(resident, client), **changes})
    resident.refresh_from_db()
    return answer


def test_a_draft_is_corrected_and_its_placement_follows() -> None:
    resident = factories.draft()
    day = today() - timedelta(days=3)
    changes: dict[str, Any] = {"full_name": "Nama Betul", "area": SIBLING_RT, "arrived_on": day}
    assert _correct(resident, **changes).headers["Location"] == f"/warga/{resident.pk}/"
    assert (resident.full_name, resident.area_id, resident.status) == (
        "Nama Betul",
        SIBLING_RT,
        "draft",
    )
    place = Placement.objects.get(resident=resident)
    assert (place.area_id, place.starts) == (SIBLING_RT, day)


def test_a_sent_form_that_changes_nothing_changes_nothing() -> None:
    resident = factories.verified(notes="Kerja sif malam")
    before = Resident.objects.filter(pk=resident.pk).values().get()
    assert _correct(resident).status_code == 302
    assert Resident.objects.filter(pk=resident.pk).values().get() == before


def test_what_the_operator_did_not_verify_may_change() -> None:
    resident = factories.verified()
    assert _correct(resident, address="Jl. Contoh Baru 1").status_code == 302
    assert (resident.status, resident.address) == ("verified", "Jl. Contoh Baru 1")


def test_a_verified_identity_that_changes_is_a_report_again() -> None:
    resident = factories.verified()
    assert _correct(resident, full_name="Nama Betul").status_code == 302
    assert (resident.status, resident.verified_on) == ("reported", None)
    assert resident.steps.latest("pk").name == "amend"
    assert "Diubah setelah verifikasi" in shown(ketua_rt().get(f"/warga/{resident.pk}/"))


def test_a_wrong_correction_stores_nothing_and_keeps_what_was_typed() -> None:
    resident = factories.verified()
    answer = _correct(resident, arrived_on="", full_name="Nama Lain")
    assert answer.status_code == 422
    assert beside(answer, "arrived_on")
    assert typed(answer, "full_name") == "Nama Lain"
    assert resident.status == "verified"
    assert resident.full_name != "Nama Lain"


@pytest.mark.parametrize("area", [SIBLING_RT, FOREIGN_RT])
def test_from_the_report_on_another_rt_is_no_correction(area: str) -> None:
    resident = factories.reported()
    assert _correct(resident, area=area, notes="diubah").status_code == 302
    assert (resident.area_id, resident.notes) == (RT, "diubah")
    assert Placement.objects.get(resident=resident).area_id == RT


def test_a_corrected_stay_is_corrected_on_the_clock_too() -> None:
    resident = factories.reported()
    arrived, until = today() - timedelta(days=9), today() + timedelta(days=90)
    _correct(resident, arrived_on=arrived.isoformat(), stays_until=until.isoformat())
    [period] = StayPeriod.objects.filter(resident=resident)
    assert (period.starts, period.until) == (arrived, until)


def _extended() -> Resident:
    resident = factories.reported()
    until = a_year_after(resident.stays_until)
    client = petugas()
    client.post(f"/warga/{resident.pk}/", {"action": "extend", "date": until.isoformat()})
    resident.refresh_from_db()
    assert resident.stays_until == until
    return resident


def test_an_extended_stay_does_not_stand_in_the_way_of_another_correction() -> None:
    resident = _extended()
    assert _correct(resident, address="Jl. Contoh Baru 1").status_code == 302
    assert resident.address == "Jl. Contoh Baru 1"


def test_the_end_of_a_wrong_extension_is_corrected_within_its_own_year() -> None:
    resident = _extended()
    last = StayPeriod.objects.filter(resident=resident).latest("starts")
    for day in (last.starts - timedelta(days=1), a_year_after(last.starts) + timedelta(days=1)):
        assert beside(_correct(resident, stays_until=day.isoformat()), "stays_until")
        assert resident.stays_until == last.until
    for day in (last.starts, a_year_after(last.starts)):
        assert _correct(resident, stays_until=day.isoformat()).status_code == 302
        last.refresh_from_db()
        assert (resident.stays_until, last.until) == (day, day)
    assert StayPeriod.objects.filter(resident=resident).count() == 2


def test_an_extended_stay_begins_before_its_first_period_ends() -> None:
    resident = factories.overdue()
    data = {"action": "extend", "date": (today() + timedelta(days=90)).isoformat()}
    petugas().post(f"/warga/{resident.pk}/", data)
    first = StayPeriod.objects.filter(resident=resident)[0]
    late = (first.until + timedelta(days=1)).isoformat()
    assert beside(_correct(resident, arrived_on=late), "arrived_on")
    assert _correct(resident, arrived_on=first.until.isoformat()).status_code == 302
    assert resident.arrived_on == first.until


def test_a_nik_active_elsewhere_is_told_and_nothing_of_the_other() -> None:
    twin = factories.reported(FOREIGN_RT, full_name="Rahasia Belaka")
    resident = factories.reported()
    answer = _correct(resident, ketua_rt(), nik=twin.nik)
    assert answer.status_code == 422
    assert "Hubungi kelurahan" in beside(answer, "nik")
    assert resident.nik != twin.nik
    for secret in ("Rahasia", "Manggar", FOREIGN_RT):
        assert secret not in answer.content.decode()


def test_a_draft_may_take_a_nik_that_is_active_elsewhere_and_is_then_held() -> None:
    twin = factories.reported(FOREIGN_RT)
    resident = factories.draft()
    assert _correct(resident, nik=twin.nik).status_code == 302
    petugas().post(f"/warga/{resident.pk}/", {"action": "report"})
    resident.refresh_from_db()
    assert resident.status == "held"


def test_what_somebody_else_changed_meanwhile_is_not_overwritten_unseen() -> None:
    resident, client = factories.reported(), petugas()
    url = f"/warga/{resident.pk}/ubah/"
    stale = {**_form_of(resident, client), "version": _version(client.get(url))}
    assert _correct(resident, ketua_rt(), address="Jl. Contoh Ketua 3").status_code == 302
    answer = client.post(url, {**stale, "notes": "Catatan petugas"})
    assert answer.status_code == 422
    assert "diubah orang lain" in shown(answer)
    resident.refresh_from_db()
    assert (resident.address, resident.notes) == ("Jl. Contoh Ketua 3", "")
    again = {**stale, "notes": "Catatan petugas", "version": _version(answer)}
    assert client.post(url, again).status_code == 302


def _version(answer: Answer) -> str:
    found = re.search(r'name="version" value="(\w+)"', answer.content.decode())
    assert found
    return found[1]


def test_an_ended_record_is_left_as_it_is() -> None:
    resident, client = factories.reported(), petugas()
    form = _form_of(resident, client)
    client.post(
        f"/warga/{resident.pk}/", {"action": "end", "date": today().isoformat(), "reason": "1"}
    )
    answer = client.post(f"/warga/{resident.pk}/ubah/", {**form, "full_name": "Nama Lain"})
    assert answer.status_code == 409
    resident.refresh_from_db()
    assert resident.full_name != "Nama Lain"


def test_a_form_that_shows_the_nik_is_recorded_as_a_reveal() -> None:
    resident = factories.reported()
    page = petugas().get(f"/warga/{resident.pk}/ubah/")
    assert typed(page, "nik") == resident.nik
    seen = Access.objects.get()
    assert (seen.kind, seen.subject) == ("reveal", f"residents.resident:{resident.pk}")


def test_a_nik_is_taken_away_with_its_index() -> None:
    resident = factories.draft()
    assert _correct(resident, nik="", no_nik_reason="3").status_code == 302
    assert not resident.nik
    assert resident.nik_index is None
    assert not Resident.objects.with_nik("").exists()


def test_a_birthday_on_the_29th_of_february_is_a_day() -> None:
    resident = factories.draft()
    assert _correct(resident, birth_date="2000-02-29").status_code == 302
    assert resident.birth_date == date(2000, 2, 29)
    assert beside(_correct(resident, birth_date="2001-02-29"), "birth_date")


@pytest.mark.parametrize(
    ("field", "value"), [("passport_number", "X1234567"), ("country", "Filipina")]
)
def test_another_passport_or_country_is_another_identity(field: str, value: str) -> None:
    resident = factories.verified(nik="", no_nik_reason=2, nationality=2, passport_number="X7")
    changes: dict[str, Any] = {field: value}
    assert _correct(resident, **changes).status_code == 302
    assert (getattr(resident, field), resident.status) == (value, "reported")


def test_a_record_that_is_gone_is_corrected_no_more() -> None:
    resident, client = factories.draft(), petugas()
    form = _form_of(resident, client)
    client.post(f"/warga/{resident.pk}/", {"action": "discard"})
    answer = client.post(f"/warga/{resident.pk}/ubah/", {**form, "full_name": "Nama Lain"})
    assert answer.status_code == 409
    resident.refresh_from_db()
    assert resident.full_name != "Nama Lain"


def test_a_correction_leaves_the_family_as_it_is() -> None:
    factories.load_areas()
    family = Family.objects.create(area_id=RT)
    resident = factories.reported(family=family, family_relation=1)
    changes: dict[str, Any] = {"address": "Jl. Contoh Baru 1", "family": ""}
    assert _correct(resident, **changes, family_relation="1").status_code == 302
    assert (resident.family, resident.address) == (family, "Jl. Contoh Baru 1")
    assert beside(_correct(resident, family_relation=""), "family_relation")


def test_a_nik_takes_the_place_of_the_reason_for_none() -> None:
    resident = factories.draft(nik="", no_nik_reason=1)
    assert _correct(resident, nik=factories.a_nik(), no_nik_reason="1").status_code == 302
    assert resident.nik
    assert resident.no_nik_reason is None
