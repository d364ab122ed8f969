"""Files of invented services in several shapes, and the way of one from upload to the end."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from residents.feeds import working
from residents.feeds.models import FeedFile, FeedPart, FeedReading
from residents.services.models import Service
from tests.residents.imported import book_of, saved
from wacat.work import Work, perform

PAGE = "/layanan/impor/"
GROUPS = "/layanan/alamat/"
HEADS = (
    "NIK",
    "NO_KK",
    "NAMA_LGKP",
    "TGL_LAYANAN",
    "JENIS LAYANAN",
    "NO_DOKUMEN",
    "ALAMAT",
    "NO_RT",
    "NO_RW",
    "NAMA_KEL",
)
ROW = {
    "NIK": "",
    "NO_KK": "9971010101200001",
    "NAMA_LGKP": "Warga Contoh",
    "TGL_LAYANAN": "01-10-2026",
    "JENIS LAYANAN": "CETAK KTP-EL",
    "NO_DOKUMEN": "",
    "ALAMAT": "Jl. Contoh Melati 1",
    "NO_RT": "001",
    "NO_RW": "000",
    "NAMA_KEL": "SEPINGGAN",
}
_HEADING_OF = {
    "nik": "NIK",
    "name": "NAMA_LGKP",
    "day": "TGL_LAYANAN",
    "kind": "JENIS LAYANAN",
    "number": "NO_DOKUMEN",
    "address": "ALAMAT",
    "rt": "NO_RT",
    "kelurahan": "NAMA_KEL",
}


def nik(number: int) -> str:
    """A NIK; none of the first nine in ten ends in zero."""
    return f"9971{number // 9000 + 1:02}170890{number % 9000 + 1:04}"


def served(number: int = 1, /, **changes: Any) -> dict[str, Any]:
    """A sound row; keys of *changes* are short names or headings."""
    named = {_HEADING_OF.get(name, name): value for name, value in changes.items()}
    return {**ROW, "NAMA_LGKP": f"Warga Contoh {number}", "NIK": nik(number), **named}


def grid(*rows: dict[str, Any]) -> list[list[Any]]:
    """Headings and rows; columns that only some of them have come last."""
    heads = list(dict.fromkeys([*HEADS, *(key for one in rows for key in one)]))
    return [heads, *([one.get(head) for head in heads] for one in rows)]


def xlsx(*rows: dict[str, Any]) -> bytes:
    return saved(book_of(grid(*rows)))


def text(lines: Iterable[Sequence[Any]], separator: str = ",", encoding: str = "utf-8") -> bytes:
    file = io.StringIO()
    csv.writer(file, delimiter=separator).writerows(lines)
    return file.getvalue().encode(encoding)


def upload(client: Client, content: bytes, name: str = "rekap.xlsx", **more: Any) -> Any:
    """What a browser sends from the upload page; the source is named anew."""
    file = SimpleUploadedFile(name, content)
    data = {"form_key": str(uuid4()), "file": file, "new_source": "SIAK contoh", **more}
    return client.post(PAGE, data)


def fresh(of: FeedFile) -> FeedFile:
    found: FeedFile = FeedFile.objects.get(pk=of.pk)
    return found


def read_again(of: FeedFile) -> FeedFile:
    """What a worker does with a file that waits to be read."""
    [work] = FeedReading.objects.filter(of=of, state=Work.State.WAITING)
    assert perform(FeedReading, work.pk, working.read), "not read: see the log"
    return fresh(of)


def read(client: Client, content: bytes, name: str = "rekap.xlsx", **more: Any) -> FeedFile:
    """Uploaded and read."""
    answer = upload(client, content, name, **more)
    assert answer.status_code == 302, answer.content.decode()
    return read_again(FeedFile.objects.latest("pk"))


def confirm(client: Client, of: FeedFile, **more: Any) -> Any:
    """*Masukkan* pressed."""
    data = {"action": "confirm", "key": str(uuid4()), **more}
    return client.post(f"{PAGE}{of.pk}/", data)


def enter_parts(of: FeedFile) -> FeedFile:
    """What workers do with a confirmed file."""
    for part in FeedPart.objects.filter(of=of, state=Work.State.WAITING).order_by("number"):
        assert perform(FeedPart, part.pk, working.enter), "not entered: see the log"
    return fresh(of)


def entered(client: Client, content: bytes, name: str = "rekap.xlsx", **more: Any) -> FeedFile:
    """Read and, where there is anything new, confirmed and entered."""
    of = read(client, content, name, **more)
    assert of.status == "ready", of.refusal or of.notes
    if not of.enters and not of.also:
        return of
    assert confirm(client, of).status_code == 302
    return enter_parts(of)


def counts(of: FeedFile) -> dict[str, int]:
    """The outcomes that are not zero; their sum is all rows."""
    from residents.feeds.models import OUTCOMES

    found = {name: getattr(of, name) for name in OUTCOMES}
    assert sum(found.values()) == of.rows, found
    return {name: count for name, count in found.items() if count}


def in_force() -> list[Service]:
    """All services in force, in the order in which they were entered."""
    return list(Service.objects.in_force().order_by("pk"))
