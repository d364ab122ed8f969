"""Headings over two rows and cells over two lines, as sheets and as CSV."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from openpyxl import Workbook

from residents.importing import reading
from residents.importing.reading import Found
from tests.residents.imported import nik, saved
from wacat.spreadsheets.opening import SheetRefused

GIVEN = ("rt", "kelurahan", "address", "arrived_on", "purpose")
Grid = list[list[Any]]
BIRTH = "Tempat, Tanggal Lahir"
KINDS = ("xlsx", "csv ,", "csv ;")


def as_file(kind: str, grid: Grid, merged: tuple[str, ...] = ()) -> bytes:
    """A sheet with *merged* cells, or a CSV of the same, where the merged ones are empty."""
    if kind == "xlsx":
        book = Workbook()
        sheet: Any = book.active
        for row in grid:
            sheet.append(row)
        for cells in merged:
            sheet.merge_cells(cells)
        return saved(book)
    file = io.StringIO()
    csv.writer(file, delimiter=kind[-1]).writerows(grid)
    return file.getvalue().encode()


def found(kind: str, grid: Grid, *merged: str) -> Found:
    return reading.read(as_file(kind, grid, merged), f"a.{kind[:4].strip()}", GIVEN)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("group", [BIRTH, "TTL", "Kelahiran", "TEMPAT / TGL LAHIR", "Lahir"])
@pytest.mark.parametrize(
    "parts", [("Tempat", "Tanggal"), ("Kota", "Tgl"), ("Tmpt.", "Tgl/Bln/Thn")]
)
def test_place_and_day_of_birth_below_one_heading(
    kind: str, group: str, parts: tuple[str, str]
) -> None:
    read = found(
        kind,
        [
            ["No", "Nama", "NIK", group, None, "Alamat"],
            [None, None, None, *parts, None],
            [1, "Budi", nik(1), "Samarinda", "17-08-1990", "Jl. 1"],
        ],
        "A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2",
    )  # fmt: skip
    [row] = read.rows
    assert (row.cells["birth_place"], row.cells["birth_date"]) == ("Samarinda", "17-08-1990")
    assert (row.cells["full_name"], row.cells["address"]) == ("Budi", "Jl. 1")
    assert not read.ignored
    assert not read.skipped


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("group", "parts", "keys"),
    [
        ("Masa Tinggal", ("Mulai", "Akhir"), ("arrived_on", "stays_until")),
        ("Lama Tinggal", ("Sejak", "s/d"), ("arrived_on", "stays_until")),
        ("Periode", ("Dari", "Sampai"), ("arrived_on", "stays_until")),
        ("Tanggal", ("Masuk", "Keluar"), ("arrived_on", "stays_until")),
        ("Daerah Asal", ("Kab/Kota", "Provinsi"), ("origin_area", "origin_province")),
        ("Alamat Asal (KTP)", ("Jalan", "Kabupaten"), ("origin_address", "origin_area")),
        ("Alamat di Balikpapan", ("Jalan", "RT"), ("address", "rt")),
        ("Nomor", ("HP", "KK"), ("phone", "no_kk")),
        ("Kedatangan", ("Tanggal", "Tujuan"), ("arrived_on", "purpose")),
        ("Pemilik Kos", ("Nama", "No HP"), ("landlord_name", "landlord_phone")),
    ],
)
def test_parts_below_a_group(
    kind: str, group: str, parts: tuple[str, str], keys: tuple[str, str]
) -> None:
    read = found(
        kind,
        [
            ["DAFTAR PENDUDUK NONPERMANEN"],
            [],
            ["NIK", "Nama Lengkap", group, None, "Agama"],
            [None, None, *parts, None],
            [nik(1), "Budi", "satu", "dua", "Islam"],
            [nik(2), "Dewi", "tiga", "empat", "Islam"],
        ],
        "A1:E1", "A3:A4", "B3:B4", "C3:D3", "E3:E4",
    )  # fmt: skip
    assert [[row.cells.get(key) for key in keys] for row in read.rows] == [
        ["satu", "dua"],
        ["tiga", "empat"],
    ]
    assert not read.ignored


@pytest.mark.parametrize("kind", KINDS)
def test_the_sex_ticked_in_one_of_two_columns(kind: str) -> None:
    read = found(
        kind,
        [
            ["Nama", "NIK", "Jenis Kelamin", None, "Alamat"],
            [None, None, "L", "P", None],
            ["Budi", nik(1), "√", None, "Jl. 1"],
            ["Dewi", nik(2), None, "v", "Jl. 2"],
            ["Tri", nik(3), "x", "x", "Jl. 3"],
            ["Adi", nik(4), 1, 0, "Jl. 4"],
            ["Eka", nik(5), "L", "-", "Jl. 5"],
        ],
        "A1:A2", "B1:B2", "C1:D1", "E1:E2",
    )  # fmt: skip
    assert [row.cells.get("sex") for row in read.rows] == ["L", "P", None, "L", "L"]
    assert not read.ignored


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_of_parts_of_which_none_is_known_is_no_person(kind: str) -> None:
    read = found(
        kind,
        [
            ["No", "Nama", "NIK", "Alamat", "Ukuran", None],
            [None, None, None, None, "Sepatu", "Baju"],
            [1, "Budi", nik(1), "Jl. 1", 42, "L"],
        ],
        "E1:F1",
    )  # fmt: skip
    assert [row.cells["full_name"] for row in read.rows] == ["Budi"]
    assert read.ignored == ["Ukuran"]
    assert read.rows[0].cells["+Ukuran"] in (42, "42")
    assert read.rows[0].cells["+Kolom F"] == "L"


@pytest.mark.parametrize("kind", KINDS)
def test_headings_over_three_rows(kind: str) -> None:
    read = found(
        kind,
        [
            ["Data Diri", None, None, None, "Data Tinggal", None, None],
            ["NIK", "Nama", BIRTH, None, "Alamat", "Tanggal", None],
            [None, None, "Tempat", "Tanggal", None, "Datang", "Sampai"],
            [nik(1), "Budi", "Wajo", "01-02-1990", "Jl. 1", "01-10-2026", "01-01-2027"],
        ],
        "A1:D1", "E1:G1", "C2:D2", "F2:G2",
    )  # fmt: skip
    [row] = read.rows
    assert list(row.cells) == [
        "nik", "full_name", "birth_place", "birth_date", "address", "arrived_on", "stays_until",
    ]  # fmt: skip


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_quoted_cell_of_several_lines_with_separators_in_it(separator: str, end: str) -> None:
    address = end.join(
        (
            f"Jl. Melati{separator} Gang 2{separator} No. 5",
            f"RT 1{separator} RW{separator} Dekat{separator} pos",
        )
    )
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=separator, lineterminator=end)
    writer.writerows(
        [
            ["Nama", "NIK", "Alamat", "Agama", "No HP"],
            ["Budi", nik(1), address, "Islam", "0811111111"],
            ["Dewi", nik(2), "Jl. 2", "Islam", "0811111112"],
        ]
    )
    rows = reading.read(file.getvalue().encode(), "a.csv", GIVEN).rows
    assert [row.cells["full_name"] for row in rows] == ["Budi", "Dewi"]
    assert rows[0].cells["address"] == address
    assert not rows[0].more


@pytest.mark.parametrize("closing", ["", '"'])
@pytest.mark.parametrize("swallowed", [nik(2), ""])
def test_a_quotation_mark_in_a_wrong_place_still_swallows_nobody(
    closing: str, swallowed: str
) -> None:
    content = "\n".join(
        [
            "Nama;NIK;Alamat;Agama;No HP",
            f'Satu;{nik(1)};"Jl. Satu;Islam;',
            f"Dua;{swallowed};Jl. Dua;Islam;",
            f"Tiga;{nik(3)};Jl. Tiga{closing};Islam;",
        ]
    )
    with pytest.raises(SheetRefused, match="tanda kutip"):
        reading.read(content.encode(), "a.csv", GIVEN)
