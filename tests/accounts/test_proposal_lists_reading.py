"""What spreadsheets bring along: shapes of values, wrong columns, and files made to do harm."""

from __future__ import annotations

import io
import random
import struct
import time
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from accounts.areas.models import Area
from accounts.proposals.lists import opening
from accounts.proposals.lists.opening import ListRefused, checked
from accounts.proposals.lists.reading import read
from accounts.proposals.models import Proposal, ProposalList
from accounts.rules import Role
from tests import factories
from tests.accounts.lists_made import HEADS, book_of, read_back, row, saved, upload, xlsx
from tests.accounts.proposed import a_proposal, administrator, letter, lurah
from tests.factories import RT, SIBLING_RT
from tests.residents.pages import beside
from wacat.spreadsheets.opening import OLE

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 21)
REQUIRED = ("rt", "full_name", "email", "phone", "decree_number", "decree_date", "starts")


@pytest.mark.parametrize("text", [1, 1.0, "1", "01", "001", "RT 001", "rt.1", "Rt001", "RT: 1"])
def test_ways_to_write_an_rt(text: object) -> None:
    [judged] = read_back(lurah(), row(rt=text))
    assert (judged.errors, judged.fields["area"]) == ([], RT)


@pytest.mark.parametrize("text", ["RT satu", 0, 999, "1/2", 1.5, DAY, "RT 001 RW 002", True])
def test_an_rt_that_is_none(text: object) -> None:
    [judged] = read_back(lurah(), row(rt=text))
    assert len(judged.errors) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Sepinggan",
        "sepinggan ",
        "Kel. Sepinggan",
        "KELURAHAN SEPINGGAN",
        "64.71.05.1002",
        "Sepingan",
    ],
)
def test_ways_to_write_a_kelurahan(text: str) -> None:
    factories.load_areas()
    Area.objects.filter(code="64.71.05.1002").update(aliases=["Sepingan"])
    [judged] = read_back(lurah(), row(kelurahan=text))
    assert (judged.errors, judged.fields["area"]) == ([], RT)


@pytest.mark.parametrize(
    "value",
    [
        DAY,
        datetime(2026, 11, 21, 8, 30),
        "21/11/2026",
        "21-11-2026",
        "21.11.2026",
        "2026-11-21",
        "21 November 2026",
        "21 nov 2026",
        "21-Nov-2026",
        "21 NOPEMBER 2026",
        "'21/11/2026",
        46347,
    ],
)
def test_ways_to_write_a_date(value: object) -> None:
    with factories.on_day(date(2026, 11, 25)):
        [judged] = read_back(lurah(), row(decree_date=value))
    assert (judged.errors, judged.fields.get("decree_date")) == ([], "2026-11-21")


@pytest.mark.parametrize("value", ["11/21/2026", "21/11/26", "2026", 2026, "kemarin", "31/02/2026"])
def test_a_date_that_is_none(value: object) -> None:
    [judged] = read_back(lurah(), row(decree_date=value))
    assert len(judged.errors) == 1
    assert "decree_date" not in judged.fields


@pytest.mark.parametrize(
    ("value", "kept", "repaired"),
    [
        ("0812 0000-1111", "081200001111", False),
        ("+62 812 0000 1111", "081200001111", False),
        (81200001111, "081200001111", True),
        (81200001111.0, "081200001111", True),
        ("81200001111", "081200001111", True),
        (6281200001111, "081200001111", False),
        ("'081200001111", "081200001111", False),
    ],
)
def test_a_telephone_that_lost_its_zero_is_mended(value: Any, kept: str, repaired: bool) -> None:
    [judged] = read_back(lurah(), row(phone=value))
    assert (judged.errors, judged.fields["phone"]) == ([], kept)
    assert any("Angka 0" in text for text in judged.warnings) is repaired


@pytest.mark.parametrize("value", ["8,12E+10", "8.12E+10", 8.12e16, "0812/0813", 542123, "-", DAY])
def test_a_telephone_that_is_lost_is_rejected(value: object) -> None:
    [judged] = read_back(lurah(), row(phone=value))
    assert len(judged.errors) == 1


@pytest.mark.parametrize(
    ("value", "count"), [("tidak punya", 0), ("-", 0), (None, 1), ("a@b", 1), ("bukan surel", 1)]
)
def test_an_email_or_the_word_that_there_is_none(value: str | None, count: int) -> None:
    [judged] = read_back(lurah(), row(email=value))
    assert len(judged.errors) == count


@pytest.mark.parametrize("field", ["full_name", "phone", "decree_number", "decree_date", "starts"])
def test_what_is_left_out_is_named(field: str) -> None:
    changes: dict[str, Any] = {field: None}
    [judged] = read_back(lurah(), row(**changes))
    assert len(judged.errors) == 1
    assert judged.errors[0].startswith("Isi ")


def test_a_number_of_a_decree_that_became_a_date_is_told() -> None:
    [judged] = read_back(lurah(), row(decree_number=DAY))
    assert judged.errors == [
        "Sel F2 terbaca sebagai tanggal. Jadikan selnya Teks, lalu tulis lagi."
    ]


def test_formulas_are_named_by_their_cell() -> None:
    first, second = read_back(lurah(), row(phone="=A1"), row(2, full_name="=CONCAT(A1)"))
    assert first.errors == ["Sel E2 berisi rumus. Ganti dengan nilainya."]
    assert second.errors == ["Sel C3 berisi rumus. Ganti dengan nilainya."]


def test_the_same_office_twice_in_a_file() -> None:
    first, second = read_back(lurah(), row(), row(rt="RT 1", phone="080009999999"))
    assert first.errors == []
    assert second.errors == ["Jabatan ini sudah ada di baris 2."]


def test_a_telephone_of_two_is_a_caution_and_of_three_an_error() -> None:
    two = read_back(lurah(), row(1, phone="080000004444"), row(2, phone="080000004444"))
    assert [one.errors for one in two] == [[], []]
    assert "sama dengan baris 3" in two[0].warnings[0]
    rows = [row(n, phone="080000004444") for n in (1, 2, 1)]
    three = read_back(lurah(), *rows)
    assert all("dipakai 3 baris" in one.errors[-1] for one in three)


def test_what_is_known_already_is_told() -> None:
    holder = factories.user_with((Role.KETUA_RT, RT), phone="080000007777")
    type(holder).objects.filter(pk=holder.pk).update(login_phone="080000007777")
    a_proposal(SIBLING_RT, phone="080000008888")
    first, second = read_back(lurah(), row(1, phone="080000007777"), row(2, phone="080000008888"))
    assert any(holder.full_name in text for text in first.warnings)
    assert any("dipakai akun lain" in text for text in first.warnings)
    assert second.errors == ["Untuk jabatan ini sudah ada usulan yang belum selesai (Budi Contoh)."]


def test_headings_are_found_however_they_are_written() -> None:
    heads = ("KEL", "No. RT", "NAMA", "E-mail", "No HP", "no sk", "Tgl. SK", "Mulai", "Sampai", "X")
    judged = read_back(lurah(), [*row(), "catatan"], heads=heads, above=6)
    assert (judged[0].number, judged[0].errors) == (8, [])


def test_empty_rows_are_passed_over() -> None:
    blank = [None] * len(HEADS)
    judged = read_back(lurah(), blank, row(), ["Sepinggan", "002", *blank[2:]], [" "] * 9, row(2))
    assert [one.number for one in judged] == [3, 6]


def refusal(content: bytes, **more: Any) -> str:
    answer = upload(lurah(), content, **more)
    assert answer.status_code == 422
    assert not ProposalList.objects.exists()
    assert not Proposal.objects.open().exists()
    return beside(answer, "file")


def test_missing_columns_are_named() -> None:
    short = [one[:4] + one[6:] for one in (row(), row(2))]
    message = refusal(xlsx(*short, heads=HEADS[:4] + HEADS[6:]))
    assert "Kolom yang tidak ditemukan: Telepon, Nomor SK." in message
    assert "Kolom yang tidak ditemukan: RT, Nama lengkap" in refusal(xlsx([1, 2], heads=("a", "b")))
    assert "Kolom yang tidak ditemukan" in refusal(xlsx(row(), above=11))


def test_a_column_twice_is_named() -> None:
    content = xlsx([*row(), "0812"], heads=(*HEADS, "No HP"))
    assert "Kolom ini ada dua kali: Telepon." in refusal(content)


def test_merged_cells_among_the_data_are_named() -> None:
    book = book_of([row(), row(2)], above=2)
    book.active.merge_cells("A1:I1")
    assert read(saved(book), REQUIRED).rows
    book.active.merge_cells("F4:F5")
    assert "Ada sel yang digabung: F4:F5." in refusal(saved(book))


def test_a_list_of_headings_only() -> None:
    assert "belum diisi" in refusal(xlsx())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "kosong"),
        (b"nama,telepon\n", "bukan Excel"),
        (b"%PDF-1.4", "bukan Excel"),
        (OLE + b"x" * 600, "Excel lama"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "dikunci"),
        (b"PK\x03\x04 terpotong", "rusak"),
    ],
)
def test_what_is_no_spreadsheet(content: bytes, words: str) -> None:
    assert words in refusal(content)


def repacked(change: Callable[[str, bytes], bytes], extra: dict[str, bytes] | None = None) -> bytes:
    """A sound list with its parts changed."""
    file = io.BytesIO()
    with ZipFile(io.BytesIO(xlsx(row()))) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return file.getvalue()


def same(name: str, content: bytes) -> bytes:
    return content


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = repacked(same, {"xl/worksheets/sheet9.xml": b"<row/>" * 45_000_000})
    assert len(bomb) < 1_100_000
    began = time.perf_counter()
    with pytest.raises(ListRefused, match="terlalu besar"):
        checked(bomb)
    assert time.perf_counter() - began < 0.1
    assert "terlalu besar" in refusal(bomb)


def test_a_directory_that_lies_does_not_get_a_bomb_in() -> None:
    """It says 1,000 bytes where 30 MB come out: what is read is cut off there."""
    bomb = bytearray(repacked(same, {"xl/worksheets/sheet9.xml": b"<c/>" * 7_500_000}))
    at = bomb.rindex(b"PK\x01\x02")
    bomb[at + 24 : at + 28] = struct.pack("<I", 1000)
    began = time.perf_counter()
    with pytest.raises(ListRefused):
        checked(bytes(bomb))
    assert time.perf_counter() - began < 0.5


def many_tags() -> bytes:
    """More than may be, in a text that does not pack well enough to be refused for that."""
    names = random.Random(7).choices("abcdefghijklmnop", k=2_200_000)
    return "".join(f"<{one}{two}/>" for one, two in zip(*[iter(names)] * 2, strict=True)).encode()


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: b'<!DOCTYPE a SYSTEM "x"><worksheet/>', opening.STRANGE),
        (lambda: b'<!ENTITY b "c"><worksheet/>', opening.STRANGE),
        (lambda: "<!DOCTYPE a []><a/>".encode("utf-16"), opening.STRANGE),
        (many_tags, opening.TOO_LARGE),
    ],
    ids=["a type", "entities", "utf-16", "many tags"],
)
def test_sheets_that_would_keep_the_reader_busy(make: Callable[[], bytes], why: str) -> None:
    content = make()

    def change(name: str, old: bytes) -> bytes:
        return content if name.startswith("xl/worksheets/") else old

    file = repacked(change)
    with pytest.raises(ListRefused) as caught:
        checked(file)
    assert str(caught.value) == why
    assert refusal(file)


def test_what_unpacks_to_far_more_is_refused_though_small() -> None:
    """Five megabytes out of five thousand bytes are no list of people."""
    file = repacked(same, {"xl/worksheets/sheet9.xml": b" " * 5_000_000})
    with pytest.raises(ListRefused, match="terlalu besar"):
        checked(file)


def test_large_styles_too_many_parts_and_another_archive() -> None:
    assert refusal(repacked(same, {"xl/extra.xml": b"<a>" + b" " * 2_100_000}))
    assert refusal(repacked(same, {f"docProps/{n}.xml": b"<a/>" for n in range(300)}))
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    assert "bukan Excel" in refusal(file.getvalue())


def test_rows_far_below_end_soon() -> None:
    def change(name: str, old: bytes) -> bytes:
        return old.replace(b'<row r="2"', b'<row r="999999999999"')

    began = time.perf_counter()
    assert refusal(repacked(change))
    assert time.perf_counter() - began < 5


def test_ten_thousand_rows_are_refused_soon() -> None:
    content = xlsx(*(row(n % 999 + 1) for n in range(10_000)))
    began = time.perf_counter()
    assert "lebih dari 2.000 baris" in refusal(content)
    assert time.perf_counter() - began < 5


def test_files_over_three_megabytes_are_refused_unread() -> None:
    assert "terlalu besar" in refusal(xlsx(row()) + b"\0" * 3_000_000)


def test_an_administrators_list_names_kelurahan() -> None:
    content = xlsx(row()[1:], heads=HEADS[1:])
    answer = upload(administrator(), content, **letter())
    assert "Kolom yang tidak ditemukan: Kelurahan." in beside(answer, "file")
    assert upload(lurah(), content).status_code == 302


def test_a_second_sheet_with_people_is_not_passed_over() -> None:
    book = book_of([row(1)])
    second = book.create_sheet("Kelurahan dua")
    second.append(HEADS)
    assert len(read(saved(book), REQUIRED).rows) == 1
    second.append(row(2))
    assert "Lembar “Kelurahan dua” juga berisi daftar." in refusal(saved(book))
