"""Spreadsheets of invented people, and an import of them from upload to the end."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from residents.importing import staging, working
from residents.importing.models import Import, ImportBlock, ImportPart, ImportReading
from residents.importing.staging import Staged
from wacat.work import perform

PAGE = "/warga/impor/"
HEADS = (
    "Nama Lengkap",
    "NIK",
    "L/P",
    "Tempat Lahir",
    "Tgl Lahir",
    "Agama",
    "Alamat Domisili",
    "RT",
    "Tgl Datang",
    "Sampai",
    "Keperluan",
    "No HP",
)
ROW = {
    "Nama Lengkap": "Warga Contoh",
    "NIK": "",
    "L/P": "L",
    "Tempat Lahir": "Samarinda",
    "Tgl Lahir": "17-08-1990",
    "Agama": "Islam",
    "Alamat Domisili": "Jl. Contoh Melati 1",
    "RT": "001",
    "Tgl Datang": "01-10-2026",
    "Sampai": "30-09-2027",
    "Keperluan": "Kerja",
    "No HP": "080000001234",
}


def nik(number: int) -> str:
    """A NIK of a man born on 17 August 1990; none of the first nine in ten ends in zero."""
    return f"9971{number // 9000 + 1:02}170890{number % 9000 + 1:04}"


def person(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A sound row; keys are headings, with underscores for what a keyword cannot hold."""
    named = {_HEADING_OF.get(name, name): value for name, value in changes.items()}
    return {**ROW, "Nama Lengkap": f"Warga Contoh {number}", "NIK": nik(number), **named}


_HEADING_OF = {
    "name": "Nama Lengkap",
    "nik": "NIK",
    "sex": "L/P",
    "born": "Tgl Lahir",
    "religion": "Agama",
    "address": "Alamat Domisili",
    "rt": "RT",
    "arrived": "Tgl Datang",
    "until": "Sampai",
    "purpose": "Keperluan",
    "phone": "No HP",
}


def grid(*people: dict[str, Any]) -> list[list[Any]]:
    """Headings and rows; columns that only some of *people* have come last."""
    heads = list(dict.fromkeys([*HEADS, *(key for one in people for key in one)]))
    return [heads, *([one.get(head) for head in heads] for one in people)]


def saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def book_of(rows: Iterable[Sequence[Any]], title: str = "Daftar") -> Any:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    return book


def xlsx(*people: dict[str, Any]) -> bytes:
    return saved(book_of(grid(*people)))


def text(*people: dict[str, Any], separator: str = ";", encoding: str = "utf-8") -> bytes:
    file = io.StringIO()
    csv.writer(file, delimiter=separator).writerows(grid(*people))
    return file.getvalue().encode(encoding)


def upload(client: Client, content: bytes, name: str = "daftar.xlsx", **more: Any) -> Any:
    """What a browser sends from the upload page."""
    file = SimpleUploadedFile(name, content)
    return client.post(PAGE, {"form_key": str(uuid4()), "file": file, **more})


def fresh(imported: Import) -> Import:
    found: Import = Import.objects.get(pk=imported.pk)
    return found


def read(client: Client, content: bytes, name: str = "daftar.xlsx", **more: Any) -> Import:
    """Uploaded and read, as a worker does it."""
    answer = upload(client, content, name, **more)
    assert answer.status_code == 302, answer.content.decode()
    imported: Import = Import.objects.latest("pk")
    assert perform(ImportReading, imported.reading.pk, working.read), "not read: see the log"
    return fresh(imported)


def confirm(client: Client, imported: Import, **more: Any) -> Any:
    """*Masukkan* pressed."""
    data = {"action": "confirm", "key": str(uuid4()), **more}
    return client.post(f"{PAGE}{imported.pk}/", data)


def entered(client: Client, content: bytes, name: str = "daftar.xlsx", **more: Any) -> Import:
    """Read, confirmed and entered."""
    imported = read(client, content, name, **more)
    assert confirm(client, imported).status_code == 302
    for part in ImportPart.objects.filter(of=imported).order_by("number"):
        assert perform(ImportPart, part.pk, working.enter), "not entered: see the log"
    return fresh(imported)


def rows(imported: Import) -> list[Staged]:
    """All rows as they were judged."""
    blocks = ImportBlock.objects.filter(of=imported)
    return [row for block in blocks for row in staging.rows_of(block)]


def judged(client: Client, *people: dict[str, Any], **more: Any) -> list[Staged]:
    """The rows of a list of *people*, read and judged."""
    imported = read(client, xlsx(*people), **more)
    assert imported.status == "ready", imported.refusal
    return rows(imported)
