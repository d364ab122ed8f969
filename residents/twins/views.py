"""Cases: for the operator both records side by side; for an RT the moves it may object to."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import ActionView, user_of
from accounts.rules import Action
from residents.registry.models import Resident
from residents.registry.states import Status
from residents.registry.workflow import WORKFLOW as RESIDENTS
from residents.twins.cases import (
    CHOICES,
    HELD,
    TO_DECIDE,
    held_reports,
    objections,
    relocations,
    twin_of,
    with_twins,
)
from residents.twins.comparing import compare
from residents.twins.declaring import declare
from residents.twins.forms import DecideForm, DeclareForm
from residents.twins.models import OPEN, Relocation
from residents.twins.workflow import WORKFLOW
from wacat.history import latest_first, line_of
from wacat.keys import sent_key
from wacat.keyset import page_from_oldest
from wacat.pages import page_of
from wacat.workflow import InputMissing, Move

STEP_LABELS = {
    "declare": "Dinyatakan pindah",
    "object": "Keberatan diajukan",
    "uphold": "Kepindahan tetap",
    "undo": "Kepindahan dibatalkan",
}
_BOTH = tuple(
    f"{side}__{path}"
    for side in ("arrival", "departure")
    for path in ("area__parent__parent", "lodging")
)


class CaseList(ActionView):
    """Objections first, the oldest first; then held reports; the others by ``?status=``."""

    action = Action.RESIDENT_JUDGE

    def get(self, request: HttpRequest) -> HttpResponse:
        user, status = user_of(request), request.GET.get("status", TO_DECIDE)
        if status not in (TO_DECIDE, *dict(CHOICES)):
            raise BadRequest("Keadaan tidak dikenal.")
        context: dict[str, Any] = {"choices": CHOICES, "status": status}
        if status == HELD:
            page = page_from_oldest(request, held_reports(user), "reported_at")
            context |= {"page": page, "held": with_twins(user, page.rows)}
        elif status == TO_DECIDE:
            page = page_from_oldest(request, objections(user), "objected_on")
            context |= {"page": page, "cases": page.rows}
            context["waiting"] = held_reports(user).count()
        else:
            page = page_of(request, relocations(user, status))
            context |= {"page": page, "cases": page.rows}
        return render(request, "residents/twins/cases.html", context)


class CaseDetail(ActionView):
    """A declared move with both records: it stays, or it is undone."""

    action = Action.RESIDENT_JUDGE
    decisions = ("uphold", "undo")
    done = {"uphold": "Kepindahan tetap.", "undo": "Kepindahan dibatalkan."}

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(request, self._find(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        relocation, name = self._find(pk), request.POST.get("action", "")
        if name not in self.decisions:
            raise BadRequest("Tindakan tidak dikenal.")
        form = DecideForm(request.POST, auto_id=f"id_{name}_%s")
        if not form.is_valid():
            return self._show(request, relocation, (name, form))
        WORKFLOW.advance(pk, name, Move(user_of(request), form.cleaned_data, sent_key(request)))
        messages.success(request, f"{self.done[name]} Kedua RT dan Lurah diberi tahu.")
        return redirect("case_detail", pk)

    def _find(self, pk: int) -> Relocation:
        rows = self.reachable(Relocation.objects).select_related("declared_by", *_BOTH)
        relocation: Relocation = get_object_or_404(rows, pk=pk)
        return relocation

    def _show(
        self, request: HttpRequest, relocation: Relocation, bound: tuple[str, Any] | None = None
    ) -> HttpResponse:
        names = WORKFLOW.allowed(relocation, self.decisions)
        forms_by_name = {name: DecideForm(auto_id=f"id_{name}_%s") for name in names}
        if bound:
            forms_by_name[bound[0]] = bound[1]
        steps = latest_first(relocation.steps.all())
        context = {
            "relocation": relocation,
            "lines": compare(relocation.departure, relocation.arrival),
            "forms": forms_by_name,
            "form": bound[1] if bound else None,
            "opened": bound[0] if bound else "",
            "is_open": relocation.status in OPEN,
            "history": [line_of(step, STEP_LABELS[step.name]) for step in steps],
            "key": str(uuid4()),
        }
        return render(request, "residents/twins/case.html", context, status=422 if bound else 200)


class HeldCase(ActionView):
    """A held report beside the record that holds it: returned, or received as a move."""

    action = Action.RESIDENT_JUDGE

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(request, self._find(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        resident, name = self._find(pk), request.POST.get("action", "")
        if name not in ("return", "admit"):
            raise BadRequest("Tindakan tidak dikenal.")
        form_class = DeclareForm if name == "admit" else DecideForm
        form = form_class(request.POST, auto_id=f"id_{name}_%s")
        if not form.is_valid() or not self._done(request, resident, name, form):
            return self._show(request, resident, (name, form))
        messages.success(request, "Dicatat. RT dan Lurah diberi tahu.")
        return redirect("resident_detail", pk)

    def _done(self, request: HttpRequest, resident: Resident, name: str, form: forms.Form) -> bool:
        move = Move(user_of(request), form.cleaned_data, sent_key(request))
        try:
            if name == "admit":
                declare(resident.pk, move, name)
            else:
                RESIDENTS.advance(resident.pk, name, move)
        except InputMissing as error:
            for field, text in error.errors.items():
                form.add_error(field if field in form.fields else None, text)
        return form.is_valid()

    def _find(self, pk: int) -> Resident:
        rows = self.reachable(Resident.objects).select_related("area__parent__parent", "lodging")
        resident: Resident = get_object_or_404(rows, pk=pk)
        return resident

    def _show(
        self, request: HttpRequest, resident: Resident, bound: tuple[str, Any] | None = None
    ) -> HttpResponse:
        twin = twin_of(user_of(request), resident)
        name, form = bound or ("", None)
        context = {
            "resident": resident,
            "twin": twin,
            "lines": compare(twin, resident) if twin else None,
            "is_held": resident.status == Status.HELD,
            "admit_form": form if name == "admit" else DeclareForm(auto_id="id_admit_%s"),
            "return_form": form if name == "return" else DecideForm(auto_id="id_return_%s"),
            "form": form,
            "opened": name,
            "key": str(uuid4()),
        }
        return render(request, "residents/twins/held.html", context, status=422 if bound else 200)


class DepartureList(ActionView):
    """Persons of the RT who were declared to have moved away: the own records, nothing else."""

    action = Action.RELOCATION_OBJECT

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = self.reachable(Relocation.objects).select_related("departure__area__parent")
        return render(request, "residents/twins/departures.html", {"page": page_of(request, rows)})
