"""Files of delivered services in the demo: what Disdukcapil's system might have exported."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from openpyxl import Workbook

from accounts.login.models import User
from residents.demo.moments import Chance
from residents.demo.numbers import FakeNumbers
from residents.demo.people import people
from residents.feeds import working
from residents.feeds.models import FeedFile, FeedPart, FeedReading
from residents.feeds.uploading import Upload, take
from residents.feeds.workflow import WORKFLOW
from wacat.work import perform
from wacat.workflow import Move

HEADINGS = (
    *("JENIS LAYANAN", "TGL LAYANAN", "NO DOKUMEN", "NIK", "NO KK", "NAMA LENGKAP", "ALAMAT"),
    *("RT", "KELURAHAN", "ALAMAT ASAL", "KETERANGAN"),
)
SOURCE = "SIAK, rekap layanan harian"
STREETS = ("Melati", "Kenanga", "Mawar", "Cempaka", "Dahlia", "Anggrek")
# What is delivered most, again and again; moves and deaths are made by hand below.
KINDS = (
    *("KTP-EL", "KARTU KELUARGA", "KIA", "KTP-EL", "AKTA KELAHIRAN", "KARTU KELUARGA", "KTP-EL"),
    *("PERUBAHAN BIODATA", "KIA", "AKTA PERKAWINAN", "PINDAH DATANG", "AKTA KEMATIAN"),
)
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Place:
    """How a file writes where somebody lives."""

    rt: str
    kelurahan: str
    address: str = ""


class Registry:
    """People who received a service, and the files that tell of it."""

    def __init__(self, numbers: FakeNumbers, operator: User) -> None:
        self._rng, self._operator = Chance(1503), operator
        self._people = people(self._rng, 5_000, date(2026, 1, 1), numbers)
        self._waiting: list[Any] = []

    def rows(self, place: Place, count: int, until: date) -> list[Row]:
        """*count* services at a place, in the weeks before a day."""
        return [self.row(KINDS[n % len(KINDS)], place, until) for n in range(count)]

    def row(self, kind: str, place: Place, until: date, **more: str) -> Row:
        """One service of somebody nobody has heard of; ``nik``, ``name``, ``origin``, ``note``."""
        one = self._somebody()
        street = f"Jl. Contoh {self._rng.choice(STREETS)} {self._rng.randint(1, 60)}"
        served_on = until - timedelta(days=self._rng.randrange(2, 24))
        number = f"99{self._rng.randrange(10**8):08}/{kind[:3]}/{served_on:%Y}"
        return (
            *(kind, served_on, number, more.get("nik", one.nik), one.no_kk),
            *(more.get("name", one.full_name), place.address or street, place.rt),
            *(place.kelurahan, more.get("origin", ""), more.get("note", "")),
        )

    def deliver(self, name: str, rows: Iterable[Row]) -> FeedFile:
        """A file that was uploaded, looked at and entered."""
        of = self.upload(name, rows)
        WORKFLOW.advance(of.pk, "confirm", Move(self._operator))
        for pk in FeedPart.objects.filter(of=of).order_by("number").values_list("pk", flat=True):
            perform(FeedPart, pk, working.enter)
        return of

    def upload(self, name: str, rows: Iterable[Row]) -> FeedFile:
        """A file that was uploaded and read, and waits to be looked at."""
        book = Workbook()
        sheet: Any = book.active
        sheet.append(HEADINGS)
        for row in rows:
            sheet.append(row)
        written = io.BytesIO()
        book.save(written)
        key = UUID(int=self._rng.getrandbits(128))
        of = take(Upload(name, written.getvalue(), SOURCE), self._operator, key)
        for pk in FeedReading.objects.filter(of=of).values_list("pk", flat=True):
            perform(FeedReading, pk, working.read)
        return of

    def _somebody(self) -> Any:
        while not self._waiting:
            self._waiting = [one for one in next(self._people).members if one.nik]
        return self._waiting.pop()
