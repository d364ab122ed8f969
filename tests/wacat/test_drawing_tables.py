"""Long tables on paper: nothing lost, nothing over the edge, a title on each page."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
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


class TestStructure:
    """Read as a screen reader would: the tree, and what stands in each of its leaves."""

    def test_a_table_with_a_head_and_a_cell_for_each_column(self) -> None:
        tree = _outline(draw([("1", "Nur Aini\n99", ""), ("2", "Budi", "pindah")]))
        head = [("TH", "Urut "), ("TH", "Nama "), ("TH", "Keterangan ")]
        rows = [
            [("TD", "1 "), ("TD", "Nur Aini 99 "), ("TD", "")],
            [("TD", "2 "), ("TD", "Budi "), ("TD", "pindah ")],
        ]
        grid = [("THead", [("TR", head)]), ("TBody", [("TR", row) for row in rows])]
        assert tree == [("H1", "Judul"), ("P", "Perihal"), ("Table", grid)]

    def test_over_many_pages_it_is_one_table_and_nothing_is_said_twice(self) -> None:
        rows = [(str(number), "nama", "kata " * 40) for number in range(100)]
        pdf = draw(rows, (SPECIMEN,))
        [title, subject, label, (_, [head, (kind, body)])] = _outline(pdf)
        assert (title[1], subject[1], label[1]) == ("Judul", "Perihal", SPECIMEN.label)
        assert [len(one) for _, one in head[1]] == [3]
        assert kind == "TBody"
        assert [row[0][1] for _, row in body] == [f"{number} " for number in range(100)]
        assert {len(row) for _, row in body} == {3}

    def test_a_cell_that_goes_over_to_the_next_page_is_one(self) -> None:
        endless = "\n".join(f"baris{number}." for number in range(100))
        [_, _, (_, [_, (_, [(_, row)])])] = _outline(draw([("1", endless, "")]))
        assert row[1] == ("TD", endless.replace("\n", " ") + " ")

    def test_all_ink_belongs_to_an_element_or_is_adornment(self) -> None:
        pdf = draw([(str(number), "nama", "kata") for number in range(60)], (SPECIMEN,))
        pages: Any = pypdf.PdfReader(io.BytesIO(pdf)).pages
        for page in pages:
            depth = 0
            for _, operator in page.get_contents().operations:
                depth += {b"BDC": 1, b"BMC": 1, b"EMC": -1}.get(operator, 0)
                assert 0 <= depth <= 1
                assert depth or operator not in (b"Tj", b"f", b"re")
            assert depth == 0

    def test_it_says_that_it_is_tagged(self) -> None:
        root: Any = pypdf.PdfReader(io.BytesIO(draw([("1", "a", "b")]))).trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/StructTreeRoot"]["/ParentTreeNextKey"] == 1

    def test_others_find_no_fault_with_the_file(self, tmp_path: Path) -> None:
        path = tmp_path / "table.pdf"
        path.write_bytes(
            draw([(str(number), "nama", "kata") for number in range(200)], (SPECIMEN,))
        )
        checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)
        assert (checked.returncode, checked.stderr) == (0, "")


@pytest.fixture(scope="module")
def reader() -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(draw([("1", "Nur Aini D’Souza", "“é”")])))


class TestFile:
    def test_it_says_that_it_is_for_the_archive(self, reader: pypdf.PdfReader) -> None:
        root: Any = reader.trailer["/Root"]
        said = root["/Metadata"].get_data().decode()
        assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A<" in said
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


def _outline(pdf: bytes) -> Any:
    """Each element below the document: its kind, and its text or the elements within.

    Text is found by page and number as a reader does, and every piece by the page's way back.
    """
    reader: Any = pypdf.PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    numbers = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    said: dict[tuple[int, int], str] = {}
    owners: dict[tuple[int, int], int] = {}
    for page in reader.pages:
        key = page.indirect_reference.idnum
        said |= {(key, piece): text for piece, text in _pieces(page).items()}
        back = numbers[2 * page["/StructParents"] + 1].get_object()
        owners |= {(key, piece): owner.idnum for piece, owner in enumerate(back)}
    assert set(owners) == set(said)

    def read(reference: Any) -> Any:
        one = reference.get_object()
        kids = one["/K"]
        if kids and "/S" in (kids[0].get_object() if _is_reference(kids[0]) else {}):
            return one["/S"][1:], [read(kid) for kid in kids]
        keys = [
            (one.raw_get("/Pg").idnum, int(kid))
            if isinstance(kid, int)
            else (kid.raw_get("/Pg").idnum, int(kid["/MCID"]))
            for kid in kids
        ]
        assert all(owners[key] == reference.idnum for key in keys)
        return one["/S"][1:], "".join(said[key] for key in keys)

    document = root["/StructTreeRoot"]["/K"]
    assert document["/S"] == "/Document"
    return [read(kid) for kid in document["/K"]]


def _is_reference(kid: Any) -> bool:
    return isinstance(kid, pypdf.generic.IndirectObject)


def _pieces(page: Any) -> dict[int, str]:
    """The text between each numbered opening and its end."""
    letters = {name: _letters(font) for name, font in page["/Resources"]["/Font"].items()}
    found: dict[int, str] = {}
    piece, face = None, ""
    for operands, operator in page.get_contents().operations:
        if operator == b"BDC":
            piece = int(operands[1]["/MCID"])
            assert piece not in found
            found[piece] = ""
        elif operator == b"EMC":
            piece = None
        elif operator == b"Tf":
            face = operands[0]
        elif operator == b"Tj" and piece is not None:
            codes = operands[0].original_bytes
            pairs = (codes[at : at + 2] for at in range(0, len(codes), 2))
            found[piece] += "".join(letters[face][pair] for pair in pairs)
    return found


def _letters(font: Any) -> dict[bytes, str]:
    table = font.get_object()["/ToUnicode"].get_data().decode()
    pairs = re.findall(r"<([0-9a-f]{4})> <([0-9a-f]+)>", table)
    return {bytes.fromhex(one): bytes.fromhex(other).decode("utf-16-be") for one, other in pairs}


def _around(found: str, rows: list[tuple[str, str, str]]) -> str:
    """What stands on the pages besides the rows."""
    count = found.count("Judul")
    feet = "".join(f"Halaman{number}dari{count}" for number in range(1, count + 1))
    return "JudulPerihalUrutNamaKeteranganKaki" * count + feet
