"""/evaluasi/: control and evaluation of an area in reach and a period, as page, XLSX and PDF."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator

from accounts.access import user_of
from accounts.areas.models import Area, Level
from accounts.rules import Action
from reports.evaluation import files
from reports.evaluation.counting import table_of
from reports.evaluation.measures import GROUPS
from reports.evaluation.models import EvaluationFile
from reports.evaluation.presenting import sections
from reports.evaluation.statements import silence_in
from reports.evaluation.trend import trend_of
from reports.summaries import charts
from reports.summaries.asking import PeriodPage, SummaryView, address
from reports.summaries.periods import Period
from reports.summaries.views import file_name, record_export
from reports.tasks import draw_evaluation
from wacat.drawn import hand_out, is_drawn, not_yet, wanted
from wacat.sheets import as_download
from wacat.work import hasten


class EvaluationView(SummaryView):
    """Base of the page and its files."""

    action = Action.EVALUATION_VIEW


class EvaluationPage(EvaluationView, PeriodPage):
    name, template = "evaluation", "reports/evaluation/page.html"
    period_template = "reports/evaluation/period.html"

    def context(self, area: Area, period: Period) -> dict[str, Any]:
        table = table_of(area, period)
        trend = trend_of(area, period.last)
        return {
            "total": {one.measure.key: one for part in sections(table) for one in part.total.cells},
            "sections": sections(table, lambda part: address("evaluation", part, period)),
            "silence": silence_in(area, period) if area.level in _NAMED else None,
            "trend": trend,
            "line": charts.line(
                [(one.period.last, one.percent) for one in trend if one.percent is not None]
            ),
            "groups": GROUPS,
        }


# RTs that have not reported are named in their kelurahan; above it they are counted.
_NAMED = (Level.KELURAHAN, Level.RT)


class EvaluationXlsx(EvaluationView):
    def get(self, request: HttpRequest) -> HttpResponse:
        area, period = self.area(), self.period()
        record_export(request, area)
        name = file_name(area, period, "evaluasi")
        return as_download(files.xlsx_of(table_of(area, period)), name)


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class EvaluationPdf(EvaluationView):
    """Drawn by a worker. The answer waits a little for it; else a page that asks again."""

    def get(self, request: HttpRequest) -> HttpResponse:
        area, period = self.area(), self.period()
        asked = {"area": area, "first": period.first, "last": period.last}
        with transaction.atomic():
            work, is_new = wanted(EvaluationFile, user_of(request), **asked)
            if is_new:
                hasten(draw_evaluation, work.pk)
        if not is_drawn(work):
            back = address("evaluation", area, period)
            return not_yet(request, work, back, "Kembali ke evaluasi")
        record_export(request, area)
        return hand_out(work, file_name(area, period, "evaluasi"))
