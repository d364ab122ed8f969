"""Who is told of a person registered twice; nobody is told anything of the other area."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from accounts.login.models import User
from accounts.notices.sending import notify
from accounts.posts.holders import holders
from accounts.rules import Action
from residents.registry.models import Resident
from residents.twins.models import Relocation

# More at once (an import) are told of in one notice with their number.
ONE_BY_ONE = 3


def tell_of_held(residents: Iterable[Resident]) -> None:
    """To the Lurah of each one's kelurahan: a report waits for a look at the KTP-el."""
    by_kelurahan: dict[str, list[Resident]] = defaultdict(list)
    for resident in residents:
        by_kelurahan[resident.area_id[:13]].append(resident)
    for kelurahan, held in by_kelurahan.items():
        users = holders(Action.RESIDENT_RECEIVE, kelurahan)
        if len(held) > ONE_BY_ONE:
            notify("residents_held", [(user, {"count": len(held)}) for user in users])
        else:
            _tell("resident_held", users, held)


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


def _field(resident: Resident) -> list[User]:
    return holders(Action.RESIDENT_ENTER, resident.area_id)


def _tell(kind: str, users: Iterable[User], residents: list[Resident]) -> None:
    notify(kind, [(user, {"resident": one.pk}) for user in users for one in residents])
