"""Files as they come: headings in many shapes, CSVs in many codes, files made to do harm."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook

from residents.importing import reading
from residents.importing.reading import Found
from tests.residents.imported import HEADS, book_of, grid, nik, person, saved, text
from wacat.spreadsheets.opening import (
    DAMAGED,
    LOCKED,
    NOT_A_LIST,
    OLD,
    OLE,
    SheetRefused,
)

GIVEN = ("rt", "kelurahan", "address", "arrived_on", "purpose")
SHORT = ("Nama", "NIK", "Alamat")
PEOPLE = ("Warga Contoh", nik(1), "Jl. Contoh 1")


def found(rows: list[list[Any]]) -> Found:
    return reading.read(saved(book_of(rows)), "daftar.xlsx", GIVEN)


def refusal(content: bytes, name: str = "daftar.xlsx") -> str:
    with pytest.raises(SheetRefused) as caught:
        reading.read(content, name, GIVEN)
    return str(caught.value)


def keys(*heads: list[Any]) -> list[str]:
    """The columns under these rows of headings, in their order."""
    width = max(len(row) for row in heads)
    first = found([*heads, [f"{nik(n)}" for n in range(width)]]).rows[0]
    return [key for key, _ in sorted(first.cells.items(), key=lambda one: one[1])]


def test_headings_in_their_usual_shapes() -> None:
    heads = ["No.", "NIK / No. KTP", "No. KK", "NAMA LENGKAP", "JENIS KELAMIN (L/P)", "Tmp. Lahir",
             "Tgl. Lahir", "Agama", "Status Kawin", "Pekerjaan", "Pendidikan Terakhir", "SHDK",
             "Alamat Asal", "Kab/Kota asal", "Provinsi Asal", "Alamat Domisili", "RT", "Kel.",
             "Tgl Datang", "Sampai dengan", "Maksud & Tujuan", "No. HP/WA", "Nama Kos",
             "Nama Pemilik", "Ket."]  # fmt: skip
    assert keys(heads) == [
        "number", "nik", "no_kk", "full_name", "sex", "birth_place", "birth_date", "religion",
        "marital_status", "occupation", "education", "family_relation", "origin_address",
        "origin_area", "origin_province", "address", "rt", "kelurahan", "arrived_on",
        "stays_until", "purpose", "phone", "lodging", "landlord_name", "notes",
    ]  # fmt: skip


def test_two_rows_of_headings_with_groups() -> None:
    above = ["No", "Nama", "NIK", "TTL", "Alamat", None, None, "Tanggal", None, "Pemilik Kos", None]
    below = [None, None, None, None, "Asal", "Domisili", "RT", "Datang", "Sampai", "Nama", "No HP"]
    expected = ["number", "full_name", "nik", "birth", "origin_address", "address", "rt"]
    expected += ["arrived_on", "stays_until", "landlord_name", "landlord_phone"]
    assert keys(above, below) == expected


def test_merged_headings_below_a_title_and_above_numbers_of_columns() -> None:
    book = Workbook()
    sheet: Any = book.active
    for row in (
        ["DAFTAR PENDUDUK NONPERMANEN RT 012 TAHUN 2026"],
        ["KELURAHAN SEPINGGAN"],
        [],
        ["No", "Nama Lengkap", "NIK", "Alamat", None, "Masa Tinggal", None],
        [None, None, None, "KTP", "Domisili", "Dari", "Sampai"],
        [1, 2, 3, 4, 5, 6, 7],
        [1, *PEOPLE[:2], "Jl. Asal", "Jl. Sini", date(2026, 10, 1), None],
        ["Jumlah", "1 orang"],
    ):
        sheet.append(row)
    for cells in ("A1:G1", "A2:G2", "A4:A5", "B4:B5", "C4:C5", "D4:E4", "F4:G4"):
        sheet.merge_cells(cells)
    read = reading.read(saved(book), "a.xlsx", GIVEN)
    [one] = read.rows
    assert (one.number, one.cells["origin_address"], one.cells["address"]) == (
        7,
        "Jl. Asal",
        "Jl. Sini",
    )
    assert one.cells["arrived_on"] == date(2026, 10, 1)
    assert dict(read.skipped) == {"heading": 1, "total": 1}


def test_a_general_address_beside_that_of_the_stay_is_the_one_of_the_ktp() -> None:
    assert keys(["NIK", "Nama", "Alamat", "Alamat Domisili"])[2:] == ["origin_address", "address"]


def test_what_is_about_others_is_not_taken_for_the_resident() -> None:
    above = ["NIK", "Nama", "Alamat", "Perusahaan", None, "Alamat Asal", None]
    below = [None, None, None, "Nama", "Alamat", "Kelurahan", "RT"]
    read = found([above, below, [nik(1), "Warga", "Jl. Sini", "PT Contoh", "Jl. X", "Asal", "9"]])
    assert read.rows[0].cells["full_name"] == "Warga"
    assert read.rows[0].cells["address"] == "Jl. Sini"
    assert "rt" not in read.rows[0].cells
    assert read.ignored == ["Alamat Asal Kelurahan", "Alamat Asal RT"]


def test_headings_in_the_middle_blank_rows_totals_and_the_example_are_passed_over() -> None:
    example = [reading.EXAMPLE_NAME, reading.EXAMPLE_NIK, "Jl. Contoh"]
    rows: list[list[Any]] = [list(SHORT), example, list(PEOPLE), [], ["", " ", None]]
    rows += [list(SHORT), [1, 2, 3], ["Dua", nik(2), "Jl. Dua"], ["TOTAL", None, 2]]
    rows += [["Total Contoh", nik(3), "Jl. Tiga"]]
    read = found(rows)
    assert [row.cells["full_name"] for row in read.rows] == ["Warga Contoh", "Dua", "Total Contoh"]
    assert dict(read.skipped) == {"example": 1, "blank": 2, "heading": 2, "total": 1}


def test_every_row_is_a_person_or_passed_over_for_a_reason() -> None:
    """Whatever stands in them: nothing that could be somebody is lost."""
    rng = random.Random(5)
    lines: list[list[Any]] = []
    for number in range(300):
        lines.append(
            [rng.choice([f"Orang {number}", None, "Jumlah", "Nama", 5]),
             rng.choice([nik(number), None, "-", "NIK", 6.47105e15]),
             rng.choice(["Jl. Contoh", None, "Alamat", ""])]
        )  # fmt: skip
    read = found([list(SHORT), *lines])
    filled = [line for line in lines if any(value not in (None, "") for value in line)]
    blank = read.skipped.pop("blank", 0)
    assert len(read.rows) + sum(read.skipped.values()) == len(filled)
    assert blank <= len(lines) - len(filled)  # those at the end are not in the file at all


def test_rows_numbered_beforehand_are_blank() -> None:
    rows: list[list[Any]] = [
        ["No", "RT", *SHORT],
        [1, "012", *PEOPLE],
        *([n, "012"] for n in range(2, 400)),
    ]
    read = found(rows)
    assert (len(read.rows), read.skipped["blank"]) == (1, 398)


def test_several_sheets_are_read_and_their_names_tell_the_rt() -> None:
    book = book_of([list(SHORT), list(PEOPLE)], "RT 12")
    other: Any = book.create_sheet("RT.013")
    for row in (["Judul"], [], SHORT, ("Dua", nik(2), "Jl. Dua")):
        other.append(row)
    book.create_sheet("Catatan").append(["Tidak ada apa-apa"])
    book.create_sheet("Kosong")
    hidden = book.create_sheet("Pilihan")
    hidden.append([nik(9)])
    hidden.sheet_state = "hidden"
    read = reading.read(saved(book), "a.xlsx", ("kelurahan", "arrived_on", "purpose"))
    assert [(row.sheet, row.number, row.cells["rt"]) for row in read.rows] == [
        ("RT 12", 2, "12"),
        ("RT.013", 4, "13"),
    ]
    assert read.other_sheets == ["Catatan"]


def test_a_sheet_with_people_and_no_headings_is_not_passed_over() -> None:
    book = book_of([list(SHORT), list(PEOPLE)])
    book.create_sheet("Lanjutan").append(["Tiga", nik(3)])
    assert "Lembar “Lanjutan” berisi NIK" in refusal(saved(book))


def test_missing_columns_are_named_all_at_once() -> None:
    content = saved(book_of([["Nama", "Agama", "Alamat", "No HP"], ["A", "Islam", "Jl", "08"]]))
    with pytest.raises(SheetRefused) as caught:
        reading.read(content, "a.xlsx")
    words = "Kolom yang tidak ditemukan: NIK, RT, Kelurahan, Tanggal Datang, Keperluan."
    assert words in str(caught.value)


def test_no_headings_a_column_twice_and_an_empty_list() -> None:
    assert refusal(saved(book_of([["a", "b", "c"], [1, 2, 3]]))) == reading.NO_HEADINGS
    assert "berisi NIK, tetapi tidak ada judul" in refusal(saved(book_of([[nik(1), "Budi"]])))
    assert refusal(saved(book_of([list(SHORT)]))) == reading.EMPTY
    twice = [[*SHORT, "No KTP"], [*PEOPLE, nik(1)]]
    assert "Kolom ini ada dua kali: NIK." in refusal(saved(book_of(twice)))


def test_columns_that_nothing_is_read_from_are_named() -> None:
    read = found([[*SHORT, "Hobi", "Tinggi Badan"], [*PEOPLE, "Catur", 170]])
    assert read.ignored == ["Hobi", "Tinggi Badan"]


def test_a_first_row_or_column_left_empty() -> None:
    book = Workbook()
    sheet: Any = book.active
    for column, (head, value) in enumerate(zip(SHORT, PEOPLE, strict=True), start=3):
        sheet.cell(5, column, head)
        sheet.cell(6, column, value)
    [row] = reading.read(saved(book), "a.xlsx", GIVEN).rows
    assert (row.number, row.cells["nik"]) == (6, nik(1))


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_csv_in_whatever_code_and_with_whatever_between(separator: str, encoding: str) -> None:
    people = person(1, name="André Contoh", address='Jl. "Mawar"; No. 1, RT|2')
    content = text(people, person(2), separator=separator, encoding=encoding)
    rows = reading.read(content, "daftar.csv", ("kelurahan",)).rows
    assert [row.cells["full_name"] for row in rows] == ["André Contoh", "Warga Contoh 2"]
    assert rows[0].cells["address"] == 'Jl. "Mawar"; No. 1, RT|2'
    assert not rows[0].more


def csv_of(*lines: str) -> bytes:
    return "\n".join(["Nama;NIK;Alamat", *lines]).encode()


def test_csv_as_excel_saves_it() -> None:
    content = b"sep=;\r\n" + csv_of(f"Budi;{nik(1)};Jl. Satu", f";;{''}").replace(b"\n", b"\r\n")
    [row] = reading.read(content, "daftar.csv", GIVEN).rows
    assert row.cells == {"full_name": "Budi", "nik": nik(1), "address": "Jl. Satu"}


def test_csv_rows_that_are_torn_or_too_long() -> None:
    rows = reading.read(
        csv_of(f'"Budi\nContoh";{nik(1)};"Jl. Satu"', f"Dua;{nik(2)};Jl. Dua;No. 3", f"T;{nik(3)}"),
        "daftar.csv",
        GIVEN,
    ).rows
    assert [(row.cells["full_name"], row.more) for row in rows] == [
        ("Budi\nContoh", False),
        ("Dua", True),
        ("T", False),
    ]


def test_a_quotation_mark_that_is_not_closed_swallows_nobody() -> None:
    lines = [f'Satu;{nik(1)};"Jl. Satu', *(f"W{n};{nik(n)};Jl. {n}" for n in range(2, 9))]
    assert "tanda kutip" in refusal(csv_of(*lines), "daftar.csv")
    read = reading.read(csv_of(f'"Kos" Budi;{nik(1)};Jl. "A" 1'), "daftar.csv", GIVEN)
    assert len(read.rows) == 1


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (csv_of(f"Budi;{nik(1)};{'x' * 200_000}"), "daftar.csv", "terlalu panjang"),
        (b"%PDF-1.7 ...", "daftar.csv", NOT_A_LIST),
        (b"<html><table><tr><td>NIK</td></tr></table></html>", "daftar.xls", NOT_A_LIST),
        (bytes(range(256)) * 40, "daftar.csv", NOT_A_LIST),
        (b"", "daftar.csv", reading.NO_HEADINGS),
        (b"\xff\xfe\x00", "daftar.csv", DAMAGED),
        (OLE + b"x" * 600, "daftar.xls", OLD),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "daftar.xlsx", LOCKED),
        (b"PK\x03\x04 terpotong", "daftar.xlsx", DAMAGED),
        (b"Nama;NIK", "daftar.xlsx", NOT_A_LIST),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else "",
)
def test_what_is_no_list(content: bytes, name: str, words: str) -> None:
    assert words in refusal(content, name)


def test_all_headings_of_the_helper_are_recognised() -> None:
    read = found(grid(person()))
    assert len(read.rows[0].cells) == len(HEADS)
    assert not read.ignored
