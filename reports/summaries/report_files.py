"""The report as XLSX: the same numbers as on paper, a sheet each."""

from __future__ import annotations

from collections.abc import Iterator

import tablib

from reports.summaries import report_silence
from reports.summaries.dimensions import DIMENSIONS
from reports.summaries.figures import Table
from reports.summaries.files import (
    book_of,
    breakdown_sheet,
    changes_sheet,
    figures_sheet,
    line_sheet,
    meanings_sheet,
    sheet,
)
from reports.summaries.report_drawing import ReportPaper
from reports.summaries.report_facts import LETTERS_BY
from reports.summaries.report_late import DEFINITION, Late
from wacat.words import waktu


def xlsx_of_report(paper: ReportPaper, table: Table) -> bytes:
    """The figures first, as in the other tables; then all else. *table* is what *paper* tells."""
    return book_of(_sheets(paper, table))


def _sheets(paper: ReportPaper, table: Table) -> Iterator[tablib.Dataset]:
    facts = paper.facts
    yield figures_sheet(table)
    yield changes_sheet(table)
    yield line_sheet(table)
    for key, lines in facts.groups.items():
        yield breakdown_sheet(DIMENSIONS[key], lines)
    letters = breakdown_sheet(DIMENSIONS[LETTERS_BY], facts.letters)
    letters.title = "surat menurut keperluan"
    yield letters
    yield sheet(
        "tidak melapor",
        ["kode", "kelurahan", "RT aktif", "RT tanpa laporan", "nomor RT"],
        [
            [one.code, one.name, one.active, one.silent, ", ".join(one.named)]
            for one in facts.silence
        ],
    )
    if paper.late:
        yield from _late(paper.late)
    yield _meanings(paper)


def _late(late: Late) -> Iterator[tablib.Dataset]:
    yield sheet(
        "datang terlambat",
        ["kode", "nama", "angka", f"revisi {late.revision}", "sekarang"],
        [[one.code, one.name, one.label, one.before, one.now] for one in late.differences],
    )
    yield sheet("langkah terlambat", ["kode", "nama", "langkah"], late.steps)


def _meanings(paper: ReportPaper) -> tablib.Dataset:
    meanings = meanings_sheet(paper.period, paper.known_at)
    meanings.append(["Revisi", str(paper.revision)])
    meanings.append(["Surat dicabut", f"{paper.facts.revoked} di antara yang terbit"])
    meanings.append(["Tidak melapor", report_silence.DEFINITION])
    if paper.late:
        meanings.append(["Laporan sebelumnya diketahui sampai", waktu(paper.late.known_at)])
        meanings.append(["Langkah terlambat", DEFINITION])
    return meanings
