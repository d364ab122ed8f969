"""Who signs, and as what: the Lurah, or who stands in for one, and the letter says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from accounts.handover.delegating import delegate
from accounts.login.models import User
from accounts.posts.models import Post
from accounts.rules import RULES, Action, Role
from reports.letters import page
from reports.letters.drawing import draw_letter
from reports.letters.facts import LetterFacts, Signatory
from reports.letters.models import Letter
from tests import factories
from tests.factories import FOREIGN_KELURAHAN, KELURAHAN, client_of, user_with
from tests.officials import rested
from tests.reports.letters_to_draw import text_of
from tests.residents.pages import lurah, shown
from wacat.clock import today
from wacat.words import tanggal

pytestmark = pytest.mark.django_db
Kind = Post.Kind
# Of every kind of post what stands in front of the office's name.
PRINTED = {
    Kind.DEFINITIF: "Lurah Sepinggan",
    Kind.PLT: "Plt. Lurah Sepinggan",
    Kind.PLH: "Plh. Lurah Sepinggan",
}
BEHALF = "a.n. Lurah Sepinggan"
PERSON = {"full_name": "Wakil Contoh", "rank": "Penata", "nip": "197905122003122004"}


def _issued_by(user: User) -> Letter:
    letter = factories.letter_ready()
    answer = client_of(user).post(f"/surat/{letter.pk}/", {"action": "issue"})
    assert answer.status_code == 302
    letter.refresh_from_db()
    return letter


def test_every_kind_of_post_that_may_sign_is_thought_of() -> None:
    assert set(PRINTED) == set(Kind)
    assert RULES[Action.LETTER_DECIDE] == {Role.LURAH, Role.PENANDA_TANGAN}


@pytest.mark.parametrize("kind", Kind)
def test_the_letter_says_as_what_it_was_signed(kind: Post.Kind) -> None:
    letter = _issued_by(user_with((Role.LURAH, KELURAHAN, kind), **PERSON))
    facts, position = letter.facts, PRINTED[kind]
    assert facts is not None
    assert (facts.signatory.position, facts.signatory.full_name) == (position, "Wakil Contoh")
    text = text_of(draw_letter(facts))
    assert f"Yang bertanda tangan di bawah ini, {position}, Kecamatan" in text
    assert letter.issued_on is not None
    block = text.split(f"Balikpapan, {tanggal(letter.issued_on)} ")[1]
    assert block.startswith(f"{position}, ")
    assert "Wakil Contoh Penata NIP 19790512 200312 2 004" in block
    assert text.count("Lurah Sepinggan") == text.count(position) == 2
    assert "Pl" not in text.replace(position, "")


def test_who_is_named_by_the_lurah_signs_as_plh_and_only_in_those_days() -> None:
    head = factories.user_as(Role.LURAH)
    clerk = factories.user_as(Role.PETUGAS_KELURAHAN)
    [post] = [one for one in head.todays_posts if one.role == Role.LURAH]
    delegate(post, clerk, today(), today() + timedelta(days=3))
    letter = _issued_by(User.objects.get(pk=clerk.pk))
    assert letter.facts is not None
    assert letter.facts.signatory.position == "Plh. Lurah Sepinggan"
    assert letter.facts.signatory.full_name == clerk.full_name
    late = factories.letter_ready()
    with factories.on_day(today() + timedelta(days=3)):
        again = client_of(User.objects.get(pk=clerk.pk))
        assert again.post(f"/surat/{late.pk}/", {"action": "issue"}).status_code == 403


def test_a_lurah_who_stands_in_elsewhere_signs_each_as_what_they_are_there() -> None:
    both = user_with((Role.LURAH, KELURAHAN, Kind.PLT), (Role.LURAH, FOREIGN_KELURAHAN), **PERSON)
    client: Client = client_of(both)
    positions = []
    for area in (factories.RT, factories.FOREIGN_RT):
        letter = factories.letter_ready(factories.reported(area))
        assert client.post(f"/surat/{letter.pk}/", {"action": "issue"}).status_code == 302
        letter.refresh_from_db()
        assert letter.facts is not None
        positions.append(letter.facts.signatory.position)
    assert positions[0] == "Plt. Lurah Sepinggan"
    assert positions[1].startswith("Lurah ")


def test_what_becomes_of_the_signer_changes_nothing_that_was_signed() -> None:
    letter = _issued_by(user_with((Role.LURAH, KELURAHAN, Kind.PLH), **PERSON))
    User.objects.filter(full_name="Wakil Contoh").update(full_name="Nama Lain", rank="Pembina")
    letter.refresh_from_db()
    assert letter.facts is not None
    text = text_of(draw_letter(letter.facts))
    assert "Plh. Lurah Sepinggan" in text
    assert "Wakil Contoh Penata" in text
    assert "Nama Lain" not in text


def _secretary(**fields: str) -> User:
    return user_with((Role.PENANDA_TANGAN, KELURAHAN), **{**PERSON, **fields})


def test_in_the_lurahs_name_the_letter_has_both_lines() -> None:
    factories.holder(Role.LURAH, KELURAHAN)
    letter = _issued_by(_secretary())
    facts = letter.facts
    assert facts is not None
    assert facts.signatory == Signatory(
        "Wakil Contoh", BEHALF, PERSON["rank"], PERSON["nip"], "Sekretaris Lurah"
    )
    text = text_of(draw_letter(facts))
    assert f"di bawah ini, Sekretaris Lurah {BEHALF}, Kecamatan" in text
    assert letter.issued_on is not None
    block = text.split(f"Balikpapan, {tanggal(letter.issued_on)} ")[1]
    assert block.startswith(f"{BEHALF} Sekretaris Lurah, ")
    assert "Wakil Contoh Penata NIP 19790512 200312 2 004" in block


def test_the_preview_says_in_whose_name_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[LetterFacts] = []
    monkeypatch.setattr(page, "preview_letter", drawn.append)
    monkeypatch.setattr(page, "one_below_the_other", lambda pages: b"")
    letter = factories.letter_ready()
    assert client_of(_secretary()).get(f"/surat/{letter.pk}/pratinjau/").status_code == 200
    [facts] = drawn
    assert facts.signatory.position == BEHALF
    assert facts.signatory.own_title == "Sekretaris Lurah"


@pytest.mark.parametrize("kind", Kind)
def test_without_anybody_in_the_lurahs_office_nobody_signs_in_the_lurahs_name(
    kind: Post.Kind,
) -> None:
    client, letter = client_of(_secretary()), factories.letter_ready()
    user_with((Role.LURAH, FOREIGN_KELURAHAN))
    answer = client.post(f"/surat/{letter.pk}/", {"action": "issue"})
    assert answer.status_code == 409
    assert "tidak ada yang menjabat Lurah" in shown(answer)
    letter.refresh_from_db()
    assert (letter.status, letter.number) == ("ready", "")
    user_with((Role.LURAH, KELURAHAN, kind))
    assert client.post(f"/surat/{letter.pk}/", {"action": "issue"}).status_code == 302


@pytest.mark.parametrize("kind", Kind)
def test_who_is_lurah_and_signs_for_the_lurah_signs_as_lurah(kind: Post.Kind) -> None:
    both = user_with((Role.PENANDA_TANGAN, KELURAHAN), (Role.LURAH, KELURAHAN, kind), **PERSON)
    facts = _issued_by(both).facts
    assert facts is not None
    assert (facts.signatory.position, facts.signatory.own_title) == (PRINTED[kind], "")


def test_a_lurah_elsewhere_signs_here_only_in_the_lurahs_name() -> None:
    factories.holder(Role.LURAH, KELURAHAN)
    both = user_with((Role.LURAH, FOREIGN_KELURAHAN), (Role.PENANDA_TANGAN, KELURAHAN), **PERSON)
    facts = _issued_by(both).facts
    assert facts is not None
    assert facts.signatory.position == BEHALF


def test_two_who_sign_for_the_lurah_and_a_plh_each_sign_as_what_they_are() -> None:
    factories.holder(Role.LURAH, KELURAHAN)
    secretary, acting = _secretary(), user_with((Role.LURAH, KELURAHAN, Kind.PLH))
    head_of_section = user_with((Role.PETUGAS_KELURAHAN, KELURAHAN))
    post = Post(user=head_of_section, role=Role.PENANDA_TANGAN, area_id=KELURAHAN, starts=today())
    post.own_title = "Kepala Seksi Pemerintahan"
    rested(post).save()
    lines = []
    for user in (secretary, head_of_section, acting):
        facts = _issued_by(User.objects.get(pk=user.pk)).facts
        assert facts is not None
        lines.append((facts.signatory.position, facts.signatory.own_title))
    assert lines == [
        (BEHALF, "Sekretaris Lurah"),
        (BEHALF, "Kepala Seksi Pemerintahan"),
        ("Plh. Lurah Sepinggan", ""),
    ]


def test_they_return_revoke_and_replace_letters_of_their_kelurahan_alone() -> None:
    client = client_of(_secretary())
    reason = {"reason": "Salah data."}
    ready, issued = factories.letter_ready(), factories.letter_issued()
    for letter, action in ((ready, "return"), (issued, "revoke")):
        answer = client.post(f"/surat/{letter.pk}/", {"action": action, **reason})
        assert answer.status_code == 302
    elsewhere = factories.letter_ready(factories.reported(factories.FOREIGN_RT))
    assert client.post(f"/surat/{elsewhere.pk}/", {"action": "issue"}).status_code == 404


def test_facts_of_before_own_titles_are_read_as_they_were() -> None:
    letter = _issued_by(user_with((Role.LURAH, KELURAHAN), **PERSON))
    assert letter.facts is not None
    data = letter.facts.as_json()
    del data["signatory"]["own_title"]
    assert LetterFacts.from_json(data) == letter.facts


def test_the_preview_shows_who_would_sign_and_the_page_works_for_them() -> None:
    letter = factories.letter_ready()
    acting = client_of(user_with((Role.LURAH, KELURAHAN, Kind.PLH), **PERSON))
    assert acting.get(f"/surat/{letter.pk}/pratinjau/").status_code == 200
    assert lurah().get(f"/surat/{letter.pk}/pratinjau/").status_code == 200
