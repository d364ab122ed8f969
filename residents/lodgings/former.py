"""Who lived in a lodging and does not any more: they left the city, or moved to another address."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from residents.lodgings.models import Lodging
from residents.page.events import event_model
from residents.registry.models import Resident, ResidentStep
from residents.registry.states import ACTIVE, COUNTED, Status


def former_tenants(lodging: Lodging, seen: Any) -> Any:
    """Those of *seen* (residents in the reader's reach), by two queries.

    Where somebody lived before a move is in the trail. What was only put right is no move.
    """
    ended = Q(lodging=lodging.pk, status=Status.ENDED)
    keys = set(Resident.objects.filter(ended).values_list("pk", flat=True))
    past = event_model(Resident)._default_manager.filter(lodging=lodging.pk, status__in=ACTIVE)
    keys |= set(past.values_list("pgh_obj_id", flat=True))
    moves = ResidentStep.objects.filter(subject=OuterRef("pk"), name="move")
    moved = Q(Exists(moves), status__in=COUNTED) & (~Q(lodging=lodging.pk) | Q(lodging=None))
    return seen.filter(ended | moved, pk__in=keys).select_related("lodging")
