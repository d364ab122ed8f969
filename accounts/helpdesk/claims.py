"""Whoever takes up a ticket has it for a day, so that two do not answer it."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.helpdesk.models import Ticket
from accounts.login.models import User
from wacat.clock import now
from wacat.words import waktu
from wacat.workflow import WrongState

LASTS = timedelta(days=1)


def begun_after() -> datetime:
    """Claims from then on hold now."""
    return now() - LASTS


def holder_of(ticket: Ticket) -> User | None:
    """Who is at it now."""
    held = ticket.claimed_at is not None and ticket.claimed_at > begun_after()
    return ticket.claimed_by if held else None


def refuse_claimed(ticket: Ticket, user: User) -> None:
    """Raise WrongState where somebody else is at it."""
    holder = holder_of(ticket)
    if holder and ticket.claimed_at and holder.pk != user.pk:
        until = waktu(ticket.claimed_at + LASTS)
        raise WrongState(f"Sedang ditangani oleh {holder.full_name}, sampai {until}.")


def take(ticket: Ticket, user: User) -> None:
    ticket.claimed_by, ticket.claimed_at = user, now()


def free(ticket: Ticket) -> None:
    ticket.claimed_by = ticket.claimed_at = None
