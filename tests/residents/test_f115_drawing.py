"""The drawn form: one page, whatever stands on it, and nothing but text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pypdfium2
import pytest

from residents.f115.drawing import BLANK_EXTRAS, draw_blank, draw_form
from residents.f115.facts import Chosen, FormFacts, Place
from tests.reports.letters_to_draw import catalog_of, inked, page_texts, reader_of, text_of

FORM = FormFacts(
    nik="9971051203850001",
    full_name="Muhammad Ridwan Nasution",
    place=Place("Jl. Contoh Mawar No. 7", "012", "Sepinggan", "Balikpapan Selatan"),
    purpose=Chosen("a", "proyek kilang"),
    since=date(2026, 8, 3),
    until=date(2027, 5, 21),
    made_on=date(2026, 11, 22),
    extras=(("Jenis kelamin", "1 Laki-laki"), ("Pekerjaan", "15 Karyawan Swasta")),
)
HOSTILE = '<b>x</b><img src="file:///etc/passwd"><svg onload=x> {{ 7*7 }} &amp; \\'
MOST_BYTES = 60_000


def words(letters: int) -> str:
    """As many letters of an address as a field can hold."""
    return ("Jalan Melati Putih Raya Blok Sembilan " * 30)[:letters]


FULL = replace(
    FORM,
    nik="",
    no_nik_reason="Dokumen hilang/belum diketahui",
    full_name=("Maria Fransiska Wahyuningsih Kusumawardhani " * 3)[:120],
    place=Place(words(200), "012", "Gunung Samarinda Baru", "Balikpapan Selatan"),
    purpose=Chosen("c", f"Kesehatan, {words(200)}"),
    cancelled=Chosen("c", words(200)),
    unfinished="dikembalikan untuk diperbaiki",
    specimen=True,
    extras=(
        ("Tempat, tanggal lahir", f"{words(80)}, 12 Maret 1985"),
        ("Jenis kelamin", "1 Laki-laki"),
        ("Kewarganegaraan", f"2 WNA, {words(60)}"),
        ("Nomor paspor", "X" * 40),
        ("Agama", "7 Kepercayaan terhadap Tuhan YME"),
        ("Status perkawinan", "5 Cerai hidup belum tercatat"),
        ("Pendidikan", "7 Akademi/Diploma III/S. Muda"),
        ("Pekerjaan", "96 Pekerja Pengolahan, Kerajinan"),
        ("Alamat asal", words(322)),
        ("Telepon", "0" * 20),
        ("Surel", "a" * 243 + "@contoh.id"),
        ("Tempat tinggal", words(122)),
        ("Pemilik tempat", words(344)),
        ("Tempat kerja/sekolah", words(322)),
        ("Penjamin", words(368)),
        ("Datang bersama", words(860)),
        ("Nomor pendaftaran nasional", "N" * 60),
        ("Berakhir", "3 November 2026, Pindah di dalam Kota Balikpapan"),
    ),
)


def ticked(pdf: bytes) -> list[str]:
    """What stands behind a cross, in order."""
    kinds = ("Pendaftaran", "Pembatalan", "Pekerjaan", "Pendidikan", "Lainnya")
    [text] = page_texts(pdf)
    return [one for part in text.split(" X ")[1:] for one in kinds if part.startswith(one)]


def test_it_says_the_parts_of_the_form() -> None:
    [text] = page_texts(draw_form(FORM))
    for said in (
        "F-1.15",
        "PENDAFTARAN ATAU PEMBATALAN PENDUDUK NONPERMANEN",
        "9 9 7 1 0 5 1 2 0 3 8 5 0 0 0 1",
        "Muhammad Ridwan Nasution",
        "012 / –",
        "Sepinggan",
        "Balikpapan Selatan",
        "Kota Balikpapan",
        "Kalimantan Timur",
        "proyek kilang",
        "3 Agustus 2026 sampai 21 Mei 2027 (292 hari)",
        "Balikpapan, 22 November 2026",
        "Keterangan tambahan",
        "15 Karyawan Swasta",
    ):
        assert said in text, said
    assert [text.index(f" {part} ") for part in ("II", "III", "IV", "V", "VI")] == sorted(
        text.index(f" {part} ") for part in ("II", "III", "IV", "V", "VI")
    )
    for said in ("DRAF", "CONTOH", "Tidak ada NIK"):
        assert said not in text


@pytest.mark.parametrize(
    ("facts", "crosses"),
    [
        (FORM, ["Pendaftaran", "Pekerjaan"]),
        (replace(FORM, purpose=Chosen("b")), ["Pendaftaran", "Pendidikan"]),
        (replace(FORM, purpose=Chosen("c", "ziarah")), ["Pendaftaran", "Lainnya"]),
        (replace(FORM, cancelled=Chosen("b")), ["Pembatalan", "Pekerjaan", "Pendidikan"]),
    ],
)
def test_crosses_stand_where_they_belong(facts: FormFacts, crosses: list[str]) -> None:
    assert ticked(draw_form(facts)) == crosses


def test_without_a_nik_it_says_why() -> None:
    text = text_of(draw_form(replace(FORM, nik="", no_nik_reason="Orang asing")))
    assert "Tidak ada NIK: Orang asing" in text
    assert "9 9 7 1" not in text


def test_a_draft_and_the_demo_are_marked() -> None:
    text = text_of(draw_form(replace(FORM, unfinished="belum dilaporkan", specimen=True)))
    assert "DRAF: BELUM DILAPORKAN" in text
    assert "CONTOH – TIDAK BERLAKU" in text


def test_everything_at_its_longest_stays_on_the_page() -> None:
    pdf = draw_form(FULL)
    [text] = page_texts(pdf)
    assert inked(FULL.full_name) in inked(text)
    assert FULL.place
    for value in (FULL.place.address, *(value for _, value in FULL.extras)):
        assert inked(value) in inked(text)
    for box in _boxes(pdf):
        assert 15 <= box[0] <= box[2] <= 581, "beyond the margins"
    assert len(pdf) <= MOST_BYTES


def _boxes(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right, top of each letter but the watermark's, in points."""
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[0].get_textpage()
        boxes = [text.get_charbox(one) for one in range(text.count_chars())]
    return [box for box in boxes if 0 < box[3] - box[1] < 15]


@pytest.mark.parametrize(
    "facts",
    [
        replace(FORM, full_name=HOSTILE),
        replace(FORM, nik="", no_nik_reason=HOSTILE),
    ],
)
def test_markup_is_text(facts: FormFacts) -> None:
    pdf = draw_form(facts)
    assert inked(HOSTILE) in inked(text_of(pdf))
    assert b"root:" not in pdf


def test_markup_in_every_other_field_is_text() -> None:
    facts = replace(
        FORM,
        place=Place(HOSTILE, "1", "<i>", "<u>"),
        purpose=Chosen("c", HOSTILE),
        cancelled=Chosen("c", HOSTILE),
        extras=((HOSTILE, HOSTILE),),
    )
    assert inked(text_of(draw_form(facts))).count(inked(HOSTILE)) == 5


@pytest.mark.parametrize("odd", ["张伟", "\u202eelihs", "💐", "\x07"])
def test_letters_that_the_font_lacks_keep_nobody_waiting(odd: str) -> None:
    text = text_of(draw_form(replace(FORM, full_name=f"Budi {odd} Contoh")))
    assert "Budi ?" in text


def test_it_is_archivable_tagged_and_brings_its_fonts() -> None:
    pdf = draw_form(FORM)
    catalog, reader = catalog_of(pdf), reader_of(pdf)
    assert catalog["/MarkInfo"]["/Marked"]
    assert 'conformance="A"' in catalog["/Metadata"].get_data().decode()
    assert reader.metadata
    assert reader.metadata.title == "Formulir F-1.15, Muhammad Ridwan Nasution"
    size = reader.pages[0].mediabox
    assert (round(size.width), round(size.height)) == (595, 842)
    fonts: Any = reader.pages[0].get("/Resources")
    for font in fonts["/Font"].values():
        described = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert "/FontFile2" in described.get_object()
    assert len(pdf) <= MOST_BYTES


def test_the_blank_one_has_lines_for_all_that_is_asked() -> None:
    pdf = draw_blank()
    [text] = page_texts(pdf)
    for label in BLANK_EXTRAS:
        assert label in text
    assert ticked(pdf) == []
    for said in ("None", "CONTOH", "DRAF", "Sepinggan"):
        assert said not in text
