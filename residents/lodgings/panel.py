"""Where somebody lives, on their own page, and the way to somewhere else."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.access import user_of
from accounts.rules import Action
from accounts.scope import reach
from residents.grouping.single import move
from residents.registry.models import Resident
from residents.registry.panels import Bound, Deeds, Panel
from residents.registry.states import ACTIVE


def panel(request: HttpRequest, resident: Resident, bound: Bound) -> Panel | None:
    """The lodging, for all who see the resident; *Pindah alamat* for those who enter residents."""
    may_enter = resident.lies_within(reach(user_of(request), Action.RESIDENT_ENTER))
    may_move = may_enter and resident.status in ACTIVE
    if not resident.lodging and not may_move:
        return None
    context = {"resident": resident, "lodging": resident.lodging, "may_move": may_move}
    return Panel("residents/lodgings/panel.html", context)


DEEDS: Deeds = {"move": (Action.RESIDENT_ENTER, move)}
