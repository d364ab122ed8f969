"""Drawing a domicile letter: facts in, PDF bytes out. No ORM.

Facts without a number or without an address to verify it are those of a letter not issued yet:
they are drawn with a mark across the page, and without a verification code.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from reports.letters.facts import LetterFacts, Subject
from reports.letters.office_logo import stored_logo
from reports.letters.signing import INK
from reports.letters.wordings import template_of
from wacat.drawing import engine
from wacat.drawing.formats import grouped_code, grouped_nip
from wacat.drawing.marks import PREVIEW, SPECIMEN, Mark
from wacat.drawing.qr import qr_shape
from wacat.drawing.raster import pages_as_png
from wacat.words import nik_grouped, tanggal

STYLES = ("document.css", "letter.css")
DENSITIES = ("roomy", "compact", "dense", "tiny")
F4_MORE_MEMBERS = 3  # rows of the family table that the longer paper holds more
LOGO = "logo.png"
NUMBER_TO_COME = "… (nomor diberikan saat terbit)"


class Member(NamedTuple):
    """One row of the family table."""

    name: str
    nik: str
    birth_place: str
    birth_date: str
    sex: str
    relation: str
    occupation: str
    other_origin: str


def draw_letter(facts: LetterFacts) -> bytes:
    """The letter as PDF/A, at the roomiest setting that keeps it on one page.

    A family too large for one page runs on. Raises DrawingError when a text holds characters
    that the embedded family does not have, WordingUnknown, and LogoLost when the logo of its time
    is not what was stored.
    """
    logo = facts.office.logo
    pictures = {LOGO: stored_logo(logo)} if logo else {}
    return engine.draw(
        template_of(facts.wording), _context(facts), STYLES, _densities(facts), pictures
    ).pdf


def preview_letter(facts: LetterFacts, width_px: int = 900) -> list[bytes]:
    """The very letter that ``draw_letter`` makes, each page a PNG of ``width_px`` pixels."""
    return pages_as_png(draw_letter(facts), width_px)


def _densities(facts: LetterFacts) -> tuple[str, ...]:
    """The settings worth trying: each costs a layout, and a large family never fits roomy."""
    if len(facts.subjects) == 1:
        return DENSITIES
    members = len(facts.subjects) - 1 - (F4_MORE_MEMBERS if facts.paper == "F4" else 0)
    if members < 3:
        return ("roomy", "compact", "dense") if members < 1 else ("compact", "dense")
    return ("dense", "compact")  # what takes two pages all the same need not be dense


def _context(facts: LetterFacts) -> dict[str, Any]:
    head, *others = facts.subjects
    return {
        "facts": facts,
        "logo": LOGO if facts.office.logo else "",
        "number": facts.number or NUMBER_TO_COME,
        "head": head,
        "head_nik": _nik(head),
        "head_birth_date": tanggal(head.birth_date),
        "members": [_member(one, head) for one in others],
        "introduced_on": tanggal(facts.introduction.on),
        "lives_here_since": tanggal(facts.lives_here_since),
        "issued_on": tanggal(facts.issued_on),
        "valid_until": tanggal(facts.valid_until),
        "replaced_on": tanggal(facts.replaces.on) if facts.replaces else "",
        "nip": grouped_nip(facts.signatory.nip),
        "code": grouped_code(facts.short_code),
        "marks": _marks(facts),
        "qr": qr_shape(facts.verification_url) if facts.verification_url else None,
        "check_at": facts.verification_url.rsplit("/", 2)[0] + "/",
        "is_signed": facts.signing != INK,
    }


def _member(one: Subject, head: Subject) -> Member:
    return Member(
        one.full_name,
        _nik(one),
        one.birth_place,
        tanggal(one.birth_date),
        one.sex,
        one.family_relation,
        one.occupation,
        one.origin_address if one.origin_address != head.origin_address else "",
    )


def _nik(subject: Subject) -> str:
    return nik_grouped(subject.nik) or f"tidak ada ({subject.no_nik_reason})"


def _marks(facts: LetterFacts) -> tuple[Mark, ...]:
    is_issued = facts.number and facts.verification_url
    return (() if is_issued else (PREVIEW,)) + ((SPECIMEN,) if facts.specimen else ())
