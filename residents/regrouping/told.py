"""Delivered services follow their RT into the one that it is merged into, as far as they are open.

What is still to be answered, and all of the month, goes along with its open corrections, so that
somebody answers for it. Months that are over stay in the books of the RT that answered then.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from accounts.areas.models import Area
from residents.corrections.models import Correction
from residents.services.codes import Status
from residents.services.models import Service
from residents.services.months import this_month


def move_services(rt: Area, into: Area) -> None:
    """All or nothing with the caller's transaction; corrections are locked first, as everywhere.

    Statements do not grow with the rows.
    """
    open_ones: Any = Correction.objects.open().filter(area=rt)
    locked = open_ones.select_for_update(of=("self",)).order_by("pk")
    corrections = list(locked.values_list("pk", "service"))
    is_open = Q(status=Status.TOLD, anonymised_on=None) | Q(told_on__gte=this_month().first)
    disputed = Q(pk__in=[service for _, service in corrections])
    rows: Any = Service.objects.told().filter(is_open | disputed, area=rt)
    keys = list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    Service.objects.filter(pk__in=keys).update(area=into)
    Correction.objects.filter(pk__in=[pk for pk, _ in corrections]).update(area=into)
