"""Odd NIK and No. KK through the form: which are refused, which are warned about, which pass.

The codes are those of ``residents.registry.nik``; on the page each is a sentence.
"""

from __future__ import annotations

import pytest

from residents.registry.models import Resident
from tests.factories import form_data
from tests.residents.pages import ADD, Answer, beside, petugas, shown, typed

pytestmark = pytest.mark.django_db

MAN = "9971051205900001"  # 12 May 1990, as the form's other values say
REFUSED = "refused"
AREA, DATE, BORN, SEX = "area_unknown", "date_impossible", "date_differs", "sex_differs"
SERIAL, SAME, RECORDED = "serial_zero", "same_as_no_kk", "recording_date_odd"
ONE = "one_digit"
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
WOMAN, LEAP = {"sex": "2"}, {"birth_date": "1992-02-29"}

# As typed, what else is told, and the codes of the warnings (none: silent) or REFUSED.
NIK: list[tuple[str, dict[str, str], tuple[str, ...] | str]] = [
    # Not sixteen digits: the only refusals
    ("997105120590000", {}, REFUSED),
    ("99710512059000011", {}, REFUSED),
    ("9", {}, REFUSED),
    ("0", {}, REFUSED),
    ("-", {}, REFUSED),
    ("997105120590000O", {}, REFUSED),
    ("NIK 9971051205900001", {}, REFUSED),
    ("9971/0512/0590/0001", {}, REFUSED),
    ("9971,0512,0590,0001", {}, REFUSED),
    ("9.97105E+15", {}, REFUSED),
    ("9971051205900001.0", {}, REFUSED),
    ("+9971051205900001", {}, REFUSED),
    ("٩٩٧١٠٥١٢٠٥٩٠٠٠٠١", {}, REFUSED),
    ("९९७१०५१२०५९००००१", {}, REFUSED),
    ("①" * 16, {}, REFUSED),
    ("9" * 32_000, {}, REFUSED),
    # The same sixteen digits, however they are written: silent
    (MAN, {}, ()),
    ("9971 0512 0590 0001", {}, ()),
    (" 9971.0512.0590.0001 ", {}, ()),
    ("99-71-05-120590-0001", {}, ()),
    ("9 9 7 1 0 5 1 2 0 5 9 0 0 0 0 1", {}, ()),
    ("'9971051205900001", {}, ()),
    ("9971\u20110512\u20130590\u20140001", {}, ()),
    ("\ufeff9971\u00a00512\u200b05900001\t", {}, ()),
    (MAN.translate(WIDE), {}, ()),
    ("９９７１　０５１２．０５９０－０００１", {}, ()),
    # Women, leap days, centuries: silent where they agree
    ("9971055205900001", WOMAN, ()),
    ("9971057105900001", {**WOMAN, "birth_date": "1990-05-31"}, ()),
    ("9971052902920001", LEAP, ()),
    ("9971056902920001", {**WOMAN, **LEAP}, ()),
    ("9971052902000001", {"birth_date": "2000-02-29"}, ()),
    ("9971050101050001", {"birth_date": "2005-01-01"}, ()),
    ("9971051205900001", {"birth_date": "", "sex": ""}, ()),
    ("1101051205900001", {}, ()),
    ("9604051205909999", {}, ()),
    # What does not agree, or is in no list: warned about, stored all the same
    ("9971055205900001", {}, (SEX,)),
    (MAN, WOMAN, (SEX,)),
    (MAN, {"birth_date": "1990-05-13"}, (BORN,)),
    (MAN, {"birth_date": "1990-12-05"}, (BORN,)),
    (MAN, {"birth_date": "1909-05-12"}, (BORN,)),
    ("9971052902010001", {}, (DATE,)),
    ("9971053004900001", {"birth_date": "1990-04-30"}, ()),
    ("9971053104900001", {"birth_date": "1990-05-01"}, (DATE,)),
    ("9971050005900001", {}, (DATE,)),
    ("9971051200900001", {}, (DATE,)),
    ("9971051213900001", {}, (DATE,)),
    ("9971054005900001", {}, (DATE,)),
    ("9971057205900001", {}, (DATE,)),
    ("9971059905900001", {}, (DATE,)),
    ("0071051205900001", {}, (AREA,)),
    ("5401051205900001", {}, (AREA,)),
    ("9700051205900001", {}, (AREA,)),
    ("9971001205900001", {}, (AREA,)),
    ("9900051205900001", {}, (AREA,)),
    ("9971051205900000", {}, (SERIAL,)),
    (MAN, {"no_kk": MAN}, (SAME,)),
    (MAN, {"no_kk": "9971 0512 0590 0001"}, (SAME,)),
    ("0000000000000000", {}, (AREA, DATE, SERIAL, ONE)),
    ("9999999999999999", {"birth_date": "", "sex": ""}, (DATE, ONE)),
    ("1111 1111 1111 1111", {"birth_date": "1911-11-11", "sex": "1"}, (ONE,)),
    ("1234567890123456", {}, (DATE,)),
]
NO_KK: list[tuple[str, tuple[str, ...] | str]] = [
    ("9971 0512.0315-0001", ()),
    ("9971051203150001".translate(WIDE), ()),
    ("9971055203150001", (RECORDED,)),
    ("9971053102150001", (RECORDED,)),
    ("0071051203150001", (AREA,)),
    ("9971051203150000", (SERIAL,)),
    ("997105120315000", REFUSED),
    ("KK 9971051203150001", REFUSED),
]


def _entered(**changes: str) -> Answer:
    data = {"nik": MAN, "birth_date": "1990-05-12", "sex": "1", "no_kk": "", **changes}
    return petugas().post(ADD, form_data(**data))


def _check(field: str, text: str, expected: tuple[str, ...] | str, answer: Answer) -> None:
    if expected == REFUSED:
        assert answer.status_code == 422
        assert beside(answer, field)
        assert typed(answer, field) == text
        assert not Resident.objects.exists()
        return
    assert answer.status_code == 302, shown(answer)
    resident = Resident.objects.get()
    assert resident.cautions == sorted(expected)
    number = getattr(resident, field)
    assert (len(number), number.isascii(), number.isdigit()) == (16, True, True)
    page = shown(petugas().get(f"/warga/{resident.pk}/"))
    assert ("Mohon diperiksa" in page) == bool(expected)
    assert "valid" not in page.lower()


@pytest.mark.parametrize("field", ["phone", "landlord_phone", "guarantor_phone"])
@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("0812-3456 7890", "081234567890"),
        ("+62 812 3456 7890", "081234567890"),
        ("+60 12-345 6789", "+60123456789"),
        ("", ""),
        ("08123456789012345678", REFUSED),
        ("12345", REFUSED),
        ("tidak ada", REFUSED),
    ],
)
def test_a_telephone_number(field: str, text: str, phone: str) -> None:
    answer = _entered(**{field: text})
    if phone == REFUSED:
        assert answer.status_code == 422
        assert "nomor telepon" in beside(answer, field)
        assert typed(answer, field) == text
        return
    assert answer.status_code == 302, shown(answer)
    assert getattr(Resident.objects.get(), field) == phone


def test_the_table_is_long_enough() -> None:
    assert len(NIK) >= 40
    assert {REFUSED} < {one if one == REFUSED else "" for *_, one in NIK}


@pytest.mark.parametrize(("text", "told", "expected"), NIK)
def test_an_odd_nik(text: str, told: dict[str, str], expected: tuple[str, ...] | str) -> None:
    _check("nik", text, expected, _entered(nik=text, **told))


@pytest.mark.parametrize(("text", "expected"), NO_KK)
def test_an_odd_no_kk(text: str, expected: tuple[str, ...] | str) -> None:
    _check("no_kk", text, expected, _entered(no_kk=text))
