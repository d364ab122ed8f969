"""People who moved to another RT while their letter was waiting: it cannot be theirs any more.

The RT that asked for it still reads the letter, and of them only the name that it knew itself:
what became of their record since is the other RT's.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Case, F, OuterRef, Q, Subquery, When

from residents.page.events import event_model
from residents.registry.models import Resident

# Of a line of a letter.
LIVES_ELSEWHERE = ~Q(resident__area=F("letter__area"))


def told_of_parting(name: str) -> str:
    """What stands against introducing and issuing, and what to do instead."""
    return (
        f"{name} sudah pindah dari RT ini. Kembalikan surat ini; Ketua RT yang sekarang dapat "
        "mengajukan yang baru."
    )


def name_there(person: Resident, area: str) -> str:
    """The person's name as it was last written down in *area*; one query."""
    return _names(person.pk, area).first() or ""


def names_there() -> Case:
    """The same of each line that ``LIVES_ELSEWHERE``, for annotating them."""
    known = Subquery(_names(OuterRef("resident"), OuterRef("letter__area"))[:1])
    return Case(When(LIVES_ELSEWHERE, then=known), default=None)


def _names(resident: Any, area: Any) -> Any:
    rows = event_model(Resident)._default_manager.filter(pgh_obj=resident, area=area)
    return rows.order_by("-pgh_id").values_list("full_name", flat=True)
