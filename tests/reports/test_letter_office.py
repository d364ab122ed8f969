"""The settings of a kelurahan's letters: who sets them, what is refused, what stays."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from PIL import Image

from accounts.rules import Role
from reports.letters.drawing import preview_letter
from reports.letters.facts import LetterFacts
from reports.letters.office_forms import AGAIN, CANNOT_PRINT
from reports.letters.office_logo import NO_PICTURE, TOO_SMALL, stored_logo
from reports.letters.office_models import DEFAULT_NUMBER, LetterOffice
from tests import factories
from tests.factories import CITY_CODE, FOREIGN_KELURAHAN, KELURAHAN, client_of, holder
from tests.residents.pages import Answer, beside, lurah, shown
from wacat.clock import today

PAGE = "/surat/pengaturan/"
TYPED = {
    "address": "Jalan Contoh Nomor 9, Balikpapan 76115",
    "phone": "(0542) 123456",
    "email": "sepinggan@example.id",
    "number_template": DEFAULT_NUMBER,
    "valid_months": "3",
    "paper": "F4",
}
pytestmark = pytest.mark.django_db


def png(size: tuple[int, int] = (300, 300), colour: str = "red") -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    file.seek(0)
    file.name = "logo.png"
    return file


def post(client: Any, action: str = "save", page: str = PAGE, **changes: Any) -> Answer:
    return client.post(page, {**TYPED, "action": action, **changes})


def office() -> LetterOffice:
    return LetterOffice.objects.get(kelurahan=KELURAHAN)


def history() -> int:
    event = apps.get_model("reports", "LetterOfficeEvent")
    return int(event._default_manager.filter(pgh_obj=KELURAHAN).count())


class TestSaving:
    def test_the_lurah_sets_the_own_kelurahan(self) -> None:
        client = lurah()
        assert "Pengaturan surat Kelurahan Sepinggan" in shown(client.get(PAGE))
        answer = post(client)
        assert answer.status_code == 302
        saved = office()
        assert (saved.address, saved.valid_months, saved.paper) == (TYPED["address"], 3, "F4")
        assert "Pengaturan surat disimpan" in shown(client.get(answer["Location"]))

    def test_saving_twice_changes_nothing(self) -> None:
        client = lurah()
        post(client, picture=png())
        before = history()
        logo = office().logo
        for data in ({"stored_logo": logo}, {"picture": png()}):
            answer = post(client, **data)
            assert "Tidak ada yang berubah" in shown(client.get(answer["Location"]))
        assert (history(), office().logo) == (before, logo)

    def test_a_change_is_in_the_trail_with_its_actor(self) -> None:
        user = holder(Role.LURAH, KELURAHAN)
        post(client_of(user))
        post(client_of(user), valid_months="4")
        event = apps.get_model("reports", "LetterOfficeEvent")._default_manager.latest("pgh_id")
        assert (event.pgh_label, event.valid_months) == ("update", 4)
        assert event.pgh_context["user"] == user.pk

    def test_the_administrator_chooses_the_kelurahan(self) -> None:
        client = client_of(holder(Role.ADMINISTRATOR, CITY_CODE))
        listed = client.get(PAGE)
        assert f"{PAGE}?kelurahan={FOREIGN_KELURAHAN}" in listed.content.decode()
        assert post(client).status_code == 400
        page = f"{PAGE}?kelurahan={FOREIGN_KELURAHAN}"
        assert post(client, page=page).status_code == 302
        assert list(LetterOffice.objects.values_list("kelurahan", flat=True)) == [FOREIGN_KELURAHAN]
        assert TYPED["address"] in shown(client.get(PAGE))

    @pytest.mark.parametrize("code", [FOREIGN_KELURAHAN, "64.71.99.1001", "\0", CITY_CODE])
    def test_a_lurah_reaches_no_other(self, code: str) -> None:
        client = lurah()
        assert client.get(PAGE, {"kelurahan": code}).status_code == 404
        assert (
            post(client, page=f"{PAGE}?kelurahan={code.replace(chr(0), '%00')}").status_code == 404
        )
        assert not LetterOffice.objects.exists()

    @pytest.mark.parametrize("role", [Role.KETUA_RT, Role.PETUGAS_KELURAHAN, Role.CAMAT])
    def test_nobody_else_sets_them(self, role: Role) -> None:
        client = client_of(factories.user_as(role))
        assert client.get(PAGE).status_code == post(client).status_code == 403

    def test_it_is_linked_for_those_who_may(self) -> None:
        assert PAGE in lurah().get("/surat/").content.decode()
        staff = client_of(factories.user_as(Role.PETUGAS_KELURAHAN))
        assert PAGE not in staff.get("/surat/").content.decode()

    def test_an_unknown_deed_is_none(self) -> None:
        assert post(lurah(), action="delete").status_code == 400


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("field", "value", "word"),
        [
            ("address", "", "tidak boleh kosong"),
            ("address", "x" * 201, "200"),
            ("address", "Jalan 日本 1", CANNOT_PRINT),
            ("address", "Jalan \u202e 1", CANNOT_PRINT),
            ("phone", "telepon saya", "Tulis nomor telepon"),
            ("email", "bukan alamat", "email yang valid"),
            ("valid_months", "0", "pilihan"),
            ("valid_months", "13", "pilihan"),
            ("paper", "A5", "pilihan"),
            ("number_template", "400/{tahun}", "Tambahkan {urut}"),
            ("number_template", "400/{urut}", "Tambahkan {tahun}"),
            ("number_template", "{urut}/{urut}/{tahun}", "satu kali"),
            ("number_template", "{urut}{tahun}", "pemisah"),
            ("number_template", "4{urut}/{tahun}", "pemisah"),
            ("number_template", "{kode}{urut}/{tahun}", "pemisah"),
            ("number_template", "{urut}/{bulan}/{tahun}", "{bulan} tidak dikenal"),
            ("number_template", "{urut}/{tahun}}", "kurung kurawal"),
            ("number_template", "{urut}/{tahun}/" + "x" * 100, "100"),
            ("number_template", "{urut}/日/{tahun}", CANNOT_PRINT),
        ],
    )
    def test_it_is_said_beside_the_field_and_nothing_is_saved(
        self, field: str, value: str, word: str
    ) -> None:
        answer = post(lurah(), **{field: value})
        assert answer.status_code == 422
        assert word in beside(answer, field)
        assert not LetterOffice.objects.exists()
        if field != "address":
            assert TYPED["address"] in answer.content.decode()

    @pytest.mark.parametrize(
        ("content", "word"),
        [
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", NO_PICTURE),
            (b"%PDF-1.4 contoh", NO_PICTURE),
            (png((99, 20)).getvalue(), TOO_SMALL),
            (png().getvalue()[:200], "rusak"),
        ],
    )
    def test_a_logo_is_known_by_its_content(self, content: bytes, word: str) -> None:
        file = io.BytesIO(content)
        file.name = "logo.png"
        answer = post(lurah(), picture=file)
        assert (answer.status_code, word in beside(answer, "picture")) == (422, True)

    @pytest.mark.parametrize("name", ["logos/" + "0" * 64 + ".png", "../x", "letters/a.pdf"])
    def test_only_a_stored_logo_can_be_named(self, name: str) -> None:
        answer = post(lurah(), stored_logo=name)
        assert beside(answer, "picture").endswith(AGAIN)

    @pytest.mark.parametrize(
        ("values", "constraint"),
        [
            ({"number_template": "{urut}"}, "office_number_has_year"),
            ({"valid_months": 0}, "office_valid_months"),
            ({"valid_months": 13}, "office_valid_months"),
            ({"logo": "letters/x.pdf"}, "office_logo_is_stored"),
        ],
    )
    def test_the_database_refuses_it_as_well(self, values: dict[str, Any], constraint: str) -> None:
        factories.load_areas()
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            LetterOffice.objects.create(kelurahan_id=KELURAHAN, **values)


class TestLogo:
    def test_it_is_drawn_anew_and_named_by_its_content(self) -> None:
        client = lurah()
        post(client, picture=png((1200, 800)))
        name = office().logo
        assert re.fullmatch(r"logos/[0-9a-f]{64}\.png", name)
        picture = Image.open(io.BytesIO(stored_logo(name)))
        assert (picture.format, picture.size) == ("PNG", (225, 150))
        assert "data:image/png;base64," in client.get(PAGE).content.decode()

    def test_it_survives_an_error_elsewhere_and_a_preview(self) -> None:
        client = lurah()
        answer = post(client, picture=png(), number_template="x")
        found = re.search(r'name="stored_logo" value="(.+?)"', answer.content.decode())
        assert found is not None
        assert (
            f'value="{found[1]}"' in post(client, "preview", stored_logo=found[1]).content.decode()
        )
        post(client, stored_logo=found[1])
        assert office().logo == found[1]

    def test_it_can_be_taken_away_again(self) -> None:
        client = lurah()
        post(client, picture=png())
        name = office().logo
        post(client, stored_logo=name, without_logo="on")
        assert office().logo == ""
        assert stored_logo(name)  # an issued letter may name it

    def test_without_one_nothing_is_to_be_taken_away(self) -> None:
        assert "without_logo" not in lurah().get(PAGE).content.decode()


class TestPreview:
    def test_it_shows_what_is_typed_and_saves_nothing(self, monkeypatch: Any) -> None:
        drawn: list[LetterFacts] = []

        def seen(facts: LetterFacts, width: int) -> list[bytes]:
            drawn.append(facts)
            return preview_letter(facts, width)

        monkeypatch.setattr("reports.letters.office_views.preview_letter", seen)
        answer = post(lurah(), "preview", number_template="470/{urut}/X/{tahun}", phone="0542-777")
        assert answer.status_code == 200
        assert "Pratinjau, belum disimpan" in shown(answer)
        assert 'src="data:image/png;base64,' in answer.content.decode()
        [facts] = drawn
        assert facts.number == f"470/001/X/{today().year}"
        assert facts.number in shown(answer)
        assert (facts.office.phone, facts.paper, facts.specimen) == ("0542-777", "F4", True)
        assert facts.subjects[0].nik.startswith("99")
        assert not LetterOffice.objects.exists()

    def test_the_example_is_the_number_that_the_next_letter_gets(self) -> None:
        factories.letter_issued()
        client = lurah()
        template = "{urut}-{kode}/{bulan romawi}/{tahun}"
        example = shown(post(client, "preview", number_template=template))
        post(client, number_template=template)
        number = factories.letter_issued().number
        assert number.startswith("002-1002/")
        assert number in example
