"""The form F-1.15 as PDF: of one resident, and blank for paper."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator

from accounts.access import ActionView, user_of, wrong_state
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.rules import Action
from residents.f115.files import blank_pdf
from residents.f115.models import FormFile
from residents.f115.printable import is_printable
from residents.registry.models import Resident
from residents.tasks import draw_form
from wacat.drawn import hand_out, is_drawn, not_yet, wanted
from wacat.work import hasten

OUT_OF_USE = "Catatan ini sudah tidak dipakai, jadi formulirnya tidak dapat dicetak."


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class FormPdf(ActionView):
    """Drawn by a worker. The form shows the NIK whole: taking it is recorded."""

    action = Action.RESIDENT_REVEAL

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = self.reachable(self.reachable(Resident.objects), Action.RESIDENT_VIEW)
        resident: Resident = get_object_or_404(rows, pk=pk)
        if not is_printable(resident):
            return wrong_state(request, OUT_OF_USE)
        work = self._work(request, resident)
        if not is_drawn(work):
            page = reverse("resident_detail", args=[pk])
            return not_yet(request, work, page, resident.full_name)
        record(request, Access.Kind.DOWNLOAD, resident)
        return hand_out(work, f"f115-{pk}")

    def _work(self, request: HttpRequest, resident: Resident) -> FormFile:
        asked = {"resident": resident, "area_id": resident.area_id}
        with transaction.atomic():
            work, is_new = wanted(FormFile, user_of(request), **asked)
            if is_new:
                hasten(draw_form, work.pk)
        return work


class BlankForm(ActionView):
    """The form for paper, with nobody's data."""

    action = Action.RESIDENT_VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        response = HttpResponse(blank_pdf(), content_type="application/pdf")
        response["Content-Disposition"] = 'attachment; filename="f115-kosong.pdf"'
        return response
