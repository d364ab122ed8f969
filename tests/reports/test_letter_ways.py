"""A letter's way to the Lurah's desk and back: introducing, returning, revoking, previewing."""

from typing import Any

import pytest
from django.test import Client

from accounts.audit.models import Access
from accounts.rules import Role
from reports.letters.models import Letter
from reports.letters.office_models import LetterOffice
from residents.registry.models import Resident
from tests import factories
from tests.factories import FOREIGN_RT, RT, SIBLING_RT, client_of
from tests.residents.pages import Answer, beside, ketua_rt, lurah, petugas, shown
from wacat.clock import today


def _ask(client: Client, resident: Resident, **data: Any) -> Answer:
    form = {"purpose": "Membuka rekening bank", "introduce": "on", **data}
    return client.post(f"/warga/{resident.pk}/surat/", form)


def _do(client: Client, letter: Letter, action: str, **data: Any) -> Answer:
    answer = client.post(f"/surat/{letter.pk}/", {"action": action, **data})
    letter.refresh_from_db()
    return answer


@pytest.mark.django_db
class TestIntroducing:
    def test_by_the_kelurahans_staff_where_a_rt_has_no_head(self) -> None:
        resident = factories.reported()
        _ask(petugas(), resident)
        letter = Letter.objects.get()
        assert (letter.status, letter.introduced_by_ketua_rt) == ("ready", False)
        for url in ("/surat/siap/", f"/surat/{letter.pk}/"):
            assert "bukan oleh Ketua RT" in shown(lurah().get(url))

    def test_numbers_run_by_rt_and_year(self) -> None:
        for number in (1, 2):
            assert factories.letter_ready().introduction_number.startswith(f"{number:03}/RT.001/")
        sibling = factories.letter_ready(factories.reported(SIBLING_RT))
        assert sibling.introduction_number.startswith("001/RT.002/")

    def test_a_returned_one_is_introduced_again(self) -> None:
        letter = factories.letter_returned(reason="Alamat asal belum jelas.")
        client = ketua_rt()
        assert "Alamat asal belum jelas." in shown(client.get(f"/surat/{letter.pk}/"))
        assert _do(client, letter, "introduce").status_code == 302
        assert letter.status == "ready"
        assert letter.introduction_number.startswith("002/")
        assert _do(lurah(), letter, "issue").status_code == 302
        assert [step.name for step in letter.steps.all()] == [
            "introduce",
            "return",
            "introduce",
            "issue",
        ]

    def test_a_name_that_no_font_has_stops_here(self) -> None:
        resident = factories.reported(full_name="Siti 🌺 Contoh")
        assert _ask(ketua_rt(), resident).status_code == 409
        assert _ask(ketua_rt(), resident, introduce="").status_code == 302
        letter = Letter.objects.get()
        assert lurah().get(f"/surat/{letter.pk}/").status_code == 200
        assert lurah().get(f"/surat/{letter.pk}/pratinjau/").status_code == 409


@pytest.mark.django_db
class TestReturningAndRevoking:
    @pytest.mark.parametrize(
        ("make", "action"), [("letter_ready", "return"), ("letter_issued", "revoke")]
    )
    @pytest.mark.parametrize("reason", ["", "  \r\n ", "a\0b", "x" * 501])
    def test_a_reason_is_needed_and_told_what_is_wrong(
        self, make: str, action: str, reason: str
    ) -> None:
        letter = getattr(factories, make)()
        before = letter.status
        answer = _do(lurah(), letter, action, reason=reason)
        assert answer.status_code == 422
        assert beside(answer, f"{action}_reason")
        assert letter.status == before

    def test_a_revoked_one_keeps_its_number_and_says_so(self) -> None:
        letter = factories.letter_issued()
        number, serial = letter.number, letter.number_serial
        assert _do(lurah(), letter, "revoke", reason="Salah alamat.").status_code == 302
        assert (letter.status, letter.number, letter.revoked_on) == ("revoked", number, today())
        assert "Salah alamat." in shown(lurah().get(f"/surat/{letter.pk}/"))
        assert _do(lurah(), letter, "revoke", reason="Lagi.").status_code == 409
        again = factories.letter_issued(letter.lines.get().resident)
        assert (serial, again.number_serial) == (1, 2)

    @pytest.mark.parametrize("action", ["issue", "return", "revoke"])
    def test_none_but_the_lurah_decides(self, action: str) -> None:
        letter = factories.letter_ready()
        for client in (ketua_rt(), petugas()):
            assert _do(client, letter, action, reason="x").status_code == 403
        assert letter.status == "ready"

    def test_an_unknown_action_is_no_action(self) -> None:
        letter = factories.letter_ready()
        for action in ("", "delete", "\0", "advance"):
            assert _do(lurah(), letter, action).status_code == 400


@pytest.mark.django_db
class TestPreview:
    def test_it_is_a_picture_and_recorded(self) -> None:
        letter = factories.letter_ready()
        answer = lurah().get(f"/surat/{letter.pk}/pratinjau/")
        assert answer.headers["Content-Type"] == "image/png"
        assert answer.content.startswith(b"\x89PNG")
        assert answer.headers["Cache-Control"] == "no-store"
        seen = Access.objects.get()
        assert (seen.kind, seen.subject) == ("preview", f"reports.letter:{letter.pk}")

    def test_it_takes_no_number(self) -> None:
        LetterOffice.objects.create(kelurahan_id=RT[:13], number_template="{urut}/{tahun}")
        letter = factories.letter_ready()
        lurah().get(f"/surat/{letter.pk}/pratinjau/")
        assert factories.letter_issued().number == f"001/{today().year}"

    def test_not_once_it_is_issued_nor_with_gaps(self) -> None:
        issued = factories.letter_issued()
        gappy = factories.letter_requested(factories.reported(religion=None))
        for letter in (issued, gappy):
            assert lurah().get(f"/surat/{letter.pk}/pratinjau/").status_code == 409
            assert "pratinjau/" not in lurah().get(f"/surat/{letter.pk}/").content.decode()
        assert not Access.objects.exists()

    def test_powers_of_two_posts_do_not_mix(self) -> None:
        letter = factories.letter_ready()
        both = client_of(
            factories.user_with((Role.KETUA_RT, SIBLING_RT), (Role.LURAH, FOREIGN_RT[:13]))
        )
        for url in (f"/surat/{letter.pk}/", f"/surat/{letter.pk}/pratinjau/"):
            assert both.get(url).status_code == 404
        assert _do(both, letter, "issue").status_code == 404
