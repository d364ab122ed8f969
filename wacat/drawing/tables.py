"""Long tables as PDF/A-2u on landscape A4: thousands of rows in a second or two.

WeasyPrint lays out every cell as a box of its own, some ten milliseconds a row. Here a row is a
few lines of text at places known beforehand, so pages are written as they fill, and each is
packed at once.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import accumulate

import pydyf
from PIL import ImageCms

from wacat.drawing.characters import drawable
from wacat.drawing.engine import Drawn
from wacat.drawing.marks import Mark
from wacat.drawing.typeface import UNITS, Typeface, typeface

MM = 72 / 25.4
WIDTH, HEIGHT = 297 * MM, 210 * MM
LEFT, TOP, BOTTOM = 15 * MM, 14 * MM, 15 * MM
SIZE, LEADING, PADDING = 8.0, 10.2, 1.4 * MM
GAP = 4.0  # below the rule under a row
MOST_LINES = int((HEIGHT - TOP - BOTTOM - 60) / LEADING)  # of a row, below title and headings
TITLE_SIZE, SMALL = 13.0, 8.0
GREY, LINE, PALE = 0.3, 0.75, 0.89
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance></rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


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

    def grey(self, level: float) -> None:
        self.parts.append(b"%.2f g" % level)

    def packed(self) -> pydyf.Stream:
        stream = pydyf.Stream([b"\n".join(self.parts)], compress=True)
        self.parts = []
        return stream


class _Sheets:
    """Lays one row below the other, and begins a page when the next does not fit."""

    def __init__(self, table: LongTable) -> None:
        self.table, self.ink = table, _Ink()
        self.pdf, self.streams = pydyf.PDF(), list[pydyf.Stream]()
        widths = [column.width_mm * MM for column in table.columns]
        self.places = [LEFT + left for left in (0.0, *accumulate(widths))][: len(widths)]
        self.room = [(width - PADDING) / SIZE * UNITS for width in widths]
        self.y = 0.0

    def drawn(self) -> Drawn:
        self._begin()
        for row in self.table.rows:
            self._row([self._lines(*cell) for cell in zip(row, self.room, strict=True)])
        self._end()
        return self._finished()

    def _lines(self, text: str, room: float, style: str = "Regular") -> list[str]:
        face: Typeface = typeface(style)
        return [line for part in drawable(text).split("\n") for line in face.lines(part, room)]

    def _begin(self) -> None:
        table, ink = self.table, self.ink
        self._marks()
        ink.grey(0)
        top = HEIGHT - TOP - TITLE_SIZE
        ink.text(drawable(table.title), LEFT, top, "Bold", TITLE_SIZE)
        ink.text(drawable(table.subject), LEFT, top - 14, "Regular", 10)
        headings = [
            self._lines(column.heading, room, "Bold")
            for column, room in zip(table.columns, self.room, strict=True)
        ]
        self.y = top - 28
        self._cells(headings, "Bold")
        self._rule(0.9)

    def _marks(self) -> None:
        """As on the other documents: across the page behind the text, and boxed above it."""
        if not self.table.marks:
            return
        ink, slope = self.ink, b"q 0.835 0.549 -0.549 0.835 %.1f %.1f cm"
        ink.grey(PALE)
        for step, mark in enumerate(self.table.marks):
            half = typeface("Bold").width(mark.across) / UNITS * 40 / 2
            ink.parts.append(slope % (WIDTH / 2 + step * 30, HEIGHT / 2 - step * 45))
            ink.text(mark.across, -half, 0, "Bold", 40)
            ink.parts.append(b"Q")
        label = " · ".join(mark.label for mark in self.table.marks)
        width = typeface("Bold").width(label) / UNITS * SMALL
        ink.grey(GREY)
        ink.text(label, WIDTH - LEFT - width, HEIGHT - TOP, "Bold", SMALL)

    def _row(self, cells: list[list[str]]) -> None:
        """One that is longer than what is left begins the next page; only a longer one is cut."""
        while any(cells):
            fits, needed = self._fitting(), max(map(len, cells))
            if fits < min(needed, MOST_LINES):
                self._end()
                self._begin()
                fits = self._fitting()
            now, cells = [cell[:fits] for cell in cells], [cell[fits:] for cell in cells]
            self._cells(now, "Regular")
            self.ink.grey(LINE)
            self._rule(0.4)
            self.ink.grey(0)

    def _fitting(self) -> int:
        return int((self.y - BOTTOM) / LEADING)

    def _cells(self, cells: list[list[str]], style: str) -> None:
        for x, lines in zip(self.places, cells, strict=True):
            for step, line in enumerate(lines):
                if line:
                    self.ink.text(line, x, self.y - SIZE - step * LEADING, style, SIZE)
        self.y -= max(map(len, cells)) * LEADING

    def _rule(self, thickness: float) -> None:
        self.ink.line(self.y - 1, thickness)
        self.y -= GAP

    def _end(self) -> None:
        self.streams.append(self.ink.packed())

    def _finished(self) -> Drawn:
        count, feet = len(self.streams), []
        for number in range(1, count + 1):
            self.ink.grey(GREY)
            where = f"Halaman {number} dari {count}"
            width = typeface("Regular").width(where) / UNITS * SMALL
            self.ink.text(drawable(self.table.footer), LEFT, BOTTOM - 12, "Regular", SMALL)
            self.ink.text(where, WIDTH - LEFT - width, BOTTOM - 12, "Regular", SMALL)
            feet.append(self.ink.packed())
        resources = self._resources()
        for page in zip(self.streams, feet, strict=True):
            self._add_page(page, resources)
        self._describe()
        file = io.BytesIO()
        self.pdf.write(file, version=b"1.7", identifier=True, compress=True)
        return Drawn(file.getvalue(), count)

    def _resources(self) -> bytes:
        """The faces with all letters that any page uses."""
        faces = {style: typeface(style).embed(self.pdf, used) for style, used in self._used()}
        fonts = pydyf.Dictionary(faces)
        found = pydyf.Dictionary({"Font": fonts.data})
        self.pdf.add_object(found)
        reference: bytes = found.reference
        return reference

    def _used(self) -> list[tuple[str, set[str]]]:
        return sorted(self.ink.used.items())

    def _add_page(self, streams: tuple[pydyf.Stream, ...], resources: bytes) -> None:
        for stream in streams:
            self.pdf.add_object(stream)
        self.pdf.add_page(
            pydyf.Dictionary(
                {
                    "Type": "/Page",
                    "Parent": self.pdf.pages.reference,
                    "MediaBox": pydyf.Array([0, 0, round(WIDTH, 2), round(HEIGHT, 2)]),
                    "Resources": resources,
                    "Contents": pydyf.Array([stream.reference for stream in streams]),
                }
            )
        )

    def _describe(self) -> None:
        title = f"{self.table.title}, {self.table.subject}"
        said = _XMP.format(title=escape(title)).encode()
        metadata = pydyf.Stream([said], {"Type": "/Metadata", "Subtype": "/XML"})
        self.pdf.add_object(metadata)
        self.pdf.info["Title"] = pydyf.String(title)
        self.pdf.catalog["Metadata"] = metadata.reference
        self.pdf.catalog["OutputIntents"] = self._intents()
        self.pdf.catalog["Lang"] = pydyf.String("id")
        self.pdf.catalog["ViewerPreferences"] = "<< /DisplayDocTitle true >>"

    def _intents(self) -> pydyf.Array:
        """What the greys mean, so that they are the same everywhere."""
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        stream = pydyf.Stream([profile], {"N": 3}, compress=True)
        self.pdf.add_object(stream)
        intent = {
            "Type": "/OutputIntent",
            "S": "/GTS_PDFA1",
            "OutputConditionIdentifier": pydyf.String("sRGB"),
            "DestOutputProfile": stream.reference,
        }
        return pydyf.Array([pydyf.Dictionary(intent).data])
