"""The family, on the page of each of its members."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.access import user_of
from accounts.rules import Action
from accounts.scope import reach
from residents.families.members import LIVING, head_among, members_of, others_of_the_kk
from residents.registry.models import Resident
from residents.registry.panels import Bound, Deeds, Panel


def panel(request: HttpRequest, resident: Resident, bound: Bound) -> Panel | None:
    """Its members and relations, or how to found one; one query."""
    user = user_of(request)
    may_enter = resident.lies_within(reach(user, Action.RESIDENT_ENTER))
    may_arrange = may_enter and resident.status in LIVING
    if resident.family_id is None and not may_arrange:
        return None
    rows = Resident.objects.visible_to(user, Action.RESIDENT_VIEW)
    members = list(members_of(rows, resident.family_id)) if resident.family_id else []
    context = {
        "resident": resident,
        "members": members,
        "head": head_among(members),
        "same_kk": 0 if resident.family_id else others_of_the_kk(resident).count(),
        "may_arrange": may_arrange,
    }
    return Panel("residents/families/panel.html", context)


DEEDS: Deeds = {}
