"""What cannot be true together: told beside the field, with everything kept as typed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from residents.registry.codes import Nationality
from residents.registry.models import Resident
from tests import factories
from tests.factories import form_data
from tests.residents.pages import ADD, beside, in_summary, petugas, shown, typed
from wacat.clock import today

pytestmark = pytest.mark.django_db


def _years_ago(years: int) -> str:
    return date(today().year - years, 1, 1).isoformat()


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("birth_date", {"birth_date": "0190-05-12"}),
        ("birth_date", {"birth_date": _years_ago(122)}),
        ("arrived_on", {"arrived_on": "1026-01-01"}),
        ("arrived_on", {"birth_date": "2020-05-12", "arrived_on": "2020-05-11"}),
        ("arrived_on", {"arrived_on": "22-11-2026x"}),
        ("stays_until", {"stays_until": "\0"}),
        ("family_relation", {"family_relation": 1, "birth_date": _years_ago(16)}),
        ("nationality", {"nik": "", "no_nik_reason": 2, "nationality": 1}),
        ("no_nik_reason", {"nik": "", "no_nik_reason": "9"}),
        ("guarantor_nik", {"guarantor_nik": "123"}),
        ("passport_number", {"passport_number": "X" * 21}),
        ("country", {"country": "x" * 61}),
        ("landlord_name", {"landlord_name": "x" * 32_000}),
        ("institution_address", {"institution_address": "x\0"}),
        ("notes", {"notes": "x" * 32_000}),
        ("family", {"family": "\0"}),
        ("lodging", {"lodging": "9" * 40}),
    ],
)
def test_it_is_told_at_the_field_and_kept(field: str, changes: dict[str, Any]) -> None:
    data = form_data(**changes)
    answer = petugas().post(ADD, data)
    assert answer.status_code == 422
    assert [name or "family" for name in in_summary(answer)] in ([field], ["nik", field])
    assert beside(answer, field) or field == "family"
    assert not Resident.objects.exists()
    kept = {name: typed(answer, name) for name in data if name not in ("lodging", *changes)}
    assert kept == {name: str(data[name]) for name in kept}


@pytest.mark.parametrize(
    "changes",
    [
        {"family_relation": 1, "birth_date": _years_ago(16), "marital_status": 2},
        {"family_relation": 1, "birth_date": _years_ago(18)},
        {"family_relation": 1, "birth_date": ""},
        {"family_relation": 4, "birth_date": _years_ago(3)},
        {"birth_date": (today() - timedelta(days=3)).isoformat(), "arrived_on": today()},
    ],
)
def test_what_can_be_is_stored(changes: dict[str, Any]) -> None:
    assert petugas().post(ADD, form_data(**changes)).status_code == 302


class TestWithoutNik:
    def test_a_foreigner_needs_no_nik_and_may_give_a_passport(self) -> None:
        told = {"nik": "", "no_nik_reason": 2, "nationality": "", "country": "Filipina"}
        answer = petugas().post(ADD, form_data(**told, passport_number=" x 1234567 "))
        assert answer.status_code == 302, in_summary(answer)
        resident = Resident.objects.get()
        assert resident.nationality == Nationality.FOREIGN
        assert (resident.passport_number, resident.country) == ("X1234567", "Filipina")

    def test_a_foreigner_may_have_a_nik(self) -> None:
        told = {"nationality": 2, "country": "Filipina"}
        assert petugas().post(ADD, form_data(**told)).status_code == 302
        assert Resident.objects.get().nik

    def test_the_reason_is_asked_only_where_it_is_needed(self) -> None:
        factories.load_areas()
        client = petugas()
        closed, opened = '<details class="disclosure">', '<details class="disclosure" open>'
        fresh, missing = client.get(ADD).content.decode(), client.post(ADD, {})
        assert _around_the_reason(fresh).startswith(closed)
        assert _around_the_reason(missing.content.decode()).startswith(opened)

    def test_a_nik_needs_no_reason_and_one_that_was_given_is_dropped(self) -> None:
        assert petugas().post(ADD, form_data(no_nik_reason=3)).status_code == 302
        assert Resident.objects.get().no_nik_reason is None


def _around_the_reason(page: str) -> str:
    before, _, _ = page.partition("Tidak ada NIK?")
    return before[before.rindex("<details") :]


class TestNikOffer:
    def _offer(self, nik: str) -> str:
        factories.load_areas()
        return shown(petugas().post("/warga/nik/", {"nik": nik}))

    @pytest.mark.parametrize(
        ("nik", "words"),
        [
            ("9971 0552 0590 0001", "Isi dari NIK: lahir 12 Mei 1990, perempuan"),
            ("9971051205900001", "Isi dari NIK: lahir 12 Mei 1990, laki-laki"),
            ("9971053905900001", "bukan tanggal yang ada"),
            ("123", "harus 16 angka"),
            ("", ""),
        ],
    )
    def test_it_says_what_the_number_says(self, nik: str, words: str) -> None:
        assert words in self._offer(nik)
        assert "valid" not in self._offer(nik).lower()

    def test_both_centuries_are_offered_where_both_may_be(self) -> None:
        offer = self._offer("9971051205200001")
        assert "12 Mei 1920" in offer
        assert "12 Mei 2020" in offer

    def test_it_looks_nobody_up(self) -> None:
        resident = factories.reported(full_name="Rahasia Belaka", birth_date=date(1991, 1, 1))
        offer = self._offer(resident.nik)
        assert "Rahasia" not in offer
        assert "1991" not in offer

    def test_it_is_asked_for_only_so_often(self) -> None:
        factories.load_areas()
        client = petugas()
        codes = [client.post("/warga/nik/", {"nik": "1"}).status_code for _ in range(61)]
        assert codes == [200] * 60 + [429]

    def test_without_javascript_the_check_page_offers_the_same(self) -> None:
        resident = factories.draft(nik="9971051205200001", birth_date=None, sex=None)
        page = f"/warga/{resident.pk}/"
        assert "lahir 12 Mei 2020, laki-laki" in shown(petugas().get(page))
        press = {"action": "fill", "birth_date": "2020-05-12", "sex": "1"}
        assert petugas().post(page, press).status_code == 302
        resident.refresh_from_db()
        assert (resident.birth_date, resident.sex) == (date(2020, 5, 12), 1)
        assert "lahir 12 Mei" not in shown(petugas().get(page))

    def test_what_is_known_already_is_not_filled_over(self) -> None:
        resident = factories.draft(nik="9971055205900001", birth_date=date(1990, 1, 1), sex=None)
        page = f"/warga/{resident.pk}/"
        for press in ({"birth_date": "1990-05-12", "sex": "2"}, {"birth_date": "", "sex": "1"}):
            petugas().post(page, {"action": "fill", **press})
            resident.refresh_from_db()
            assert (resident.birth_date, resident.sex) == (date(1990, 1, 1), None)
        petugas().post(page, {"action": "fill", "birth_date": "", "sex": "2"})
        resident.refresh_from_db()
        assert (resident.birth_date, resident.sex) == (date(1990, 1, 1), 2)

    def test_a_press_on_a_verified_record_is_a_report_again(self) -> None:
        resident = factories.verified(nik="9971055205900001", sex=None)
        press = {"action": "fill", "birth_date": "", "sex": "2"}
        petugas().post(f"/warga/{resident.pk}/", press)
        resident.refresh_from_db()
        assert (resident.sex, resident.status) == (2, "reported")
