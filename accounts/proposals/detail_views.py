"""A proposal's own page, with what is done to it."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import ActionView, user_of
from accounts.issuing.batches import issue, was_pressed
from accounts.proposals.cautions import cautions_for, handover_of
from accounts.proposals.forms import IssueForm, ReturnForm, WithdrawForm
from accounts.proposals.models import OPEN, Proposal
from accounts.proposals.offices import KETUA_RT, LURAH, Office
from accounts.proposals.presenting import actions_for, history_of, mark_of, may_edit, summary_of
from accounts.proposals.workflow import WORKFLOWS
from accounts.rules import Action
from accounts.scope import reach, require
from wacat.keys import pressed_key
from wacat.workflow import InputMissing, Move


class ProposalPage(ActionView):
    """A proposal of ``office``. ``forms`` holds what an action asks for."""

    office: ClassVar[Office]
    template = "accounts/proposals/detail.html"
    forms: ClassVar[dict[str, type[forms.Form]]] = {
        "withdraw": WithdrawForm,
        "return": ReturnForm,
        "issue": IssueForm,
    }
    done: ClassVar[dict[str, str]] = {
        "propose": "Usulan dikirim lagi.",
        "withdraw": "Usulan ditarik.",
        "return": "Usulan dikembalikan kepada pengusul.",
        "issue": "Akun diterbitkan.",
    }

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(request, self._find(pk, self.office.action))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        name = request.POST.get("action", "")
        transition = WORKFLOWS[self.office.role].transitions.get(name)
        if transition is None:
            raise BadRequest("Tindakan tidak dikenal.")
        require(user_of(request), transition.action)
        proposal = self._find(pk, transition.action)
        form = self.forms.get(name, forms.Form)(request.POST, auto_id=f"id_{name}_%s")
        if not form.is_valid():
            return self._show(request, proposal, 422, bound=(name, form))
        try:
            return redirect(self._do(request, name, pk, form.cleaned_data))
        except InputMissing as error:
            for field, text in error.errors.items():
                form.add_error(field if field in form.fields else None, text)
            return self._show(request, proposal, 422, bound=(name, form))

    def _do(self, request: HttpRequest, name: str, pk: int, data: dict[str, Any]) -> str:
        """Advance the proposal; the address to go to."""
        user, key = user_of(request), pressed_key(request)
        if name == "issue":
            repeated = was_pressed(user, key)
            sheets = issue([pk], user, key, data["username"])
        else:
            move = Move(user, data, key)
            repeated = WORKFLOWS[self.office.role].advance(pk, name, move).repeated
            sheets = []
        if not repeated:
            messages.success(request, self.done[name])
        return reverse("slip_sheet", args=[sheets[0].pk]) if sheets else self.office.detail_url(pk)

    def _find(self, pk: int, action: Action) -> Proposal:
        """The proposal that the user may see and on which they have the action, or 404."""
        rows = self.reachable(Proposal.objects.filter(role=self.office.role))
        related = ("area__parent", "by_post__area__parent", "proposed_by", "mandate", "user")
        rows = self.reachable(rows, action).select_related(*related)
        found: Proposal = get_object_or_404(rows, pk=pk)
        return found

    def _show(
        self, request: HttpRequest, proposal: Proposal, status: int = 200, **extra: Any
    ) -> HttpResponse:
        user, is_open = user_of(request), proposal.status in OPEN
        context = {
            "proposal": proposal,
            "mark": mark_of(proposal),
            "rows": summary_of(proposal),
            "cautions": cautions_for(proposal) if is_open else [],
            "handover": handover_of(proposal) if is_open else [],
            "history": history_of(proposal),
            "actions": actions_for(user, proposal, extra.get("bound")),
            "edit_url": self.office.edit_url(proposal.pk) if may_edit(user, proposal) else "",
            "may_see_account": proposal.lies_within(reach(user, Action.ACCOUNT_VIEW)),
            "key": str(uuid4()),
        }
        return render(request, self.template, context, status=status)


class LurahPage(ProposalPage):
    action = Action.LURAH_PROPOSE
    office = LURAH


class KetuaRtPage(ProposalPage):
    action = Action.KETUA_RT_PROPOSE
    office = KETUA_RT
