"""People registered twice, for the tests of residents.twins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accounts.login.models import User
from accounts.rules import Role
from residents.registry.models import Resident
from residents.twins.declaring import declare
from residents.twins.models import Relocation
from residents.twins.reporting import report
from residents.twins.workflow import WORKFLOW
from tests import factories
from tests.factories import CITY_CODE, FOREIGN_RT, RT, holder
from wacat.clock import today
from wacat.workflow import Move


@dataclass
class Twins:
    """The record that counts, in ``FOREIGN_RT``, and the report that is held, in ``RT``."""

    old: Resident
    new: Resident

    def refresh(self) -> Twins:
        self.old.refresh_from_db()
        self.new.refresh_from_db()
        return self

    @property
    def states(self) -> tuple[str, str]:
        self.refresh()
        return self.old.status, self.new.status


def days_ago(days: int) -> date:
    return today() - timedelta(days=days)


def held_pair(there: str = FOREIGN_RT, here: str = RT, **fields: Any) -> Twins:
    """Registered 60 days ago over there, reported 10 days ago here, and held."""
    old = factories.reported(
        there, arrived_on=days_ago(60), full_name="Lama Tersembunyi", address="Jl. Rahasia 7"
    )
    said = {"arrived_on": days_ago(10), "full_name": "Baru Datang", "address": "Jl. Terpisah 9"}
    draft = factories.draft(here, nik=old.nik, **{**said, **fields})
    report(draft.pk, Move(holder(Role.KETUA_RT, here)))
    return Twins(old, draft).refresh()


def declared_pair(
    on: date | None = None, there: str = FOREIGN_RT, here: str = RT, **fields: Any
) -> tuple[Twins, Relocation]:
    """The Lurah of the receiving kelurahan has declared the move, 5 days ago unless told."""
    pair = held_pair(there, here, **fields)
    declared = declare(pair.new.pk, Move(lurah_user(here), {"date": on or days_ago(5)}))
    assert declared.relocation is not None
    return pair.refresh(), declared.relocation


def objected(relocation: Relocation) -> Relocation:
    head = holder(Role.KETUA_RT, relocation.departure.area_id)
    return _advanced(relocation, "object", head, "Masih di sini.")


def undone(relocation: Relocation) -> Relocation:
    return _advanced(relocation, "undo", operator_user(), "Keliru.")


def upheld(relocation: Relocation) -> Relocation:
    return _advanced(objected(relocation), "uphold", operator_user(), "Sudah jelas.")


def _from_the_line() -> Relocation:
    return declared_pair(there=RT, here=FOREIGN_RT)[1]


# A move out of ``RT`` in each of its states.
RELOCATIONS: dict[str, Callable[[], Relocation]] = {
    "declared": _from_the_line,
    "objected": lambda: objected(_from_the_line()),
    "upheld": lambda: upheld(_from_the_line()),
    "undone": lambda: undone(_from_the_line()),
}


def lurah_user(area: str = RT) -> User:
    return holder(Role.LURAH, area[:13])


def operator_user() -> User:
    return holder(Role.OPERATOR, CITY_CODE)


def _advanced(relocation: Relocation, name: str, actor: User, reason: str) -> Relocation:
    WORKFLOW.advance(relocation.pk, name, Move(actor, {"reason": reason}))
    relocation.refresh_from_db()
    return relocation
