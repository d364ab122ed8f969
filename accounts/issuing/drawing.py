"""Drawing a sheet of slips: facts in, PDF bytes out. No ORM; nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wacat.drawing import engine
from wacat.drawing.characters import drawable
from wacat.drawing.marks import Mark
from wacat.words import tanggal

TEMPLATE = "documents/slip.html"
STYLES = ("document.css", "slip.css")
SLIPS_A_PAGE = 4
SPECIMEN = Mark("DATA CONTOH", "DATA CONTOH: BUKAN AKUN SEBENARNYA")


@dataclass(frozen=True)
class Slip:
    """What stands on one slip. ``phone`` is empty for who logs in by the user name only."""

    full_name: str
    posts: tuple[str, ...]
    username: str
    phone: str
    password: str
    valid_until: datetime


@dataclass(frozen=True)
class Sheet:
    """Slips of one area, in the order in which they are handed out."""

    area_name: str
    address: str
    made_at: datetime
    slips: tuple[Slip, ...]
    specimen: bool = False


def draw_sheet(sheet: Sheet) -> bytes:
    """The slips as PDF/A, four to a page, with lines to cut along.

    A character that the embedded family lacks is drawn as a question mark: one name must not
    keep forty others waiting.
    """
    return engine.draw(TEMPLATE, _context(sheet), STYLES).pdf


def _context(sheet: Sheet) -> dict[str, Any]:
    slips = [_slip(slip, sheet) for slip in sheet.slips]
    starts = range(0, len(slips), SLIPS_A_PAGE)
    return {
        "area_name": sheet.area_name,
        "made_on": tanggal(sheet.made_at),
        "pages": [slips[start : start + SLIPS_A_PAGE] for start in starts],
        "marks": (SPECIMEN,) if sheet.specimen else (),
    }


def _slip(slip: Slip, sheet: Sheet) -> dict[str, Any]:
    by_phone = slip.phone == slip.username
    return {
        "full_name": drawable(slip.full_name),
        "posts": [drawable(post) for post in slip.posts],
        "username": slip.username,
        "username_note": "(nomor telepon Bapak/Ibu)" if by_phone else "",
        "phone": "" if by_phone else slip.phone,
        "password": slip.password,
        "valid_until": tanggal(slip.valid_until),
        "address": sheet.address,
    }
