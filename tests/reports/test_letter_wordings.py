"""Each published wording of a letter is known by its digest, and a letter keeps its own."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from reports.letters import drawing, printing
from reports.letters.facts import WORDING, Introduction, LetterFacts, Replaced, Signatory
from reports.letters.models import Drawing
from reports.letters.wordings import WORDINGS, WordingUnknown, template_of
from tests import factories
from tests.reports.letters_to_draw import (
    BEHALF,
    LETTER,
    ONE,
    PREVIEWED,
    family_of,
    letter_of,
    text_of,
)
from wacat.drawing import engine

# A wording that was published says this for ever. Never change a line: add a wording, and its
# digest as the failing test tells it.
PUBLISHED = {
    1: "76e8765fc70af558520ffd9a347cdddfc6b9560057ec1e25675653cab6973535",
}
READ = {"alt", "content", "data-footnote", "data-number"}  # attributes that are printed or read out
_ELSEWHERE = replace(ONE, origin_address="Jalan Lain Nomor 1, Kota Binjai")
_FAMILY = family_of(["Dewi"])
# Together these make every branch of the template speak.
CASES: dict[str, LetterFacts] = {
    "ink": LETTER,
    "in the Lurah's name": replace(LETTER, signatory=BEHALF),
    "signed": replace(LETTER, signing="p12"),
    "family": replace(_FAMILY, subjects=(*_FAMILY.subjects, _ELSEWHERE), paper="F4"),
    "no nik": letter_of(nik="", no_nik_reason="Warga negara asing"),
    "checked by the kelurahan": replace(
        LETTER, introduction=Introduction(False, "", LETTER.introduction.on)
    ),
    "replacing": replace(LETTER, replaces=Replaced("400.12.2.1/007/1002/I/2026", ONE.birth_date)),
    "with a logo": replace(LETTER, office=replace(LETTER.office, logo="logos/x.png", phone="")),
    "preview": replace(PREVIEWED, signatory=Signatory("", "Lurah Sepinggan", "", "")),
}


class _Words(HTMLParser):
    """All that somebody reads or hears of a page, without its layout."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in READ]

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def _page(facts: LetterFacts, wording: int) -> str:
    context = {**drawing._context(facts), "density": "roomy"}
    return render_to_string(template_of(wording), context)


def _said(facts: LetterFacts, wording: int) -> str:
    words = _Words()
    words.feed(_page(facts, wording))
    return " ".join(" ".join(words.found).split())


def _digest(wording: int) -> str:
    said = {name: _said(facts, wording) for name, facts in CASES.items()}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def test_every_wording_is_published_and_the_latest_is_used() -> None:
    assert set(PUBLISHED) == set(WORDINGS)
    assert max(WORDINGS) == WORDING == LETTER.wording


@pytest.mark.parametrize("wording", WORDINGS)
def test_a_published_wording_says_what_it_said(wording: int) -> None:
    assert _digest(wording) == PUBLISHED[wording], "a published wording was edited: add a new one"


@pytest.mark.parametrize("wording", WORDINGS)
def test_the_digest_covers_every_line_of_the_wording(wording: int) -> None:
    source = (settings.BASE_DIR / "templates" / template_of(wording)).read_text()
    spoken = "\0".join(_page(facts, wording) for facts in CASES.values())
    pieces = re.split(r"{%.*?%}|{{.*?}}|{#.*?#}", source)
    assert [piece for piece in pieces if piece not in spoken] == []


def test_a_letter_is_drawn_in_the_wording_of_its_issue(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def draw(template: str, *_rest: object) -> engine.Drawn:
        asked.append(template)
        return engine.Drawn(b"", 1)

    monkeypatch.setattr(engine, "draw", draw)
    monkeypatch.setitem(WORDINGS, 2, "documents/letter/v2.html")
    for wording in (1, 2):
        drawing.draw_letter(LetterFacts.from_json(replace(LETTER, wording=wording).as_json()))
    assert asked == ["documents/letter/v1.html", "documents/letter/v2.html"]


@pytest.mark.django_db
def test_an_unknown_wording_is_refused_and_the_letter_waits() -> None:
    with pytest.raises(WordingUnknown, match="no wording 99 of the letter"):
        drawing.draw_letter(replace(LETTER, wording=99))
    letter = factories.letter_issued()
    assert letter.facts is not None
    assert letter.facts.wording == WORDING
    letter.facts = replace(letter.facts, wording=99)
    letter.save()
    assert not printing.print_letter(letter.pk)
    work = Drawing.objects.get(letter=letter)
    assert (work.state, work.failure, work.file) == ("waiting", "WordingUnknown", "")


def test_a_replacement_names_what_it_replaces() -> None:
    text = text_of(drawing.draw_letter(CASES["replacing"]))
    said = "menggantikan surat nomor 400.12.2.1/007/1002/I/2026 tanggal 12 Maret 1985"
    assert said in text
