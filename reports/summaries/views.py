"""/rekap/: the figures of an area in reach, as at a date, as page, XLSX and PDF."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator

from accounts.access import ActionView, user_of
from accounts.areas.models import Area
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.rules import Action
from accounts.scope import reach
from reports.summaries import files
from reports.summaries.breakdowns import DIMENSIONS, breakdown
from reports.summaries.figures import FIGURES, Table, table_of
from reports.summaries.models import SummaryFile
from reports.tasks import draw_summary
from wacat.clock import today
from wacat.drawn import hand_out, is_drawn, not_yet, wanted
from wacat.words import tanggal
from wacat.work import hasten

MOST_BARS = 20


class SummaryView(ActionView):
    """Base of the three: reads ``?tanggal=`` and ``?wilayah=``."""

    action = Action.FIGURES_VIEW

    def as_at(self) -> date:
        """The asked-for day, today without one. Raises BadRequest for what is no day."""
        text = self.request.GET.get("tanggal", "")
        if not text:
            return today()
        try:
            day = date.fromisoformat(text)
            if day.isoformat() != text:  # other spellings of ISO 8601
                raise ValueError
            return day
        except ValueError as error:
            raise BadRequest("Tanggal harus seperti 2026-11-21.") from error

    def area(self) -> Area:
        """The asked-for area, or the widest in reach. Raises Http404 out of reach."""
        rows = Area.objects.select_related("parent__parent__parent")
        code = self.request.GET.get("wilayah", "") or reach(user_of(self.request), self.action)[0]
        if not code.isprintable():  # the database would refuse a NUL
            raise Http404
        area: Area = get_object_or_404(self.reachable(rows), code=code)
        return area

    def table(self) -> Table:
        return table_of(self.area(), self.as_at())


class SummaryPage(SummaryView):
    def get(self, request: HttpRequest) -> HttpResponse:
        table = self.table()
        return render(request, "reports/summaries/page.html", self._context(table))

    def _context(self, table: Table) -> dict[str, Any]:
        return {
            "table": table,
            "figures": FIGURES,
            "way": self._way(table.total.area),
            "roots": Area.objects.filter(code__in=reach(user_of(self.request), self.action)),
            "bars": bars((row.area.label, row.figures["active"]) for row in table.parts),
            "dimensions": DIMENSIONS.values(),
        }

    def _way(self, area: Area) -> list[Area]:
        """The areas above, as far as the user reaches, the widest first."""
        above: list[Area] = []
        step = area.parent
        while step is not None:
            above.insert(0, step)
            step = step.parent
        codes = [one.code for one in above]
        return list(self.reachable(Area.objects).filter(code__in=codes).order_by("code"))


class SummaryBreakdown(SummaryView):
    """The active ones by what ``?menurut=`` names."""

    def get(self, request: HttpRequest) -> HttpResponse:
        dimension = DIMENSIONS.get(request.GET.get("menurut", next(iter(DIMENSIONS))))
        if dimension is None:
            raise BadRequest("Rincian tidak dikenal.")
        area, as_at = self.area(), self.as_at()
        lines = breakdown(area, as_at, dimension)
        context = {
            "area": area,
            "as_at": as_at,
            "dimension": dimension,
            "dimensions": DIMENSIONS.values(),
            "lines": lines,
            "total": sum(line.count for line in lines),
            "bars": bars((line.label, line.count) for line in lines[:MOST_BARS]),
            "caption": f"{dimension.label}, {area.label}, per {tanggal(as_at)}",
        }
        return render(request, "reports/summaries/breakdown.html", context)


class SummaryXlsx(SummaryView):
    def get(self, request: HttpRequest) -> HttpResponse:
        table = self.table()
        record_export(request, table)
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return _download(files.xlsx_of(table), kind, f"{_name(table.total.area, table.as_at)}.xlsx")


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class SummaryPdf(SummaryView):
    """Drawn by a worker. The answer waits a little for it; else a page that asks again."""

    def get(self, request: HttpRequest) -> HttpResponse:
        table = self.table()
        work = self._work(request, table)
        if not is_drawn(work):
            return not_yet(request, work, reverse("summary"), "Kembali ke rekap")
        record_export(request, table)
        return hand_out(work, _name(table.total.area, table.as_at))

    def _work(self, request: HttpRequest, table: Table) -> SummaryFile:
        """What the reader asked for a moment ago and has not been given, or a new work."""
        asked = {"area": table.total.area, "as_at": table.as_at}
        with transaction.atomic():
            work, is_new = wanted(SummaryFile, user_of(request), **asked)
            if is_new:
                hasten(draw_summary, work.pk)
        return work


def bars(values: Iterable[tuple[str, int]]) -> list[dict[str, Any]]:
    """What ``components/bars.html`` draws: the longest one as wide as there is room."""
    told = list(values)
    most = max((value for _, value in told), default=0) or 1
    return [
        {"label": label, "value": value, "width": round(100 * value / most, 1)}
        for label, value in told
    ]


def record_export(request: HttpRequest, table: Table) -> None:
    """Downloads of figures are in the trail as well."""
    record(request, Access.Kind.EXPORT, table.total.area, area=table.total.area.code)


def _name(area: Area, as_at: date) -> str:
    return f"rekap-{area.code}-{as_at.isoformat()}"


def _download(body: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
