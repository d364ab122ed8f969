"""One person counts once: whether somebody's stay is told by another record already."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from residents.registry.models import Resident
from residents.registry.probing import trying
from residents.registry.states import ACTIVE, COUNTED
from wacat.words import tanggal
from wacat.workflow import InputMissing

ACTIVE_HERE = "NIK ini sudah terdaftar aktif di RT ini."
NOT_THEN = "Isian ini tidak cocok dengan catatan di wilayah lain. Hubungi kelurahan."


class ActiveElsewhere(Exception):
    """The NIK counts in another area on days of this stay."""


class AlreadyHere(InputMissing):
    """The person counts in this very RT already: ``twin`` is that record."""

    def __init__(self, errors: dict[str, str], twin: Resident) -> None:
        super().__init__(errors)
        self.twin = twin


def lived_here_until(day: date | None) -> str:
    """What is said of an arrival that lies before the end of a stay in the same RT."""
    return (
        f"Warga ini tercatat tinggal di RT ini sampai {tanggal(day)}. Pilih tanggal datang yang "
        "tidak lebih awal."
    )


def counting(rows: Any) -> QuerySet[Resident]:
    """Those of *rows* (a queryset of residents) that count on any day, the one of today first."""
    found: QuerySet[Resident] = rows.filter(
        Q(ended_on=None) | Q(ended_on__gt=F("arrived_on")), status__in=COUNTED
    )
    return found.order_by(F("ended_on").desc(nulls_first=True), "-pk")


def stays_of(nik: str) -> QuerySet[Resident]:
    """The records of this NIK that count on any day, the one of today first."""
    return counting(Resident.objects.with_nik(nik))


def counted_after(resident: Resident, day: date) -> QuerySet[Resident]:
    """The other records of the resident's NIK that count on *day* or later."""
    others = stays_of(resident.nik).exclude(pk=resident.pk)
    return others.filter(Q(ended_on=None) | Q(ended_on__gt=day))


def refuse_second(resident: Resident, until: date | None = None) -> None:
    """Raise AlreadyHere or ActiveElsewhere where another record counts on days of this stay.

    The stay is that from its arrival on, or up to *until*. An ended one is in the way as well,
    if it reaches past this one's first day: else figures of those days would count twice.
    """
    if not resident.nik:
        return
    others = counted_after(resident, resident.arrived_on)
    twin = (others.filter(arrived_on__lt=until) if until else others).first()
    if twin is None:
        return
    if twin.area_id != resident.area_id:
        raise ActiveElsewhere
    if twin.status in ACTIVE:
        raise AlreadyHere({"nik": ACTIVE_HERE}, twin)
    raise AlreadyHere({"arrived_on": lived_here_until(twin.ended_on)}, twin)


def refuse_overlap(resident: Resident, actor: Any, field: str) -> None:
    """Raise InputMissing at *field* where a correction would make days count twice.

    Of another area it tells no more than that. Raises TooManyHeld for who tries too often.
    """
    with trying(actor, resident.pk) as one:
        try:
            refuse_second(resident, resident.ended_on)
        except ActiveElsewhere as error:
            one.told = True
            raise InputMissing({field: NOT_THEN}) from error
