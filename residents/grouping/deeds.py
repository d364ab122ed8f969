"""Doing it: for all of the people or for none of them."""

from __future__ import annotations

from uuid import UUID

from accounts.areas.guards import IN_A_MERGED_AREA
from accounts.login.models import User
from residents.families.members import follow
from residents.grouping.forms import Together
from residents.lodgings.models import Lodging
from residents.registry.models import Resident, ResidentStep
from residents.registry.registration import JUST_MERGED
from residents.registry.workflow import WORKFLOW
from wacat.workflow import Move, WrongState, refusing

CLOSED = "Tempat tujuan ini baru saja ditutup. Pilih tempat lain."


def was_done(people: list[Resident], user: User, name: str, key: UUID | None) -> bool:
    """Whether this very form was sent before. The people are to be locked."""
    steps = ResidentStep.objects.filter(subject__in=people, actor=user, key=key, name=name)
    return key is not None and steps.exists()


def carry_out(form: Together, user: User) -> bool:
    """Do what the valid form asks to all of its people; False when its key had done so before.

    Raises Http404, WrongState and InputMissing, and then it is done to nobody.
    """
    asked = form.asked()
    if asked.get("lodging"):
        _must_be_open(asked["lodging"])
    pks = [one.pk for one in form.people]
    with refusing({IN_A_MERGED_AREA: JUST_MERGED}):
        done = WORKFLOW.advance_many(pks, form.name, Move(user, asked, form.sent_key))
        if form.name == "move" and done:
            _leave_the_old_house(done)
    return bool(done)


def _must_be_open(lodging: Lodging) -> None:
    """The lodging, now locked, so that nobody closes it before they have moved in."""
    rows = Lodging._default_manager.select_for_update(of=("self",))
    if not rows.filter(pk=lodging.pk, closed_on=None).exists():
        raise WrongState(CLOSED)


def _leave_the_old_house(moved: list[Resident]) -> None:
    """Its landlord is theirs no more, and the family comes along, or is left."""
    here = Resident.objects.filter(pk__in=[one.pk for one in moved])
    here.exclude(landlord_name="", landlord_phone="").update(landlord_name="", landlord_phone="")
    follow(moved)
