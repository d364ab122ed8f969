"""/rekap/: the figures of an area in reach and a period, as page, XLSX and PDF."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator

from accounts.access import user_of
from accounts.areas.models import Area
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.rules import Action
from accounts.scope import may
from reports.summaries import charts, files
from reports.summaries.asking import PeriodPage, SummaryView, address, spelled
from reports.summaries.dimensions import DIMENSIONS
from reports.summaries.figures import FIGURES, changes_of, line_of, table_of
from reports.summaries.models import SummaryFile
from reports.summaries.periods import Period
from reports.tasks import draw_summary
from wacat.drawn import hand_out, is_drawn, not_yet, wanted
from wacat.sheets import as_download
from wacat.work import hasten


class SummaryPage(PeriodPage):
    name, template = "summary", "reports/summaries/page.html"
    period_template = "reports/summaries/period.html"

    def context(self, area: Area, period: Period) -> dict[str, Any]:
        table = table_of(area, period)
        line = charts.line([(day, one["active"]) for day, one in line_of(area, period.last)])
        return {
            "table": table,
            "figures": FIGURES,
            "parts": [(row, address("summary", row.area, period)) for row in table.parts],
            "changes": changes_of(table.total.figures, table.total.before),
            "bars": charts.bars((row.area.label, row.figures["active"]) for row in table.parts),
            "line": line,
            "breakdowns": [
                (one.label, address("summary_breakdown", area, period, menurut=one.key))
                for one in DIMENSIONS.values()
            ],
            "may_release": may(user_of(self.request), Action.FIGURES_RELEASE),
        }


class SummaryXlsx(SummaryView):
    def get(self, request: HttpRequest) -> HttpResponse:
        area, period = self.area(), self.period()
        record_export(request, area)
        return as_download(files.xlsx_of(table_of(area, period)), file_name(area, period))


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class SummaryPdf(SummaryView):
    """Drawn by a worker. The answer waits a little for it; else a page that asks again."""

    def get(self, request: HttpRequest) -> HttpResponse:
        area, period = self.area(), self.period()
        return drawn_or_not_yet(request, area, period, {}, file_name(area, period))


def drawn_or_not_yet(
    request: HttpRequest, area: Area, period: Period, more: dict[str, str], name: str
) -> HttpResponse:
    """The PDF called *name*, or the page that asks again. *more* are columns of SummaryFile."""
    asked = {"area": area, "first": period.first, "as_at": period.last, **more}
    with transaction.atomic():
        work, is_new = wanted(SummaryFile, user_of(request), **asked)
        if is_new:
            hasten(draw_summary, work.pk)
    if not is_drawn(work):
        return not_yet(request, work, address("summary", area, period), "Kembali ke rekap")
    record_export(request, area)
    return hand_out(work, name)


def record_export(request: HttpRequest, area: Area) -> None:
    """Downloads of figures are in the trail as well."""
    record(request, Access.Kind.EXPORT, area, area=area.code)


def file_name(area: Area, period: Period, what: str = "rekap") -> str:
    days = [*spelled(period).values()]
    return "-".join([what, area.code, *reversed(days)])
