"""Facts of made-up letters, and what tests read back from a PDF."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pypdf

from reports.letters.facts import Introduction, LetterFacts, Office, Signatory, Subject

ONE = Subject(
    full_name="Muhammad Ridwan Nasution",
    nik="9971051203850001",
    no_nik_reason="",
    birth_place="Medan",
    birth_date=date(1985, 3, 12),
    sex="Laki-laki",
    religion="Islam",
    marital_status="Kawin tercatat",
    occupation="Karyawan Swasta",
    nationality="WNI",
    origin_address="Jalan Sisingamangaraja Nomor 45, RT 003/RW 005, Kota Medan, Sumatera Utara",
    family_relation="Kepala keluarga",
)

LETTER = LetterFacts(
    number="400.12.2.1/042/1002/XI/2026",
    office=Office(
        kelurahan="Sepinggan",
        kecamatan="Balikpapan Selatan",
        address="Jalan Contoh Nomor 99, Balikpapan 76115",
        phone="(0542) 000000",
        email="sepinggan@contoh.invalid",
    ),
    signatory=Signatory(
        "Siti Rahmawati, S.Sos.", "Plh. Lurah Sepinggan", "Penata Tingkat I", "197905122003122004"
    ),
    subjects=(ONE,),
    address="Jalan Marsma R. Iswahyudi Gang Mawar Nomor 7",
    rt_label="RT 012",
    lives_here_since=date(2026, 8, 3),
    purpose="Pembukaan rekening bank",
    introduction=Introduction(True, "045/SP/RT.012/XI/2026", date(2026, 11, 18)),
    issued_on=date(2026, 11, 21),
    valid_until=date(2027, 5, 21),
    verification_url="https://wacat.contoh.invalid/verifikasi/3q2-7wEjRkm0vX1cQp9ZaA/",
    short_code="K7QM4TXP",
    specimen=False,
)
BEHALF = replace(LETTER.signatory, position="a.n. Lurah Sepinggan", own_title="Sekretaris Lurah")
PREVIEWED = replace(LETTER, number="", verification_url="", short_code="")


def letter_of(**changes: Any) -> LetterFacts:
    """The letter for one person with ``changes`` to that person."""
    return replace(LETTER, subjects=(replace(ONE, **changes),))


def family_of(names: list[str]) -> LetterFacts:
    """A letter for a head and a member for each of ``names``."""
    members = (
        replace(
            ONE, full_name=name, nik=f"99710552041000{number:02}", family_relation="Anak", sex="P"
        )
        for number, name in enumerate(names, start=2)
    )
    return replace(LETTER, subjects=(ONE, *members))


def reader_of(pdf: bytes) -> pypdf.PdfReader:
    """The PDF, to be looked into."""
    return pypdf.PdfReader(io.BytesIO(pdf))


def catalog_of(pdf: bytes) -> Any:
    """The PDF's root object, in which anything may be looked up by name."""
    return reader_of(pdf).trailer["/Root"]


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page, all white space made single spaces."""
    return [" ".join(page.extract_text().split()) for page in reader_of(pdf).pages]


def text_of(pdf: bytes) -> str:
    """The text of all pages."""
    return " ".join(page_texts(pdf))


def inked(text: str) -> str:
    """``text`` without its white space: where lines break does not matter."""
    return "".join(text.split())
