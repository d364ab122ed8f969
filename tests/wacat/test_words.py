"""What is written on screen: dates, numbers, NIKs, names."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from wacat.words import angka, name_masked, nik_grouped, nik_masked, tanggal, waktu

NIK = "9971051234560012"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 11, 21), "21 November 2026"),
        (date(2020, 1, 1), "1 Januari 2020"),
        (datetime(2026, 11, 20, 16, 30, tzinfo=UTC), "21 November 2026"),
        (None, ""),
    ],
)
def test_a_date_is_written_in_indonesian(day: date | None, text: str) -> None:
    assert tanggal(day) == text


def test_a_moment_is_told_in_wita() -> None:
    assert waktu(datetime(2026, 11, 21, 6, 5, tzinfo=UTC)) == "21 November 2026 14.05 WITA"
    assert waktu(datetime(2026, 12, 31, 16, 0, tzinfo=UTC)) == "1 Januari 2027 00.00 WITA"
    assert waktu(None) == ""


@pytest.mark.parametrize("write", [tanggal, waktu])
def test_a_moment_without_a_zone_is_refused(write: Callable[[datetime], str]) -> None:
    with pytest.raises(ValueError, match="time zone"):
        write(datetime(2026, 11, 21, 6, 5))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1378, "1.378"),
        (1_250_000, "1.250.000"),
        (-1378, "−1.378"),
        (12.5, "12,5"),
        (0.1 + 0.2, "0,3"),
        (Decimal("99.995"), "100"),
        (None, ""),
        ("", ""),
    ],
)
def test_numbers_have_dots_and_a_decimal_comma(number: Any, text: str) -> None:
    assert angka(number) == text


def test_a_nik_is_read_in_fours() -> None:
    assert nik_grouped(NIK) == "9971 0512 3456 0012"
    assert nik_grouped("9971 0512 3456 0012") == "9971 0512 3456 0012"
    assert nik_grouped(None) == ""


def test_a_masked_nik_shows_province_and_serial_only() -> None:
    assert nik_masked(NIK) == "99•• •••• •••• 0012"
    assert nik_masked("9971 0512 3456 0012") == "99•• •••• •••• 0012"


@pytest.mark.parametrize("other", ["997105123456001", "A123456789012345", "123"])
def test_what_is_no_nik_is_hidden_entirely(other: str) -> None:
    assert set(nik_masked(other)) <= {"•", " "}
    assert nik_masked(other).count("•") == len(other)


def test_a_masked_name_shows_first_letters() -> None:
    assert name_masked("Siti Aminah") == "S*** A*****"
    assert name_masked("  M.  Ali ") == "M* A**"
    assert name_masked("Émile") == "É****"
    assert name_masked("") == ""
    assert name_masked(None) == ""
