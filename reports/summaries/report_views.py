"""/rekap/laporan/: the monthly and semester reports, as pages and files."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import ActionView, user_of
from accounts.areas.models import Area
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.rules import Action
from accounts.scope import may, reach
from reports.summaries.report_asking import Answer, ask
from reports.summaries.report_forms import ReportForm
from reports.summaries.report_models import REPORTED_ON, Report
from reports.summaries.report_showing import shown
from wacat.pages import page_of
from wacat.uploads import as_download

KINDS = (("bulan", "Bulanan"), ("semester", "Semesteran"))
_LONGER_THAN_A_MONTH = {"last__gt": F("first") + timedelta(days=31)}
SAID = {
    Answer.MADE: "Laporan sedang dibuat.",
    Answer.WAITING: "Laporan ini sudah diminta dan sedang dibuat.",
    Answer.REVISED: "Angkanya sudah berubah. Revisi laporan sedang dibuat.",
    Answer.UNCHANGED: (
        "Tidak ada angka yang berubah sejak laporan ini dibuat, jadi tidak ada revisi baru."
    ),
}


class ReportView(ActionView):
    """Base: reports in reach."""

    action = Action.REPORT_VIEW

    def reports(self) -> QuerySet[Report]:
        rows: QuerySet[Report] = self.reachable(Report.objects)
        return rows.select_related("area")

    def find(self, pk: int) -> Report:
        return get_object_or_404(self.reports(), pk=pk)


class ReportList(ReportView):
    """The latest first; ``?wilayah=`` and ``?jenis=`` narrow."""

    def get(self, request: HttpRequest) -> HttpResponse:
        areas = list(self.reachable(Area.objects).filter(level__in=REPORTED_ON).order_by("code"))
        area, kind = request.GET.get("wilayah", ""), request.GET.get("jenis", "")
        if area and area not in {one.code for one in areas}:
            raise Http404
        rows = self._narrowed(area, kind).with_successor().defer("numbers", "late")
        context = {
            "page": page_of(request, rows),
            "areas": areas,
            "area": area,
            "kinds": KINDS,
            "kind": kind,
            "may_build": may(user_of(request), Action.REPORT_BUILD),
        }
        return render(request, "reports/summaries/report_list.html", context)

    def _narrowed(self, area: str, kind: str) -> Any:
        if kind and kind not in dict(KINDS):
            raise BadRequest("Jenis laporan tidak dikenal.")
        rows: Any = self.reports().filter(area=area) if area else self.reports()
        if not kind:
            return rows
        is_long = kind == "semester"
        return (rows.filter if is_long else rows.exclude)(**_LONGER_THAN_A_MONTH)


class ReportAdd(ActionView):
    """Which area and period: one press makes one report, the same press leads to the same."""

    action = Action.REPORT_BUILD

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = {"wilayah": request.GET.get("wilayah", "")}
        return self._show(request, ReportForm(areas=self._areas(), initial=asked))

    def post(self, request: HttpRequest) -> HttpResponse:
        areas = self._areas()
        if request.POST.get("wilayah", "") not in {"", *(area.code for area in areas)}:
            raise Http404
        form = ReportForm(request.POST, areas=areas)
        if not form.is_valid():
            return self._show(request, form, 422)
        report, answer = ask(user_of(request), form.area, form.period)
        messages.success(request, SAID[answer])
        return redirect("report_detail", report.pk)

    def _areas(self) -> list[Area]:
        rows = self.reachable(Area.objects).filter(level__in=REPORTED_ON)
        return list(rows.order_by("code"))

    def _show(self, request: HttpRequest, form: ReportForm, status: int = 200) -> HttpResponse:
        return render(request, "reports/summaries/report_add.html", {"form": form}, status=status)


class ReportDetail(ReportView):
    """What it says; while it is being made, how far that is."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows: Any = self.reports()
        report = get_object_or_404(rows.with_successor().select_related("asked_by"), pk=pk)
        codes = reach(user_of(request), Action.REPORT_BUILD)
        context = {
            "report": report,
            "told": shown(report),
            "may_build": report.lies_within(codes),
        }
        if request.headers.get("HX-Request"):
            return render(request, "reports/summaries/report_body.html", context)
        return render(request, "reports/summaries/report.html", context)


class ReportPdf(ReportView):
    """The PDF as it was built; taking it is recorded."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        report = self.find(pk)
        if not report.is_done:
            return redirect("report_detail", report.pk)
        record(request, Access.Kind.EXPORT, report)
        return as_download(report.pdf, report.file_name)


class ReportXlsx(ReportView):
    """The same as a spreadsheet."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        report = self.find(pk)
        if not report.is_done:
            return redirect("report_detail", report.pk)
        record(request, Access.Kind.EXPORT, report)
        return as_download(report.xlsx, report.file_name)
