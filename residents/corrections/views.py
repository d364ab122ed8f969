"""The list of corrections, and what an administrator sets; photographs."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import ActionView, user_of
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.rules import Action
from accounts.scope import may, require
from residents.corrections.claims import CLAIMS
from residents.corrections.codes import Reason
from residents.corrections.deadlines import days_of_reasons, set_days
from residents.corrections.forms import CorrectionForm, DeadlinesForm
from residents.corrections.models import Correction, CorrectionPhoto
from residents.corrections.queue import Queue, lines_of, own_claims
from residents.corrections.sending import send
from residents.services.answering import ANONYMISED
from residents.services.codes import PLACED
from residents.services.models import Service
from residents.services.returning import address_in
from wacat.keys import pressed_key
from wacat.uploads import as_picture
from wacat.workflow import WrongState

NOT_PLACED = "Data layanan ini belum diberitahukan kepada sebuah RT, jadi belum dapat dikoreksi."


class CorrectionNew(ActionView):
    """Why a service is not true. Where a correction of it is open, that one is shown instead."""

    action = Action.SERVICE_ANSWER

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        service = self._find(pk)
        if open_one := Correction.objects.open().filter(service=service).first():
            return redirect("correction_detail", open_one.pk)
        return self._show(request, service, CorrectionForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        service = self._find(pk)
        form = CorrectionForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(request, service, form, 422)
        correction = send(user_of(request), pk, form.statement, form.sent_key)
        messages.success(request, "Koreksi dikirim kepada operator.")
        onward = address_in(request.GET.get("lanjut", ""))
        return redirect(onward or reverse("correction_detail", args=[correction.pk]))

    def _find(self, pk: int) -> Service:
        rows = self.reachable(self.reachable(Service.objects.in_force()), Action.SERVICE_VIEW)
        service: Service = get_object_or_404(rows.select_related("area__parent"), pk=pk)
        if service.status not in PLACED:
            raise WrongState(NOT_PLACED)
        if service.anonymised_on:
            raise WrongState(ANONYMISED)
        return service

    def _show(
        self, request: HttpRequest, service: Service, form: CorrectionForm, status: int = 200
    ) -> HttpResponse:
        context = {"service": service, "form": form}
        return render(request, "residents/corrections/new.html", context, status=status)


class CorrectionList(ActionView):
    """For operators the queue by deadline, for an RT and its kelurahan their own corrections."""

    action = Action.SERVICE_VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        queue = Queue(user_of(request), request.GET)
        page, counts = queue.page(request), queue.counts()
        context: dict[str, Any] = {
            "queue": queue,
            "page": page,
            "lines": lines_of(page.rows),
            "parts": [(part, label, counts.get(part, "")) for part, label in queue.parts.items()],
            "reasons": Reason.choices,
            "mine": own_claims(user_of(request)) if queue.answers else [],
            "may_see_truth": may(user_of(request), Action.TRUTH_VIEW),
            "key": str(uuid4()),
        }
        return render(request, "residents/corrections/list.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take up what is due first."""
        if request.POST.get("action", "") != "next":
            raise BadRequest("Tindakan tidak dikenal.")
        require(user_of(request), Action.CORRECTION_ANSWER)
        rows = Queue(user_of(request), request.GET).rows
        correction = CLAIMS.next_for(user_of(request), rows, pressed_key(request))
        if correction is None:
            messages.info(request, "Tidak ada koreksi yang bebas untuk diperiksa.")
            return redirect("correction_list")
        return redirect("correction_detail", correction.pk)


class CorrectionPicture(ActionView):
    """A photograph, for those who see its correction; that it was looked at is recorded."""

    action = Action.SERVICE_VIEW

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        corrections = self.reachable(Correction.objects)
        rows = CorrectionPhoto.objects.filter(correction__in=corrections).exclude(file="")
        photo = get_object_or_404(rows.select_related("correction"), pk=pk)
        record(request, Access.Kind.DOWNLOAD, photo.correction)
        return as_picture(photo.file, f"koreksi-{photo.correction_id}-{photo.pk}")


class CorrectionDeadlines(ActionView):
    """Within how many days operators answer. Holds for corrections sent from now on."""

    action = Action.CORRECTION_DEADLINE_SET

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, DeadlinesForm(days=days_of_reasons()))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = DeadlinesForm(request.POST, days=days_of_reasons())
        if not form.is_valid():
            return self._show(request, form, 422)
        changed = set_days(form.days)
        words = "Batas waktu disimpan." if changed else "Tidak ada yang berubah."
        messages.success(request, words)
        return redirect("correction_deadlines")

    def _show(self, request: HttpRequest, form: DeadlinesForm, status: int = 200) -> HttpResponse:
        context = {"form": form}
        return render(request, "residents/corrections/deadlines.html", context, status=status)
