"""The form F-1.15 on a resident's page."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.access import user_of
from accounts.rules import Action
from accounts.scope import reach
from residents.f115.printable import is_printable
from residents.registry.models import Resident
from residents.registry.panels import Bound, Panel
from residents.registry.states import REPORTABLE


def panel(request: HttpRequest, resident: Resident, bound: Bound) -> Panel | None:
    """Where to download it; nothing for who may not see the NIK that stands on it."""
    reaches = resident.lies_within(reach(user_of(request), Action.RESIDENT_REVEAL))
    if not reaches or not is_printable(resident):
        return None
    context = {"resident": resident, "is_draft": resident.status in REPORTABLE}
    return Panel("residents/f115/panel.html", context)
