"""From rows to the facts of a statement, with all the queries."""

from __future__ import annotations

from functools import reduce
from operator import xor
from typing import Any

from django.db.models import OuterRef, Subquery

from accounts.areas.models import Area
from residents.corrections.codes import Status as CorrectionStatus
from residents.corrections.models import Correction
from residents.services.codes import Status
from residents.services.models import Service
from residents.services.months import Month
from residents.truth.facts import Row, TruthFacts
from residents.truth.standing import PRINT
from wacat.clock import today


def services_in(area: str, month: Month) -> Any:
    """What the RT was told in the month, in the order of the statement.

    Each with its latest correction's state and its ``print`` (residents.truth.standing): by one
    look, so that the parts of a statement go together.
    """
    latest = Correction.objects.filter(service=OuterRef("pk")).order_by("-pk").values("status")[:1]
    rows = Service.objects.told_in(*month.days).filter(area=area)
    shown = rows.only("kind", "served_on", "full_name", "status", "told_on")
    return shown.annotate(correction=Subquery(latest), print=PRINT).order_by("told_on", "pk")


def gather(area: Area, month: Month) -> tuple[TruthFacts, int | None]:
    """What is known now, and its fingerprint. Needs the area's parents at hand."""
    kelurahan, last = area.containing, month.days[1]
    services = list(services_in(area.code, month))
    prints = [one.print for one in services]
    facts = TruthFacts(
        rt=area.label,
        kelurahan=kelurahan.name,
        kecamatan=kelurahan.containing.name,
        month=str(month),
        until=min(last, today()),
        is_whole=last < today(),
        rows=tuple(map(row_of, services)),
    )
    return facts, reduce(xor, prints) if prints else None


def row_of(service: Any) -> Row:
    """One of ``services_in``."""
    disputed = service.status == Status.CORRECTED and service.correction
    return Row(
        pk=service.pk,
        kind=str(service.get_kind_display()),
        served_on=service.served_on,
        full_name=service.full_name,
        answer=service.status,
        correction=str(CorrectionStatus(service.correction).label).lower() if disputed else "",
    )
