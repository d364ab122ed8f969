"""Lists as they come from offices, from upload to the end: every row is accounted for."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from residents.importing.models import Import, ImportStatus
from residents.registry.models import Resident
from tests.residents.imported import PAGE, entered, nik, read, rows, saved
from tests.residents.pages import petugas

pytestmark = pytest.mark.django_db

HEADS = ["No", "NIK", "Nama Lengkap", "L/P", "Tempat, Tanggal Lahir", "Alamat Domisili", "RT",
         "Tgl Datang", "Sampai", "Keperluan", "No HP"]  # fmt: skip
Grid = list[list[Any]]


def line(n: int, **changes: Any) -> list[Any]:
    one = dict(zip(HEADS, [n, nik(n), f"Warga Contoh {n}", "L", "Wajo, 17-08-1990", f"Jl. {n}",
                           "001", "01-10-2026", "30-09-2027", "Kerja", "08123456789"],
                   strict=True))  # fmt: skip
    return list(
        {**one, **{key.replace("_", " "): value for key, value in changes.items()}}.values()
    )


def book(grid: Grid, change: Callable[[Any], None] = lambda sheet: None) -> bytes:
    made = Workbook()
    sheet: Any = made.active
    for row in grid:
        sheet.append(row)
    change(sheet)
    return saved(made)


def outcome(content: bytes, name: str = "daftar.xlsx") -> Import:
    """Read and entered; nothing is lost between the file, the page and the database."""
    client = petugas()
    imported = read(client, content, name)
    assert client.get(f"{PAGE}{imported.pk}/").status_code == 200
    if imported.status == ImportStatus.REFUSED:
        assert imported.refusal
        return imported
    assert imported.rows == len(rows(imported))
    if not imported.accepted:
        return imported
    client.post(f"{PAGE}{imported.pk}/", {"action": "discard"})
    done = entered(client, content, name)
    assert done.status == ImportStatus.DONE
    assert done.rows == done.entered + done.rejected
    assert done.rejected == sum(bool(row.errors) for row in rows(done))
    assert Resident.objects.count() == done.entered
    assert client.get(f"{PAGE}{done.pk}/").status_code == 200
    assert client.get(f"{PAGE}{done.pk}/ditolak/").status_code == 200
    return done


def test_numbers_as_excel_damages_them() -> None:
    niks = [6.47105e15, "6,47105E+15", "6.471051708900001E+15", f"'{nik(4)}", f" {nik(5)} ",
            f"{nik(6)[:4]} {nik(6)[4:8]} {nik(6)[8:]}", 6471051708900007.0, nik(8)[:15],
            "6471051708900009.0", "-", None, int(nik(12)[1:]), f"NIK: {nik(13)}",
            "647105170890OO14"]  # fmt: skip
    grid: Grid = [HEADS, *(line(n, NIK=one) for n, one in enumerate(niks, start=1))]
    done = outcome(book(grid))
    assert done.rows == len(niks)
    assert [bool(row.errors) for row in rows(done)] == [
        True, True, False, False, False, False, False, True, False, True, True, True, False, True,
    ]  # fmt: skip


def test_days_in_many_shapes() -> None:
    days = ["01/10/2026", "1-10-26", "2026-10-01", "1 Oktober 2026", "01 Okt 2026", "1.10.2026",
            "Kamis, 1 Oktober 2026", date(2026, 10, 1), datetime(2026, 10, 1, 8, 30), 46296,
            "01102026", "20261001", "2026-10-01 00:00:00", "1 OCTOBER 2026",
            "’01-10-2026"]  # fmt: skip
    lines = [line(n, Tgl_Datang=day) for n, day in enumerate(days, start=1)]
    done = outcome(book([HEADS, *lines]))
    assert done.entered == len(days)
    assert set(Resident.objects.values_list("arrived_on", flat=True)) == {date(2026, 10, 1)}


def test_a_form_with_notes_above_totals_below_and_signatures() -> None:
    grid: Grid = [
        ["PEMERINTAH KOTA BALIKPAPAN"],
        ["DAFTAR PENDUDUK NONPERMANEN", None, "Keadaan 1 Oktober 2026"],
        ["Catatan: isi dengan huruf cetak. NIK 16 angka."],
        [],
        HEADS,
        list(range(1, 12)),
        line(1),
        [],
        line(2),
        ["  ", None, ""],
        ["Jumlah", None, "2 orang"],
        ["Laki-laki : 2"],
        [],
        [None, None, None, None, None, None, None, "Balikpapan, 1 Oktober 2026"],
        [None, None, None, None, None, None, None, "Ketua RT 001"],
        [None, None, None, None, None, None, None, "( Budi )"],
    ]

    def merge(sheet: Any) -> None:
        for cells in ("A1:K1", "A3:K3", "A11:B11", "H14:K14", "H15:K15"):
            sheet.merge_cells(cells)

    done = outcome(book(grid, merge))
    assert done.entered == 2
    assert [row.place for row in rows(done) if row.errors] == ["14", "15", "16"]


def test_hidden_rows_and_columns_are_read_like_all_others() -> None:
    def hide(sheet: Any) -> None:
        sheet.column_dimensions["B"].hidden = True
        sheet.row_dimensions[3].hidden = True
        sheet.auto_filter.ref = "A1:K4"

    done = outcome(book([HEADS, line(1), line(2), line(3)], hide))
    assert (done.rows, done.entered) == (3, 3)


def test_formulas_errors_and_odd_cells() -> None:
    grid: Grid = [HEADS, line(1, Nama_Lengkap="=1/0"), line(2, L_P=True, No_HP=81234567890.0)]
    grid += [line(3, Sampai="#REF!"), line(4, Alamat_Domisili="x" * 40_000), line(5, RT=1.0)]
    grid += [line(6, Keperluan="a\u0000b".replace("\u0000", "")), line(7, Nama_Lengkap="😀 Budi")]
    grid += [
        line(8, Tgl_Datang="30 Februari 2026"),
        line(9, Sampai=10**9),
        line(10, RT="RT.001/RW.02"),
    ]
    done = outcome(book(grid))
    assert done.rows == 10


def test_a_second_sheet_of_the_same_list_and_one_of_notes() -> None:
    made = Workbook()
    first: Any = made.active
    first.title = "Blok A"
    for row in (HEADS, line(1), line(2)):
        first.append(row)
    second: Any = made.create_sheet("Blok B")
    for row in (["Lanjutan"], HEADS, line(3), line(1)):
        second.append(row)
    made.create_sheet("Catatan").append(["Rapat RT tanggal 5"])
    made.create_sheet("Grafik")
    done = outcome(saved(made))
    assert (done.rows, done.entered, done.rejected) == (4, 3, 1)
    [again] = [row for row in rows(done) if row.errors]
    assert (again.place, again.errors) == ("Blok B: 4", ["NIK ini sudah ada di baris Blok A: 2."])


def test_a_file_with_one_column_too_few_or_cells_shifted() -> None:
    without_rt = [row[:6] + row[7:] for row in (HEADS, line(1))]
    assert "Kolom yang tidak ditemukan: RT" in outcome(book(without_rt)).refusal
    shifted: Grid = [HEADS, line(1), line(2)[1:], [None, *line(3)]]
    done = outcome(book(shifted))
    assert (done.rows, done.entered, done.rejected) == (3, 1, 2)


ENCODINGS, SEPARATORS, ENDS = (
    ("utf-8", "utf-8-sig", "utf-16", "cp1252"),
    ",;\t",
    ("\r\n", "\n", "\r"),
)
# Each with each separator, each separator with each end.
KINDS = [
    (encoding, separator, ENDS[(n + m) % len(ENDS)])
    for n, encoding in enumerate(ENCODINGS)
    for m, separator in enumerate(SEPARATORS)
]


@pytest.mark.parametrize(("encoding", "separator", "end"), KINDS)
def test_csv_of_every_kind(encoding: str, separator: str, end: str) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=separator, lineterminator=end)
    writer.writerows([["Daftar Warga, RT 001; 2026"], [], HEADS, line(1, Nama_Lengkap="Renée"), []])
    writer.writerows([line(2), [""] * 11, line(3)[:9], [*line(4), "lebih"], ["Jumlah", "4"]])
    done = outcome(file.getvalue().encode(encoding), "daftar.csv")
    assert (done.rows, done.entered, done.rejected) == (4, 2, 2)


def test_every_cell_text_and_every_cell_number() -> None:
    texts = [[str(value) for value in row] for row in (HEADS, line(1), line(2))]
    assert outcome(book(texts)).entered == 2
