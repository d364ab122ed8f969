"""Entering a resident with text that means harm or nothing, and the same form twice."""

import secrets
from functools import partial
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import escape

from residents.registry.models import Resident
from residents.registry.spans import Placement
from tests.factories import FOREIGN_RT, client_of, form_data, user_with
from tests.residents.at_once import at_once
from tests.residents.pages import ADD, beside, in_summary, petugas, typed


def _entered(**changes: object) -> Resident:
    assert petugas().post(ADD, form_data(**changes)).status_code == 302
    resident: Resident = Resident.objects.latest("pk")
    return resident


@pytest.mark.django_db
class TestOddText:
    @pytest.mark.parametrize(
        "name",
        [
            "Robert'); DROP TABLE residents_resident;--",
            "<script>alert(1)</script>",
            "Ömer O'Neil-d'Arc \\ %s {{ 7*7 }}",
            "Siti 🌺 Contoh",
            "Ahmad \u202eotnoC",
            "名前 " * 40,
        ],
    )
    def test_a_name_is_text_and_nothing_else(self, name: str) -> None:
        resident, staff = _entered(full_name=name), petugas()
        assert resident.full_name == name.strip()
        for url in (f"/warga/{resident.pk}/", "/warga/", f"/warga/{resident.pk}/ubah/"):
            assert escape(name.strip()) in staff.get(url).content.decode()

    def test_a_nul_gets_a_message(self) -> None:
        for field in ("full_name", "notes", "address", "nik"):
            answer = petugas().post(ADD, form_data(**{field: "Ani\0Contoh"}))
            assert (answer.status_code, list(in_summary(answer))) == (422, [field])
        assert not Resident.objects.exists()

    def test_what_is_too_long_gets_a_message_and_stays_typed(self) -> None:
        long = "Panjang " * 20_000
        answer = petugas().post(ADD, form_data(full_name=long))
        assert answer.status_code == 422
        assert "120" in beside(answer, "full_name")
        assert typed(answer, "full_name") == long

    def test_what_is_far_too_long_is_refused_whole(self) -> None:
        answer = petugas().post(ADD, form_data(notes="x" * 1_100_000))
        assert answer.status_code == 400
        assert not Resident.objects.exists()

    @pytest.mark.parametrize(("field", "stored"), [("photo", 1), ("notes", 1), ("full_name", 0)])
    def test_a_file_where_none_belongs_goes_nowhere(self, field: str, stored: int) -> None:
        file = SimpleUploadedFile("nama.exe", b"MZ" + secrets.token_bytes(100))
        answer = petugas().post(ADD, form_data(**{field: file}))
        assert answer.status_code == (302 if stored else 422)
        assert Resident.objects.filter(notes="").count() == stored


class TestSentTwice:
    @pytest.mark.django_db
    def test_the_same_key_answers_alike_and_makes_one(self) -> None:
        data, client = form_data(), petugas()
        first, second = client.post(ADD, data), client.post(ADD, data)
        other = client.post(ADD, {**data, "full_name": "Nama Lain"})
        assert first.headers["Location"] == second.headers["Location"] == other.headers["Location"]
        assert Resident.objects.get().full_name == data["full_name"]
        assert Placement.objects.count() == 1

    @pytest.mark.django_db
    def test_another_key_is_another_record(self) -> None:
        client = petugas()
        for _ in range(2):
            assert client.post(ADD, form_data()).status_code == 302
        assert Resident.objects.count() == 2

    @pytest.mark.django_db
    def test_somebody_elses_key_shows_nothing_of_theirs(self) -> None:
        data = form_data()
        mine = petugas().post(ADD, data)
        stranger = client_of(user_with(("ketua_rt", FOREIGN_RT)))
        theirs = stranger.post(ADD, {**form_data(area=FOREIGN_RT), "form_key": data["form_key"]})
        assert theirs.status_code == 302
        assert theirs.headers["Location"] != mine.headers["Location"]
        assert stranger.get(theirs.headers["Location"]).status_code == 200

    @pytest.mark.django_db
    @pytest.mark.parametrize("key", ["", "x", "\0", "9" * 4000])
    def test_a_damaged_key_is_as_good_as_none(self, key: str) -> None:
        for _ in range(2):
            assert petugas().post(ADD, form_data(form_key=key)).status_code == 302
        assert Resident.objects.count() == 2

    def test_two_at_the_same_moment_make_one(self, committed_db: None) -> None:
        form_data()
        clients = [petugas() for _ in range(2)]
        for round_ in range(1, 6):
            data = form_data(form_key=str(uuid4()))
            answers = at_once(*(partial(client.post, ADD, data) for client in clients))
            assert len({one.headers["Location"] for one in answers}) == 1
            assert Resident.objects.count() == Placement.objects.count() == round_
