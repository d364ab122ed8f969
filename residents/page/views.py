"""A resident's own page: the record, what the rooms say about it, and what is done to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.access import ActionView, user_of
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.rules import Action
from accounts.scope import reach, require
from residents.families.heads import HEAD_TAKEN, ONE_HEAD
from residents.page.rooms import DEEDS, PANELS
from residents.page.story import story_of
from residents.registry import forms as small
from residents.registry.models import Resident
from residents.registry.next_ones import next_ones
from residents.registry.panels import Panel
from residents.registry.presenting import NUMBERS, actions_for, summary_of
from residents.registry.states import GONE, Status
from residents.registry.twice import AlreadyHere
from residents.registry.warnings import warnings_of
from residents.registry.workflow import WORKFLOW
from residents.twins.reporting import HELD, report
from wacat.keys import sent_key
from wacat.workflow import InputMissing, Move, WrongState, refusing


class ResidentPage(ActionView):
    """A resident: the check page of a draft, afterwards the record with its actions.

    ``handlers`` maps the posted ``action`` to the rule it needs and the method that does it;
    a room above may extend it. The deeds of the rooms beside it are in ``residents.page.rooms``.
    """

    action = Action.RESIDENT_VIEW
    template = "residents/page/detail.html"
    handlers: ClassVar[dict[str, tuple[Action, str]]] = {
        "report": (Action.RESIDENT_ENTER, "do_report"),
        "return": (Action.RESIDENT_JUDGE, "do_return"),
        "verify": (Action.RESIDENT_JUDGE, "do_verify"),
        "end": (Action.RESIDENT_ENTER, "do_end"),
        "reopen": (Action.RESIDENT_ENTER, "do_reopen"),
        "extend": (Action.RESIDENT_ENTER, "do_extend"),
        "discard": (Action.RESIDENT_ENTER, "do_discard"),
        "reveal": (Action.RESIDENT_REVEAL, "do_reveal"),
    }

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(request, self.find(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        name = request.POST.get("action", "")
        action, do = self._deed(name)
        require(user_of(request), action)
        resident = self.find(pk, action)
        if resident.anonymised_on:
            raise WrongState("Data pribadi warga ini sudah dihapus sesuai masa simpan.")
        try:
            return do(request, resident)
        except InputMissing as error:
            return self.show(request, resident, errors=error.errors, status=422)

    def _deed(self, name: str) -> tuple[Action, Callable[[HttpRequest, Resident], HttpResponse]]:
        if name in self.handlers:
            action, method = self.handlers[name]
            return action, getattr(self, method)
        if name in DEEDS:
            action, deed = DEEDS[name]
            return action, partial(deed, self)
        raise BadRequest("Tindakan tidak dikenal.")

    def find(self, pk: int, action: Action = Action.RESIDENT_VIEW) -> Resident:
        """The resident whom the user may see and on whom they have the action, or 404."""
        rows = self.reachable(self.reachable(Resident.objects), action)
        return get_object_or_404(rows.select_related("area__parent__parent", "lodging"), pk=pk)

    def show(
        self,
        request: HttpRequest,
        resident: Resident,
        status: int = 200,
        **extra: Any,
    ) -> HttpResponse:
        bound = extra.get("bound")
        made = [one for panel in PANELS if (one := panel(request, resident, bound))]
        told = story_of(user_of(request), resident)
        context = {
            "first_panels": [render_panel(request, one) for one in made if one.first],
            "panels": [render_panel(request, one) for one in made if not one.first],
            "resident": resident,
            "rows": summary_of(resident, revealed=extra.get("revealed", False)),
            "warnings": warnings_of(resident),
            "history": told.lines,
            "earlier": told.earlier,
            "returned_for": told.returned_for,
            "actions": actions_for(user_of(request), resident, bound),
            "key": str(uuid4()),
            "next_ones": next_ones(user_of(request), resident),
            "may_edit": self._may(resident, Action.RESIDENT_ENTER)
            and resident.status not in (Status.ENDED, *GONE),
            "may_reveal": self._may(resident, Action.RESIDENT_REVEAL)
            and any(getattr(resident, name) for name in NUMBERS),
            **self.more_context(request, resident),
            **extra,
        }
        return render(request, self.template, context, status=status)

    def more_context(self, request: HttpRequest, resident: Resident) -> dict[str, Any]:
        """What a room above adds to the page."""
        return {}

    def do_report(self, request: HttpRequest, resident: Resident) -> HttpResponse:
        overridden = " ".join(warnings_of(resident))[:500]
        try:
            outcome = report(resident.pk, self.move(request, note=overridden))
        except AlreadyHere as error:
            extra = {"errors": error.errors, "twin": error.twin}
            return self.show(request, resident, status=422, **extra)
        if outcome.row.status == Status.HELD:
            messages.warning(request, HELD)
        else:
            messages.success(request, "Laporan terkirim ke kelurahan dan Disdukcapil.")
        return redirect("resident_detail", resident.pk)

    def do_verify(self, request: HttpRequest, resident: Resident) -> HttpResponse:
        return self._advance(request, resident, "verify", "Laporan diverifikasi.")

    def do_return(self, request: HttpRequest, resident: Resident) -> HttpResponse:
        return self._with(small.ReturnForm, request, resident, "return", "Laporan dikembalikan.")

    def do_end(self, request: HttpRequest, resident: Resident) -> HttpResponse:
        return self._with(small.EndForm, request, resident, "end", "Masa tinggal diakhiri.")

    def do_reopen(self, request: HttpRequest, resident: Resident) -> HttpResponse:
        return self._advance(request, resident, "reopen", "Masa tinggal dibuka lagi.")

    def do_discard(self, request: HttpRequest, resident: Resident) -> HttpResponse:
        return self._advance(request, resident, "discard", "Isian dibuang.")

    def do_extend(self, request: HttpRequest, resident: Resident) -> HttpResponse:
        return self._with(
            small.ExtendForm, request, resident, "extend", "Masa tinggal diperpanjang."
        )

    def do_reveal(self, request: HttpRequest, resident: Resident) -> HttpResponse:
        record(request, Access.Kind.REVEAL, resident)
        return self.show(request, resident, revealed=True)

    def _may(self, resident: Resident, action: Action) -> bool:
        return resident.lies_within(reach(user_of(self.request), action))

    def move(self, request: HttpRequest, **data: Any) -> Move:
        return Move(user_of(request), data, sent_key(request))

    def _with(
        self,
        form_class: type[forms.Form],
        request: HttpRequest,
        resident: Resident,
        name: str,
        done: str,
    ) -> HttpResponse:
        form = form_class(request.POST, auto_id=f"id_{name}_%s")
        if not form.is_valid():
            return self.show(request, resident, status=422, bound=(name, form))
        data = dict(form.cleaned_data)
        if name == "end":
            data = small.told_of_end(data)
        try:
            return self._advance(request, resident, name, done, **data)
        except InputMissing as error:
            for field, text in error.errors.items():
                form.add_error(field if field in form.fields else None, text)
            return self.show(request, resident, status=422, bound=(name, form))

    def _advance(
        self, request: HttpRequest, resident: Resident, name: str, done: str, **data: Any
    ) -> HttpResponse:
        with refusing({ONE_HEAD: HEAD_TAKEN}):
            WORKFLOW.advance(resident.pk, name, self.move(request, **data))
        messages.success(request, done)
        return redirect(reverse("resident_detail", args=[resident.pk]))


def render_panel(request: HttpRequest, panel: Panel) -> str:
    """The panel's part of the page; its template sees the request's context, too."""
    return render_to_string(panel.template, panel.context, request)
