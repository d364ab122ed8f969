"""Replacing an issued letter: the old one holds until the new one is issued, and then no longer."""

from __future__ import annotations

import html
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from openpyxl import load_workbook

from accounts.rules import Role
from reports.letters.drawing import draw_letter
from reports.letters.models import Drawing, Letter, NumberCounter
from reports.letters.printing import stored_pdf
from reports.letters.register_entries import entries_of, registered
from residents.registry.models import Resident
from tests import factories
from tests.factories import KELURAHAN, SIBLING_RT, holder
from tests.reports.letters_to_draw import inked, text_of
from tests.reports.letters_to_replace import WHY, asked, do, replaced
from tests.residents.pages import beside, ketua_rt, key_on, lurah, petugas, shown
from wacat.clock import today
from wacat.words import tanggal


def _public(letter: Letter) -> str:
    return shown(Client().get(f"/verifikasi/{letter.token}/"))


@pytest.mark.django_db
class TestAsking:
    def test_it_makes_a_letter_of_the_same_people_and_the_old_one_holds(self) -> None:
        old = factories.letter_issued(factories.reported(), factories.reported())
        answer = do(old, "replace", **WHY)
        new = Letter.objects.get(replaces=old)
        assert answer.headers["Location"] == f"/surat/{new.pk}/"
        assert (new.status, new.purpose, new.area_id) == ("ready", WHY["purpose"], old.area_id)
        people = [[line.resident_id for line in one.lines.all()] for one in (old, new)]
        assert people[0] == people[1]
        assert (new.introduction_number, new.introduced_on, new.introduced_by_ketua_rt) == (
            old.introduction_number,
            old.introduced_on,
            True,
        )
        assert (old.status, old.revoked_on) == ("issued", None)
        assert "Terdaftar. Sah" in _public(old)
        step = old.steps.latest("pk")
        assert (step.name, step.reason) == ("replace", WHY["reason"])
        told = shown(lurah().get(f"/surat/{old.pk}/"))
        assert "tetap berlaku sampai surat penggantinya terbit" in told
        assert "Ganti dengan surat baru" not in told
        assert f"Menggantikan {old.number}" in shown(lurah().get(f"/surat/{new.pk}/"))

    def test_it_waits_among_those_to_issue_without_a_warning(self) -> None:
        old = factories.letter_issued()
        new = asked(old)
        page = lurah().get("/surat/siap/")
        assert f'id="letter-{new.pk}" checked' in page.content.decode()
        assert f"menggantikan {old.number}" in shown(page)
        assert lurah().get(f"/surat/{new.pk}/pratinjau/").status_code == 200

    def test_another_valid_letter_is_still_told_of(self) -> None:
        other = factories.letter_issued()
        old = factories.letter_issued(other.lines.get().resident)
        new = asked(old)
        assert "masih memegang surat yang berlaku" in shown(lurah().get(f"/surat/{new.pk}/"))

    @pytest.mark.parametrize("missing", ["reason", "purpose"])
    def test_what_is_wrong_and_what_for_are_asked(self, missing: str) -> None:
        old = factories.letter_issued()
        answer = do(old, "replace", **{**WHY, missing: " "})
        assert answer.status_code == 422
        assert beside(answer, f"replace_{missing}")
        [kept] = [text for name, text in WHY.items() if name != missing]
        assert kept in html.unescape(answer.content.decode())
        assert Letter.objects.count() == 1

    def test_none_but_the_lurah_asks(self) -> None:
        old = factories.letter_issued()
        for client in (ketua_rt(), petugas()):
            assert do(old, "replace", client, **WHY).status_code == 403
            assert "Ganti dengan surat baru" not in shown(client.get(f"/surat/{old.pk}/"))
        assert do(old, "replace", lurah(factories.FOREIGN_KELURAHAN), **WHY).status_code == 404
        assert Letter.objects.count() == 1

    def test_pressed_twice_makes_one(self) -> None:
        old, client = factories.letter_issued(), lurah()
        key = key_on(client.get(f"/surat/{old.pk}/"))
        answers = [do(old, "replace", client, key=key, **WHY) for _ in range(2)]
        assert {one.headers["Location"] for one in answers} == {
            f"/surat/{Letter.objects.get(replaces=old).pk}/"
        }
        refused = do(old, "replace", client, key=str(uuid4()), **WHY)
        assert refused.status_code == 409
        assert "sudah disiapkan" in shown(refused)
        assert Letter.objects.count() == 2

    def test_who_waits_for_another_letter_gets_no_third(self) -> None:
        old = factories.letter_issued()
        factories.letter_ready(old.lines.get().resident)
        answer = do(old, "replace", **WHY)
        assert answer.status_code == 409
        assert "belum terbit" in shown(answer)

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"religion": None}, "belum lengkap"),
            ({"full_name": "Siti 🌺 Contoh"}, "tidak dapat dicetak"),
            ({"area": SIBLING_RT}, "sudah pindah dari RT ini"),
            ({"status": "ended"}, "sudah tidak tinggal di sini"),
        ],
    )
    def test_what_the_new_one_could_not_say_is_told_at_once(
        self, change: dict[str, Any], said: str
    ) -> None:
        old = factories.letter_issued()
        person = old.lines.get().resident
        if "area" in change:
            factories.move(person, change["area"], today())
        elif "status" in change:
            data = {"action": "end", "date": today().isoformat(), "reason": "1"}
            assert petugas().post(f"/warga/{person.pk}/", data).status_code == 302
        else:
            Resident.objects.filter(pk=person.pk).update(**change)
        answer = do(old, "replace", **WHY)
        assert answer.status_code == 409
        assert said in shown(answer)
        assert Letter.objects.count() == 1
        assert old.steps.filter(name="replace").count() == 0

    def test_an_expired_or_revoked_one_is_not_replaced(self) -> None:
        expired = factories.letter_issued(factories.reported(stays_until=today()))
        revoked = factories.letter_revoked()
        with factories.on_day(today().replace(year=today().year + 1)):
            assert "Ganti dengan" not in shown(lurah().get(f"/surat/{expired.pk}/"))
            assert do(expired, "replace", **WHY).status_code == 409
        assert do(revoked, "replace", **WHY).status_code == 409


@pytest.mark.django_db
class TestReturning:
    def test_the_old_one_stays_valid_and_may_be_replaced_again(self) -> None:
        old = factories.letter_issued()
        first = asked(old)
        assert do(first, "return", reason="Belum jelas.").status_code == 302
        assert old.status == "issued"
        assert "Ganti dengan surat baru" in shown(lurah().get(f"/surat/{old.pk}/"))
        second = asked(old)
        first.refresh_from_db()
        assert (first.replaces_id, second.replaces_id) == (None, old.pk)
        refused = do(first, "introduce", ketua_rt())
        assert refused.status_code == 409
        assert "lebih baru" in shown(refused)
        assert do(second, "issue").status_code == 302
        old.refresh_from_db()
        assert old.mark == "replaced"

    def test_a_returned_one_introduced_anew_still_replaces(self) -> None:
        old = factories.letter_issued()
        new = asked(old)
        do(new, "return", reason="Belum jelas.")
        assert do(new, "introduce", ketua_rt()).status_code == 302
        assert new.introduction_number != old.introduction_number
        assert do(new, "issue").status_code == 302
        old.refresh_from_db()
        assert (old.status, old.mark) == ("revoked", "replaced")

    def test_one_that_cannot_be_issued_leaves_the_old(self) -> None:
        old = factories.letter_issued()
        new = asked(old)
        Resident.objects.filter(letter_lines__letter=new).update(religion=None)
        assert do(new, "issue").status_code == 409
        old.refresh_from_db()
        assert old.status == "issued"
        assert NumberCounter.objects.get(kind="letter").last == 1

    def test_revoked_by_hand_meanwhile_it_is_replaced_all_the_same(self) -> None:
        old = factories.letter_issued()
        new = asked(old)
        assert do(old, "revoke", reason="Salah orang.").status_code == 302
        assert (old.mark, "dicabut" in _public(old)) == ("revoked", True)
        assert do(new, "issue").status_code == 302
        assert [step.reason for step in old.steps.filter(name="revoke")] == ["Salah orang."]
        assert Letter.objects.get(pk=old.pk).mark == "replaced"


@pytest.mark.django_db
class TestIssued:
    def test_the_old_one_is_revoked_with_its_number_kept(self) -> None:
        old, new = replaced()
        assert (old.status, old.revoked_on, old.mark) == ("revoked", today(), "replaced")
        assert [old.number_serial, new.number_serial] == [1, 2]
        step = old.steps.latest("pk")
        assert step.reason == f"Digantikan oleh surat nomor {new.number}."
        assert step.note == WHY["reason"]
        assert step.actor == holder(Role.LURAH, KELURAHAN)

    def test_the_new_one_says_what_it_replaces_and_says_it_for_ever(self) -> None:
        old, new = replaced()
        assert new.facts is not None
        assert new.facts.replaces is not None
        assert (new.facts.replaces.number, new.facts.replaces.on) == (old.number, old.issued_on)
        said = f"Surat ini menggantikan surat nomor {old.number} tanggal {tanggal(old.issued_on)}"
        assert inked(said) in inked(text_of(draw_letter(new.facts)))
        assert old.facts is not None
        assert "menggantikan surat" not in text_of(draw_letter(old.facts))

    def test_each_page_leads_to_the_other(self) -> None:
        old, new = replaced()
        for client in (lurah(), ketua_rt()):
            page = client.get(f"/surat/{old.pk}/")
            assert f'<a href="/surat/{new.pk}/">{new.number}</a>' in page.content.decode()
            assert "Digantikan" in shown(page)
            page = client.get(f"/surat/{new.pk}/")
            assert f'<a href="/surat/{old.pk}/">{old.number}</a>' in page.content.decode()

    def test_lists_the_resident_and_the_story_tell_it(self) -> None:
        resident = factories.reported()
        old, new = replaced(resident)
        listed = shown(ketua_rt().get("/surat/"))
        assert f"{old.number} RT 001 Digantikan" in listed
        page = shown(ketua_rt().get(f"/warga/{resident.pk}/"))
        assert f"{old.number} Digantikan oleh {new.number}" in page
        assert f"{new.number} Terbit menggantikan {old.number}" in page
        assert f"{old.number} sedang diganti dengan surat baru" in page
        assert f"Digantikan oleh surat nomor {new.number}." in page

    def test_the_public_is_told_and_given_no_way_to_the_new_one(self) -> None:
        old, new = replaced()
        page = Client().get(f"/verifikasi/{old.token}/")
        text = shown(page)
        assert "Surat ini sudah digantikan dan tidak berlaku" in text
        assert f"oleh surat nomor {new.number}" in text
        for secret in (new.token, new.code, WHY["reason"]):
            assert secret not in page.content.decode()
        assert f"Menggantikan Surat nomor {old.number}" in _public(new)
        assert "Terdaftar. Sah" in _public(new)

    def test_the_old_file_is_ours_and_no_longer_good(self) -> None:
        old = factories.letter_drawn()
        new = asked(old)
        do(new, "issue")
        pdf = BytesIO(stored_pdf(Drawing.objects.get(letter=old)))
        pdf.name = "surat.pdf"
        text = shown(Client().post("/verifikasi/berkas/", {"file": pdf}))
        assert "Berkas ini tidak diubah" in text
        assert "Surat ini sudah digantikan dan tidak berlaku" in text

    def test_the_register_names_both_ways(self) -> None:
        old, new = replaced()
        first, second = entries_of(registered(KELURAHAN, today().year))
        day = tanggal(today())
        assert first.state == f"Digantikan {day} oleh nomor {new.number}: {WHY['reason']}"
        assert second.state == f"Terbit. Menggantikan nomor {old.number}"
        text = shown(lurah().get("/surat/register/"))
        assert f"Diganti oleh nomor {new.number}" in text
        assert f"Menggantikan nomor {old.number}" in text
        sheet = load_workbook(
            BytesIO(lurah().get("/surat/register/unduh/xlsx/").getvalue())
        ).worksheets[0]
        rows = {str(row[1]): row for row in sheet.iter_rows(values_only=True)}
        assert rows[old.number][-2:] == (new.number, None)
        assert rows[new.number][-2:] == (None, old.number)

    def test_erased_both_still_tell_their_numbers(self) -> None:
        old, new = replaced()
        Letter.objects.update(sealed_facts=None, purpose="", erased_on=today())
        assert f"oleh surat nomor {new.number}" in _public(old)
        first, second = entries_of(registered(KELURAHAN, today().year))
        assert (first.replaced_by, second.replaces) == (new.number, old.number)

    def test_the_new_one_may_be_replaced_in_its_turn(self) -> None:
        old, new = replaced()
        last = asked(new)
        assert do(last, "issue").status_code == 302
        marks = [Letter.objects.get(pk=one.pk).mark for one in (old, new, last)]
        assert marks == ["replaced", "replaced", "issued"]
