"""Spreadsheets as people send them, and how tests upload them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from accounts.proposals.lists.parsing import Judged
from accounts.proposals.lists.staging import rows_of
from accounts.proposals.models import ProposalList
from tests import factories
from wacat.clock import today

ADD, TEMPLATE = "/akun/usulan/daftar/", "/akun/usulan/daftar/contoh/"
HEADS = (
    "Kelurahan",
    "RT",
    "Nama lengkap",
    "Surel",
    "Telepon",
    "Nomor SK",
    "Tanggal SK",
    "Mulai menjabat",
    "Akhir masa bakti",
)
KEYS = "kelurahan rt full_name email phone decree_number decree_date starts term_ends".split()


def row(number: int = 1, **changes: Any) -> list[Any]:
    """A row that is right, for the RT with this number of Sepinggan; or with *changes*."""
    values = {
        "kelurahan": "Sepinggan",
        "rt": f"{number:03}",
        "full_name": f"Ketua Contoh {chr(64 + number % 26 + 1)}",
        "email": f"rt{number}@example.id",
        "phone": f"08000100{number:04}",
        "decree_number": "188.4/5/UJI",
        "decree_date": today() - timedelta(days=9),
        "starts": today(),
        "term_ends": today() + timedelta(days=1000),
        **changes,
    }
    return [values[key] for key in KEYS]


def book_of(rows: Iterable[Sequence[Any]], heads: Sequence[str] = HEADS, above: int = 0) -> Any:
    """A workbook with *above* other lines before its headings."""
    book = Workbook()
    sheet: Any = book.active
    for number in range(above):
        sheet.append([f"DAFTAR KETUA RT {number}"])
    sheet.append(list(heads))
    for one in rows:
        sheet.append(list(one))
    return book


def saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xlsx(*rows: Sequence[Any], **more: Any) -> bytes:
    return saved(book_of(rows, **more))


def as_text(content: bytes) -> bytes:
    """The same list, with what looks like a formula kept as text."""
    book = load_workbook(io.BytesIO(content))
    for cells in book.worksheets[0].iter_rows():
        for cell in cells:
            cell.data_type = "s" if cell.data_type == "f" else cell.data_type
    return saved(book)


def opened(content: bytes) -> Any:
    """The first sheet's rows of values."""
    return list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))


def upload(client: Client, content: bytes, **more: Any) -> Any:
    """Post the file as a browser would."""
    factories.load_areas()
    data = {
        "file": SimpleUploadedFile("daftar.xlsx", content),
        "declared": "on",
        "form_key": str(uuid4()),
        **more,
    }
    return client.post(ADD, data)


def staged(client: Client, content: bytes, **more: Any) -> ProposalList:
    """What an upload that is accepted leaves behind."""
    answer = upload(client, content, **more)
    assert answer.status_code == 302, answer.content.decode()
    found: ProposalList = ProposalList.objects.get(pk=answer["Location"].split("/")[-2])
    return found


def read_back(client: Client, *rows: Sequence[Any], **more: Any) -> list[Judged]:
    """How these rows are judged."""
    return rows_of(staged(client, xlsx(*rows, **more)))


def confirm(client: Client, one: ProposalList) -> Any:
    return client.post(f"{ADD}{one.pk}/", {"action": "confirm"})
