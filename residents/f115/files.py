"""The work behind a form that was asked for, and the blank one."""

from __future__ import annotations

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from residents.f115 import drawing
from residents.f115.gathering import gather
from residents.f115.models import FormFile
from residents.registry.models import Resident

BLANK_KEY, BLANK_SECONDS = "f115-blank", 24 * 60 * 60


def draw(work: FormFile) -> None:
    """Draw the record as it is now and store the sealed PDF."""
    rows = Resident.objects.select_related("area__parent__parent", "lodging")
    facts = gather(rows.get(pk=work.resident_id))
    pdf = drawing.draw_form(facts)
    work.file = default_storage.save(f"f115/{work.pk}.pdf", ContentFile(pdf))


def blank_pdf() -> bytes:
    """The form for paper: the same for everybody, so it is drawn once a day."""
    pdf: bytes | None = cache.get(BLANK_KEY)
    if pdf is None:
        pdf = drawing.draw_blank()
        cache.set(BLANK_KEY, pdf, BLANK_SECONDS)
    return pdf
