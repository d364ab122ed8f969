"""Tickets need no NIK and no No. KK: texts that seem to hold one are asked to leave it out."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError

HOLDS_A_NUMBER = (
    "Di sini tertulis 16 angka seperti NIK atau No. KK. Hapus dahulu nomornya: sebut nomor "
    "catatan atau surat di WaCAT saja."
)
DIGITS = 16
# Sixteen digits at once, or in groups as people write them. Shorter groups are dates and times.
_RUN = re.compile(r"(?<!\d)\d{4,}(?:[\s.\-]{1,2}\d{4,})*(?!\d)")


def check_discreet(text: str) -> None:
    """Raise ValidationError where *text* holds what may be a NIK or a No. KK."""
    for run in _RUN.findall(text):
        groups = re.findall(r"\d+", run)
        total = sum(map(len, groups))
        if total % DIGITS == 0 or any(len(group) == DIGITS for group in groups):
            raise ValidationError(HOLDS_A_NUMBER)
