"""How tickets are shown: marks, facts, the conversation."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from accounts.helpdesk.codes import Category, Status
from accounts.helpdesk.models import Ticket, TicketFile, TicketMessage
from accounts.posts.models import place_of
from wacat.clock import today
from wacat.history import latest_first, line_of
from wacat.pages import Page, page_of
from wacat.words import tanggal, waktu

# The marks of components/status.html.
MARKS = {
    Status.OPEN: "waiting",
    Status.ASKED: "returned",
    Status.ANSWERED: "done",
    Status.CLOSED: "ended",
}
STEP_LABELS = {
    "open": "Disampaikan",
    "reply": "Dibalas pengguna",
    "close": "Dinyatakan selesai oleh pengguna",
    "reopen": "Dibuka lagi",
    "answer": "Dijawab",
    "ask": "Ditanyakan balik",
    "settle": "Dinyatakan selesai oleh petugas",
    "transfer": "Diteruskan ke kategori lain",
    "note": "Catatan ditulis",
    "claim": "Diambil",
    "release": "Dilepas",
}
_MOST_STEPS = 50


@dataclass(frozen=True)
class Said:
    """A message with its files, and whether it is the office's."""

    message: TicketMessage
    files: list[TicketFile]
    is_office: bool


def conversation(request: HttpRequest, ticket: Ticket, *, internal: bool) -> Page:
    """A page of what was said, the latest first, by two queries."""
    rows: Any = ticket.messages.select_related("by")
    page = page_of(request, rows if internal else rows.filter(is_internal=False))
    files: dict[int, list[TicketFile]] = defaultdict(list)
    kept = TicketFile.objects.filter(message__in=page.rows).exclude(file="")
    for file in kept.order_by("pk"):
        files[file.message_id].append(file)
    said = [Said(one, files[one.pk], one.by_id != ticket.opened_by_id) for one in page.rows]
    return Page(said, page.next_url, page.previous_url)


def deadline(ticket: Ticket) -> str:
    """Until when it is answered, while it waits."""
    return tanggal(ticket.due_on) if ticket.status == Status.OPEN else ""


def age(ticket: Ticket) -> str:
    """For how long it has been told of."""
    days = (today() - ticket.opened_on).days
    return f"{days} hari" if days else "hari ini"


def facts(ticket: Ticket, *, for_answerer: bool) -> list[tuple[str, str]]:
    """The rows of a summary list. The ticket's area and opener are to be at hand."""
    rows = [
        ("Nomor", ticket.number),
        ("Kategori", Category(ticket.category).label),
        ("Disampaikan", waktu(ticket.opened_at)),
    ]
    if for_answerer:
        rows.insert(1, ("Dari", f"{ticket.opened_by.full_name}, {place_of(ticket.area)}"))
    if said := deadline(ticket):
        rows.append(("Dijawab paling lambat", said))
    if ticket.settled_on:
        rows.append(("Selesai", tanggal(ticket.settled_on)))
    return rows


def history(ticket: Ticket) -> list[dict[str, Any]]:
    """The latest of what was done with it."""
    steps = latest_first(ticket.steps.all())[:_MOST_STEPS]
    return [line_of(step, STEP_LABELS[step.name]) for step in steps]
