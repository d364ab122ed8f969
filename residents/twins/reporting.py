"""The one way to report a resident: whoever is held, their Lurah learns of it at once."""

from __future__ import annotations

from django.db import transaction

from residents.registry import workflow
from residents.registry.models import Resident, ResidentStep
from residents.registry.probing import trying
from residents.registry.states import Status
from residents.twins.telling import tell_of_held
from wacat.workflow import Move, Outcome

# All that an RT learns, wherever the person is registered.
HELD = "NIK ini sudah terdaftar di wilayah lain; Lurah sudah diberi tahu."


@transaction.atomic
def report(pk: int, move: Move) -> Outcome:
    """Report the resident, or hold the report of somebody who is registered in another area.

    The Lurah is told in the same transaction, once for each time that it comes to be held.
    Raises as ``Workflow.advance``; AlreadyHere for a person registered in the very RT;
    TooManyHeld for a user whose reports were held too often today.
    """
    # Presses on one record follow each other, or they would be tries at the same moment.
    Resident.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    with trying(move.actor, pk) as one:
        outcome = workflow.report(pk, move)
        one.told = outcome.row.status == Status.HELD and not outcome.repeated
    if one.told and not _was_held(outcome.row):
        tell_of_held(outcome.row)
    return outcome


def _was_held(resident: Resident) -> bool:
    """Whether the report was held before it was sent once more."""
    last = ResidentStep.objects.filter(subject=resident).order_by("-pk").first()
    return last is not None and last.source == Status.HELD
