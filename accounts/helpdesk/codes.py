"""What tickets are about, who answers which, and how soon."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices

from accounts.rules import Role


class Category(TextChoices):
    ACCOUNT = "account", "Tidak bisa masuk, atau soal akun"
    RESIDENT = "resident", "Data warga"
    SERVICE = "service", "Data layanan"
    LETTER = "letter", "Surat keterangan"
    TROUBLE = "trouble", "Gangguan, atau WaCAT lambat"
    SUGGESTION = "suggestion", "Usulan perbaikan"
    COMPLAINT = "complaint", "Keluhan pelayanan"
    OTHER = "other", "Lainnya"


class Status(TextChoices):
    OPEN = "open", "Menunggu jawaban"
    ASKED = "asked", "Menunggu keterangan"
    ANSWERED = "answered", "Dijawab"
    CLOSED = "closed", "Selesai"


LIVING = (Status.OPEN, Status.ASKED, Status.ANSWERED)


@dataclass(frozen=True)
class Handling:
    """Whose work a category is, and within how many calendar days it is to be answered."""

    roles: frozenset[Role]
    days: int


_OPERATOR = frozenset({Role.OPERATOR})
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
# Whoever answers sees no others: the administrator sees no residents' data anywhere, and a
# complaint about an operator is not read by operators.
HANDLING: dict[str, Handling] = {
    Category.ACCOUNT: Handling(_ADMINISTRATOR, 1),
    Category.RESIDENT: Handling(_OPERATOR, 3),
    Category.SERVICE: Handling(_OPERATOR, 3),
    Category.LETTER: Handling(_OPERATOR, 2),
    Category.TROUBLE: Handling(_ADMINISTRATOR, 1),
    Category.SUGGESTION: Handling(_OPERATOR | _ADMINISTRATOR, 7),
    Category.COMPLAINT: Handling(_ADMINISTRATOR, 5),
    Category.OTHER: Handling(_OPERATOR | _ADMINISTRATOR, 3),
}


def categories_of(roles: Iterable[str]) -> list[str]:
    """Those that one of *roles* answers, in their order."""
    held = set(roles)
    return [category for category, handling in HANDLING.items() if handling.roles & held]


def due(category: str, since: date) -> date:
    """The day by whose end it is to be answered."""
    return since + timedelta(days=HANDLING[category].days)
