"""Opening a ticket: its number is taken in the transaction that makes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from accounts.helpdesk.codes import Status, due
from accounts.helpdesk.models import Ticket, TicketFile, TicketMessage, TicketStep
from accounts.helpdesk.numbering import take
from accounts.helpdesk.telling import tell_answerers
from accounts.login.models import User
from wacat.clock import today
from wacat.strays import folder_of_today
from wacat.uploads import keep
from wacat.workflow import WrongState

FOLDER = "helpdesk"
MOST_A_DAY = 20
TOO_MANY = (
    f"Hari ini sudah {MOST_A_DAY} masalah disampaikan. Lanjutkan besok, atau balas pada yang ada."
)


def open_ticket(by: User, area: str, key: UUID, data: dict[str, Any]) -> Ticket:
    """A ticket of *by* in the *area* of a post of theirs, with its first message.

    *data* has ``category``, ``subject``, ``text`` and ``attached``. The same key opens one. Raises
    WrongState for one too many on a day.
    """
    known = Ticket.objects.filter(opened_by=by, form_key=key)
    if found := known.first():
        return found
    if Ticket.objects.filter(opened_by=by, opened_on=today()).count() >= MOST_A_DAY:
        raise WrongState(TOO_MANY)
    try:
        with transaction.atomic():
            return _open(by, area, key, data)
    except IntegrityError as error:  # the same form at the same moment
        if "ticket_form_once" not in str(error):
            raise
        return known.get()


def _open(by: User, area: str, key: UUID, data: dict[str, Any]) -> Ticket:
    day = today()
    ticket: Ticket = Ticket.objects.create(
        area_id=area,
        category=data["category"],
        year=day.year,
        serial=take(day.year),
        subject=data["subject"],
        opened_by=by,
        opened_on=day,
        due_on=due(data["category"], day),
        form_key=key,
    )
    write(ticket, by, data["text"], data.get("attached") or ())
    TicketStep.objects.create(
        subject=ticket, name="open", source="", target=Status.OPEN, actor=by, key=key
    )
    tell_answerers("ticket_opened", ticket)
    return ticket


def write(
    ticket: Ticket,
    by: User,
    text: str,
    files: Iterable[ContentFile[bytes]] = (),
    *,
    is_internal: bool = False,
) -> TicketMessage:
    """Add a message, with its cleaned *files*."""
    message = TicketMessage.objects.create(ticket=ticket, by=by, text=text, is_internal=is_internal)
    TicketFile.objects.bulk_create(
        TicketFile(message=message, file=keep(file, folder_of_today(FOLDER)), size=file.size)
        for file in files
    )
    return message
