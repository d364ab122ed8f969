"""Entering a resident through the form: what is required, what is refused, what is kept."""

from datetime import timedelta

import pytest

from residents.registry.codes import NoNikReason
from residents.registry.models import Resident
from residents.registry.spans import Placement
from residents.registry.stays import a_year_after
from tests.factories import (
    FOREIGN_RT,
    RT,
    SIBLING_RT,
    LodgingFactory,
    form_data,
)
from tests.residents.pages import ADD, Answer, beside, in_summary, ketua_rt, petugas, shown, typed
from wacat.clock import today

REQUIRED = ("full_name", "nik", "area", "address", "arrived_on", "purpose", "stays_until")
NIK = "9971051205900001"


def _day(days: int) -> str:
    return (today() + timedelta(days=days)).isoformat()


def _entered(**changes: object) -> Resident:
    answer = petugas().post(ADD, form_data(**changes))
    assert answer.status_code == 302, shown(answer)
    resident: Resident = Resident.objects.latest("pk")
    assert answer.headers["Location"] == f"/warga/{resident.pk}/"
    return resident


def _refused(field: str, **changes: object) -> Answer:
    """The form with a message at *field* and nowhere else, and nothing stored."""
    answer = petugas().post(ADD, form_data(**changes))
    assert answer.status_code == 422
    assert list(in_summary(answer)) == [field]
    assert beside(answer, field)
    assert beside(answer, field).removeprefix("Kesalahan: ") in in_summary(answer)[field]
    assert not Resident.objects.exists()
    return answer


@pytest.mark.django_db
class TestForm:
    def test_what_is_typed_is_what_is_stored(self) -> None:
        data = form_data(notes="Baris satu\r\nbaris dua", email="warga@contoh.invalid")
        petugas().post(ADD, data)
        resident = Resident.objects.get()
        assert resident.status == "draft"
        assert (resident.area_id, resident.kelurahan) == (RT, RT[:13])
        stored = {name: getattr(resident, name) for name in data if name != "area"}
        assert {name: str(value) for name, value in stored.items()} == {
            name: str(value) for name, value in data.items() if name != "area"
        }
        place = Placement.objects.get(resident=resident)
        assert (place.area_id, place.starts, place.until) == (RT, resident.arrived_on, None)

    @pytest.mark.parametrize("field", REQUIRED)
    def test_a_missing_field_is_named_and_the_rest_kept(self, field: str) -> None:
        data = form_data()
        answer = _refused(field, **{**data, field: ""})
        kept = {name: typed(answer, name) for name in data if name != field}
        assert kept == {name: str(value) for name, value in data.items() if name != field}

    def test_all_else_can_be_filled_in_later(self) -> None:
        data = form_data()
        only = {name: data[name] for name in (*REQUIRED, "form_key")}
        assert petugas().post(ADD, only).status_code == 302
        assert Resident.objects.get().birth_date is None

    def test_an_empty_form_names_all_at_once(self) -> None:
        answer = petugas().post(ADD, {})
        assert set(in_summary(answer)) == set(REQUIRED)

    def test_who_has_one_rt_is_not_asked_for_it(self) -> None:
        page = ketua_rt().get(ADD)
        assert typed(page, "area") == RT
        assert ketua_rt().post(ADD, form_data()).status_code == 302

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("purpose", "99"),
            ("religion", "8"),
            ("sex", "laki-laki"),
            ("education", "-1"),
            ("email", "bukan surel"),
            ("birth_date", "tahun 1990"),
            ("arrived_on", "2026-02-30"),
            ("no_kk", "12345"),
        ],
    )
    def test_a_value_outside_its_list_is_named(self, field: str, value: str) -> None:
        assert typed(_refused(field, **{field: value}), field) in (value, "")


@pytest.mark.django_db
class TestNik:
    @pytest.mark.parametrize(
        "text",
        [
            "997105120590000A",
            "997105120590001",
            "99710512059000012",
            "٩٩٧١٠٥١٢٠٥٩٠٠٠٠١",
            "9971051205900001/2",
        ],
    )
    def test_only_sixteen_plain_digits_are_a_nik(self, text: str) -> None:
        assert typed(_refused("nik", nik=text), "nik") == text

    @pytest.mark.parametrize(
        "text",
        [
            "9971 0512 0590 0001",
            "99.71.05.120590.0001",
            "\u200b9971051205900001 ",
            "9971-0512-0590-0001",
            "9 9 7 1 . 0 5 1 2 - 0 5 9 0 . 0 0 0 1",
            "\uff19\uff19\uff17\uff11\u3000\uff10\uff15\uff11\uff12\uff10\uff15\uff19\uff10\uff10\uff10\uff10\uff11",
        ],
    )
    def test_separators_are_dropped(self, text: str) -> None:
        assert _entered(nik=text).nik == NIK

    def test_without_a_nik_a_reason_is_asked(self) -> None:
        _refused("nik", nik=" ", no_nik_reason="")
        resident = _entered(nik="", no_nik_reason=int(NoNikReason.INFANT))
        assert not resident.nik
        assert resident.nik_index is None

    def test_a_refused_nik_does_not_hide_behind_a_reason(self) -> None:
        _refused("nik", nik="123", no_nik_reason=int(NoNikReason.OTHER))

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"nik": "0071051205900001"}, "Kode wilayah di awal NIK tidak dikenal"),
            ({"birth_date": "1991-05-12"}, "berbeda dari tanggal di dalam NIK"),
            ({"sex": "2"}, "Jenis kelamin yang dipilih berbeda"),
            ({"nik": "9971053902900001"}, "bukan tanggal yang ada"),
            ({"nik": "9971051205900000"}, "semuanya nol"),
            ({"no_kk": NIK}, "NIK dan No. KK sama"),
        ],
    )
    def test_what_is_odd_is_shown_and_refuses_nothing(
        self, changes: dict[str, str], words: str
    ) -> None:
        resident = _entered(**{"nik": NIK, **changes})
        page = petugas().get(f"/warga/{resident.pk}/")
        assert words in shown(page)
        assert "Sudah diperiksa, laporkan" in shown(page)
        petugas().post(f"/warga/{resident.pk}/", {"action": "report"})
        resident.refresh_from_db()
        assert resident.status == "reported"

    def test_a_nik_in_order_brings_no_warning(self) -> None:
        page = petugas().get(f"/warga/{_entered(nik=NIK).pk}/")
        assert "Mohon diperiksa" not in shown(page)


@pytest.mark.django_db
class TestDates:
    def test_an_arrival_still_to_come_is_refused(self) -> None:
        _refused("arrived_on", arrived_on=_day(1), stays_until=_day(30))
        assert _entered(arrived_on=_day(0), stays_until=_day(0)).arrived_on == today()

    def test_an_end_before_the_start_is_refused(self) -> None:
        _refused("stays_until", arrived_on=_day(-5), stays_until=_day(-6))

    def test_a_stay_is_a_year_at_most(self) -> None:
        latest = a_year_after(today())
        _refused("stays_until", stays_until=(latest + timedelta(days=1)).isoformat())
        assert _entered(stays_until=latest.isoformat()).stays_until == latest

    def test_a_birth_still_to_come_is_refused(self) -> None:
        _refused("birth_date", birth_date=_day(1))


@pytest.mark.django_db
class TestForeignChoices:
    @pytest.mark.parametrize("area", [FOREIGN_RT, RT[:13], "64.71", "99.99.99.9999.999", "\0"])
    def test_an_area_out_of_reach_is_no_choice(self, area: str) -> None:
        _refused("area", area=area)

    def test_a_sibling_rt_is_no_choice_for_a_ketua_rt(self) -> None:
        answer = ketua_rt().post(ADD, form_data(area=SIBLING_RT))
        assert answer.status_code == 422
        assert "pilihan" in " ".join(in_summary(answer).values()).lower()
        assert not Resident.objects.exists()

    def test_a_lodging_elsewhere_is_no_choice(self) -> None:
        form_data()
        near, far = LodgingFactory.create(), LodgingFactory.create(area_id=FOREIGN_RT)
        answer = _refused("lodging", lodging=far.pk)
        assert far.name not in answer.content.decode()
        sibling = LodgingFactory.create(area_id=SIBLING_RT)
        assert "RT lain" in beside(_refused("lodging", lodging=sibling.pk), "lodging")
        assert _entered(lodging=near.pk).lodging == near

    @pytest.mark.parametrize(
        "smuggled",
        [{"status": "verified"}, {"verified_on": "2026-01-01"}, {"entered_by": "1"}, {"id": "1"}],
    )
    def test_fields_that_are_not_asked_for_are_ignored(self, smuggled: dict[str, str]) -> None:
        resident = _entered(**smuggled)
        assert resident.status == "draft"
        assert resident.verified_on is None
        assert resident.entered_by.posts.get().role == "petugas_kelurahan"
