"""*Siap diterbitkan*: the administrator issues one account, a kelurahan's, or all of them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import ActionView, user_of
from accounts.issuing.batches import issue, was_pressed
from accounts.issuing.waiting import groups_of
from accounts.proposals.models import Proposal, Status
from accounts.rules import Action
from wacat.keys import pressed_key, row_key, row_keys
from wacat.words import angka

OPEN_AT_ONCE = 60  # lines; more lie folded by kelurahan
NONE_CHOSEN = "Belum ada usulan yang dicentang."


class IssueReady(ActionView):
    """All proposals that wait, by kelurahan.

    One press issues all that the page showed (``up_to`` names the latest), or the ticked ones.
    """

    action = Action.ACCOUNT_ISSUE

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        user, key = user_of(request), pressed_key(request)
        chosen = self._chosen(request)
        pressed_before = was_pressed(user, key)  # after: what it issued is no longer waiting
        if not chosen and not pressed_before:
            return self._show(request, error=NONE_CHOSEN, status=422)
        issue(chosen, user, key)
        if not pressed_before:
            text = f"{angka(len(chosen))} akun diterbitkan. Slipnya sedang dibuat."
            messages.success(request, text)
        return redirect("slip_list")

    def _chosen(self, request: HttpRequest) -> list[int]:
        up_to = request.POST.get("up_to", "")
        if up_to:
            last = row_key(up_to)
            if last is None:
                raise BadRequest("Isian tidak dikenal.")
            return list(self._waiting().filter(pk__lte=last).values_list("pk", flat=True))
        return row_keys(request.POST.getlist("proposal"))

    def _waiting(self) -> Any:
        return self.reachable(Proposal.objects).filter(status=Status.PROPOSED)

    def _show(self, request: HttpRequest, error: str = "", status: int = 200) -> HttpResponse:
        groups = groups_of(self._waiting())
        count = sum(len(group.lines) for group in groups)
        context = {
            "groups": groups,
            "count": count,
            "unfolded": count <= OPEN_AT_ONCE,
            "up_to": max((line.proposal.pk for group in groups for line in group.lines), default=0),
            "key": str(uuid4()),
            "error": error,
        }
        return render(request, "accounts/issuing/ready.html", context, status=status)
