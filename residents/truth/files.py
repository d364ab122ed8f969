"""The work behind a statement's PDF that was asked for."""

from __future__ import annotations

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from residents.services.months import Month
from residents.truth.drawing import TruthPaper, draw_paper
from residents.truth.models import TruthFile, TruthReport
from wacat.work import GiveUp


def draw(work: TruthFile) -> None:
    """Draw what was signed and store the sealed PDF."""
    report = TruthReport.objects.get(pk=work.report_id)
    if not report.sealed_facts:
        raise GiveUp("what it says was erased meanwhile")
    pdf = draw_paper(paper_of(report))
    work.file = default_storage.save(f"truth/{work.pk}.pdf", ContentFile(pdf))


def paper_of(report: TruthReport) -> TruthPaper:
    """The signed statement as the drawing wants it."""
    return TruthPaper(
        facts=report.facts,
        month=Month(report.month).label,
        revision=report.revision,
        signer_name=report.signer_name,
        signer_title=_office(report.signer_title, report.signer_office),
        signed_on=report.signed_on,
        specimen=settings.DEMO,
    )


def _office(title: str, place: str) -> str:
    """As in "Ketua RT 012, Kel. Sepinggan": what title and place both name is named once."""
    level = title.rpartition(" ")[2]
    named = place.removeprefix(f"{level} ")
    return f"{title} {named}" if named != place else f"{title}, {place}"
