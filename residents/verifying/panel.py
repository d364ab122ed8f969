"""On a resident's page: who is judging the report, and taking it up; the way back to the queue."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.access import user_of
from accounts.rules import Action
from accounts.scope import reach
from residents.registry.models import Resident
from residents.registry.panels import Bound, Deeds, Page, Panel
from residents.verifying.claims import CLAIMABLE, CLAIMS
from wacat.keys import pressed_key


def panel(request: HttpRequest, resident: Resident, bound: Bound) -> Panel | None:
    """For operators alone. Whoever is at the report holds it for another while by opening it."""
    user = user_of(request)
    if not resident.lies_within(reach(user, Action.RESIDENT_JUDGE)):
        return None
    context: dict[str, Any] = {"resident": resident, "key": str(uuid4()), "waits": False}
    if resident.status in CLAIMABLE:
        held = CLAIMS.holder_of(resident)
        is_own = held is not None and held.operator_id == user.pk
        if held and is_own:
            CLAIMS.renew(held)
        context.update(waits=True, claim=held, is_own=is_own)
    return Panel("residents/verifying/panel.html", context, first=True)


def _claim(page: Page, request: HttpRequest, resident: Resident) -> HttpResponse:
    CLAIMS.claim(user_of(request), resident.pk, pressed_key(request))
    return redirect("resident_detail", resident.pk)


def _release(page: Page, request: HttpRequest, resident: Resident) -> HttpResponse:
    CLAIMS.release(user_of(request), resident.pk)
    messages.success(request, "Laporan dilepas; petugas lain dapat memeriksanya.")
    return redirect("resident_detail", resident.pk)


DEEDS: Deeds = {
    "claim": (Action.RESIDENT_JUDGE, _claim),
    "release": (Action.RESIDENT_JUDGE, _release),
}
