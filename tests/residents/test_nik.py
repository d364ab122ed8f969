import unicodedata
from contextlib import suppress
from datetime import date
from typing import TypedDict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from residents.registry.codes import Sex
from residents.registry.nik import (
    DAY_OFFSET_FOR_WOMEN,
    FORMAT_OK_TEXT,
    NumberWarning,
    decode,
    nik_warnings,
    no_kk_warnings,
    normalise,
    normalise_no_kk,
    offered_prefill,
)
from residents.registry.provinces import PROVINCES

MAN = "6471051203900001"  # 12 March 1990
WOMAN = "6471055203900001"
TODAY = date(2025, 11, 22)

DIGITS = "0123456789"
SEPARATORS = " .-\t\n\u00a0\u2009\u200b\u200e\u2011\u2013\u2060\u2212\ufeff"
digit_strings = st.text(DIGITS, min_size=16, max_size=16)
separators = st.text(SEPARATORS, max_size=3)


class Entered(TypedDict, total=False):
    """What a form knows besides the NIK."""

    birth_date: date
    sex: int
    no_kk: str | None
    known_provinces: set[str]


@st.composite
def separated(draw: st.DrawFn) -> tuple[str, str]:
    digits = draw(digit_strings)
    mark = draw(st.sampled_from(["", "'", "\u2019"]))
    typed = draw(separators) + mark + "".join(d + draw(separators) for d in digits)
    return digits, typed


def codes_of(found: list[NumberWarning]) -> list[str]:
    return [warning.code for warning in found]


@given(separated())
def test_separators_do_not_matter(number: tuple[str, str]) -> None:
    digits, typed = number
    assert normalise(typed) == normalise_no_kk(typed) == digits
    assert normalise(normalise(typed)) == digits


@given(st.text(DIGITS, min_size=1, max_size=40).filter(lambda text: len(text) != 16))
def test_every_other_length_is_refused_with_the_count(text: str) -> None:
    with pytest.raises(ValueError, match=f"harus 16 angka; yang diketik ada {len(text)} angka"):
        normalise(text)


@given(st.text())
def test_any_text_is_either_sixteen_ascii_digits_or_refused(text: str) -> None:
    with suppress(ValueError):  # anything but ValueError would fail the test
        result = normalise(text)
        assert len(result) == 16
        assert set(result) <= set(DIGITS)


_DECIMALS = [chr(n) for n in range(128, 0x110000) if chr(n).isdecimal()]
_PLAIN = [c for c in _DECIMALS if unicodedata.normalize("NFKC", c) in DIGITS]  # full-width
_FOREIGN = [c for c in _DECIMALS if c not in _PLAIN]


@given(st.text(_FOREIGN, min_size=16, max_size=16))
def test_digits_of_other_scripts_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="hanya berisi angka"):
        normalise(text)


@given(st.text(_PLAIN, min_size=16, max_size=16))
def test_full_width_digits_are_taken_for_what_they_are(text: str) -> None:
    assert normalise(text) == normalise_no_kk(text) == unicodedata.normalize("NFKC", text)


@pytest.mark.parametrize("text", ["\u2460" * 16, "\u00b9" * 16, "\u3251" * 8, "\u2167" * 16])
def test_signs_that_only_look_like_digits_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="hanya berisi angka"):
        normalise(text)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "NIK belum diisi"),
        ("  -  ", "NIK belum diisi"),
        ("647105120390000", "yang diketik ada 15 angka"),
        ("64710512039000011", "yang diketik ada 17 angka"),
        ("647105120390000O", "hanya berisi angka 0 sampai 9"),
        ("6471/0512/0390/0001", "hanya berisi angka 0 sampai 9"),
        ("6.47105E+15", "hanya berisi angka 0 sampai 9"),
    ],
)
def test_refusals_say_what_to_do_and_never_repeat_the_value(typed: str, message: str) -> None:
    with pytest.raises(ValueError, match=message) as refused:
        normalise(typed)
    assert "KTP-el atau KK" in str(refused.value)
    assert not typed.strip(" -") or typed not in str(refused.value)


def test_a_refused_no_kk_is_named_as_such() -> None:
    with pytest.raises(ValueError, match=r"No\. KK harus 16 angka.*Kartu Keluarga"):
        normalise_no_kk("123")


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(Sex))
def test_birth_date_and_sex_can_be_read_back(born: date, sex: Sex) -> None:
    day = born.day + (DAY_OFFSET_FOR_WOMEN if sex == Sex.FEMALE else 0)
    nik = f"647105{day:02}{born:%m%y}0001"
    parts = decode(nik)
    assert (parts.day, parts.month, parts.year) == (born.day, born.month, born.year % 100)
    assert parts.female == (sex == Sex.FEMALE)
    assert parts.sex == sex
    assert born in parts.possible_dates
    assert nik_warnings(nik, birth_date=born, sex=sex) == []


def test_decode_names_every_part() -> None:
    parts = decode("6471055203900042")
    assert (parts.province, parts.regency, parts.district) == ("64", "71", "05")
    assert (parts.day, parts.month, parts.year, parts.female) == (12, 3, 90, True)
    assert parts.serial == 42


@pytest.mark.parametrize("text", ["", "123", "647105120390000x", "٦" * 16])
def test_what_is_not_normalised_cannot_be_decoded(text: str) -> None:
    for read in (decode, nik_warnings, no_kk_warnings):
        with pytest.raises(ValueError, match="harus 16 angka") as refused:
            read(text)
        assert not text or text not in str(refused.value)


@given(
    digit_strings,
    st.none() | st.dates(),
    st.none() | st.integers(0, 3),
    st.sampled_from(["", MAN, "bukan angka"]),
)
def test_sixteen_digits_are_never_refused(
    digits: str, born: date | None, sex: int | None, no_kk: str
) -> None:
    found = nik_warnings(digits, birth_date=born, sex=sex, no_kk=no_kk)
    found += no_kk_warnings(digits, today=TODAY)
    offered_prefill(digits, TODAY)
    for warning in found:
        assert digits not in warning.text
        assert "valid" not in warning.text.lower()
        assert "Mohon" in warning.text


@pytest.mark.parametrize(
    ("nik", "entered", "expected"),
    [
        (MAN, {}, []),
        (WOMAN, {}, []),
        (MAN, {"birth_date": date(1990, 3, 12), "sex": Sex.MALE}, []),
        (WOMAN, {"birth_date": date(1990, 3, 12), "sex": Sex.FEMALE}, []),
        (MAN, {"birth_date": date(1990, 3, 13)}, ["date_differs"]),
        (MAN, {"birth_date": date(1990, 4, 12)}, ["date_differs"]),
        (MAN, {"birth_date": date(1991, 3, 12)}, ["date_differs"]),
        (MAN, {"birth_date": date(1890, 3, 12)}, ["date_differs"]),
        (MAN, {"sex": Sex.FEMALE}, ["sex_differs"]),
        (WOMAN, {"sex": 1}, ["sex_differs"]),
        ("9971051203900001", {}, ["area_unknown"]),
        ("0071051203900001", {}, ["area_unknown"]),
        ("5471051203900001", {}, ["area_unknown"]),  # a province that no longer exists
        ("6400051203900001", {}, ["area_unknown"]),
        ("6471001203900001", {}, ["area_unknown"]),
        ("9971051203900001", {"known_provinces": {"99"}}, []),
        ("6471053102900001", {}, ["date_impossible"]),
        ("6471050003900001", {}, ["date_impossible"]),
        ("6471051213900001", {}, ["date_impossible"]),
        ("6471053203900001", {"sex": Sex.MALE}, ["date_impossible"]),
        ("6471057203900001", {"sex": Sex.MALE}, ["date_impossible"]),
        ("6471052902000001", {}, []),  # 29 February 2000
        ("6471052902010001", {}, ["date_impossible"]),
        ("6471053102900001", {"birth_date": date(1990, 3, 2)}, ["date_impossible"]),
        ("6471051203900000", {}, ["serial_zero"]),
        (MAN, {"no_kk": None}, []),
        (MAN, {"no_kk": MAN}, ["same_as_no_kk"]),
        (MAN, {"no_kk": "6471.0512.0390.0001"}, ["same_as_no_kk"]),
        (MAN, {"no_kk": "6471051203150001"}, []),
        ("9900003102900000", {}, ["area_unknown", "date_impossible", "serial_zero"]),
        ("1" * 16, {}, ["one_digit"]),
        ("2" * 16, {}, ["area_unknown", "date_impossible", "one_digit"]),
        ("0" * 16, {}, ["area_unknown", "date_impossible", "serial_zero", "one_digit"]),
        ("1111111111111112", {}, []),
    ],
)
def test_nik_rules(nik: str, entered: Entered, expected: list[str]) -> None:
    assert codes_of(nik_warnings(nik, **entered)) == expected


@pytest.mark.parametrize(
    ("no_kk", "expected"),
    [
        ("6471051203150001", []),
        ("6471055203150001", ["recording_date_odd"]),
        ("6471051213150001", ["recording_date_odd"]),
        ("6471051203300001", ["recording_date_odd"]),  # 1930 or 2030
        ("6471052211250001", []),  # today
        ("6471052311250001", ["recording_date_odd"]),  # tomorrow
        ("9971051203150001", ["area_unknown"]),
        ("6471051203150000", ["serial_zero"]),
        ("1111111111111111", ["one_digit"]),
    ],
)
def test_no_kk_rules(no_kk: str, expected: list[str]) -> None:
    found = no_kk_warnings(no_kk, today=TODAY)
    assert codes_of(found) == expected
    assert all("NIK" not in warning.text for warning in found)


def test_without_today_a_later_recording_date_of_a_no_kk_is_not_judged() -> None:
    assert no_kk_warnings("6471051203300001") == []


@pytest.mark.parametrize(
    ("nik", "births", "sex"),
    [
        (MAN, (date(1990, 3, 12),), Sex.MALE),
        (WOMAN, (date(1990, 3, 12),), Sex.FEMALE),
        ("6471051203200001", (date(1920, 3, 12), date(2020, 3, 12)), Sex.MALE),
        ("6471056211250001", (date(1925, 11, 22), date(2025, 11, 22)), Sex.FEMALE),
        ("6471052311250001", (date(1925, 11, 23),), Sex.MALE),
        ("6471051203140001", (date(2014, 3, 12),), Sex.MALE),  # else older than 110
        ("6471053102900001", (), Sex.MALE),
        ("6471053503900001", (), None),
    ],
)
def test_what_is_offered(nik: str, births: tuple[date, ...], sex: Sex | None) -> None:
    offer = offered_prefill(nik, TODAY)
    assert (offer.birth_dates, offer.sex) == (births, sex)


def test_there_are_38_provinces() -> None:
    assert len(PROVINCES) == len(set(PROVINCES.values())) == 38


def test_a_number_without_warnings_is_called_well_formed_and_not_valid() -> None:
    assert FORMAT_OK_TEXT == "Format NIK sesuai"
