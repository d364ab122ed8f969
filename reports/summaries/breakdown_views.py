"""/rekap/rincian/: those whom a figure counts by sex, age, purpose and so on."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator

from accounts.areas.models import Area
from reports.summaries import charts, files
from reports.summaries.asking import SummaryView, address
from reports.summaries.breakdowns import breakdown, pyramid_of
from reports.summaries.dimensions import DIMENSIONS, Dimension
from reports.summaries.figures import BY_KEY, FIGURES, Figure
from reports.summaries.periods import Period
from reports.summaries.views import drawn_or_not_yet, file_name, record_export
from wacat.sheets import as_download

MOST_BARS = 20


class BreakdownView(SummaryView):
    """Base: reads ``?menurut=`` and ``?angka=`` as well."""

    def dimension(self) -> Dimension:
        key = self.request.GET.get("menurut", next(iter(DIMENSIONS)))
        if key not in DIMENSIONS:
            raise BadRequest("Rincian tidak dikenal.")
        return DIMENSIONS[key]

    def figure(self) -> Figure:
        key = self.request.GET.get("angka", "active")
        if key not in BY_KEY:
            raise BadRequest("Angka tidak dikenal.")
        return BY_KEY[key]


class SummaryBreakdown(BreakdownView):
    def get(self, request: HttpRequest) -> HttpResponse:
        context = self._context(self.area(), self.period(), self.dimension(), self.figure())
        return render(request, "reports/summaries/breakdown.html", context)

    def _context(
        self, area: Area, period: Period, dimension: Dimension, figure: Figure
    ) -> dict[str, Any]:
        lines = breakdown(area, period, dimension, figure.key)
        chosen = {"menurut": dimension.key, "angka": figure.key}

        def link(**other: str) -> str:
            return address("summary_breakdown", area, period, **{**chosen, **other})

        return {
            "area": area,
            "period": period,
            "dimension": dimension,
            "figure": figure,
            "lines": lines,
            "total": sum(line.count for line in lines),
            "bars": charts.bars((line.label, line.count) for line in lines[:MOST_BARS]),
            "pyramid": _pyramid(area, period, dimension, figure),
            "dimensions": [(one, link(menurut=one.key)) for one in DIMENSIONS.values()],
            "figures": [(one, link(angka=one.key)) for one in FIGURES],
            "back": address("summary", area, period),
            "xlsx": address("summary_breakdown_xlsx", area, period, angka=figure.key),
            "pdf": address("summary_breakdown_pdf", area, period, **chosen),
        }


class BreakdownXlsx(BreakdownView):
    """All breakdowns of one figure, a sheet each."""

    def get(self, request: HttpRequest) -> HttpResponse:
        area, period, figure = self.area(), self.period(), self.figure()
        record_export(request, area)
        told = [(one, breakdown(area, period, one, figure.key)) for one in DIMENSIONS.values()]
        return as_download(files.xlsx_of_breakdowns(told), file_name(area, period, "rincian"))


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class BreakdownPdf(BreakdownView):
    """One breakdown, drawn by a worker."""

    def get(self, request: HttpRequest) -> HttpResponse:
        area, period = self.area(), self.period()
        asked = {"dimension": self.dimension().key, "figure": self.figure().key}
        name = file_name(area, period, f"rincian-{asked['dimension']}")
        return drawn_or_not_yet(request, area, period, asked, name)


def _pyramid(area: Area, period: Period, dimension: Dimension, figure: Figure) -> Any:
    """Drawn beside the ages of those who stay."""
    if (dimension.key, figure.key) != ("umur", "active"):
        return None
    found = pyramid_of(area, period)
    return {"pairs": charts.pairs(found), "unknown": found.unknown}
