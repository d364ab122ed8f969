"""What erasing does to tickets that are settled: what was said goes, that it was stays."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.helpdesk.codes import Status
from accounts.helpdesk.models import Ticket, TicketFile, TicketMessage, TicketStep
from residents.retention.keeping import NAMELESS, Aging, Batch, register
from wacat.clock import today

_SAID = {"reason": "", "note": ""}


def _due(before: date, using: str) -> Any:
    rows: Any = Ticket.objects.using(using)
    return rows.filter(status=Status.CLOSED, settled_on__lte=before, anonymised_on=None)


def _erase(batch: Batch) -> None:
    tickets = batch.rows(Ticket).filter(pk__in=batch.keys)
    batch.blank(Ticket, tickets, {"subject": NAMELESS}, anonymised_on=today())
    messages = batch.rows(TicketMessage).filter(ticket__in=batch.keys)
    batch.blank(TicketMessage, messages, {"text": NAMELESS})
    steps = batch.rows(TicketStep).filter(subject__in=batch.keys)
    batch.blank(TicketStep, steps, _SAID)
    files = batch.rows(TicketFile).filter(message__ticket__in=batch.keys)
    batch.doom(files.values_list("file", flat=True))
    batch.blank(TicketFile, files, {"file": ""})


def _count_files(tickets: Any) -> int:
    rows = TicketFile.objects.using(tickets.db).exclude(file="")
    return int(rows.filter(message__ticket__in=tickets.values("pk")).count())


def register_tickets() -> None:
    """Tell retention of tickets."""
    register(
        Aging(
            "Permintaan bantuan",
            "Dihitung sejak selesai. Perihal, percakapan, dan lampirannya dihapus; nomor, "
            "kategori, dan tanggalnya tetap ada. Yang belum selesai tidak dihapus.",
            _due,
            _erase,
            _count_files,
        ),
        blanks={
            Ticket: ("subject", "anonymised_on"),
            TicketMessage: ("text",),
            TicketStep: _SAID,
            TicketFile: ("file",),
        },
    )
