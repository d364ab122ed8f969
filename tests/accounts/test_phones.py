"""Telephone numbers as people write them: which are taken, in which form, and which are refused."""

from __future__ import annotations

import pytest

from accounts.login.phones import as_phone, international

TAKEN = {
    "0812 3456 7890": "081234567890",
    "0812-3456-789": "08123456789",
    "(0542) 123 456": "0542123456",
    "0542-1234567": "05421234567",
    "+62 812 3456 7890": "081234567890",
    "+62 0812 3456 7890": "081234567890",
    "62812.3456.7890": "081234567890",
    "0062 812 3456 7890": "081234567890",
    "08123456789012": "08123456789012",
    "+60 12-345 6789": "+60123456789",
    "+1 (202) 555-0143": "+12025550143",
    "+6591234567": "+6591234567",
    "+123456789012345": "+123456789012345",
}
REFUSED = (
    "",
    "112",
    "12345678",
    "08123456",
    "081234567890123",
    "08123456789012345678",
    "+62 812 3456 7890 1234",
    "+1234567890123456",
    "+123456",
    "+0060123456789",
    "0060 12 345 6789",
    "60123456789",
    "0812/0813",
    "0812 3456 7890 / 0813 0000 0000",
    "tidak ada",
    "٠٨١٢٣٤٥٦٧٨٩",
    "0812345678x",
    "++6281234567890",
    "081234567890\0",
)


@pytest.mark.parametrize(("text", "phone"), TAKEN.items())
def test_these_are_numbers(text: str, phone: str) -> None:
    assert as_phone(text) == phone
    assert as_phone(phone) == phone


@pytest.mark.parametrize("text", REFUSED)
def test_these_are_none(text: str) -> None:
    assert as_phone(text) == ""


def test_a_message_to_one_abroad_goes_abroad() -> None:
    assert international("081234567890") == "6281234567890"
    assert international("+60123456789") == "60123456789"
