"""*Pindah alamat* of one person: the page that asks, and the deed on the resident's own page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from accounts.access import ActionView, user_of
from accounts.rules import Action
from residents.families.members import hold_families
from residents.grouping.deeds import was_done
from residents.grouping.forms import MoveForm
from residents.grouping.pages import answer, ask
from residents.registry.models import Resident
from residents.registry.panels import Page
from residents.registry.states import ACTIVE
from residents.registry.workflow import WORKFLOW
from wacat.keys import sent_key
from wacat.workflow import WrongState


class ResidentMove(ActionView):
    """Asks where to and since when; its form is sent to the resident's own page."""

    action = Action.RESIDENT_ENTER

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        resident = _must_live_here(get_object_or_404(self.reachable(Resident.objects), pk=pk))
        form = MoveForm(people=[resident], user=user_of(request))
        return ask(request, form, _around(resident))


def move(page: Page, request: HttpRequest, resident: Resident) -> HttpResponse:
    """The posted ``move`` on a resident's page. A repeated key changes nothing."""
    user = user_of(request)
    hold_families([resident.pk])
    locked = Resident.objects.select_for_update(of=("self",)).get(pk=resident.pk)
    if was_done([locked], user, MoveForm.name, sent_key(request)):
        return redirect("resident_detail", locked.pk)
    form = MoveForm(request.POST, people=[_must_live_here(locked)], user=user)
    return answer(request, form, _around(locked))


def _must_live_here(resident: Resident) -> Resident:
    if resident.status not in ACTIVE:
        raise WrongState(WORKFLOW.wrong_state)
    return resident


def _around(resident: Resident) -> dict[str, Any]:
    home = reverse("resident_detail", args=[resident.pk])
    return {"whose": resident.full_name, "home": home}
