"""The list of services: what was made known, with the two answers on each."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import ActionView, user_of
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.rules import Action
from accounts.scope import may
from residents.services.codes import ANSWERED
from residents.services.listing import LATEST_TOLD, MOST_FOUND, Asking, nik_in
from residents.services.models import Service
from residents.services.months import this_month
from residents.services.presenting import Line, for_lines, lines_of
from residents.services.reading import seen
from wacat.pages import PAGE_SIZE
from wacat.throttle import Claim, Limit, TooMany, reserve

# A NIK can be tried out: few look-ups by each, and each in the trail.
LOOKUPS = Limit("service.lookup", 30, 10 * 60)


class ServiceList(ActionView):
    """Those in reach. A name or NIK is posted: neither belongs in an address."""

    action = Action.SERVICE_VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        asking = Asking(user_of(request), request.GET)
        page = asking.page(request)
        answered = self._answered(asking) if not asking.is_asked and asking.is_rt else []
        seen(asking.user, page.rows)
        context = {"page": page, "answered": lines_of(asking.user, answered)}
        return self._answer(request, asking, page.rows, context)

    def post(self, request: HttpRequest) -> HttpResponse:
        asking = Asking(user_of(request), request.GET)
        text = " ".join(request.POST.get("q", "").replace("\0", " ").split())[:100]
        nik = nik_in(text)
        if nik:
            try:
                reserve(Claim(LOOKUPS, str(asking.user.pk)))
            except TooMany as error:
                context = {"wait_minutes": int(error.wait // 60) + 1}
                return self._answer(request, asking, [], context, 429)
        rows = asking.found(text)
        if nik:
            self._note(request, asking, rows)
        found = rows[:MOST_FOUND]
        seen(asking.user, found)
        searched = {"is_search": True, "text": text, "nik": nik, "more": len(rows) > MOST_FOUND}
        return self._answer(request, asking, found, searched)

    def _note(self, request: HttpRequest, asking: Asking, rows: list[Service]) -> None:
        """In the trail: whom the look-up was about, or that it was nobody."""
        for row in rows:
            record(request, Access.Kind.LOOKUP, row)
        if not rows:
            record(request, Access.Kind.LOOKUP, Service._meta.label_lower, asking.codes[0])

    def _answered(self, asking: Asking) -> list[Service]:
        """What the RT has answered of this month's, the latest first."""
        rows = Service.objects.under(asking.codes).in_force().filter(status__in=ANSWERED)
        rows = rows.filter(told_on__range=this_month().days)
        return list(LATEST_TOLD.sort(for_lines(rows))[:PAGE_SIZE])

    def _answer(
        self,
        request: HttpRequest,
        asking: Asking,
        rows: list[Service],
        context: dict[str, Any],
        status: int = 200,
    ) -> HttpResponse:
        lines: list[Line] = lines_of(asking.user, rows)
        context |= {
            "asking": asking,
            "lines": lines,
            "month": asking.narrowed.month or this_month(),
            "this_month": this_month(),
            "may_answer": may(asking.user, Action.SERVICE_ANSWER),
            "may_place": may(asking.user, Action.SERVICE_PLACE),
            "may_receive": may(asking.user, Action.SERVICE_RECEIVE),
        }
        return render(request, "residents/services/list.html", context, status=status)
