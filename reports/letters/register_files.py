"""The register to take away: as XLSX at once, as PDF by a worker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.areas.models import Area
from reports.letters.register_entries import AT_ONCE, Entry, entries_of, registered
from reports.letters.register_models import RegisterFile
from wacat.clock import now
from wacat.drawing.marks import Mark
from wacat.drawing.tables import Column, LongTable, draw_table
from wacat.sheets import Value, workbook
from wacat.words import tanggal, waktu

SPECIMENS = Mark("DATA CONTOH", "DATA CONTOH: BUKAN SURAT SEBENARNYA")
TITLE = "Buku register surat keterangan domisili"
HEADINGS = (
    *("Urut", "Nomor", "Tanggal", "Nama", "NIK (disamarkan)", "RT", "Keperluan"),
    *("Nomor pengantar", "Keadaan", "Dicabut", "Alasan pencabutan"),
    *("Diganti oleh nomor", "Menggantikan nomor"),
)
COLUMNS = (
    Column("Urut", 12),
    Column("Nomor dan tanggal", 52),
    Column("Nama dan NIK", 66),
    Column("RT", 14),
    Column("Keperluan", 43),
    Column("Pengantar", 38),
    Column("Keadaan", 42),
)


def xlsx_of(kelurahan: Area, year: int) -> bytes:
    """One sheet, a line for each letter; of a family all are named in it."""
    note = f"{TITLE}, {kelurahan.label}, tahun {year}. NIK disamarkan."
    rows = (_cells(entry) for entry in _whole(kelurahan.code, year))
    return workbook(f"Register {year}", HEADINGS, rows, note)


def draw(work: RegisterFile) -> None:
    """Draw the register as it is now and store the sealed PDF."""
    pdf = draw_table(table_of(work.area, work.year, _whole(work.area_id, work.year))).pdf
    work.file = default_storage.save(f"registers/{work.pk}.pdf", ContentFile(pdf))


def table_of(kelurahan: Area, year: int, entries: Iterable[Entry]) -> LongTable:
    """The book as the drawing wants it."""
    place = f"{kelurahan.label}, Kecamatan {kelurahan.containing.name}, Kota Balikpapan"
    return LongTable(
        title=TITLE,
        subject=f"{place}, tahun {year}",
        footer=f"NIK disamarkan. Keadaan per {waktu(now())}.",
        columns=COLUMNS,
        rows=_lines(entries),
        marks=(SPECIMENS,) if settings.DEMO else (),
    )


def _whole(kelurahan: str, year: int) -> Iterator[Entry]:
    return entries_of(registered(kelurahan, year).iterator(chunk_size=AT_ONCE))


def _cells(entry: Entry) -> Sequence[Value]:
    return (
        entry.serial,
        entry.number,
        entry.issued_on,
        "; ".join(name for name, _ in entry.people),
        "; ".join(nik for _, nik in entry.people),
        entry.rt,
        entry.purpose,
        entry.introduction,
        entry.status_label if not entry.is_erased else f"{entry.status_label}, isi dihapus",
        entry.revoked_on,
        entry.reason,
        entry.replaced_by,
        entry.replaces,
    )


def _lines(entries: Iterable[Entry]) -> Iterator[Sequence[str]]:
    for entry in entries:
        yield (
            f"{entry.serial:03}",
            f"{entry.number}\n{tanggal(entry.issued_on)}",
            "\n".join(f"{name}\n{nik}" for name, nik in entry.people) or "–",
            entry.rt.removeprefix("RT "),
            entry.purpose or "–",
            entry.introduction,
            entry.state,
        )
