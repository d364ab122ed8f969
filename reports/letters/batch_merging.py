"""From chosen letters to one PDF: when it can be made, and making it."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Q

from reports.letters.batch_models import BatchLetter, PrintBatch
from reports.letters.models import Drawing, Status
from reports.letters.printing import stored_pdf
from wacat.drawing.merging import merged
from wacat.work import GiveUp, perform

NOTHING = "NothingToPrint"
TO_PRINT = Q(letter__status=Status.ISSUED, letter__erased_on=None)
DRAWN = Q(letter__drawing__state=Drawing.State.DONE)


def merge_batch(pk: int) -> bool:
    """Merge the batch's letters if none is waited for any more; True when that was done.

    One that still waits costs no attempt: it is the letters that are not ready.
    """
    batch = PrintBatch.objects.filter(pk=pk).first()
    return bool(batch) and is_complete(batch) and perform(PrintBatch, pk, merge)


def is_complete(batch: Any) -> bool:
    """Whether all its letters are drawn, or the others are not waited for."""
    return batch.without_waiting or not undrawn(batch).exists()


def undrawn(batch: PrintBatch) -> Any:
    """Its lines that are to be printed and cannot be yet."""
    return batch.lines.filter(TO_PRINT).exclude(DRAWN)


def waiting_for(letter: int) -> list[int]:
    """The batches that wait for this letter."""
    rows = PrintBatch.objects.filter(lines__letter=letter, state=PrintBatch.State.WAITING)
    return list(rows.values_list("pk", flat=True))


def merge(work: PrintBatch) -> None:
    """Put the drawn letters into one PDF by their numbers, and note which ones it holds.

    What was revoked meanwhile is left out. Raises GiveUp when nothing is left, SealBroken when
    a letter's file is not what was stored.
    """
    lines = lines_to_merge(work)
    if not lines:
        raise GiveUp(NOTHING)
    pdf = merged(stored_pdf(line.letter.drawing) for line in lines)
    work.file = default_storage.save(f"batches/{work.pk}.pdf", ContentFile(pdf))
    BatchLetter.objects.filter(pk__in=[line.pk for line in lines]).update(is_merged=True)


def lines_to_merge(work: PrintBatch) -> list[BatchLetter]:
    """Those that can be printed now, by year and number."""
    rows = work.lines.filter(TO_PRINT, DRAWN).select_related("letter__drawing")
    return list(rows.order_by("letter__number_year", "letter__number_serial"))
