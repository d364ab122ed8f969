"""Who is told of a person registered twice; nobody is told anything of the other area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from accounts.login.models import User
from accounts.notices.sending import notify
from accounts.posts.holders import holders
from accounts.rules import Action
from residents.registry.models import Resident
from residents.twins.models import Relocation


def tell_of_held(resident: Resident) -> None:
    """To the Lurah: a report waits for a look at the KTP-el."""
    _tell("resident_held", holders(Action.RESIDENT_RECEIVE, resident.area_id), [resident])


def tell_of_held_list(counts: Mapping[str, int]) -> None:
    """To each Lurah once, with the number of a list's reports held in the kelurahan (by code)."""
    for kelurahan, count in sorted(counts.items()):
        told = holders(Action.RESIDENT_RECEIVE, kelurahan)
        notify("residents_held", [(user, {"count": count}) for user in told])


def tell_of_many_held(imported: int, area: str, count: int) -> None:
    """To the operators: a list told of more people of other areas than a user may try in a day."""
    told = holders(Action.RESIDENT_JUDGE, area)
    notify("import_held", [(user, {"imported": imported, "count": count}) for user in told])


def tell_of_relocation(relocation: Relocation) -> None:
    """To the RT that the person left, and to the one whose report was held until now."""
    departure, arrival = relocation.departure, relocation.arrival
    _tell("resident_relocated", _field(departure), [departure])
    tell_of_receiving(arrival)


def tell_of_receiving(arrival: Resident) -> None:
    """To the RT whose report was held: it counts from now on."""
    _tell("resident_received", _field(arrival), [arrival])


def tell_of_objection(relocation: Relocation) -> None:
    """To the operators."""
    users = holders(Action.RESIDENT_JUDGE, relocation.area_id)
    notify("relocation_objected", [(user, {"relocation": relocation.pk}) for user in users])


def tell_of_decision(relocation: Relocation) -> None:
    """To both RTs and to whoever declared the move, each about the own record alone."""
    departure, arrival = relocation.departure, relocation.arrival
    _tell("relocation_decided", _field(departure), [departure])
    receivers = {user.pk: user for user in holders(Action.RESIDENT_RECEIVE, arrival.area_id)}
    receivers |= {user.pk: user for user in _field(arrival)}
    _tell("relocation_decided", receivers.values(), [arrival])


def tell_of_merging(kept: Resident, away: Resident) -> None:
    """To both RTs, each about the own record alone."""
    for one in (kept, away):
        _tell("resident_merged", _field(one), [one])


def _field(resident: Resident) -> list[User]:
    return holders(Action.RESIDENT_ENTER, resident.area_id)


def _tell(kind: str, users: Iterable[User], residents: list[Resident]) -> None:
    notify(kind, [(user, {"resident": one.pk}) for user in users for one in residents])
