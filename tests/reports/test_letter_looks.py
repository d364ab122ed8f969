"""What letters look like, held against small pictures of how they should.

After a change that is meant: ``RENEW_LOOKS=1 .venv/bin/python -m pytest
tests/reports/test_letter_looks.py``, and look at the pictures in ``tests/reports/looks`` before
they are committed. The renderer is pinned and the fonts are bundled; what another version smooths
otherwise is allowed for.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter

from reports.letters.drawing import draw_letter
from reports.letters.facts import LetterFacts, Replaced, Signatory
from tests.reports.letters_to_draw import BEHALF, LETTER, PREVIEWED, family_of
from wacat.drawing.raster import one_below_the_other, pages_as_png

LOOKS = Path(__file__).parent / "looks"
WIDTH = 330  # pixels: 40 to the inch, so that 2 mm are three of them
MM = WIDTH / 210
DIFFERENT = 30  # of 255 grey levels, once edges are blurred
MOST_DIFFERENT = 15  # pixels
NAMES = ["Nur Aini D'Souza", "Ki", "Putri Ayu Wulandari Kusumaningrum", "Dewi", "Cahya", "Budi"]
_FAMILY = family_of(NAMES)
_NOBODY = Signatory("", "Lurah Sepinggan", "", "")
CASES: dict[str, LetterFacts] = {
    "a4": replace(LETTER, signatory=replace(LETTER.signatory, position="Lurah Sepinggan")),
    "f4": replace(LETTER, paper="F4"),
    "family": _FAMILY,
    "family-f4": replace(_FAMILY, paper="F4"),
    "plh": LETTER,
    "behalf": replace(LETTER, signatory=BEHALF),
    "signed": replace(LETTER, signing="p12"),
    "replacing": replace(LETTER, replaces=Replaced("400.12.2.1/007/1002/I/2026", LETTER.issued_on)),
    "preview": replace(
        PREVIEWED, signatory=Signatory("", "Lurah Sepinggan", "", ""), specimen=True
    ),
}


def looks(facts: LetterFacts) -> Image.Image:
    return _opened(one_below_the_other(pages_as_png(draw_letter(facts), WIDTH)))


def _opened(png: bytes | Path) -> Image.Image:
    return Image.open(io.BytesIO(png) if isinstance(png, bytes) else png).convert("L")


def told_apart(one: Image.Image, other: Image.Image) -> str:
    """How many pixels differ, and within which millimetres; nothing where they look alike."""
    if one.size != other.size:
        return f"{one.size} instead of {other.size} pixels"
    soft = [picture.filter(ImageFilter.GaussianBlur(1)) for picture in (one, other)]
    marked = ImageChops.difference(*soft).point([255 * (level > DIFFERENT) for level in range(256)])
    count, box = marked.histogram()[255], marked.getbbox()
    if count <= MOST_DIFFERENT or box is None:
        return ""
    return f"{count} pixels differ within {[round(edge / MM) for edge in box]} mm"


@pytest.mark.parametrize("name", CASES)
def test_it_looks_as_it_should(name: str) -> None:
    path, drawn = LOOKS / f"{name}.png", looks(CASES[name])
    if os.environ.get("RENEW_LOOKS"):
        drawn.quantize(16).save(path, optimize=True, bits=4)
    assert told_apart(drawn, _opened(path)) == ""


def test_every_picture_is_looked_at() -> None:
    assert {path.stem for path in LOOKS.iterdir()} == set(CASES)


def _moved(box: tuple[int, int, int, int], right: int, down: int) -> Image.Image:
    """The letter with a block, given in millimetres, moved by pixels."""
    left, top, far, bottom = (round(edge * MM) for edge in box)
    whole = _opened(LOOKS / "plh.png")
    block = whole.crop((left, top, far, bottom))
    whole.paste("white", (left, top, far, bottom))
    whole.paste(block, (left + right, top + down))
    return whole


@pytest.mark.parametrize(
    "box",
    [(25, 15, 190, 41), (25, 48, 190, 60), (25, 92, 190, 96), (110, 210, 190, 225)],
    ids=["letterhead", "title", "one line", "signatory"],
)
@pytest.mark.parametrize(("right", "down"), [(3, 0), (-3, 0), (0, 3), (0, -3)])
def test_a_block_two_millimetres_off_is_seen(
    box: tuple[int, int, int, int], right: int, down: int
) -> None:
    assert "pixels differ" in told_apart(_moved(box, right, down), _opened(LOOKS / "plh.png"))


def _shifted(by: float) -> Callable[[Image.Image], Image.Image]:
    affine = Image.Transform.AFFINE
    return lambda one: one.transform(
        one.size, affine, (1, 0, by, 0, 1, by), Image.Resampling.BICUBIC, fillcolor=255
    )


@pytest.mark.parametrize(
    "change",
    [_shifted(0.2), lambda one: one.point([min(255, level + 12) for level in range(256)])],
    ids=["a fifth of a pixel off", "paler"],
)
def test_edges_smoothed_otherwise_are_not(change: Callable[[Image.Image], Image.Image]) -> None:
    whole = _opened(LOOKS / "plh.png")
    assert told_apart(change(whole), whole) == ""
