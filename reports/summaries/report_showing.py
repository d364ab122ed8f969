"""A report as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reports.summaries import charts, report_late, report_silence
from reports.summaries.dimensions import DIMENSIONS
from reports.summaries.figures import FIGURES, changes_of
from reports.summaries.report_facts import ReportFacts
from reports.summaries.report_forms import spelled
from reports.summaries.report_late import Late
from reports.summaries.report_models import Report

_GROUP = 8  # characters of a hash that are read at once


@dataclass(frozen=True)
class File:
    """``sha256`` in groups, to be read aloud or compared by eye."""

    label: str
    address: str
    sha256: str
    size: int


def shown(report: Report) -> dict[str, Any]:
    """All that the page needs beside the row; of one that is not built only where it stands."""
    told: dict[str, Any] = {
        "period": report.period,
        "asked": spelled(report.period),
        "revisions": _revisions(report),
        "ahead": _ahead(report),
    }
    return told | (_built(report) if report.is_done else {})


def _revisions(report: Report) -> list[Report]:
    """All of the same area and period, the latest first."""
    same = Report.objects.of_same(report.area_id, report.first, report.last)
    return list(same.with_successor().defer("numbers", "late").order_by("-revision"))


def _ahead(report: Report) -> int:
    """How many reports are made before it, as far as that can be told."""
    if report.state != Report.State.WAITING:
        return 0
    return int(Report.objects.filter(state=Report.State.WAITING, pk__lt=report.pk).count())


def _built(report: Report) -> dict[str, Any]:
    facts = ReportFacts.from_json(report.numbers)
    active = [(day, figures["active"]) for day, figures in facts.line]
    return {
        "facts": facts,
        "figures": FIGURES,
        "changes": changes_of(facts.total.figures, facts.total.before),
        "bars": charts.bars((one.name, one.figures["active"]) for one in facts.parts),
        "line": charts.line(active),
        "pairs": charts.pairs(facts.pyramid),
        "groups": [(DIMENSIONS[key], lines) for key, lines in facts.groups.items() if lines],
        "active": sum(one.active for one in facts.silence),
        "silent": sum(one.silent for one in facts.silence),
        "silence_means": report_silence.DEFINITION,
        "late": Late.from_json(report.late) if report.late else None,
        "late_means": report_late.DEFINITION,
        "files": [
            File("PDF", "report_pdf", _grouped(report.pdf_sha256), report.pdf_size or 0),
            File("Excel", "report_xlsx", _grouped(report.xlsx_sha256), report.xlsx_size or 0),
        ],
    }


def _grouped(digest: str) -> str:
    return " ".join(digest[start : start + _GROUP] for start in range(0, len(digest), _GROUP))
