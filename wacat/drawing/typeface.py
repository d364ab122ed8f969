"""A face of the embedded family for drawing without WeasyPrint: widths, lines, and its subset."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import pydyf

from wacat.drawing.characters import FONTS

UNITS = 1000  # of a PDF's widths, to the size of the type
_SUBSET = "WACATD+"
_SYMBOLIC = 4  # its glyphs are named by their numbers
_TO_UNICODE = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
_BLOCK = 100  # lines that one list of a character map may hold


class Typeface:
    """One face. Texts may hold only what ``wacat.drawing.characters`` calls drawable."""

    def __init__(self, style: str) -> None:
        from fontTools.ttLib import TTFont

        self.name, self._path = f"HurufDokumen-{style}", FONTS / f"HurufDokumen-{style}.ttf"
        with TTFont(self._path) as font:
            order = {glyph: number for number, glyph in enumerate(font.getGlyphOrder())}
            scale = UNITS / font["head"].unitsPerEm
            advances = font["hmtx"].metrics
            cmap = font.getBestCmap()
            self._glyphs = {chr(code): order[glyph] for code, glyph in cmap.items()}
            self._widths = {
                chr(code): round(advances[glyph][0] * scale) for code, glyph in cmap.items()
            }
            self._descriptor = _descriptor(font, scale)

    def width(self, text: str) -> int:
        """Of ``text`` in thousandths of its size."""
        return sum(self._widths[one] for one in text)

    def shown(self, text: str) -> bytes:
        """``text`` as the operand of the operator that shows it."""
        return b"<" + "".join(f"{self._glyphs[one]:04x}" for one in text).encode() + b">"

    def lines(self, text: str, width: float) -> list[str]:
        """``text`` broken at spaces into lines of at most ``width``, longer words within."""
        found: list[str] = []
        line, room = "", width
        for word in self._pieces(text, width):
            needed = self.width(f" {word}" if line else word)
            if line and needed > room:
                found.append(line)
                line, room, needed = "", width, self.width(word)
            line, room = f"{line} {word}" if line else word, room - needed
        return [*found, line] if line else found or [""]

    def _pieces(self, text: str, width: float) -> Iterator[str]:
        """The words; parts of one that no line holds."""
        for word in text.split():
            if self.width(word) <= width:
                yield word
                continue
            part, used = "", 0.0
            for letter in word:
                if part and used + self._widths[letter] > width:
                    yield part
                    part, used = "", 0.0
                part, used = part + letter, used + self._widths[letter]
            yield part

    def embed(self, pdf: pydyf.PDF, used: Iterable[str]) -> bytes:
        """Put the face into *pdf* with the glyphs that are *used*; the reference to it."""
        letters = sorted(set(used))
        to_unicode = pydyf.Stream([self._to_unicode(letters)], compress=True)
        pdf.add_object(to_unicode)
        font = pydyf.Dictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": f"/{_SUBSET}{self.name}",
                "Encoding": "/Identity-H",
                "DescendantFonts": pydyf.Array([self._glyphs_of(pdf, letters)]),
                "ToUnicode": to_unicode.reference,
            }
        )
        pdf.add_object(font)
        reference: bytes = font.reference
        return reference

    def _glyphs_of(self, pdf: pydyf.PDF, letters: list[str]) -> bytes:
        """The font file with these letters and how wide each is; the reference to it."""
        content = self._subset(letters)
        file = pydyf.Stream([content], {"Length1": len(content)}, compress=True)
        pdf.add_object(file)
        name = f"/{_SUBSET}{self.name}"
        descriptor = pydyf.Dictionary(
            {**self._descriptor, "FontName": name, "FontFile2": file.reference}
        )
        pdf.add_object(descriptor)
        found = pydyf.Dictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": name,
                "CIDSystemInfo": "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
                "CIDToGIDMap": "/Identity",
                "FontDescriptor": descriptor.reference,
                "W": _widths({self._glyphs[one]: self._widths[one] for one in letters}),
            }
        )
        pdf.add_object(found)
        reference: bytes = found.reference
        return reference

    def _subset(self, letters: list[str]) -> bytes:
        """The font file with these letters alone, their glyphs numbered as before."""
        from fontTools.subset import Options, Subsetter
        from fontTools.ttLib import TTFont

        options = Options(retain_gids=True, hinting=False, layout_features=[], name_IDs=[])
        options.drop_tables += ["GSUB", "GPOS", "GDEF"]
        subsetter = Subsetter(options)
        subsetter.populate(text="".join(letters))
        with TTFont(self._path) as font:
            subsetter.subset(font)
            file = io.BytesIO()
            font.save(file)
        return file.getvalue()

    def _to_unicode(self, letters: list[str]) -> bytes:
        """By which the text can be searched and copied."""
        glyphs = {self._glyphs[one]: one for one in letters}
        pairs = [f"<{glyph:04x}> <{_utf16(one)}>" for glyph, one in sorted(glyphs.items())]
        chunks = [pairs[start : start + _BLOCK] for start in range(0, len(pairs), _BLOCK)]
        blocks = "\n".join(
            "\n".join((f"{len(chunk)} beginbfchar", *chunk, "endbfchar")) for chunk in chunks
        )
        return _TO_UNICODE.format(blocks=blocks).encode()


def _utf16(letter: str) -> str:
    return letter.encode("utf-16-be").hex()


def _widths(by_glyph: dict[int, int]) -> pydyf.Array:
    return pydyf.Array(
        [part for glyph, width in sorted(by_glyph.items()) for part in (glyph, f"[{width}]")]
    )


def _descriptor(font: Any, scale: float) -> dict[str, Any]:
    head, across = font["head"], font["hhea"]
    box = (head.xMin, head.yMin, head.xMax, head.yMax)
    return {
        "Type": "/FontDescriptor",
        "Flags": _SYMBOLIC,
        "FontBBox": pydyf.Array([round(side * scale) for side in box]),
        "ItalicAngle": 0,
        "Ascent": round(across.ascent * scale),
        "Descent": round(across.descent * scale),
        "CapHeight": round(font["OS/2"].sCapHeight * scale),
        "StemV": 80,
    }


@cache
def typeface(style: str) -> Typeface:
    """The face ``Regular`` or ``Bold``, read once for each process."""
    return Typeface(style)
