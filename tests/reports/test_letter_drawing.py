"""The domicile letter: what it says, that it stays whole, and that it keeps room for ink."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.letters.drawing import NUMBER_TO_COME, draw_letter
from reports.letters.facts import Introduction, LetterFacts, Replaced, Signatory
from tests.reports.letters_to_draw import (
    LETTER,
    ONE,
    PREVIEWED,
    catalog_of,
    family_of,
    inked,
    letter_of,
    page_texts,
    reader_of,
    text_of,
)
from wacat.drawing.engine import DrawingError

LARGEST = 40_000
NAMES = ["Nur Aini D'Souza", "<b>O'Neil</b> & Co", "Robert'); DROP TABLE warga;--", "Ki"]
SAID = (
    "PEMERINTAH KOTA BALIKPAPAN KECAMATAN BALIKPAPAN SELATAN KELURAHAN SEPINGGAN",
    "Jalan Contoh Nomor 99, Balikpapan 76115 Telepon (0542) 000000",
    "SURAT KETERANGAN DOMISILI Nomor: 400.12.2.1/042/1002/XI/2026",
    "di bawah ini, Plh. Lurah Sepinggan, Kecamatan Balikpapan Selatan, Kota Balikpapan",
    "Muhammad Ridwan Nasution",
    "9971 0512 0385 0001",
    "Medan, 12 Maret 1985",
    "Jalan Sisingamangaraja Nomor 45, RT 003/RW 005, Kota Medan, Sumatera Utara",
    "Gang Mawar Nomor 7, RT 012, Kelurahan Sepinggan, Kecamatan Balikpapan Selatan",
    "surat pengantar Ketua RT 012 Nomor 045/SP/RT.012/XI/2026 tanggal 18 November 2026",
    "bertempat tinggal sementara sebagai penduduk nonpermanen",
    "sejak 3 Agustus 2026",
    "Pembukaan rekening bank",
    "21 Mei 2027",
    "bukan pengganti KTP-el dan tidak mengubah data KTP-el maupun Kartu Keluarga",
    "Balikpapan, 21 November 2026",
    "Siti Rahmawati, S.Sos.",
    "NIP 19790512 200312 2 004",
    "QR verifikasi",
    "Kode surat: K7QM-4TXP",
    "sah hanya dengan tanda tangan basah dan cap dinas",
)
AWKWARD = st.text(
    st.characters(codec="latin-1", categories=("Lu", "Ll", "Nd", "Po", "Pd", "Sm", "Zs")),
    min_size=1,
    max_size=40,
).filter(str.strip)


def test_a_letter_says_its_facts() -> None:
    text = text_of(draw_letter(LETTER))
    for said in SAID:
        assert inked(said) in inked(text), said


def test_a_letter_claims_nothing_untrue() -> None:
    text = text_of(draw_letter(LETTER)).lower()
    for never in ("elektronik", "bsre", "warga kami", "penduduk kami", "nik valid"):
        assert never not in text


def test_the_kelurahan_may_vouch_itself() -> None:
    checked = replace(LETTER, introduction=Introduction(False, "", LETTER.introduction.on))
    text = text_of(draw_letter(checked))
    assert "hasil pemeriksaan petugas Kelurahan Sepinggan tanggal 18 November 2026" in text
    assert "surat pengantar" not in text


def test_a_person_without_nik_has_the_reason_printed() -> None:
    text = text_of(draw_letter(letter_of(nik="", no_nik_reason="Warga negara asing")))
    assert "tidak ada (Warga negara asing)" in text
    assert "Alamat asal (KTP-el)" not in text


def test_a_family_is_listed_in_full_on_one_page() -> None:
    facts = family_of([*NAMES, "Putri Ayu Wulandari Kusumaningrum", "Dewi", "Cahya"])
    elsewhere = replace(facts.subjects[3], origin_address="Jalan Lain Nomor 1, Kota Binjai")
    facts = replace(facts, subjects=(*facts.subjects[:3], elsewhere, *facts.subjects[4:]))
    pdf = draw_letter(facts)
    [text] = page_texts(pdf)
    for subject in facts.subjects:
        assert inked(subject.full_name) in inked(text)
        assert inked(subject.nik) in inked(text)
    assert "Alamat asal: Jalan Lain Nomor 1, Kota Binjai" in text
    assert "beserta anggota keluarganya tersebut di atas" in text
    assert len(pdf) <= LARGEST


@pytest.mark.parametrize("paper", ["A4", "F4"])
def test_a_signature_never_stands_alone(paper: str) -> None:
    facts = replace(family_of([f"Anggota Keluarga {one}" for one in range(19)]), paper=paper)
    first, *more = page_texts(draw_letter(facts))
    assert more
    assert "Lanjutan Nomor" not in first
    assert all("Lanjutan Nomor 400.12.2.1/042/1002/XI/2026, halaman 2" in one for one in more[:1])
    signed = [text for text in (first, *more) if "Siti Rahmawati" in text]
    assert len(signed) == 1
    assert "bertempat tinggal sementara" in signed[0]


@pytest.mark.parametrize("paper", ["A4", "F4"])
@pytest.mark.parametrize("word", ["Wahyuningsih ", "Kusumo-", "W"])
def test_one_person_is_always_one_page(word: str, paper: str) -> None:
    """Every field filled to what the forms accept."""

    def filled(length: int) -> str:
        return (word * length)[:length].strip()

    facts = replace(
        letter_of(
            full_name=filled(120),
            birth_place=filled(80),
            origin_address=filled(322),
            occupation=filled(40),
        ),
        address=filled(200),
        purpose=filled(200),
        paper=paper,
        office=replace(LETTER.office, address=filled(120)),
        replaces=Replaced("400.12.2.1/042/1002/VIII/2026", LETTER.issued_on),
        specimen=True,
    )
    [text] = page_texts(draw_letter(facts))
    assert inked(facts.subjects[0].origin_address) in inked(text)


@pytest.mark.parametrize(("paper", "width", "height"), [("A4", 210, 297), ("F4", 215, 330)])
def test_paper(paper: str, width: int, height: int) -> None:
    box = reader_of(draw_letter(replace(LETTER, paper=paper))).pages[0].mediabox
    assert (round(box.width / 72 * 25.4), round(box.height / 72 * 25.4)) == (width, height)


def test_a_letter_is_small_and_carries_its_own_fonts() -> None:
    pdf = draw_letter(LETTER)
    assert len(pdf) <= LARGEST
    fonts = catalog_of(pdf)["/Pages"]["/Kids"][0]["/Resources"]["/Font"]
    assert fonts
    for font in fonts.values():
        inner = font["/DescendantFonts"][0]
        assert inner["/BaseFont"][7] == "+", "a subset has six letters and a plus in front"
        assert "Huruf-Dokumen" in inner["/BaseFont"]
        assert "/FontFile2" in inner["/FontDescriptor"]
        assert "/ToUnicode" in font


def test_a_letter_is_archivable_and_tagged() -> None:
    pdf = draw_letter(LETTER)
    catalog, information = catalog_of(pdf), reader_of(pdf).metadata
    metadata = catalog["/Metadata"].get_data().decode()
    assert 'part="3"' in metadata
    assert 'conformance="A"' in metadata
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "id"
    assert catalog["/OutputIntents"]
    assert information is not None
    assert information.title == f"Surat Keterangan Domisili {LETTER.number}"


def test_the_same_facts_make_the_same_bytes_in_any_thread() -> None:
    again = LetterFacts.from_json(LETTER.as_json())
    with ThreadPoolExecutor(4) as threads:
        drawn = list(threads.map(draw_letter, [LETTER, PREVIEWED, again, LETTER]))
    assert drawn[0] == drawn[2] == drawn[3] != drawn[1]


@pytest.mark.parametrize(
    ("facts", "specimen", "preview"),
    [
        (LETTER, False, False),
        (replace(LETTER, specimen=True), True, False),
        (PREVIEWED, False, True),
        (replace(PREVIEWED, specimen=True), True, True),
    ],
)
def test_marks(facts: LetterFacts, specimen: bool, preview: bool) -> None:
    text = text_of(draw_letter(facts))
    assert ("CONTOH – TIDAK BERLAKU" in text) is specimen
    assert ("PRATINJAU" in text) is preview
    assert (NUMBER_TO_COME in text) is preview
    assert ("QR verifikasi" in text) is not preview


def test_a_preview_may_lack_its_signatory() -> None:
    facts = replace(PREVIEWED, signatory=Signatory("", "Lurah Sepinggan", "", ""))
    text = text_of(draw_letter(facts))
    assert "(nama penanda tangan)" in text
    assert "NIP" not in text


@given(names=st.lists(AWKWARD, min_size=2, max_size=7))
@settings(max_examples=15, deadline=None)
def test_awkward_names_are_printed_exactly(names: list[str]) -> None:
    facts = family_of(names)
    facts = replace(facts, subjects=(replace(ONE, full_name=names[0]), *facts.subjects[2:]))
    text = inked(text_of(draw_letter(facts)))
    for name in names:
        assert inked(name) in text


@pytest.mark.parametrize("name", ["Siti \u202egnolo\u202c", "Ali\u200bBaba", "王小明", "Ana😀"])
def test_a_name_that_cannot_be_printed_faithfully_is_refused(name: str) -> None:
    with pytest.raises(DrawingError, match=r"U\+") as refusal:
        draw_letter(letter_of(full_name=name))
    assert name not in str(refusal.value)
