"""Long tables as tagged PDF/A-2a on landscape A4: thousands of rows in a second or two.

WeasyPrint lays out every cell as a box of its own, some ten milliseconds a row. Here a row is a
few lines of text at places known beforehand, so pages are written as they fill, and each is
packed at once.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

import pydyf

from wacat.drawing.archiving import describe
from wacat.drawing.characters import drawable
from wacat.drawing.engine import Drawn
from wacat.drawing.marks import Mark
from wacat.drawing.tagging import ARTIFACT, END, Element, Structure
from wacat.drawing.typeface import UNITS, Typeface, typeface

MM = 72 / 25.4
WIDTH, HEIGHT = 297 * MM, 210 * MM
LEFT, TOP, BOTTOM = 15 * MM, 14 * MM, 15 * MM
SIZE, LEADING, PADDING = 8.0, 10.2, 1.4 * MM
GAP = 4.0  # below the rule under a row
MOST_LINES = int((HEIGHT - TOP - BOTTOM - 60) / LEADING)  # of a row, below title and headings
TITLE_SIZE, SMALL = 13.0, 8.0
GREY, LINE, PALE = 0.3, 0.75, 0.89
_OF_A_COLUMN = b"/A<</O/Table/Scope/Column>>"


@dataclass(frozen=True)
class Column:
    heading: str
    width_mm: float


@dataclass(frozen=True)
class LongTable:
    """All that it says. A row has a text for each column; a new line in it begins one on paper.

    ``title`` and ``subject`` stand above the headings of every page, ``footer`` at its foot.
    """

    title: str
    subject: str
    footer: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[str]]
    marks: tuple[Mark, ...] = ()


def draw_table(table: LongTable) -> Drawn:
    """The table as PDF. A character that the embedded family lacks is drawn as a question mark."""
    return _Sheets(table).drawn()


class Packed(pydyf.Stream):
    """A stream that is packed at once, where the library packs it each time it is asked."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self._packed = zlib.compress(content, 9)

    @property
    def data(self) -> bytes:
        size = len(self._packed)
        return b"<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (size, self._packed)


@dataclass
class _Ink:
    """What is drawn on a page, and which letters of which face."""

    parts: list[bytes] = field(default_factory=list)
    used: dict[str, set[str]] = field(default_factory=lambda: {"Regular": set(), "Bold": set()})

    def text(self, words: str, x: float, y: float, style: str, size: float) -> None:
        self.used[style].update(words)
        shown = typeface(style).shown(words)
        self.parts.append(
            b"BT /%s %.1f Tf %.2f %.2f Td %s Tj ET" % (style.encode(), size, x, y, shown)
        )

    def line(self, y: float, thickness: float) -> None:
        self.parts.append(b"%.2f %.2f %.2f %.2f re f" % (LEFT, y, WIDTH - 2 * LEFT, thickness))

    def add(self, operator: bytes) -> None:
        self.parts.append(operator)

    def grey(self, level: float) -> None:
        self.parts.append(b"%.2f g" % level)

    def packed(self) -> Packed:
        stream = Packed(b"\n".join(self.parts))
        self.parts = []
        return stream


class _Sheets:
    """Lays one row below the other, and begins a page when the next does not fit.

    Title and headings are read out once: where a page repeats them they are adornment.
    """

    def __init__(self, table: LongTable) -> None:
        self.table, self.ink = table, _Ink()
        self.pdf, self.streams = pydyf.PDF(), list[Packed]()
        self.pages, self.structure = list[pydyf.Dictionary](), Structure(self.pdf)
        widths = [column.width_mm * MM for column in table.columns]
        self.places = [LEFT + left for left in (0.0, *accumulate(widths))][: len(widths)]
        self.room = [(width - PADDING) / SIZE * UNITS for width in widths]
        self.y = 0.0

    def drawn(self) -> Drawn:
        whole = self.structure.document
        kinds = (b"H1", b"P", b"P") if self.table.marks else (b"H1", b"P")
        above = [self.structure.element(kind, whole) for kind in kinds]
        grid = self.structure.element(b"Table", whole)
        head = self.structure.element(b"THead", grid)
        self._begin(above, self._cells_of(head, b"TH", _OF_A_COLUMN))
        body = self.structure.element(b"TBody", grid)
        for row in self.table.rows:
            lines = [self._lines(*cell) for cell in zip(row, self.room, strict=True)]
            self._row(lines, self._cells_of(body, b"TD"))
        self._end()
        return self._finished()

    def _cells_of(self, part: Element, kind: bytes, said: bytes = b"") -> list[Element]:
        """A row more, with a cell for each column."""
        row = self.structure.element(b"TR", part)
        return [self.structure.element(kind, row, said) for _ in self.places]

    def _lines(self, text: str, room: float, style: str = "Regular") -> list[str]:
        face: Typeface = typeface(style)
        return [line for part in drawable(text).split("\n") for line in face.lines(part, room)]

    def _begin(self, above: Sequence[Element] = (), heads: Sequence[Element] = ()) -> None:
        """A page with title and headings; without *above* and *heads* these are repeated."""
        self._turn()
        title, subject, label = (*above, None, None, None)[:3]
        self._marks(label)
        self.ink.grey(0)
        top = HEIGHT - TOP - TITLE_SIZE
        self._said(title, drawable(self.table.title), LEFT, top, "Bold", TITLE_SIZE)
        self._said(subject, drawable(self.table.subject), LEFT, top - 14, "Regular", 10)
        headings = [
            self._lines(column.heading, room, "Bold")
            for column, room in zip(self.table.columns, self.room, strict=True)
        ]
        self.y = top - 28
        self._cells(headings, "Bold", heads or (None,) * len(headings))
        self._rule(0.9)

    def _turn(self) -> None:
        page = pydyf.Dictionary(
            {
                "Type": "/Page",
                "Parent": self.pdf.pages.reference,
                "MediaBox": pydyf.Array([0, 0, round(WIDTH, 2), round(HEIGHT, 2)]),
            }
        )
        self.pdf.add_page(page)
        self.pages.append(page)
        self.structure.turn(page)

    def _said(self, element: Element | None, *words: Any) -> None:
        """Text of *element*, or without one adornment."""
        self.ink.add(self.structure.content(element) if element else ARTIFACT)
        self.ink.text(*words)
        self.ink.add(END)

    def _marks(self, element: Element | None) -> None:
        """As on the other documents: across the page behind the text, and boxed above it."""
        if not self.table.marks:
            return
        ink, slope = self.ink, b"q 0.835 0.549 -0.549 0.835 %.1f %.1f cm"
        ink.grey(PALE)
        for step, mark in enumerate(self.table.marks):
            half = typeface("Bold").width(mark.across) / UNITS * 40 / 2
            ink.add(slope % (WIDTH / 2 + step * 30, HEIGHT / 2 - step * 45))
            self._said(None, mark.across, -half, 0, "Bold", 40)
            ink.add(b"Q")
        label = " · ".join(mark.label for mark in self.table.marks)
        width = typeface("Bold").width(label) / UNITS * SMALL
        ink.grey(GREY)
        self._said(element, label, WIDTH - LEFT - width, HEIGHT - TOP, "Bold", SMALL)

    def _row(self, cells: list[list[str]], elements: Sequence[Element]) -> None:
        """One that is longer than what is left begins the next page; only a longer one is cut."""
        while any(cells):
            fits, needed = self._fitting(), max(map(len, cells))
            if fits < min(needed, MOST_LINES):
                self._end()
                self._begin()
                fits = self._fitting()
            now, cells = [cell[:fits] for cell in cells], [cell[fits:] for cell in cells]
            self._cells(now, "Regular", elements)
            self.ink.grey(LINE)
            self._rule(0.4)
            self.ink.grey(0)

    def _fitting(self) -> int:
        return int((self.y - BOTTOM) / LEADING)

    def _cells(
        self, cells: list[list[str]], style: str, elements: Sequence[Element | None]
    ) -> None:
        for x, lines, element in zip(self.places, cells, elements, strict=True):
            if not any(lines):
                continue
            self.ink.add(self.structure.content(element) if element else ARTIFACT)
            for step, line in enumerate(lines):
                if line:  # the space is for who has it read out
                    self.ink.text(f"{line} ", x, self.y - SIZE - step * LEADING, style, SIZE)
            self.ink.add(END)
        self.y -= max(map(len, cells)) * LEADING

    def _rule(self, thickness: float) -> None:
        self.ink.add(ARTIFACT)
        self.ink.line(self.y - 1, thickness)
        self.ink.add(END)
        self.y -= GAP

    def _end(self) -> None:
        self.streams.append(self.ink.packed())

    def _finished(self) -> Drawn:
        count, feet = len(self.streams), []
        for number in range(1, count + 1):
            self.ink.grey(GREY)
            where = f"Halaman {number} dari {count}"
            width = typeface("Regular").width(where) / UNITS * SMALL
            self._said(None, drawable(self.table.footer), LEFT, BOTTOM - 12, "Regular", SMALL)
            self._said(None, where, WIDTH - LEFT - width, BOTTOM - 12, "Regular", SMALL)
            feet.append(self.ink.packed())
        resources = self._resources()
        for page, *streams in zip(self.pages, self.streams, feet, strict=True):
            for stream in streams:
                self.pdf.add_object(stream)
            page["Resources"] = resources
            page["Contents"] = pydyf.Array([stream.reference for stream in streams])
        self.structure.finish()
        describe(self.pdf, f"{self.table.title}, {self.table.subject}")
        file = io.BytesIO()
        self.pdf.write(file, version=b"1.7", identifier=True, compress=True)
        return Drawn(file.getvalue(), count)

    def _resources(self) -> bytes:
        """The faces with all letters that any page uses."""
        used = sorted(self.ink.used.items())
        faces = {style: typeface(style).embed(self.pdf, letters) for style, letters in used}
        fonts = pydyf.Dictionary(faces)
        found = pydyf.Dictionary({"Font": fonts.data})
        self.pdf.add_object(found)
        reference: bytes = found.reference
        return reference
