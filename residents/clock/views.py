"""The task list of whoever enters residents: who stays, who has left."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date

from accounts.access import ActionView, user_of
from accounts.rules import Action
from residents.clock.answering import gone, stays
from residents.clock.tasks import Done, done_line, done_today, lines_of, open_tasks
from residents.registry.models import Resident
from wacat.keys import pressed_key, row_key
from wacat.keyset import page_from_oldest
from wacat.workflow import WrongState


class TaskList(ActionView):
    """Those overdue and those whose stay ends soon, the oldest first; each answered by one tap.

    Without script an answer comes back to the list; with it the row is replaced where it stands.
    """

    action = Action.RESIDENT_ENTER

    def get(self, request: HttpRequest) -> HttpResponse:
        page = page_from_oldest(request, open_tasks(user_of(request)), "stays_until")
        context = {
            "page": page,
            "lines": lines_of(page.rows),
            "done": done_today(user_of(request)),
            "after": request.GET.get("sesudah", ""),
        }
        return render(request, "residents/clock/list.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        in_place = bool(request.headers.get("HX-Request"))
        try:
            line = done_line(self._answered(request))
        except WrongState as error:
            if not in_place:
                raise
            messages.warning(request, str(error))
            # The list is read anew; htmx would not show the page of a 409.
            return HttpResponse(status=409, headers={"HX-Refresh": "true"})
        if in_place:
            return render(request, "residents/clock/_done.html", {"line": line, "fresh": True})
        messages.success(request, _said(line))
        return redirect(_back(request))

    def _answered(self, request: HttpRequest) -> Resident:
        user, key = user_of(request), pressed_key(request)
        pk = row_key(request.POST.get("resident", ""))
        if pk is None:
            raise BadRequest("Warga tidak dikenal.")
        match request.POST.get("action", ""):
            case "stays":
                return stays(user, pk, key, seen_end(request))
            case "gone":
                return gone(user, pk, key)
        raise BadRequest("Tindakan tidak dikenal.")


def seen_end(request: HttpRequest) -> date | None:
    """The end of the stay that the page showed; None where it was not sent."""
    try:
        return parse_date(request.POST.get("until", ""))
    except ValueError:
        return None


def _said(line: Done | None) -> str:
    return f"Dicatat. {line.what}" if line else "Sudah dicatat."


def _back(request: HttpRequest) -> str:
    """The start page, or the same page of the list."""
    if request.POST.get("from") == "start":
        return reverse("start")
    query: Any = request.GET.urlencode()
    return f"{reverse('task_list')}?{query}" if query else reverse("task_list")
