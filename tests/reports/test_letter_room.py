"""Where the ink of a letter lies: seen on its pixels, so on no machine's fonts."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdfium2
import pytest
import segno
from PIL import Image

from reports.letters.drawing import draw_letter, preview_letter
from reports.letters.facts import LetterFacts
from tests.reports.letters_to_draw import LETTER, PREVIEWED, family_of, letter_of
from wacat.drawing.raster import one_below_the_other

SCALE = 4  # pixels a point
MM = 72 / 25.4 * SCALE
ROOM_HEIGHT, ROOM_WIDTH, QR_SIDE = 28 * MM, 60 * MM, 25 * MM
LETTERS = [
    LETTER,
    replace(LETTER, paper="F4"),
    family_of(["Satu", "Dua"]),
    family_of([f"Anggota Keluarga {one}" for one in range(7)]),
    letter_of(full_name="Wahyuningsih " * 9, origin_address="Jalan Melati Putih Raya " * 13),
]


class Page:
    """A drawn page: its pixels, and where on them its words stand."""

    def __init__(self, facts: LetterFacts) -> None:
        document = pypdfium2.PdfDocument(draw_letter(facts))
        self.page = document[len(document) - 1]
        self.picture = self.page.render(scale=SCALE, grayscale=True).to_pil()

    def box_of(self, words: str) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of ``words`` in pixels."""
        text = self.page.get_textpage()
        found = text.search(words, match_case=True).get_next()
        assert found is not None, words
        boxes = [text.get_charbox(found[0] + step) for step in range(found[1])]
        top, bottom = max(box[3] for box in boxes), min(box[1] for box in boxes)
        height = self.page.get_height()
        sides = min(box[0] for box in boxes), max(box[2] for box in boxes)
        return (
            sides[0] * SCALE,
            (height - top) * SCALE,
            sides[1] * SCALE,
            (height - bottom) * SCALE,
        )

    def ink(self, area: tuple[float, float, float, float]) -> tuple[int, int, int, int] | None:
        """The bounding box of what is not white in ``area``, or None."""
        left, top, right, bottom = map(round, area)
        part = self.picture.crop((left, top, right, bottom))
        box = part.point([255 if level < 250 else 0 for level in range(256)]).getbbox()
        return box and (box[0] + left, box[1] + top, box[2] + left, box[3] + top)


@pytest.mark.parametrize("facts", LETTERS)
def test_there_is_white_room_for_signature_and_stamp(facts: LetterFacts) -> None:
    page = Page(facts)
    left, _, _, above = page.box_of("Plh. Lurah Sepinggan,\r\n")
    _, below, _, _ = page.box_of("Siti Rahmawati")
    assert below - above >= ROOM_HEIGHT
    descender = 1 * MM
    room = (left - 3 * MM, above + descender, left + ROOM_WIDTH, below - 0.5 * MM)
    assert page.ink(room) is None


@pytest.mark.parametrize("facts", LETTERS)
def test_the_code_is_large_readable_and_beside_the_signature(facts: LetterFacts) -> None:
    page = Page(facts)
    signature = page.box_of("Siti Rahmawati")[0]
    below = page.box_of("QR verifikasi")[1]
    box = page.ink((0, below - 36 * MM, signature - 3 * MM, below - 1 * MM))
    assert box is not None
    left, top, right, bottom = box
    assert right - left == pytest.approx(bottom - top, abs=2)
    assert right - left >= QR_SIDE
    rows = segno.make_qr(facts.verification_url, error="m").matrix
    module = (right - left) / len(rows)
    quiet = 3.9 * module
    assert page.ink((left - quiet, top - quiet, left, bottom + quiet)) is None
    assert page.ink((right, top - quiet, right + quiet, bottom + quiet)) is None
    seen = [
        [_dark(page.picture, left + (x + 0.5) * module, top + (y + 0.5) * module) for x in across]
        for y, across in ((y, range(len(rows))) for y in range(len(rows)))
    ]
    assert seen == [[bool(module) for module in row] for row in rows]


def test_a_preview_is_the_letter_as_a_picture_without_a_code() -> None:
    [picture] = preview_letter(PREVIEWED, 900)
    opened = Image.open(io.BytesIO(picture))
    assert (opened.format, opened.width) == ("PNG", 900)
    assert len(picture) < 100_000
    page = Page(PREVIEWED)
    left, top, _, _ = page.box_of("Balikpapan, 21 November 2026")
    assert page.ink((0, top, left - 5 * MM, top + 45 * MM)) is None


def test_a_long_letter_is_previewed_whole() -> None:
    pages = preview_letter(family_of([f"Anggota {one}" for one in range(19)]), 400)
    assert len(pages) == 2


def _dark(picture: Image.Image, x: float, y: float) -> bool:
    level = picture.getpixel((int(x), int(y)))
    assert isinstance(level, int)
    return level < 128


def test_pages_stand_one_below_the_other_in_one_picture() -> None:
    pages = preview_letter(family_of([f"Anggota {one}" for one in range(19)]), 400)
    single, whole = (Image.open(io.BytesIO(one)) for one in (pages[0], one_below_the_other(pages)))
    assert whole.size == (single.width, sum(Image.open(io.BytesIO(one)).height for one in pages))
    assert one_below_the_other(pages[:1]) == pages[0]
