"""What is asked of figures: ``?wilayah=``, ``?tanggal=`` and ``?sejak=``."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode

from accounts.access import ActionView, user_of
from accounts.areas.models import Area
from accounts.rules import Action
from accounts.scope import reach
from reports.summaries.periods import (
    Period,
    month_before,
    semester_before,
    year_before,
    year_to,
)
from wacat.clock import today
from wacat.forms import DateInput

_DAY: dict[str, Any] = {
    "widget": DateInput,
    "input_formats": ["%Y-%m-%d"],
}


class PeriodForm(forms.Form):
    """From when until when."""

    mark_optional = False
    sejak = forms.DateField(label="Sejak", **_DAY)
    tanggal = forms.DateField(label="Sampai dengan", **_DAY)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        since, until = data.get("sejak"), data.get("tanggal")
        if since and until and since > until:
            self.add_error("sejak", "Harus sebelum atau sama dengan hari terakhir.")
        return data


class SummaryView(ActionView):
    """Base of all pages and files of figures."""

    action = Action.FIGURES_VIEW

    def period(self) -> Period:
        """The asked-for one; without ``?sejak=`` since 1 January, without ``?tanggal=`` to today.

        Raises BadRequest for what is no day or no period.
        """
        last = self._day("tanggal", today())
        first = self._day("sejak", year_to(last).first)
        if first > last:
            raise BadRequest("Hari pertama harus sebelum hari terakhir.")
        return Period(first, last)

    def area(self) -> Area:
        """The asked-for area, or the widest in reach. Raises Http404 out of reach."""
        rows = Area.objects.select_related("parent__parent__parent")
        code = self.request.GET.get("wilayah", "") or reach(user_of(self.request), self.action)[0]
        if not code.isprintable():  # the database would refuse a NUL
            raise Http404
        area: Area = get_object_or_404(self.reachable(rows), code=code)
        return area

    def way_up(self, area: Area) -> list[Area]:
        """The areas above, as far as the user reaches, and the widest in reach elsewhere."""
        above: list[str] = []
        step = area.parent
        while step is not None:
            above.append(step.code)
            step = step.parent
        codes = {*above, *reach(user_of(self.request), self.action)} - {area.code}
        return list(self.reachable(Area.objects).filter(code__in=codes).order_by("code"))

    def _day(self, name: str, otherwise: date) -> date:
        text = self.request.GET.get(name, "")
        if not text:
            return otherwise
        try:
            day = date.fromisoformat(text)
        except ValueError as error:
            raise BadRequest("Tanggal harus seperti 2026-11-21.") from error
        if day.isoformat() != text:  # other spellings of ISO 8601
            raise BadRequest("Tanggal harus seperti 2026-11-21.")
        return day


class PeriodPage(SummaryView):
    """Base of pages of an area's figures, whose form asks for another period."""

    name: str  # of its address
    template: str
    period_template: str  # asks again for a period that is none

    def get(self, request: HttpRequest) -> HttpResponse:
        area = self.area()
        if {"sejak", "tanggal"} <= request.GET.keys():  # as the page's own form sends them
            form = PeriodForm(request.GET)
            if not form.is_valid():
                context = {"area": area, "form": form}
                return render(request, self.period_template, context, status=400)
        period = self.period()
        context = self._common(area, period) | self.context(area, period)
        return render(request, self.template, context)

    def context(self, area: Area, period: Period) -> dict[str, Any]:
        """What the page shows of its own."""
        raise NotImplementedError

    def _common(self, area: Area, period: Period) -> dict[str, Any]:
        """The ways to other areas, periods and files."""
        usual = usual_periods(today())
        return {
            "area": area,
            "period": period,
            "form": PeriodForm(initial={"sejak": period.first, "tanggal": period.last}),
            "way": [(one, address(self.name, one, period)) for one in self.way_up(area)],
            "periods": [
                (label, address(self.name, area, one), one == period) for label, one in usual
            ],
            "xlsx": address(f"{self.name}_xlsx", area, period),
            "pdf": address(f"{self.name}_pdf", area, period),
        }


def address(name: str, area: Area, period: Period, **more: str) -> str:
    """The address of a page or file of figures."""
    query = {"wilayah": area.code, **spelled(period), **more}
    return f"{reverse(name)}?{urlencode(query)}"


def spelled(period: Period) -> dict[str, str]:
    """The period as the address tells it; its beginning only where that is not 1 January."""
    told = {"tanggal": period.last.isoformat()}
    if period != year_to(period.last):
        told["sejak"] = period.first.isoformat()
    return told


def usual_periods(day: date) -> list[tuple[str, Period]]:
    """Those that are asked for most, as of *day*, and how they are called."""
    ended = (month_before(day), semester_before(day), year_before(day))
    return [("Tahun ini", year_to(day)), *((str(one), one) for one in ended)]
