"""Drawing the form F-1.15: facts in, PDF bytes out. No ORM."""

from __future__ import annotations

from typing import Any

from residents.f115.facts import BLANK, Chosen, FormFacts
from wacat.drawing import engine
from wacat.drawing.characters import drawable
from wacat.drawing.marks import SPECIMEN, Mark
from wacat.words import NIK_DIGITS, tanggal

TEMPLATE = "documents/f115.html"
STYLES = ("document.css", "f115.css")
DENSITIES = ("roomy", "compact", "dense", "tiny")
LETTERS = (("a", "Pekerjaan"), ("b", "Pendidikan"), ("c", "Lainnya"))
SHORT = 30  # letters of a value that leaves room for another beside it
# What the paper form has lines for besides; the portal asks for the same.
BLANK_EXTRAS = (
    "Tempat, tanggal lahir",
    "Jenis kelamin (1 L, 2 P)",
    "Warga negara (1 WNI, 2 WNA)",
    "Alamat asal",
    "Telepon",
    "Pemilik tempat",
    "Tempat kerja/sekolah",
    "Penjamin",
)


def draw_form(facts: FormFacts) -> bytes:
    """The form as PDF/A on one A4 page, at the roomiest setting that fits.

    A character that the embedded family lacks is drawn as a question mark.
    """
    return engine.draw(TEMPLATE, _context(facts), STYLES, DENSITIES).pdf


def draw_blank() -> bytes:
    """The form for paper."""
    return draw_form(BLANK)


def _context(facts: FormFacts) -> dict[str, Any]:
    return {
        "facts": facts,
        "digits": list(facts.nik or " " * NIK_DIGITS),
        "no_nik": drawable(facts.no_nik_reason),
        "name": drawable(facts.full_name),
        "place": _place(facts),
        "purposes": _choices(facts.purpose),
        "period": _period(facts),
        "cancellations": _choices(facts.cancelled),
        "kinds": _kinds(facts),
        "made_on": tanggal(facts.made_on),
        "extras": _extras(facts),
        "marks": _marks(facts),
    }


def _place(facts: FormFacts) -> list[tuple[str, str, str]]:
    """Part III: letter, label, value."""
    place = facts.place
    rows = (
        ("Alamat", place.address if place else ""),
        ("RT/RW", f"{place.rt} / –" if place else ""),
        ("Kelurahan/desa", place.kelurahan if place else ""),
        ("Kecamatan", place.kecamatan if place else ""),
        ("Kabupaten/kota", place.city if place else ""),
        ("Provinsi", place.province if place else ""),
    )
    return [
        (letter, label, drawable(value))
        for letter, (label, value) in zip("abcdef", rows, strict=True)
    ]


def _choices(chosen: Chosen | None) -> list[tuple[str, str, bool, str]]:
    """Letter, label, whether it is ticked, and the words beside it."""
    return [
        (letter, label, is_it, drawable(chosen.words) if chosen and is_it else "")
        for letter, label in LETTERS
        for is_it in (chosen is not None and chosen.letter == letter,)
    ]


def _period(facts: FormFacts) -> str:
    if facts.since is None or facts.until is None:
        return ""
    days = (facts.until - facts.since).days + 1
    return f"{tanggal(facts.since)} sampai {tanggal(facts.until)} ({days} hari)"


def _kinds(facts: FormFacts) -> list[tuple[str, bool]]:
    is_cancellation = facts.cancelled is not None
    return [
        ("Pendaftaran", not facts.blank and not is_cancellation),
        ("Pembatalan", is_cancellation),
    ]


def _extras(facts: FormFacts) -> list[list[tuple[str, str]]]:
    """Rows of one or two: two short facts in a row stand beside each other."""
    if facts.blank:
        return [[(label, "")] for label in BLANK_EXTRAS]
    rows: list[list[tuple[str, str]]] = []
    for label, value in facts.extras:
        is_short = len(value) <= SHORT
        if rows and is_short and len(rows[-1]) == 1 and len(rows[-1][0][1]) <= SHORT:
            rows[-1].append((label, drawable(value)))
        else:
            rows.append([(label, drawable(value))])
    return rows


def _marks(facts: FormFacts) -> tuple[Mark, ...]:
    draft = Mark("DRAF", f"DRAF: {facts.unfinished.upper()}")
    return ((draft,) if facts.unfinished else ()) + ((SPECIMEN,) if facts.specimen else ())
