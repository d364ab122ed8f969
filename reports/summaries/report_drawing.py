"""Drawing a report: frozen numbers in, PDF bytes out. No ORM, and nothing is added up here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reports.summaries import report_silence
from reports.summaries.breakdowns import Line
from reports.summaries.dimensions import DIMENSIONS
from reports.summaries.figures import FIGURES, changes_of
from reports.summaries.periods import Period
from reports.summaries.report_charts import bars_on_paper, line_on_paper, pyramid_on_paper
from reports.summaries.report_facts import LETTERS_BY, Part, ReportFacts
from reports.summaries.report_late import DEFINITION, Late
from wacat.drawing import engine
from wacat.drawing.marks import SAMPLE_DATA
from wacat.words import angka, tanggal, waktu

TEMPLATE = "documents/report.html"
STYLES = ("document.css", "report.css")


@dataclass(frozen=True)
class ReportPaper:
    """All that the paper says. ``late`` is of a revision; ``url`` where its hash is told."""

    area_level: str
    period: Period
    revision: int
    known_at: datetime
    reason: str
    facts: ReportFacts
    late: Late | None
    url: str
    specimen: bool


def draw_report(paper: ReportPaper) -> bytes:
    """The report as tagged PDF/A. Raises DrawingError for what the fonts do not have."""
    return engine.draw(TEMPLATE, _context(paper), STYLES).pdf


def _context(paper: ReportPaper) -> dict[str, Any]:
    return {**_cover(paper), **_figures(paper.facts), **_people(paper.facts)}


def _cover(paper: ReportPaper) -> dict[str, Any]:
    return {
        "paper": paper,
        "area": paper.facts.total,
        "period": paper.period,
        "before": paper.period.before,
        "last": tanggal(paper.period.last),
        "known_at": waktu(paper.known_at),
        "late": paper.late,
        "late_known_at": waktu(paper.late.known_at) if paper.late else "",
        "late_means": DEFINITION,
        "marks": (SAMPLE_DATA,) if paper.specimen else (),
    }


def _figures(facts: ReportFacts) -> dict[str, Any]:
    return {
        "figures": FIGURES,
        "labels": [one.label for one in FIGURES],
        "parts": [_row(part) for part in facts.parts],
        "total": _row(facts.total),
        "changes": [
            (one.figure.label, angka(one.now), angka(one.before), signed(one.by))
            for one in changes_of(facts.total.figures, facts.total.before)
        ],
        "bars": bars_on_paper([(one.name, one.figures["active"]) for one in facts.parts]),
        "line": line_on_paper([(day, figures["active"]) for day, figures in facts.line]),
        "letters": _lines(facts.letters),
        "letters_by": DIMENSIONS[LETTERS_BY].label,
        "letters_issued": angka(facts.total.figures["letters"]),
        "letters_before": angka(facts.total.before["letters"]),
        "letters_revoked": angka(facts.revoked),
    }


def _people(facts: ReportFacts) -> dict[str, Any]:
    """The active ones by groups, and the RTs that told of nobody."""
    return {
        "pyramid": pyramid_on_paper(facts.pyramid),
        "pyramid_unknown": angka(facts.pyramid.unknown),
        "groups": [
            (DIMENSIONS[key], _lines(lines)) for key, lines in facts.groups.items() if lines
        ],
        "silence": facts.silence,
        "silent": angka(sum(one.silent for one in facts.silence)),
        "living": angka(sum(one.active for one in facts.silence)),
        "silence_means": report_silence.DEFINITION,
    }


def _row(part: Part) -> tuple[str, list[str]]:
    """The name, each figure, and how the active ones changed."""
    change = part.figures["active"] - part.before["active"]
    return part.name, [*(angka(part.figures[one.key]) for one in FIGURES), signed(change)]


def signed(number: int) -> str:
    """With a plus where it is more."""
    return f"+{angka(number)}" if number > 0 else angka(number)


def _lines(lines: tuple[Line, ...]) -> list[tuple[str, str, str]]:
    return [(one.label, angka(one.count), f"{angka(one.percent)} %") for one in lines]
