"""A letter's logo: the one of its issue, for good; small; and no way to anything else."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from reports.letters import printing
from reports.letters.drawing import draw_letter
from reports.letters.facts import LetterFacts
from reports.letters.models import Drawing
from reports.letters.office_logo import LogoField, LogoLost, kept_logo
from reports.letters.office_models import LetterOffice
from reports.letters.office_specimen import specimen
from tests import factories
from tests.factories import KELURAHAN
from tests.reports.letters_to_draw import LETTER, catalog_of, reader_of, text_of
from wacat.drawing.engine import DrawingError, draw_html
from wacat.work import perform

LARGEST = 40_000


def a_logo(number: int = 1) -> str:
    """A stored picture with as many colours as a coat of arms in a photograph."""
    picture = Image.effect_mandelbrot((700, 860), (-2.2, -1.6, 1.0, 1.6), 40 + number)
    other = picture.rotate(90 * number).resize(picture.size)
    coloured = Image.merge("RGB", (picture, other, Image.linear_gradient("L").resize((700, 860))))
    file = io.BytesIO()
    coloured.save(file, "PNG")
    return kept_logo(LogoField().clean(ContentFile(file.getvalue(), "logo.png")))


def with_logo(name: str) -> LetterFacts:
    return replace(LETTER, office=replace(LETTER.office, logo=name))


def pictures_in(pdf: bytes) -> list[str]:
    return [image.name for page in reader_of(pdf).pages for image in page.images]


def test_the_logo_stands_where_the_emblem_stood() -> None:
    plain, pdf = draw_letter(LETTER), draw_letter(with_logo(a_logo()))
    assert pictures_in(plain) == []
    assert len(pictures_in(pdf)) == len(reader_of(pdf).pages) == 1
    assert text_of(pdf) == text_of(plain)
    assert len(pdf) <= LARGEST
    assert "/StructTreeRoot" in catalog_of(pdf)


def test_a_lost_logo_is_told_and_not_left_out() -> None:
    name = a_logo(2)
    default_storage.save(name, ContentFile(b"\x89PNG another"))
    with pytest.raises(LogoLost):
        draw_letter(with_logo(name))
    with pytest.raises(LogoLost):
        draw_letter(with_logo("logos/" + "0" * 64 + ".png"))


def test_a_document_gets_its_own_pictures_only() -> None:
    html = '<!doctype html><html lang=id><title>-</title><img src="asset:pictures/{}" alt="x">'
    draw_letter(with_logo(a_logo()))
    with pytest.raises(DrawingError):
        draw_html([html.format("logo.png")], ("document.css",))
    for name in ("../logo.png", "logo.png?", "%2e%2e/logo.png"):
        with pytest.raises(DrawingError):
            draw_html([html.format(name)], ("document.css",), {"logo.png": b""})


@pytest.mark.django_db
def test_an_issued_letter_keeps_its_letterhead_and_logo() -> None:
    factories.load_areas()
    old, new = a_logo(1), a_logo(3)
    office = LetterOffice.objects.create(kelurahan_id=KELURAHAN, address="Lama 1", logo=old)
    letter = factories.letter_issued()
    office.address, office.logo = "Baru 2", new
    office.save()
    facts = letter.facts
    assert facts is not None
    assert (facts.office.logo, facts.office.address) == (old, "Lama 1")
    assert perform(Drawing, letter.pk, printing.draw)
    later = factories.letter_issued().facts
    assert later is not None
    assert later.office.logo == new


@pytest.mark.django_db
def test_a_letter_whose_logo_is_lost_waits() -> None:
    factories.load_areas()
    name = a_logo(4)
    LetterOffice.objects.create(kelurahan_id=KELURAHAN, logo=name)
    letter = factories.letter_issued()
    default_storage.delete(name)
    assert not perform(Drawing, letter.pk, printing.draw)
    work = Drawing.objects.get(letter=letter)
    assert (work.state, work.failure, work.file) == ("waiting", "LogoLost", "")


def test_facts_from_before_there_were_logos_are_read() -> None:
    data = LETTER.as_json()
    del data["office"]["logo"]
    assert LetterFacts.from_json(data) == LETTER


@pytest.mark.django_db
@pytest.mark.parametrize("paper", ["A4", "F4"])
def test_the_specimen_is_nobody_and_no_letter(paper: str) -> None:
    factories.load_areas()
    office = LetterOffice(kelurahan_id=KELURAHAN, address="Jalan Contoh 1", paper=paper)
    facts = specimen(office.kelurahan, office)
    pdf = draw_letter(facts)
    text = text_of(pdf)
    assert len(reader_of(pdf).pages) == 1
    assert "PRATINJAU: SURAT BELUM DITERBITKAN" in text
    assert "CONTOH – TIDAK BERLAKU" in text
    assert "QR verifikasi" not in text
    assert f"Nomor: {facts.number}" in text
