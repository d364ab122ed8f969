"""Help for every user: telling a problem or complaint, and reading what is answered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import ActionView, user_of
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.helpdesk.codes import Status
from accounts.helpdesk.forms import MessageForm, PlainForm, TicketForm
from accounts.helpdesk.models import Ticket, TicketFile
from accounts.helpdesk.opening import open_ticket
from accounts.helpdesk.presenting import MARKS, conversation, facts
from accounts.helpdesk.workflow import WORKFLOW, may_reopen
from accounts.rules import Action
from accounts.scope import may
from wacat.forms import Keyed
from wacat.pages import page_of
from wacat.uploads import as_download
from wacat.workflow import WrongState


class TicketList(ActionView):
    """One's own tickets, the latest first."""

    action = Action.TICKET_OPEN

    def get(self, request: HttpRequest) -> HttpResponse:
        page = page_of(request, self.reachable(Ticket.objects))
        context = {
            "page": page,
            "lines": [(ticket, MARKS[Status(ticket.status)]) for ticket in page.rows],
            "may_answer": may(user_of(request), Action.TICKET_ANSWER),
        }
        return render(request, "accounts/helpdesk/list.html", context)


class TicketAdd(ActionView):
    action = Action.TICKET_OPEN

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, TicketForm(user=user_of(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = TicketForm(request.POST, request.FILES, user=user_of(request))
        if not form.is_valid():
            return self._show(request, form, 422)
        try:
            ticket = open_ticket(
                user_of(request), form.chosen_area, form.sent_key, form.cleaned_data
            )
        except WrongState as error:  # what was typed is kept
            form.add_error(None, str(error))
            return self._show(request, form, 422)
        messages.success(request, f"Terkirim dengan nomor {ticket.number}.")
        return redirect("ticket_detail", ticket.pk)

    def _show(self, request: HttpRequest, form: TicketForm, status: int = 200) -> HttpResponse:
        return render(request, "accounts/helpdesk/add.html", {"form": form}, status=status)


# What the opener does, by the form that it takes, and what is said then.
DEEDS: dict[str, tuple[type[Keyed], str]] = {
    "reply": (MessageForm, "Balasan terkirim."),
    "reopen": (MessageForm, "Dibuka lagi; petugas diberi tahu."),
    "close": (PlainForm, "Terima kasih. Masalah ini dinyatakan selesai."),
}


class TicketDetail(ActionView):
    """One's own ticket and the conversation about it."""

    action = Action.TICKET_OPEN

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        ticket = self._find(pk)
        if ticket.has_news:
            Ticket.objects.filter(pk=pk).update(has_news=False)
        return self._show(request, ticket)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        name = request.POST.get("action", "")
        if name not in DEEDS:
            raise BadRequest("Tindakan tidak dikenal.")
        make, said = DEEDS[name]
        ticket, form = self._find(pk), make(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(request, ticket, form, 422)
        WORKFLOW.advance(pk, name, form.move(user_of(request)))
        messages.success(request, said)
        return redirect("ticket_detail", pk)

    def _find(self, pk: int) -> Ticket:
        rows = self.reachable(Ticket.objects).select_related("area__parent")
        ticket: Ticket = get_object_or_404(rows, pk=pk)
        return ticket

    def _show(
        self, request: HttpRequest, ticket: Ticket, sent: Any = None, status: int = 200
    ) -> HttpResponse:
        is_open = ticket.status != Status.CLOSED
        context = {
            "ticket": ticket,
            "mark": MARKS[Status(ticket.status)],
            "rows": facts(ticket, for_answerer=False),
            "page": conversation(request, ticket, internal=False),
            "writes": "reply" if is_open else "reopen" if may_reopen(ticket) else "",
            "sent": sent,
            "form": sent if isinstance(sent, MessageForm) else MessageForm(),
            "plain": PlainForm(auto_id=False) if is_open else None,
        }
        return render(request, "accounts/helpdesk/detail.html", context, status=status)


class TicketFileDownload(ActionView):
    """A file of a ticket, for its opener and who answers; recorded."""

    action = Action.TICKET_OPEN

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        own = self.reachable(Ticket.objects)
        answered = self.reachable(Ticket.objects, Action.TICKET_ANSWER)
        rows = TicketFile.objects.filter(message__ticket__in=own | answered).exclude(file="")
        found = get_object_or_404(rows.select_related("message__ticket"), pk=pk)
        record(request, Access.Kind.DOWNLOAD, found.message.ticket)
        return as_download(found.file, f"{found.message.ticket.number}-{pk}")
