"""Drawing a signed statement: frozen facts in, PDF bytes out. No ORM."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from residents.truth.facts import Sums, TruthFacts
from wacat.drawing import engine
from wacat.drawing.characters import drawable
from wacat.drawing.marks import SPECIMEN
from wacat.words import angka, tanggal

TEMPLATE = "documents/truth.html"
STYLES = ("document.css", "truth.css")


@dataclass(frozen=True)
class TruthPaper:
    """All that the paper says; ``month`` in words."""

    facts: TruthFacts
    month: str
    revision: int
    signer_name: str
    signer_title: str
    signed_on: date
    specimen: bool


def draw_paper(paper: TruthPaper) -> bytes:
    """The statement as PDF/A. A character that the family lacks is drawn as a question mark."""
    return engine.draw(TEMPLATE, _context(paper), STYLES).pdf


def _context(paper: TruthPaper) -> dict[str, Any]:
    facts, sums = paper.facts, paper.facts.sums
    return {
        "facts": facts,
        "month": paper.month,
        "until": tanggal(facts.until),
        "revision": paper.revision,
        "sums": _in_words(sums),
        "unanswered": angka(sums.unanswered) if sums.unanswered else "",
        "rows": [
            (
                number,
                row.kind,
                tanggal(row.served_on),
                drawable(row.full_name),
                row.answer_label,
                f"koreksi {row.correction}" if row.correction else "",
            )
            for number, row in enumerate(facts.rows, start=1)
        ],
        "signer_name": drawable(paper.signer_name),
        "signer_title": paper.signer_title,
        "signed_on": tanggal(paper.signed_on),
        "marks": (SPECIMEN,) if paper.specimen else (),
    }


def _in_words(sums: Sums) -> list[tuple[str, str]]:
    return [
        ("Layanan yang diberitahukan", angka(sums.total)),
        ("Benar", angka(sums.confirmed)),
        ("Tidak benar", angka(sums.corrected)),
        ("Belum dikonfirmasi", angka(sums.unanswered)),
    ]
