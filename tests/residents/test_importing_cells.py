"""Cells as people and spreadsheets write them: numbers, days, words, places."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from residents.importing import cells, lists
from residents.importing.cells import BadCell
from wacat.spreadsheets.days import NoDay, day_of
from wacat.words import MONTHS

TODAY = date(2026, 11, 22)
BORN = date(1990, 8, 17)
SIXTEEN = st.integers(10**15, 10**16 - 1).map(str)


@pytest.mark.parametrize(
    "cell",
    [
        "6471051708900123",
        "'6471051708900123",
        "’6471051708900123",
        " 6471 0517 0890 0123 ",
        "6471.0517.0890.0123",
        "647105-170890-0123",
        "６４７１０５１７０８９００１２３",
        "NIK: 6471051708900123",
        "6471051708900123.0",
        "6,471051708900123E+15",
        6471051708900123.0,
    ],
)
def test_ways_in_which_a_whole_nik_comes(cell: Any) -> None:
    assert cells.nik_of(cell) == "6471051708900123"


@pytest.mark.parametrize(
    "cell",
    [
        "6.47105E+15",
        "6,47105E+15",
        "6.47105170890012E+15",
        "6.471051708900120E+15",
        6471051708900120.0,  # as Excel leaves it
        6.47105e15,
        9971051708900123.0,  # beyond what a number can hold
        "6471051708900120.0",
    ],
)
def test_a_nik_that_excel_has_damaged_is_never_taken_for_whole(cell: Any) -> None:
    with pytest.raises(BadCell, match="Excel telah merusak NIK ini, digit terakhir hilang"):
        cells.nik_of(cell)


@pytest.mark.parametrize("cell", ["", "-", "–", "tidak ada", "Belum ada", "N/A", "0", 0.0, "..."])
def test_words_for_no_nik(cell: Any) -> None:
    assert cells.nik_of(cell) == ""


@pytest.mark.parametrize(
    "cell", ["647105170890012", "64710517089001234", "6471o51708900123", 123.0, 1.5, BORN, 1e300]
)
def test_what_is_no_nik(cell: Any) -> None:
    with pytest.raises(BadCell):
        cells.nik_of(cell)


@given(SIXTEEN)
def test_a_number_is_read_whole_or_not_at_all(number: str) -> None:
    """Whatever Excel has rounded, the sixteen digits that come out were those that went in."""
    rounded = float(f"{float(number):.15g}")  # fifteen digits are kept
    for cell in (float(number), rounded, f"{rounded:.5E}", cells.shown(rounded)):
        try:
            assert cells.nik_of(cell) == number
        except BadCell:
            continue


@given(
    SIXTEEN, st.sampled_from(["", "'", " ", "’"]), st.sampled_from(["", " ", ".", "-", "\u00a0"])
)
def test_typed_digits_survive_what_stands_around_them(
    number: str, before: str, between: str
) -> None:
    typed = before + between.join(number[start : start + 4] for start in range(0, 16, 4))
    assert cells.nik_of(typed) == number
    assert cells.nik_of(cells.shown(typed)) == number


@pytest.mark.parametrize(
    "cell",
    [
        BORN,
        datetime(1990, 8, 17, 13, 30),
        33102.0,
        "33102",
        "17-08-1990",
        "17/08/1990",
        "17/8/1990",
        "17.08.1990",
        "17.08.90",
        "17-8-'90",
        "17 08 1990",
        "1990-08-17",
        "1990/8/17",
        "1990-08-17T00:00:00",
        "17-08-1990 00:00:00",
        "17 Agustus 1990",
        "17 agustus 1990",
        "17 Agt 90",
        "17-Agu-1990",
        "17 Ags. 1990",
        "17-Aug-90",
        "Jumat, 17 Agustus 1990",
        "Agustus 17, 1990",
        "August 17 1990",
        "08/17/1990",
        "17081990",
        17081990.0,
        "19900817",
        "'17-08-1990",
        " 17 - 08 - 1990 ",
        "17Agustus1990",
    ],
)
def test_ways_to_write_a_day(cell: Any) -> None:
    assert day_of(cell, TODAY) == BORN


def test_an_ambiguous_day_is_read_day_first() -> None:
    assert day_of("03/04/1990", TODAY) == date(1990, 4, 3)


@pytest.mark.parametrize(
    ("cell", "latest", "year"),
    [
        ("01-01-26", TODAY, 2026),
        ("01-01-27", TODAY, 1927),
        ("31-12-26", TODAY, 1926),
        ("01-01-27", date(2076, 11, 1), 2027),
        ("29-02-00", TODAY, 2000),
    ],
)
def test_years_of_two_digits(cell: str, latest: date, year: int) -> None:
    assert day_of(cell, latest).year == year


@pytest.mark.parametrize(
    "cell",
    ["31-02-1990", "29-02-1991", "00-01-1990", "32/01/1990", "13-13-1990", "17 Agusto 1990", "dulu",
     "1990", "08-1990", "", "-", True, 5.5, -3.0, 1e300, "17-08-990", "9999999999"],
)  # fmt: skip
def test_what_is_no_day(cell: Any) -> None:
    with pytest.raises(NoDay):
        day_of(cell, TODAY)


@given(
    st.dates(date(1911, 1, 1), TODAY),
    st.sampled_from(["{d}-{m}-{y}", "{d:02}/{m:02}/{y}", "{y}-{m:02}-{d:02}", "{d}.{m}.{y}",
                     "{d} {month} {y}", "{d}-{short}-{y}", "{month} {d}, {y}", "{d:02}{m:02}{y}"]),
)  # fmt: skip
def test_every_day_comes_back_from_every_way_of_writing(day: date, way: str) -> None:
    month = MONTHS[day.month - 1]
    written = way.format(d=day.day, m=day.month, y=day.year, month=month, short=month[:3])
    assert day_of(written, TODAY) == day
    assert day_of(cells.shown(day), TODAY) == day


@given(st.text(max_size=40) | st.floats() | st.booleans() | st.none())
def test_no_cell_breaks_the_readers(cell: Any) -> None:
    """Each gives a value or says what is wrong, whatever the cell holds."""
    for read in (cells.nik_of, cells.no_kk_of, cells.name_of, cells.phone_of, cells.text_of):
        with suppress(BadCell):
            assert isinstance(read(cell), str)
    with suppress(NoDay):
        day_of(cell, TODAY)
    for one in lists.LISTS.values():
        number, _ = one.find(cell if cell is not None else "")
        assert number is None or number in one.choices.values


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("081234567890", "081234567890"),
        (81234567890.0, "081234567890"),
        ("81234567890", "081234567890"),
        ("+62 812-3456-7890", "081234567890"),
        ("6281234567890", "081234567890"),
        ("'081234567890", "081234567890"),
        ("0812 3456 7890 / 0813 0000 0000", "081234567890"),
        ("-", ""),
    ],
)
def test_telephones(cell: Any, phone: str) -> None:
    assert cells.phone_of(cell) == phone


@pytest.mark.parametrize(
    ("key", "cell", "number"),
    [
        ("sex", "L", 1), ("sex", "Pria", 1), ("sex", "PR", 2), ("sex", "Wanita", 2),
        ("sex", 2.0, 2), ("sex", "perempuan ", 2), ("sex", "Perempaun", 2),
        ("religion", "ISLAM", 1), ("religion", "Kristen Protestan", 2),
        ("religion", "Kristen Katolik", 3), ("religion", "Katholik", 3), ("religion", "Budha", 5),
        ("religion", "Kong Hu Cu", 6), ("religion", "1 - Islam", 1), ("religion", "(3)", 3),
        ("marital_status", "Belum Kawin", 1), ("marital_status", "Kawin", 2),
        ("marital_status", "Kawin Belum Tercatat", 3), ("marital_status", "cerai mati", 6),
        ("education", "SMA", 5), ("education", "SLTA / Sederajat", 5), ("education", "S-1", 8),
        ("education", "D.III", 7), ("education", "Diploma III", 7),
        ("education", "Diploma I/II", 6), ("education", "D1/D2", 6),
        ("education", "Tamat SD/Sederajat", 3), ("education", "SD", 3),
        ("occupation", "Karyawan Swasta", 15), ("occupation", "Wirausaha", 88),
        ("occupation", "IRT", 2), ("occupation", "Mahasiswi", 3), ("occupation", "Supir", 81),
        ("occupation", "Pelajar / Mahasiswa", 3), ("occupation", 99.0, 99),
        ("blood_type", "O+", 11), ("blood_type", "ab -", 10), ("blood_type", "B\u2212", 8),
        ("nationality", "WNI", 1), ("nationality", "Indonesia", 1),
        ("family_relation", "Isteri", 3), ("family_relation", "KK", 1),
        ("purpose", "Kerja", 1), ("purpose", "Kuliah", 2), ("purpose", "Ikut Suami", 6),
    ],
)  # fmt: skip
def test_words_for_the_numbers_of_the_lists(key: str, cell: Any, number: int) -> None:
    assert lists.LISTS[key].find(cell)[0] == number


@pytest.mark.parametrize(
    ("key", "cell"),
    [
        ("religion", "Kejawen"), ("religion", 9.0), ("religion", "2 - Islam"),
        ("marital_status", "Janda"), ("marital_status", 7.0), ("education", "SLTX/sederajat"),
        ("occupation", "Buruh"), ("occupation", 1.5), ("occupation", "PPPK"),
        ("sex", "X"), ("blood_type", "C"),
    ],
)  # fmt: skip
def test_words_that_are_not_certain_mean_nothing(key: str, cell: Any) -> None:
    assert lists.LISTS[key].find(cell)[0] is None


def test_every_label_and_number_means_itself() -> None:
    for one in lists.LISTS.values():
        for number, label in one.choices.choices:
            assert one.find(str(label)) == (number, False)
            assert one.find(str(label).upper()) == (number, False)
            assert one.find(float(number)) == (number, False)


def test_no_spelling_means_two_numbers() -> None:
    for key, one in lists.LISTS.items():
        said = [
            word
            for also in (one.also, one.otherwise)
            for text in also.values()
            for word in text.split()
        ]
        assert len(said) == len(set(said)), (key, sorted(w for w in said if said.count(w) > 1))
        own = {one.spelled(str(label)): number for number, label in one.choices.choices}
        for also in (one.also, one.otherwise):
            for number, text in also.items():
                assert all(own.get(word, number) == number for word in text.split()), key
