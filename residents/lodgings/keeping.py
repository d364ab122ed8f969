"""Writing lodgings: entered once, closed when nobody lives there, opened again."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Count

from accounts.areas.guards import IN_A_MERGED_AREA
from residents.lodgings.models import Lodging
from residents.registry.models import Resident
from residents.registry.registration import JUST_MERGED
from residents.registry.states import ACTIVE, REPORTABLE
from wacat.clock import today
from wacat.workflow import InputMissing, WrongState

LIVED_IN = "Masih ada penghuni. Catat dahulu mereka pergi atau pindah."
UNFINISHED = (
    "Masih ada laporan yang belum selesai untuk tempat ini. Laporkan, ubah tempatnya, atau buang "
    "dahulu; lihat di bawah Belum dilaporkan."
)


def entered_by_key(rows: Any, key: UUID | None) -> Lodging | None:
    """What this very form has made before, among *rows* (those in reach)."""
    found: Lodging | None = rows.filter(form_key=key).first() if key else None
    return found


def enter(lodging: Lodging, rows: Any, key: UUID) -> Lodging:
    """Store the new lodging; the same form at the same moment makes one.

    Raises WrongState when its RT was merged meanwhile.
    """
    lodging.form_key = key
    try:
        with transaction.atomic():
            lodging.save()
    except IntegrityError as error:
        if not Lodging._default_manager.filter(form_key=key).exists():
            raise _told(error) from error
        # The same form at the same moment; or a key that somebody elsewhere has used.
        return entered_by_key(rows, key) or enter(lodging, rows, uuid4())
    return lodging


def correct(lodging: Lodging) -> None:
    """Store corrections. Raises WrongState when its RT was merged meanwhile."""
    try:
        with transaction.atomic():
            lodging.save()
    except IntegrityError as error:
        raise _told(error) from error


def close(lodging: Lodging) -> None:
    """Take no more tenants from today on.

    Raises InputMissing while somebody lives there, or is still to be reported.
    """
    locked = _locked(lodging)
    if locked.closed_on:
        return
    theirs = Resident.objects.filter(lodging=lodging.pk)
    for statuses, why in ((ACTIVE, LIVED_IN), (REPORTABLE, UNFINISHED)):
        if theirs.filter(status__in=statuses).exists():
            raise InputMissing({"close": why})
    locked.closed_on = today()
    locked.save()


def reopen(lodging: Lodging) -> None:
    """Take tenants again."""
    locked = _locked(lodging)
    locked.closed_on = None
    locked.save()


def tenants_in(residents: Any, lodgings: list[Lodging]) -> dict[int, int]:
    """How many of *residents* live in each of the lodgings today; none are left out."""
    theirs = residents.active().filter(lodging__in=[one.pk for one in lodgings]).order_by()
    return dict(theirs.values_list("lodging").annotate(count=Count("pk")))


def _locked(lodging: Lodging) -> Lodging:
    """For the whole transaction: whoever moves in waits, and whoever has is seen."""
    locked: Lodging = Lodging._default_manager.select_for_update(of=("self",)).get(pk=lodging.pk)
    return locked


def _told(error: IntegrityError) -> Exception:
    return WrongState(JUST_MERGED) if IN_A_MERGED_AREA in str(error) else error
