"""The pages around letters: list, what the Lurah issues, asking for one."""

from __future__ import annotations

import re

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import ActionView, user_of
from accounts.rules import Action
from accounts.scope import may
from reports.letters.forms import LetterRequestForm
from reports.letters.models import Letter, Status
from reports.letters.queries import warnings_by_letter, with_people
from reports.letters.readiness import gaps
from reports.letters.requesting import ask, introduce
from reports.letters.resident_page import announce
from reports.letters.workflow import WORKFLOW
from residents.registry.models import Resident
from wacat.pages import page_of
from wacat.workflow import Move, WrongState

KEY = re.compile(r"[0-9]{1,18}")


class LetterList(ActionView):
    """Letters in reach, the latest first; ``?status=`` narrows."""

    action = Action.LETTER_VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        status = request.GET.get("status", "")
        if status and status not in Status.values:
            raise BadRequest("Keadaan tidak dikenal.")
        rows = self.reachable(Letter.objects)
        ready = rows.filter(status=Status.READY).count()
        rows = rows.filter(status=status) if status else rows
        context = {
            "page": page_of(request, with_people(rows)),
            "status": status,
            "choices": Status.choices,
            "ready": ready if may(user_of(request), Action.LETTER_DECIDE) else 0,
        }
        return render(request, "reports/letters/list.html", context)


class LetterReady(ActionView):
    """The Lurah's fifteen minutes: what can be issued, those without a warning preselected."""

    action = Action.LETTER_DECIDE
    most = 100

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = with_people(self.reachable(Letter.objects).filter(status=Status.READY))
        letters = list(rows.order_by("introduced_on", "pk")[: self.most])
        warnings = warnings_by_letter(letters)
        context = {
            "lines": [(letter, warnings[letter.pk]) for letter in letters],
            "chosen": sum(not warnings[letter.pk] for letter in letters),
        }
        return render(request, "reports/letters/ready.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        keys = [int(one) for one in request.POST.getlist("letter") if KEY.fullmatch(one)]
        issued, refused = 0, []
        for pk in keys[: self.most]:
            try:
                WORKFLOW.advance(pk, "issue", Move(user_of(request)))
                issued += 1
            except WrongState as error:
                refused.append(str(error))
        if issued:
            messages.success(request, f"{issued} surat terbit. PDF sedang digambar.")
        for text in dict.fromkeys(refused):
            messages.warning(request, text)
        if not keys:
            messages.warning(request, "Belum ada surat yang dipilih.")
        return redirect("letter_ready" if refused or not keys else "letter_list")


class LetterRequest(ActionView):
    """Asking for a letter for a resident and, if wished, the family."""

    action = Action.LETTER_INTRODUCE

    def get(self, request: HttpRequest, resident_pk: int) -> HttpResponse:
        resident = self._find(resident_pk)
        return self._show(request, resident, LetterRequestForm(resident=resident))

    def post(self, request: HttpRequest, resident_pk: int) -> HttpResponse:
        resident = self._find(resident_pk)
        form = LetterRequestForm(request.POST, resident=resident)
        if not form.is_valid():
            return self._show(request, resident, form, 422)
        user, data = user_of(request), form.cleaned_data
        letter = ask(user, resident, list(data["family"]), data["purpose"])
        if letter.status == Status.READY:
            return redirect("letter_detail", letter.pk)
        announce(request, letter, data["introduce"] and introduce(user, letter))
        return redirect("letter_detail", letter.pk)

    def _find(self, pk: int) -> Resident:
        return get_object_or_404(self.reachable(Resident.objects), pk=pk)

    def _show(
        self, request: HttpRequest, resident: Resident, form: LetterRequestForm, status: int = 200
    ) -> HttpResponse:
        context = {"resident": resident, "form": form, "gaps": gaps(resident)}
        return render(request, "reports/letters/request.html", context, status=status)
