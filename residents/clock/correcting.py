"""Mending what was said of a stay by mistake: within two weeks, in one step.

The workflow of a registration calls these; nothing here writes a status.
"""

from __future__ import annotations

from datetime import timedelta

from residents.registry.models import Resident, ResidentStep
from residents.registry.spans import StayPeriod
from residents.registry.stays import latest_end
from wacat.clock import now
from wacat.workflow import InputMissing, Move, WrongState

CORRECTED_WITHIN = timedelta(days=14)


def end_is_fresh(resident: Resident) -> bool:
    """Whether the end of the stay was the last thing said, less than two weeks ago.

    The two weeks run from the end itself, not from a correction of it.
    """
    steps = ResidentStep.objects.filter(subject=resident).order_by("-pk")
    for name, at in steps.values_list("name", "at"):
        if name == "end":
            return now() - at <= CORRECTED_WITHIN
        if name != "correct_end":
            break
    return False


def extension_is_fresh(resident: Resident) -> bool:
    """Whether the stay was last extended less than two weeks ago."""
    since = now() - CORRECTED_WITHIN
    return ResidentStep.objects.filter(subject=resident, name="extend", at__gte=since).exists()


def correct_stay(resident: Resident, move: Move) -> None:
    """Another end for the extension that the stay is in, as far as that may reach."""
    periods = list(StayPeriod.objects.filter(resident=resident))
    if len(periods) < 2 or not extension_is_fresh(resident):
        raise WrongState("Perpanjangan ini tidak dapat diubah lagi.")
    until, last = move.data["date"], periods[-1]
    if not last.starts <= until <= latest_end(last.starts):
        raise InputMissing({"date": "Harus setelah akhir masa tinggal, paling lama 1 tahun."})
    last.until = resident.stays_until = until
    last.save(update_fields=["until"])
