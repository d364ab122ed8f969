"""The list of residents in reach."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from accounts.access import ActionView, user_of
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.rules import Action
from accounts.scope import may, reach
from residents.drafts.keeping import open_drafts
from residents.registry.finding import Finder, addressed
from residents.registry.models import Resident
from residents.registry.narrowing import TooManyLodgings
from wacat.throttle import Claim, Limit, TooMany, reserve

# A NIK can be tried out: few look-ups by each, and each in the trail.
LOOKUPS = Limit("resident.lookup", 30, 10 * 60)


class ResidentList(ActionView):
    """Those in reach. What is typed is posted: names and numbers do not belong in addresses."""

    action = Action.RESIDENT_VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, Finder(user_of(request), addressed(request.GET)))

    def post(self, request: HttpRequest) -> HttpResponse:
        asked = {**addressed(request.GET), **request.POST.dict()}
        finder = Finder(user_of(request), asked)
        if not finder.is_valid:
            return draw_filter(request, finder)
        if not finder.is_private:
            query = f"?{finder.query}" if finder.query else ""
            return HttpResponseRedirect(f"{reverse('resident_list')}{query}")
        try:
            return self._found(request, finder)
        except TooManyLodgings:
            finder.refuse_lodgings()
            return draw_filter(request, finder)

    def _found(self, request: HttpRequest, finder: Finder) -> HttpResponse:
        if not finder.narrowing.nik:
            return self._show(request, finder)
        try:
            reserve(Claim(LOOKUPS, str(finder.user.pk)))
        except TooMany as error:
            minutes = int(error.wait // 60) + 1
            return self._answer(request, {"finder": finder, "wait_minutes": minutes}, 429)
        return self._looked_up(request, finder)

    def _looked_up(self, request: HttpRequest, finder: Finder) -> HttpResponse:
        """The answer, with a note in the trail on whom it was about, or that it was nobody."""
        page = finder.page(request)
        for resident in page.rows:
            record(request, Access.Kind.LOOKUP, resident)
        if not page.rows:
            area = reach(finder.user, Action.RESIDENT_VIEW)[0]
            record(request, Access.Kind.LOOKUP, Resident._meta.label_lower, area)
        return self._answer(request, {"finder": finder, "page": page})

    def _show(self, request: HttpRequest, finder: Finder) -> HttpResponse:
        return self._answer(request, {"finder": finder, "page": finder.page(request)})

    def _answer(
        self, request: HttpRequest, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        user = user_of(request)
        enters = may(user, Action.RESIDENT_ENTER)
        context |= {
            "form": context["finder"].form,
            "may_enter": enters,
            "may_import": may(user, Action.RESIDENT_IMPORT),
            "may_export": may(user, Action.RESIDENT_EXPORT),
            "drafts": open_drafts(user) if enters and request.method == "GET" else [],
        }
        return render(request, "residents/registry/list.html", context, status=status)


class ResidentFilter(ActionView):
    """The form by which the list is narrowed, with what was asked for till now."""

    action = Action.RESIDENT_VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        return draw_filter(request, Finder(user_of(request), addressed(request.GET)))

    def post(self, request: HttpRequest) -> HttpResponse:
        return draw_filter(request, Finder(user_of(request), request.POST.dict()))


def draw_filter(request: HttpRequest, finder: Finder) -> HttpResponse:
    """The form on a page of its own: most who open the list never ask for it."""
    status = 200 if finder.is_valid else 422
    return render(request, "residents/registry/filter.html", {"form": finder.form}, status=status)
