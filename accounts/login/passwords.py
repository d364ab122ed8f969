"""What a password may not be besides Django's own list of common ones."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError

from accounts.issuing.one_time import is_one_time

WORDS = (
    "wacat wargaku capil disdukcapil dukcapil balikpapan kelurahan kecamatan lurah camat "
    "ketuart katasandi sandi password rahasia indonesia kalimantan timur kota"
)
LEFT_OVER = 6  # characters that have to remain when those words and all figures are taken away


class LocalWordsValidator:
    """Refuses what anybody in Balikpapan would guess first: *Balikpapan2026*, *WaCAT-rahasia*."""

    def validate(self, password: str, user: Any = None) -> None:
        rest = re.sub(r"[\W\d_]", "", password.lower())
        for word in WORDS.split():
            rest = rest.replace(word, "")
        if len(rest) < LEFT_OVER:
            raise ValidationError(
                "Kata sandi ini mudah ditebak. Pakai beberapa kata lain.", code="local_words"
            )

    def get_help_text(self) -> str:
        return "Jangan hanya nama tempat, nama aplikasi, atau angka."


class SlipValidator:
    """Refuses what stands on the user's slip: paper that others have seen is good once."""

    def validate(self, password: str, user: Any = None) -> None:
        if user is not None and user.pk and is_one_time(user, password):
            raise ValidationError(
                "Ini kata sandi dari slip. Buat kata sandi lain, yang hanya Bapak/Ibu tahu.",
                code="slip",
            )

    def get_help_text(self) -> str:
        return "Jangan memakai kata sandi dari slip."
