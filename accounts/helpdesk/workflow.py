"""What can be done with a ticket: by who opened it, and by who answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from accounts.helpdesk.claims import free, refuse_claimed, take
from accounts.helpdesk.codes import LIVING, Status, due
from accounts.helpdesk.models import Ticket, TicketStep
from accounts.helpdesk.opening import write
from accounts.helpdesk.telling import tell_answerer, tell_answerers, tell_opener
from accounts.rules import Action
from wacat.clock import now, today
from wacat.workflow import InputMissing, Move, Transition, Workflow, WrongState

REOPENED_WITHIN = timedelta(days=14)
TOO_LATE = "Sudah lebih dari 14 hari selesai. Sampaikan masalah baru."
SAME = "Pilih kategori lain."
ANONYMISED = "Masalah ini sudah dianonimkan sesuai masa simpan."


def may_reopen(ticket: Ticket) -> bool:
    """Closed, and not longer than 14 days ago."""
    return ticket.settled_on is not None and today() <= ticket.settled_on + REOPENED_WITHIN


def _respond(kind: str) -> Any:
    def apply(ticket: Ticket, move: Move) -> None:
        refuse_claimed(ticket, move.actor)
        write(ticket, move.actor, move.data["text"], move.data.get("attached") or ())
        ticket.first_answered_at = ticket.first_answered_at or now()
        ticket.has_news = True
        free(ticket)
        tell_opener(kind, ticket)

    return apply


def _reply(ticket: Ticket, move: Move) -> None:
    """While it waits anyway, another word moves no deadline."""
    write(ticket, move.actor, move.data["text"], move.data.get("attached") or ())
    if ticket.status != Status.OPEN:
        ticket.due_on = due(ticket.category, today())
    tell_answerer("ticket_replied", ticket)


def _reopen(ticket: Ticket, move: Move) -> None:
    if not may_reopen(ticket):
        raise WrongState(TOO_LATE)
    ticket.settled_at = ticket.settled_on = None
    _reply(ticket, move)


def _close(ticket: Ticket, move: Move) -> None:
    _end(ticket)
    ticket.has_news = False
    tell_answerer("ticket_closed", ticket)


def _settle(ticket: Ticket, move: Move) -> None:
    refuse_claimed(ticket, move.actor)
    _end(ticket)
    ticket.has_news = True
    tell_opener("ticket_settled", ticket)


def _end(ticket: Ticket) -> None:
    ticket.settled_at, ticket.settled_on = now(), today()
    free(ticket)


def _transfer(ticket: Ticket, move: Move) -> None:
    """To a category that others may answer; its time begins today."""
    refuse_claimed(ticket, move.actor)
    if move.data["category"] == ticket.category:
        raise InputMissing({"category": SAME})
    ticket.category, ticket.handed_by = move.data["category"], move.actor
    if ticket.status == Status.OPEN:
        ticket.due_on = due(ticket.category, today())
    free(ticket)
    tell_answerers("ticket_opened", ticket, but=move.actor)
    tell_opener("ticket_handed_on", ticket)


def _claim(ticket: Ticket, move: Move) -> None:
    refuse_claimed(ticket, move.actor)
    take(ticket, move.actor)


def _release(ticket: Ticket, move: Move) -> None:
    refuse_claimed(ticket, move.actor)
    free(ticket)


def _note(ticket: Ticket, move: Move) -> None:
    if ticket.anonymised_on:
        raise WrongState(ANONYMISED)
    write(ticket, move.actor, move.data["text"], is_internal=True)


_ALIVE, _ANY = frozenset(LIVING), frozenset(Status.values)
_WRITTEN_BACK = frozenset({Status.ASKED, Status.ANSWERED})
_CLOSED = frozenset({Status.CLOSED})
_OPENER, _ANSWERER = Action.TICKET_OPEN, Action.TICKET_ANSWER
_TEXT = ("text",)

WORKFLOW = Workflow(
    Ticket,
    TicketStep,
    (
        Transition("reply", _ALIVE, Status.OPEN, _OPENER, _TEXT, _reply),
        Transition("close", _ALIVE, Status.CLOSED, _OPENER, apply=_close),
        Transition("reopen", _CLOSED, Status.OPEN, _OPENER, _TEXT, _reopen),
        Transition(
            "answer", _ALIVE, Status.ANSWERED, _ANSWERER, _TEXT, _respond("ticket_answered")
        ),
        Transition("ask", _ALIVE, Status.ASKED, _ANSWERER, _TEXT, _respond("ticket_asked")),
        Transition("settle", _WRITTEN_BACK, Status.CLOSED, _ANSWERER, apply=_settle),
        Transition("transfer", _ALIVE, None, _ANSWERER, ("category",), _transfer),
        Transition("note", _ANY, None, _ANSWERER, _TEXT, _note),
        Transition("claim", _ALIVE, None, _ANSWERER, apply=_claim),
        Transition("release", _ALIVE, None, _ANSWERER, apply=_release),
    ),
    "Keadaan masalah ini sudah berubah. Muat ulang halaman untuk melihatnya.",
)
