"""A month of an RT: *Semua benar, kecuali…*"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import ActionView, user_of
from accounts.areas.codes import code_from
from accounts.areas.models import Area, AreaStatus, Level
from accounts.rules import Action
from residents.services.answering import confirm_but
from residents.services.codes import Status
from residents.services.models import Service
from residents.services.months import Month, month_from, this_month
from residents.services.presenting import for_lines, lines_of
from residents.services.reading import seen
from wacat.keys import pressed_key, row_keys
from wacat.words import angka

# Lines of one page, the others come once these are answered: a form holds a thousand fields.
MOST = 900


@dataclass(frozen=True)
class Sums:
    """How many were made known to an RT in a month, and how many of them are unanswered."""

    area: Area
    told: int
    unanswered: int


class ServiceMonth(ActionView):
    """``?rt=`` names the RT; who answers for one alone need not say it."""

    action = Action.SERVICE_ANSWER

    def get(self, request: HttpRequest, month: str) -> HttpResponse:
        found = _month(month)
        areas = self._areas()
        area = _chosen(areas, request)
        if area is None:
            context = {"month": found, "sums": self._sums(areas, found), **_neighbours(found)}
            return render(request, "residents/services/months.html", context)
        return self._show(request, area, found)

    def post(self, request: HttpRequest, month: str) -> HttpResponse:
        found, user = _month(month), user_of(request)
        area = _chosen(self._areas(), request)
        if area is None:
            raise Http404
        but = row_keys(request.POST.getlist("except"))
        shown = row_keys(request.POST.get("shown", "").split())
        count = confirm_but(user, area.code, found, shown, but, pressed_key(request))
        if count:
            messages.success(request, f"Dicatat: {angka(count)} data layanan benar.")
        else:
            messages.info(request, "Sudah dicatat.")
        told = {"rt": area.code, **({"kecuali": " ".join(map(str, but))} if but else {})}
        return redirect(f"{reverse('service_month', args=[found])}?{urlencode(told)}")

    def _show(self, request: HttpRequest, area: Area, month: Month) -> HttpResponse:
        user = user_of(request)
        rows: Any = self.reachable(Service.objects)
        rows = for_lines(rows.told_in(*month.days).filter(area=area)).order_by("told_on", "pk")
        unanswered = list(rows.filter(status=Status.TOLD, anonymised_on=None)[: MOST + 1])
        answered = list(rows.exclude(status=Status.TOLD).defer("nik")[:MOST])
        shown = unanswered[:MOST]
        seen(user, [*shown, *answered])
        but = set(row_keys(request.GET.get("kecuali", "").split()))
        context = {
            "area": area,
            "month": month,
            "lines": lines_of(user, shown),
            "answered": answered,
            "more": len(unanswered) > MOST,
            "shown": " ".join(str(one.pk) for one in shown),
            "excepted": [one for one in shown if one.pk in but],
            "key": str(uuid4()),
            "most": MOST,
            "may_choose": "rt" in request.GET,
            **_neighbours(month),
        }
        return render(request, "residents/services/month.html", context)

    def _areas(self) -> list[Area]:
        """The RTs that the reader answers for."""
        areas = Area.objects.visible_to(user_of(self.request), Action.SERVICE_ANSWER)
        areas = areas.filter(level=Level.RT).exclude(state=AreaStatus.MERGED)
        return list(areas.select_related("parent").order_by("code"))

    def _sums(self, areas: list[Area], month: Month) -> list[Sums]:
        """Of those RTs that something was made known to."""
        rows: Any = self.reachable(Service.objects)
        is_open = Q(status=Status.TOLD, anonymised_on=None)
        counts = (
            rows.told_in(*month.days)
            .order_by()
            .values("area")
            .annotate(told=Count("pk"), unanswered=Count("pk", filter=is_open))
        )
        by_area = {one["area"]: one for one in counts}
        found = ((area, by_area[area.code]) for area in areas if area.code in by_area)
        return [Sums(area, one["told"], one["unanswered"]) for area, one in found]


def _month(text: str) -> Month:
    found = month_from(text)
    if found is None:
        raise Http404
    return found


def _chosen(areas: list[Area], request: HttpRequest) -> Area | None:
    """The named RT; the only one where none is named. Raises Http404 out of reach."""
    asked = request.GET.get("rt", "")
    if not asked:
        return areas[0] if len(areas) == 1 else None
    found = next((one for one in areas if one.code == code_from(asked)), None)
    if found is None:
        raise Http404
    return found


def _neighbours(month: Month) -> dict[str, Month | None]:
    return {"before": month.before, "after": month.after if month < this_month() else None}
