"""The file of rejected rows: their cells, and the reasons beside, to be mended and resent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from residents.feeds import staging
from residents.feeds.models import FeedFile
from residents.services import lines
from wacat.sheets import workbook

REASON, ROW = "Alasan ditolak", "Baris semula"


def rejected(of: FeedFile, notes: dict[str, Any]) -> bytes:
    """An XLSX with the file's own headings."""
    labels: list[str] = notes.get("labels", [])
    return workbook("Ditolak", [REASON, *labels, ROW], _rows(of, len(labels)))


def _rows(of: FeedFile, width: int) -> Iterator[list[str]]:
    for row in staging.rejected_of(of):
        texts = [""] * width
        for number, text in row.cells:
            texts[number] = text
        yield [" ".join(row.errors), *texts, lines.told(row.line, of.sheets)]
