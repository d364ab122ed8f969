"""The list of residents in reach."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import ActionView, user_of
from accounts.rules import Action
from accounts.scope import may
from residents.registry.finding import Finder
from residents.registry.models import Resident
from wacat.pages import PAGE_SIZE, Page, page_of


class ResidentList(ActionView):
    """Those in reach, the latest first. A search is a POST: names do not belong in addresses."""

    action = Action.RESIDENT_VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, Finder(request.GET))

    def post(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, Finder(request.GET, request.POST.get("q", "")))

    def _show(self, request: HttpRequest, finder: Finder) -> HttpResponse:
        rows = finder.narrow(self.reachable(Resident.objects)).select_related("area__parent")
        context = {
            "finder": finder,
            "page": self._found(request, rows) if finder.text else page_of(request, rows),
            "may_enter": may(user_of(request), Action.RESIDENT_ENTER),
        }
        return render(request, "residents/registry/list.html", context)

    def _found(self, request: HttpRequest, rows: Any) -> Page:
        """One page: the address of a next one would have to hold what was searched for."""
        found = list(rows.order_by("-pk")[: PAGE_SIZE + 1])
        if len(found) > PAGE_SIZE:
            messages.info(request, f"Lebih dari {PAGE_SIZE} warga cocok. Ketik nama lebih lengkap.")
        return Page(found[:PAGE_SIZE], next_url="", previous_url="")
