"""Answering: the queue, and a ticket as those see it who answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import ActionView, user_of
from accounts.cards import said
from accounts.helpdesk.claims import LASTS, holder_of
from accounts.helpdesk.codes import Category, Status
from accounts.helpdesk.forms import MessageForm, NoteForm, PlainForm, TransferForm
from accounts.helpdesk.models import Ticket
from accounts.helpdesk.presenting import MARKS, age, conversation, deadline, facts, history
from accounts.helpdesk.queue import PARTS, Queue
from accounts.helpdesk.workflow import WORKFLOW
from accounts.rules import Action
from wacat.forms import Keyed
from wacat.workflow import InputMissing

# What is done here, by the form that it takes, and what is said then.
DEEDS: dict[str, tuple[type[Keyed], str]] = {
    "answer": (MessageForm, "Jawaban terkirim."),
    "ask": (MessageForm, "Pertanyaan terkirim."),
    "note": (NoteForm, "Catatan disimpan."),
    "transfer": (TransferForm, "Diteruskan ke kategori lain."),
    "claim": (PlainForm, "Diambil: selama satu hari hanya Bapak/Ibu yang menjawab."),
    "release": (PlainForm, "Dilepas; petugas lain dapat menjawab."),
    "settle": (PlainForm, "Dinyatakan selesai."),
}


class TicketQueue(ActionView):
    action = Action.TICKET_ANSWER

    def get(self, request: HttpRequest) -> HttpResponse:
        queue = Queue(user_of(request), request.GET)
        page, counts = queue.page(request), queue.counts()
        context = {
            "queue": queue,
            "page": page,
            "lines": [self._line(ticket) for ticket in page.rows],
            "parts": [
                (part, label, said(counts[part]) if counts.get(part) else "")
                for part, label in PARTS.items()
            ],
            "categories": Category.choices,
        }
        return render(request, "accounts/helpdesk/queue.html", context)

    def _line(self, ticket: Ticket) -> dict[str, Any]:
        return {
            "ticket": ticket,
            "mark": MARKS[Status(ticket.status)],
            "deadline": deadline(ticket),
            "age": age(ticket),
            "holder": holder_of(ticket),
        }


class TicketAnswer(ActionView):
    """A ticket with all that was said, internal notes too."""

    action = Action.TICKET_ANSWER

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(request, self._find(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        name = request.POST.get("action", "")
        if name not in DEEDS:
            raise BadRequest("Tindakan tidak dikenal.")
        make, told = DEEDS[name]
        ticket = self._find(pk)
        form = make(request.POST, request.FILES, auto_id=_ids(make))
        if not form.is_valid():
            return self._show(request, ticket, form, 422)
        try:
            WORKFLOW.advance(pk, name, form.move(user_of(request)))
        except InputMissing as error:
            form.add_error("category", error.errors["category"])
            return self._show(request, ticket, form, 422)
        messages.success(request, told)
        still = self.reachable(Ticket.objects).filter(pk=pk).exists()
        return redirect("ticket_answer", pk) if still else redirect("ticket_queue")

    def _find(self, pk: int) -> Ticket:
        rows = self.reachable(Ticket.objects)
        rows = rows.select_related("area__parent", "opened_by", "claimed_by")
        ticket: Ticket = get_object_or_404(rows, pk=pk)
        return ticket

    def _show(
        self, request: HttpRequest, ticket: Ticket, sent: Any = None, status: int = 200
    ) -> HttpResponse:
        holder = holder_of(ticket)
        shown = {
            key: sent if isinstance(sent, make) else make(auto_id=_ids(make))
            for key, make in (("form", MessageForm), ("note", NoteForm), ("transfer", TransferForm))
        }
        context = {
            **shown,
            "sent": sent,
            "plain": PlainForm(auto_id=False),
            "ticket": ticket,
            "mark": MARKS[Status(ticket.status)],
            "rows": facts(ticket, for_answerer=True),
            "page": conversation(request, ticket, internal=True),
            "history": history(ticket),
            "holder": holder,
            "until": ticket.claimed_at + LASTS if holder and ticket.claimed_at else None,
            "is_own": holder == user_of(request),
            "may_settle": bool(WORKFLOW.allowed(ticket, ["settle"])),
            "is_open": ticket.status != Status.CLOSED,
        }
        return render(request, "accounts/helpdesk/answer.html", context, status=status)


def _ids(make: type[Keyed]) -> str:
    """Several forms stand on the page; each has elements of its own."""
    return f"{make.__name__.lower()}_%s"
