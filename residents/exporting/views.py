"""Taking a list home: asked for, waited for, fetched once."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import ActionView, user_of
from accounts.areas.models import Area
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.rules import Action
from accounts.scope import reach
from residents.exporting import writing
from residents.exporting.formats import MOST_ROWS
from residents.exporting.forms import ExportForm
from residents.exporting.models import Export
from residents.registry.finding import Finder, addressed
from residents.tasks import write_export
from wacat.clock import today
from wacat.pages import page_of
from wacat.work import hasten

GONE = 410
TYPES = {
    Export.Format.CSV: "text/csv; charset=utf-8",
    Export.Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
NOT_BY_NIK = "Pencarian NIK tidak dapat diunduh sebagai daftar. Buka data warganya."
TOO_MANY = (
    "Lebih dari 1.048.575 warga tidak muat di satu lembar Excel. Pilih CSV, atau saring dahulu."
)


class ExportAsk(ActionView):
    """The question before: which file, of what. The list posts its own narrowing here."""

    action = Action.RESIDENT_EXPORT

    def get(self, request: HttpRequest) -> HttpResponse:
        finder = Finder(user_of(request), addressed(request.GET))
        return self._show(request, finder, self._form(finder))

    def post(self, request: HttpRequest) -> HttpResponse:
        finder = Finder(user_of(request), request.POST.dict())
        if "format" not in request.POST:
            return self._show(request, finder, self._form(finder))
        form = self._form(finder, request.POST)
        if form.is_valid() and finder.narrowing.nik:
            form.add_error(None, NOT_BY_NIK)
        if form.is_valid() and self._too_many(finder, form):
            form.add_error("format", TOO_MANY)
        if not form.is_valid():
            return self._show(request, finder, form, 422)
        return redirect("export_detail", self._ask(finder, form).pk)

    def _ask(self, finder: Finder, form: ExportForm) -> Export:
        """The row of this press of the button, an earlier one's where it was pressed before."""
        told = form.cleaned_data
        with transaction.atomic():
            export, is_new = Export.objects.get_or_create(
                key=form.sent_key,
                asked_by=finder.user,
                defaults={
                    "area_id": told["area"],
                    "asked": finder.narrowing.as_json(),
                    "format": told["format"],
                    "with_numbers": told.get("with_numbers", False),
                    "purpose": told.get("purpose", ""),
                },
            )
            if is_new and not writing.is_allowed(finder.user, export):
                raise Http404
            if is_new:
                hasten(write_export, export.pk)
        return export

    def _too_many(self, finder: Finder, form: ExportForm) -> bool:
        if form.cleaned_data["format"] != Export.Format.XLSX:
            return False
        rows = writing.rows_of(finder.user, finder.narrowing, form.cleaned_data["area"])
        return bool(rows[MOST_ROWS : MOST_ROWS + 1])

    def _form(self, finder: Finder, *data: Any) -> ExportForm:
        """Of a chosen area, else of each area that a post of the reader's is held over."""
        codes = (finder.area.code,) if finder.area else reach(finder.user, self.action)
        areas = Area.objects.under(reach(finder.user, self.action)).filter(code__in=codes)
        choices = [(area.code, area.label) for area in areas]
        if not choices:
            raise Http404
        return ExportForm(*data, areas=choices, numbers=writing.may_see_numbers(finder.user))

    def _show(
        self, request: HttpRequest, finder: Finder, form: ExportForm, status: int = 200
    ) -> HttpResponse:
        context = {
            "form": form,
            "hidden": finder.hidden,
            "narrowed": finder.in_words,
            "area": form.first_area,
        }
        return render(request, "residents/exporting/ask.html", context, status=status)


class ExportView(ActionView):
    """Base: what the reader asked for and may still have."""

    action = Action.RESIDENT_EXPORT

    def exports(self) -> Any:
        mine = self.reachable(Export.objects).filter(asked_by=user_of(self.request))
        return mine.select_related("area__parent")

    def find(self, pk: int) -> Export:
        """One's own, as far as today's posts allow what is in it; else Http404."""
        export: Export = get_object_or_404(self.exports(), pk=pk)
        if not writing.is_allowed(user_of(self.request), export):
            raise Http404
        return export

    def show(self, request: HttpRequest, export: Export, status: int = 200) -> HttpResponse:
        context = {
            "export": export,
            "state": state_of(export),
            "so_far": writing.written_so_far(export),
        }
        part = request.headers.get("HX-Request") and status == 200
        if part:
            return render(request, "residents/exporting/_progress.html", context)
        return render(request, "residents/exporting/detail.html", context, status=status)


class ExportList(ExportView):
    def get(self, request: HttpRequest) -> HttpResponse:
        page = page_of(request, self.exports())
        lines = [(export, state_of(export)) for export in page.rows]
        context = {"page": page, "lines": lines}
        return render(request, "residents/exporting/list.html", context)


class ExportPage(ExportView):
    """Its progress, and then the one button that fetches it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(request, self.find(pk))


class ExportFile(ExportView):
    """The download, by a press only: it deletes the file."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        export = self.find(pk)
        if state_of(export) == "delivered":
            return self.show(request, export, GONE)
        return redirect("export_detail", pk)

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        export = self.find(pk)
        if not writing.mark_delivered(export):
            export.refresh_from_db()
            return self.get(request, pk)
        record(request, Access.Kind.EXPORT, export)
        kind = TYPES[Export.Format(export.format)]
        response = StreamingHttpResponse(writing.take(export), content_type=kind)
        name = f"warga-{export.area_id}-{today().isoformat()}.{export.format}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


def state_of(export: Export) -> str:
    """``waiting``, ``failed``, ``ready`` or ``delivered``."""
    if export.state != Export.State.DONE:
        return str(export.state)
    return "delivered" if export.delivered_at else "ready"
