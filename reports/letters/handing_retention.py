"""What goes with a letter whose facts are erased: scans, addresses, links, merged PDFs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from reports.letters.batch_models import BatchLetter, PrintBatch
from reports.letters.handing_models import LetterLink, LetterScan
from residents.retention.keeping import Batch
from wacat.clock import now

# What the maintenance role may overwrite for it, and what it reads.
BLANKS: dict[type[Model], Iterable[str]] = {
    LetterScan: ("file",),
    LetterLink: ("sealed_address", "ended_at"),
}
READS = (BatchLetter, PrintBatch)


def erase(batch: Batch, letters: list[int]) -> None:
    """Erase how these letters, by their keys, were handed over; that they were stays told."""
    scans = batch.rows(LetterScan).filter(letter__in=letters).exclude(file="")
    batch.doom(scans.values_list("file", flat=True))
    batch.blank(LetterScan, scans, {"file": ""})
    links = batch.rows(LetterLink).filter(letter__in=letters)
    links.filter(ended_at=None).update(ended_at=now())
    links.update(sealed_address=None)
    lines = batch.rows(BatchLetter).filter(letter__in=letters, is_merged=True)
    merged = batch.rows(PrintBatch).filter(pk__in=lines.values("batch")).exclude(file="")
    batch.doom(merged.values_list("file", flat=True))


def count_scans(letters: Any, using: str) -> int:
    """How many stored scans lie beside these letters, by a queryset of their keys."""
    rows = LetterScan.objects.using(using).exclude(file="")
    return int(rows.filter(letter__in=letters).count())
