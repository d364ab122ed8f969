"""The lodging in the forms of residents: a few are listed, many are typed."""

from __future__ import annotations

import pytest

from residents.lodgings.models import Lodging
from residents.registry.models import Resident
from tests import factories
from tests.factories import FOREIGN_RT, RT
from tests.residents.pages import beside, ketua_rt, shown, typed
from tests.residents.test_lodgings import a_lodging
from wacat.clock import today

pytestmark = pytest.mark.django_db


def a_street(count: int) -> list[Lodging]:
    return [a_lodging(name=f"Kos Nomor {number:03}") for number in range(count)]


class TestChoosing:
    def test_a_few_are_a_list(self) -> None:
        [first, *_] = a_street(3)
        page = ketua_rt().get("/warga/tambah/").content.decode()
        assert f'<option value="{first.pk}">{first}</option>' in page
        assert "<datalist" not in page

    def test_many_are_typed_and_completed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("residents.lodgings.choosing.MOST_COMPLETED", 20)
        street = a_street(40)
        page = ketua_rt().get("/warga/tambah/").content.decode()
        assert page.count("Kos Nomor") == 20
        assert f'<option value="{street[-1]}">' in page
        assert 'list="id_lodging_list"' in page

    @pytest.mark.parametrize(
        "told",
        ["{one}", "kos nomor 007", " Kos  Nomor 007, Jl. Contoh Melati 1 "],
    )
    def test_by_its_name(self, told: str) -> None:
        one = a_street(40)[7]
        data = factories.form_data(lodging=told.format(one=one))
        answer = ketua_rt().post("/warga/tambah/", data)
        assert answer.status_code == 302, shown(answer)
        resident = Resident.objects.get()
        assert resident.lodging == one
        page = ketua_rt().get(f"/warga/{resident.pk}/ubah/")
        assert typed(page, "lodging") == str(one)

    def test_digits_that_are_typed_are_a_name(self) -> None:
        first, second, *_ = a_street(40)
        called = a_lodging(name=str(first.pk))
        answer = ketua_rt().post("/warga/tambah/", factories.form_data(lodging=str(first.pk)))
        assert answer.status_code == 302, shown(answer)
        assert Resident.objects.get().lodging == called
        answer = ketua_rt().post("/warga/tambah/", factories.form_data(lodging=str(second.pk)))
        assert answer.status_code == 422
        assert typed(answer, "lodging") == str(second.pk)
        assert not Resident.objects.filter(lodging=second).exists()

    def test_a_part_of_digits_is_asked_about(self) -> None:
        a_street(40)
        for name in ("Kos 4517 Merdeka", "Kos 4517 Jaya"):
            a_lodging(name=name)
        answer = ketua_rt().post("/warga/tambah/", factories.form_data(lodging="4517"))
        assert "Kos 4517 Jaya, Jl. Contoh Melati 1; Kos 4517 Merdeka" in beside(answer, "lodging")

    def test_in_a_list_the_key_is_meant_whatever_others_are_called(self) -> None:
        first, *_ = a_street(3)
        a_lodging(name=str(first.pk))
        answer = ketua_rt().post("/warga/tambah/", factories.form_data(lodging=first.pk))
        assert answer.status_code == 302, shown(answer)
        assert Resident.objects.get().lodging == first

    def test_a_part_of_a_name_is_asked_about(self) -> None:
        a_street(40)
        answer = ketua_rt().post("/warga/tambah/", factories.form_data(lodging="nomor 01"))
        assert "Kos Nomor 010, Jl. Contoh Melati 1; Kos Nomor 011" in beside(answer, "lodging")
        assert typed(answer, "lodging") == "nomor 01"
        answer = ketua_rt().post("/warga/tambah/", factories.form_data(lodging="Mawar"))
        assert "tidak ada di daftar" in beside(answer, "lodging")

    def test_one_out_of_reach_is_none(self) -> None:
        a_street(40)
        far = a_lodging(FOREIGN_RT, name="Kos Jauh")
        for told in (far.pk, str(far), "Kos Jauh"):
            answer = ketua_rt().post("/warga/tambah/", factories.form_data(lodging=told))
            assert answer.status_code == 422
            assert str(far) not in beside(answer, "lodging")

    def test_a_move_is_told_in_the_same_way(self) -> None:
        street = a_street(40)
        one = factories.reported(RT, lodging=street[0])
        told = {"action": "move", "date": today().isoformat(), "lodging": "Kos Nomor 012"}
        assert ketua_rt().post(f"/warga/{one.pk}/", told).status_code == 302
        one.refresh_from_db()
        assert one.lodging == street[12]
