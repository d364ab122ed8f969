"""The two kinds of file, written row by row to something that is only written to.

Neither touches the disk in the open, and neither holds more than a row: the workbook is written
as the parts of a zip, its texts in the cells themselves.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import escape
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.utils import get_column_letter

from residents.exporting.cells import Cell, clean, safe_in_csv

MOST_ROWS = 1_048_575  # of a sheet of Excel, under the headings
FASTEST = 1  # zlib's levels: a list is fetched once, and waited for
BUFFER = 1 << 16  # bytes
AT_ONCE = 200  # rows handed to the compressor together
_DAY_ONE = date(1899, 12, 30)  # of Excel's count
WIDTH = 22  # characters

Rows = Iterable[Sequence[Cell]]

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = {
    "[Content_Types].xml": f"""{_HEAD}<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>
<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>""",
    "_rels/.rels": f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>
</Relationships>""",
    "xl/workbook.xml": f"""{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">
<sheets><sheet name="Warga" sheetId="1" r:id="rId1"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>""",
    # Style 1 is a day, 2 a heading, 3 text that stays text when somebody edits it.
    "xl/styles.xml": f"""{_HEAD}<styleSheet xmlns="{_MAIN}">
<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>
<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill>
<fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>""",
}


def write_csv(file: io.RawIOBase, headings: Sequence[str], rows: Rows) -> None:
    """As Excel opens it here: UTF-8 with its mark, semicolons, days as 2026-11-21."""
    text = io.TextIOWrapper(io.BufferedWriter(file, BUFFER), "utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([safe_in_csv(one) for one in headings])
    writer.writerows([_in_csv(cell) for cell in row] for row in rows)
    text.flush()
    text.detach().detach()


def write_xlsx(file: io.RawIOBase, headings: Sequence[str], rows: Rows) -> None:
    """A workbook of one sheet. Raises ValueError for more than ``MOST_ROWS`` rows."""
    with ZipFile(_unseekable(file), "w", ZIP_DEFLATED, compresslevel=FASTEST) as book:
        for name, content in PARTS.items():
            book.writestr(name, content)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for part in _sheet(headings, rows):
                sheet.write(part.encode())


def _unseekable(file: Any) -> Any:
    return io.BufferedWriter(file, BUFFER)


def _sheet(headings: Sequence[str], rows: Rows) -> Iterator[str]:
    letters = [get_column_letter(number) for number in range(1, len(headings) + 1)]
    yield (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
        f'</sheetViews><cols><col min="1" max="{len(letters)}" width="{WIDTH}" customWidth="1"/>'
        "</cols><sheetData>"
    )
    yield _row(1, letters, headings, style=2)
    held: list[str] = []
    for number, row in enumerate(rows, start=2):
        if number > MOST_ROWS + 1:
            raise ValueError("more rows than a sheet holds")
        held.append(_row(number, letters, row, style=3))
        if len(held) == AT_ONCE:
            yield "".join(held)
            held.clear()
    yield "".join(held) + "</sheetData></worksheet>"


def _row(number: int, letters: Sequence[str], row: Sequence[Cell], style: int) -> str:
    cells = []
    for letter, value in zip(letters, row, strict=True):
        if isinstance(value, str):
            if value:
                text = escape(clean(value), quote=False)
                cells.append(
                    f'<c r="{letter}{number}" s="{style}" t="inlineStr"><is>'
                    f'<t xml:space="preserve">{text}</t></is></c>'
                )
        elif value is not None:
            cells.append(f'<c r="{letter}{number}" s="1"><v>{(value - _DAY_ONE).days}</v></c>')
    return f'<row r="{number}">{"".join(cells)}</row>'


def _in_csv(cell: Cell) -> str:
    if isinstance(cell, str):
        return safe_in_csv(cell)
    return cell.isoformat() if cell else ""
