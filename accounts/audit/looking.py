"""Looking somebody or something up in the trail, by a typed name, number or NIK."""

from __future__ import annotations

from django.db.models import Q

from accounts.audit.subjects import find
from accounts.login.models import User
from accounts.login.phones import as_phone

MOST_PEOPLE = 10
MOST_WORDS = 5


def cleaned(text: str) -> str:
    """What was typed, without the spaces that do not count."""
    return " ".join(text.replace("\0", " ").split())[:100]


def subjects_of(text: str) -> list[str]:
    """Rows that the rooms above know by the typed text (a resident by NIK)."""
    return find(text) if text else []


def people_called(text: str) -> list[User]:
    """Those whose name holds each word, or who log in with this number or user name."""
    if not text:
        return []
    named = Q()
    for word in text.split()[:MOST_WORDS]:
        named &= Q(full_name__icontains=word)
    known = Q(username=text.lower())
    phone = as_phone(text)
    if phone:
        known |= Q(login_phone=phone) | Q(phone=phone)
    return list(User.objects.filter(named | known).order_by("full_name", "pk")[:MOST_PEOPLE])
