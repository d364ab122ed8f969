"""Long tables on paper: nothing lost, nothing over the edge, a title on each page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pypdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wacat.drawing.marks import SPECIMEN, Mark
from wacat.drawing.tables import HEIGHT, LEFT, WIDTH, Column, LongTable, draw_table
from wacat.drawing.typeface import typeface

COLUMNS = (Column("Urut", 20), Column("Nama", 60), Column("Keterangan", 120))
WORDS = st.text(st.sampled_from("abcdefghij ÉéŽž-/’–"), max_size=120)


def draw(rows: Sequence[Sequence[str]], marks: tuple[Mark, ...] = ()) -> bytes:
    return draw_table(LongTable("Judul", "Perihal", "Kaki", COLUMNS, rows, marks)).pdf


def texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def inked(text: str) -> str:
    return "".join(text.split())


class TestLines:
    @given(WORDS, st.integers(700, 40_000))
    def test_every_letter_is_on_a_line_that_fits(self, text: str, width: int) -> None:
        face = typeface("Regular")
        lines = face.lines(text, width)
        assert inked("".join(lines)) == inked(text)
        assert all(face.width(line) <= width or len(line) == 1 for line in lines)
        assert lines

    def test_it_breaks_at_spaces_where_it_can(self) -> None:
        face = typeface("Regular")
        assert face.lines("satu dua", face.width("satu dua")) == ["satu dua"]
        assert face.lines("satu dua", face.width("satu dua") - 1) == ["satu", "dua"]
        assert face.lines("satudua", face.width("satu")) == ["satu", "dua"]
        assert face.lines(" ", 1000) == [""]


class TestPages:
    @settings(max_examples=15, deadline=None)
    @given(st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=40))
    def test_nothing_is_lost(self, rows: list[tuple[str, str, str]]) -> None:
        found = "".join(inked(text) for text in texts(draw(rows)))
        assert sorted(found) == sorted(inked("".join(map("".join, rows))) + _around(found, rows))

    def test_each_page_has_title_and_headings_and_its_number(self) -> None:
        pages = texts(draw([(str(number), "nama", "kata") for number in range(100)]))
        assert len(pages) > 2
        for number, text in enumerate(pages, start=1):
            for word in ("Judul", "Perihal", "Keterangan", "Kaki"):
                assert text.count(word) == 1
            assert f"Halaman {number} dari {len(pages)}" in text

    def test_an_empty_table_is_a_page(self) -> None:
        [text] = texts(draw([]))
        assert "Halaman 1 dari 1" in text

    def test_a_row_stays_whole_unless_no_page_holds_it(self) -> None:
        tall = "\n".join(f"baris{number}." for number in range(30))
        pages = texts(draw([("1", tall, ""), ("2", tall, "")]))
        assert [inked(text).count("baris") for text in pages] == [30, 30]
        endless = "\n".join(f"baris{number}." for number in range(100))
        pages = texts(draw([("1", endless, "")]))
        assert len(pages) == 3
        assert sum(text.count("baris") for text in pages) == 100

    def test_no_ink_lies_beyond_the_edges(self) -> None:
        rows = [("W" * 40, "W" * 300, "W" * 900)] * 9
        document = pypdfium2.PdfDocument(draw(rows))
        for page in document:
            grey = page.render(scale=1, grayscale=True).to_pil()
            left, top, right, bottom = grey.point(lambda level: 255 * (level < 250)).getbbox()
            assert left >= LEFT - 1
            assert right <= WIDTH - LEFT + 1
            assert 0 < top < bottom < HEIGHT - 10

    def test_marks_stand_on_every_page(self) -> None:
        pages = texts(draw([("1", "nama", "kata")] * 60, (SPECIMEN,)))
        assert all(text.count(SPECIMEN.across) == 2 for text in pages)

    def test_a_letter_that_no_face_has_is_a_question_mark(self) -> None:
        [text] = texts(draw([("1", "日本", "a\u202eb")]))
        assert "??" in text
        assert "a?b" in text


class TestFile:
    @pytest.fixture(scope="class")
    def reader(self) -> pypdf.PdfReader:
        return pypdf.PdfReader(io.BytesIO(draw([("1", "Nur Aini D’Souza", "“é”")])))

    def test_it_says_that_it_is_for_the_archive(self, reader: pypdf.PdfReader) -> None:
        root: Any = reader.trailer["/Root"]
        said = root["/Metadata"].get_data().decode()
        assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U<" in said
        assert "Judul, Perihal" in said
        assert reader.metadata is not None
        assert reader.metadata.title == "Judul, Perihal"
        [intent] = root["/OutputIntents"]
        assert len(intent["/DestOutputProfile"].get_data()) > 400
        assert root["/Lang"] == "id"
        assert "/ID" in reader.trailer

    def test_its_faces_are_embedded_and_only_what_is_used(self, reader: pypdf.PdfReader) -> None:
        fonts: Any = reader.pages[0]["/Resources"]
        for font in fonts["/Font"].values():
            face = font.get_object()["/DescendantFonts"][0].get_object()
            file = face["/FontDescriptor"]["/FontFile2"]
            assert file["/Length1"] == len(file.get_data()) < 40_000
            assert face["/BaseFont"].startswith("/WACATD+")
            assert "/ToUnicode" in font.get_object()

    def test_markup_is_text(self) -> None:
        table = LongTable("<b>&", "(x) \\ é", "", COLUMNS, [("</x>", ")", "\\(")])
        pdf = draw_table(table).pdf
        reader = pypdf.PdfReader(io.BytesIO(pdf))
        assert reader.metadata is not None
        assert reader.metadata.title == "<b>&, (x) \\ é"
        assert "</x>" in reader.pages[0].extract_text()


def _around(found: str, rows: list[tuple[str, str, str]]) -> str:
    """What stands on the pages besides the rows."""
    count = found.count("Judul")
    feet = "".join(f"Halaman{number}dari{count}" for number in range(1, count + 1))
    return "JudulPerihalUrutNamaKeteranganKaki" * count + feet
