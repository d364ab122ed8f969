"""The sheet of figures: exact numbers, whole pages, marked when its data are made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from reports.summaries.drawing import SummaryRow, SummarySheet, draw_summary
from tests.reports.letters_to_draw import catalog_of, page_texts, reader_of, text_of

KECAMATAN = ("Timur", "Barat", "Utara", "Tengah", "Selatan", "Kota")
SHEET = SummarySheet(
    title="Penduduk nonpermanen",
    area_name="Kota Balikpapan",
    area_code="64.71",
    as_at=date(2020, 12, 31),
    period="2020",
    known_at=datetime(2021, 1, 4, 17, 5, tzinfo=UTC),
    definition="Orang yang tinggal pada tanggal itu, yang lewat masa tinggal ikut dihitung.",
    columns=(("active", "Aktif"),),
    rows=tuple(
        SummaryRow(f"64.71.0{number}", f"Balikpapan {name}", {"active": 229 * number})
        for number, name in enumerate(KECAMATAN, start=1)
    ),
    total=SummaryRow("64.71", "Kota Balikpapan", {"active": 4809}),
)
KEYS = ("active", "verified", "overdue", "arrived", "ended", "extended", "letters")
LARGE = replace(
    SHEET,
    area_name="Kelurahan Sepinggan",
    area_code="64.71.05.1002",
    columns=tuple((key, f"Kolom {key}") for key in KEYS),
    rows=tuple(
        SummaryRow(f"64.71.05.1002.{rt:03}", f"RT {rt:03}", dict.fromkeys(KEYS, 1000 + rt))
        for rt in range(1, 61)
    ),
    total=SummaryRow("64.71.05.1002", "Kelurahan Sepinggan", dict.fromkeys(KEYS, 61830)),
    specimen=True,
)


def test_a_sheet_says_its_figures() -> None:
    [text] = page_texts(draw_summary(SHEET))
    assert "Kota Balikpapan (64.71), per 31 Desember 2020" in text
    assert "Data diketahui sampai 5 Januari 2021 01.05 WITA" in text
    assert SHEET.definition in text
    assert "64.71.06 Balikpapan Kota 1.374" in text
    assert "Jumlah 4.809" in text
    assert "DATA CONTOH" not in text


def test_sixty_rows_run_over_pages_under_a_repeated_head() -> None:
    pages = page_texts(draw_summary(LARGE))
    assert 1 < len(pages) <= 4
    for number, text in enumerate(pages, start=1):
        assert "Kolom letters" in text
        assert "per 31 Desember 2020" in text
        assert f"Halaman {number}" in text
        assert "DATA CONTOH" in text
    together = " ".join(pages)
    for row in LARGE.rows:
        assert f"{row.code} {row.name} " + " ".join(["1." + row.code[-3:]] * 7) in together
    assert [text.count("61.830") for text in pages] == [0] * (len(pages) - 1) + [7]


def test_many_columns_turn_the_paper() -> None:
    upright, lying = (reader_of(draw_summary(one)).pages[0].mediabox for one in (SHEET, LARGE))
    assert upright.height > upright.width
    assert lying.height < lying.width


def test_an_area_without_parts_or_figures_is_drawn() -> None:
    empty = replace(SHEET, rows=(), total=SummaryRow("64.71", "Kota Balikpapan", {"active": 0}))
    assert "Jumlah 0" in text_of(draw_summary(empty))
    zeros = replace(SHEET, rows=(SummaryRow("64.71.01", "Balikpapan Timur", {"active": 0}),))
    assert "Balikpapan Timur 0" in text_of(draw_summary(zeros))


def test_a_missing_figure_is_no_zero() -> None:
    with pytest.raises(KeyError):
        draw_summary(replace(SHEET, total=SummaryRow("64.71", "Kota Balikpapan", {})))


def test_names_are_text_not_markup() -> None:
    rows = (SummaryRow("64.71.01", "<b>Timur</b> & 'Barat'", {"active": 7}),)
    assert "<b>Timur</b> & 'Barat' 7" in text_of(draw_summary(replace(SHEET, rows=rows)))


def test_a_sheet_is_archivable_and_tagged() -> None:
    pdf = draw_summary(SHEET)
    catalog, information = catalog_of(pdf), reader_of(pdf).metadata
    assert catalog["/MarkInfo"]["/Marked"]
    assert 'conformance="A"' in catalog["/Metadata"].get_data().decode()
    assert information is not None
    assert information.title == "Penduduk nonpermanen, Kota Balikpapan, per 31 Desember 2020"
