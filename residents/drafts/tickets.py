"""Tickets: by one, what is posted after the session ended is known to be its owner's typing.

A form carries a signed ticket that names user, form and record. It lets nobody in and shows
nothing: it only lets the values be laid among that user's own drafts, for a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.utils.crypto import salted_hmac

SALT = "residents.drafts.ticket"
GOOD_FOR = 24 * 60 * 60  # seconds


@dataclass(frozen=True)
class Ticket:
    """Whose form it is, which, and the record that it corrects (None for a new one)."""

    user: int
    key: UUID
    resident: int | None


def ticket_for(ticket: Ticket) -> str:
    """The ticket as a form carries it."""
    return signing.dumps([ticket.user, str(ticket.key), ticket.resident], salt=SALT)


def read_ticket(text: str) -> Ticket | None:
    """What a ticket says; None for one that is old, altered, or none at all."""
    try:
        user, key, resident = signing.loads(text, salt=SALT, max_age=GOOD_FOR)
        return Ticket(user, UUID(key), resident)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def phone_key(user: int) -> str:
    """The key with which this user's browser seals what waits on the phone (hex, 256 bits).

    It comes with the user's own pages only, so what waits there is nothing to anybody else.
    """
    return salted_hmac("residents.drafts.phone", str(user), algorithm="sha256").hexdigest()
