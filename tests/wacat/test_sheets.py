"""Workbooks to take home: text is a cell of text, and needs nothing before it to stay so."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from wacat.sheets import workbook


def _cells(*texts: str) -> list[Any]:
    content = workbook("Daftar", ["=Judul", *("B" for _ in texts[1:])], [texts], note="-catatan")
    [sheet] = load_workbook(io.BytesIO(content)).worksheets
    return [sheet["A1"], *(one for row in sheet.iter_rows(2) for one in row)]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "#N/A ", "'", "0"])
def test_text_stays_text(start: str) -> None:
    text = f"{start}1+1"
    for cell, told in zip(_cells(text), ("-catatan", "=Judul", text), strict=True):
        assert cell.value == told.replace("\r", "\n")  # as XML reads it
        assert (cell.data_type, cell.number_format) == ("s", "@")


def test_what_no_cell_can_hold_is_left_out() -> None:
    assert _cells("Ani\x00\x0b Contoh")[-1].value == "Ani Contoh"


def test_days_and_moments_are_such() -> None:
    moment = datetime(2026, 11, 21, 20, tzinfo=UTC)
    content = workbook("Daftar", ["A", "B", "C"], [[date(2026, 5, 4), moment, 7]])
    [sheet] = load_workbook(io.BytesIO(content)).worksheets
    shown = [str(cell.value) for cell in sheet[2]]
    assert shown == ["2026-05-04 00:00:00", "2026-11-22 04:00:00", "7"]
