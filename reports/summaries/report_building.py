"""Building a report: all its numbers from one moment, its files, and the word to its readers."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from reports.summaries.report_drawing import ReportPaper, draw_report
from reports.summaries.report_facts import ReportFacts, gather
from reports.summaries.report_files import xlsx_of_report
from reports.summaries.report_late import Late, late_since
from reports.summaries.report_mailing import tell_readers
from reports.summaries.report_models import Report
from wacat.clock import now
from wacat.moment import at_one_moment
from wacat.work import perform


def build_report(pk: int) -> bool:
    """Build the waiting report; True when it was built by this call.

    Whatever had been committed by ``known_at`` is in it: the moment lies before the transaction.
    """
    known_at = now()
    with at_one_moment():
        return perform(Report, pk, lambda report: build(report, known_at))


def build(report: Report, known_at: datetime) -> None:
    """Gather, draw and store; to be called within ``perform``, which saves the row."""
    facts, table = gather(report.area, report.period)
    late = _late(report, facts, known_at)
    paper = _paper(report, facts, late, known_at)
    report.known_at, report.numbers = known_at, facts.as_json()
    report.late = late.as_json() if late else None
    report.pdf, report.pdf_sha256, report.pdf_size = _stored(report, "pdf", draw_report(paper))
    report.xlsx, report.xlsx_sha256, report.xlsx_size = _stored(
        report, "xlsx", xlsx_of_report(paper, table)
    )
    tell_readers(report)


def _late(report: Report, facts: ReportFacts, known_at: datetime) -> Late | None:
    if report.revision == 1:
        return None
    same = Report.objects.of_same(report.area_id, report.first, report.last)
    return late_since(same.get(revision=report.revision - 1), facts, known_at)


def _paper(
    report: Report, facts: ReportFacts, late: Late | None, known_at: datetime
) -> ReportPaper:
    return ReportPaper(
        area_level=str(report.area.get_level_display()),
        period=report.period,
        revision=report.revision,
        known_at=known_at,
        reason=str(report.get_reason_display()),
        facts=facts,
        late=late,
        url=f"{settings.PUBLIC_URL}{reverse('report_detail', args=[report.pk])}",
        specimen=settings.DEMO,
    )


def _stored(report: Report, suffix: str, content: bytes) -> tuple[str, str, int]:
    """Where it lies sealed, its hash and its length."""
    name = default_storage.save(f"reports/{report.pk}.{suffix}", ContentFile(content))
    return name, hashlib.sha256(content).hexdigest(), len(content)
