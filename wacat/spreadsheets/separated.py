"""A CSV as a sheet: whichever code it is written in, and whatever stands between its cells."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from wacat.spreadsheets.opening import DAMAGED, NOT_A_LIST, Bounds, SheetRefused

SEPARATORS = (";", ",", "\t", "|")
SAMPLE = 60_000  # letters, by which the separator is found
SAMPLED = 40  # rows of these
# How many columns somebody knows in the first rows.
Recognise = Callable[[list[list[str]]], int]
UNCLOSED = (
    "Ada tanda kutip yang tidak ditutup di sekitar baris {}. Perbaiki baris itu, atau simpan "
    "berkasnya sebagai Excel .xlsx."
)
HUGE = "Ada sel yang terlalu panjang di sekitar baris {}. Perbaiki, lalu unggah lagi."
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NIK = re.compile(r"\d{16}")
# How a file begins that is something else altogether.
_OTHERS = (b"%PDF", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"{\\rtf", b"<!DOC", b"<html", b"<?xml")


@dataclass
class TextSheet:
    """The one sheet of a CSV; all its cells are texts."""

    lines: list[list[str]]
    title = ""
    is_text = True

    def rows(self, most: int | None = None) -> Iterator[list[Any]]:
        """All rows, or the first ones."""
        yield from self.lines[:most]


def sheets(content: bytes, bounds: Bounds, recognise: Recognise) -> Iterator[TextSheet]:
    """The sheet, separated as *recognise* knows most of it. Raises SheetRefused."""
    if len(content) > bounds.archive.packed:
        raise SheetRefused(bounds.archive.too_large)
    if content[:16].lstrip().startswith(_OTHERS):
        raise SheetRefused(NOT_A_LIST)
    text = _decoded(content).replace("\0", "")
    separator, text = _named_separator(text)
    yield TextSheet(_lines(text, separator or _separator(text, recognise), bounds))


def _decoded(content: bytes) -> str:
    """By its mark, else as UTF-8, else as Windows wrote it for decades."""
    try:
        for mark, code in _MARKS:
            if content.startswith(mark):
                return content.decode(code)
        if code := _unmarked_utf16(content):
            return content.decode(code)
        return _utf8_or_windows(content)
    except UnicodeDecodeError as error:
        raise SheetRefused(DAMAGED) from error


def _unmarked_utf16(content: bytes) -> str:
    """Every other byte of plain Latin text is zero then."""
    head = content[:2000]
    if len(head) < 4 or head.count(0) < len(head) // 3:
        return ""
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def _utf8_or_windows(content: bytes) -> str:
    if content[:4000].count(0):
        raise SheetRefused(NOT_A_LIST)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _named_separator(text: str) -> tuple[str, str]:
    """Excel's first line ``sep=;`` says it."""
    first, _, rest = text.partition("\n")
    named = first.strip().strip('"').lower()
    return (named[4], rest) if named.startswith("sep=") and len(named) == 5 else ("", text)


def _separator(text: str, recognise: Recognise) -> str:
    """The one by which most headings are recognised, else the most frequent."""
    sample = text[:SAMPLE]
    return max(SEPARATORS, key=lambda one: (_recognised(sample, one, recognise), sample.count(one)))


def _recognised(sample: str, separator: str, recognise: Recognise) -> int:
    rows = []
    try:
        for row in csv.reader(io.StringIO(sample), delimiter=separator):
            rows.append(row)
            if len(rows) == SAMPLED:
                break
        return recognise(rows)
    except (csv.Error, SheetRefused):
        return 0


def _lines(text: str, separator: str, bounds: Bounds) -> list[list[str]]:
    """Strictly, else as leniently as Excel; never with rows swallowed by a quotation mark."""
    try:
        return _parsed(text, separator, bounds, strict=True)
    except csv.Error:
        return _parsed(text, separator, bounds, strict=False)


def _parsed(text: str, separator: str, bounds: Bounds, *, strict: bool) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
    lines: list[list[str]] = []
    torn: list[int] = []
    cells = 0
    try:
        for line in reader:
            cells += len(line)
            if cells > bounds.cells:
                raise SheetRefused(bounds.archive.too_large)
            if any("\n" in cell and cell.count(separator) > 1 for cell in line):
                torn.append(len(lines))
            lines.append(line)
    except csv.Error as error:
        if strict:
            raise
        raise SheetRefused(HUGE.format(len(lines) + 1)) from error
    for number in torn:
        if not strict or _swallows(lines, number, separator):
            raise SheetRefused(UNCLOSED.format(number + 1))
    return lines


def _swallows(lines: list[list[str]], number: int, separator: str) -> bool:
    """Whether a cell of several lines holds other rows, up to a quotation mark further down.

    Else it is an address of two lines with commas in it. A row is known by its NIK, by its many
    cells, or by the row it is torn from having fewer cells than all others.
    """
    usual, _ = Counter(map(len, lines)).most_common(1)[0]
    if len(lines[number]) < usual:
        return True
    below = [text for cell in lines[number] for text in cell.splitlines()[1:]]
    return any(_NIK.search(text) or text.count(separator) >= max(usual - 1, 4) for text in below)
