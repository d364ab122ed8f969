"""What an administrator does to RTs on the strength of a letter; nothing else changes an area.

Each function does all of it in one transaction or nothing. Changes in a kelurahan come one
after the other: they lock its row, never those that residents' rows point to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from accounts.areas import offices, periods
from accounts.areas.models import Area, AreaChange, AreaStatus, Level
from accounts.login.models import User
from accounts.posts.models import Mandate, Post
from wacat.workflow import InputMissing, WrongState

Kind = AreaChange.Kind
MOST_RTS = 999
CHANGED = "Keadaan RT ini sudah berubah. Muat ulang halamannya untuk melihat yang terbaru."
# From which states each can be done.
SOURCES: dict[str, frozenset[str]] = {
    Kind.FROZEN: frozenset({AreaStatus.ACTIVE}),
    Kind.THAWED: frozenset({AreaStatus.FROZEN}),
    Kind.RENUMBERED: frozenset({AreaStatus.ACTIVE, AreaStatus.FROZEN}),
    Kind.MERGED: frozenset({AreaStatus.ACTIVE, AreaStatus.FROZEN}),
}


@dataclass(frozen=True)
class Order:
    """Who changes something, on which letter, from which day on; ``key`` is the form's."""

    by: User
    mandate: Mandate
    starts: date
    key: UUID


def begin(kelurahan: str, by: User, key: UUID) -> AreaChange | None:
    """Wait for other changes in the kelurahan; what this very form has done before, if it has.

    Holds until the transaction ends. Weaker than the lock that a new resident's row would
    wait for: whoever enters one meanwhile is not held up.
    """
    Area.objects.select_for_update(of=("self",), no_key=True).get(pk=kelurahan)
    return AreaChange.objects.filter(by=by, key=key).first()


def must_allow(rt: Area, kind: str) -> None:
    """Raise WrongState unless the RT's state admits a change of this kind."""
    if rt.state not in SOURCES[kind]:
        raise WrongState(CHANGED)


@transaction.atomic
def create(kelurahan: Area, number: str, order: Order) -> AreaChange:
    """A new RT under the kelurahan: the next serial, so that no code is ever used again.

    Raises InputMissing for a number that is in use or a day out of bounds, and WrongState
    when the kelurahan's serials are used up.
    """
    if made := begin(kelurahan.code, order.by, order.key):
        return made
    periods.must_be_a_day_for_it(order.starts)
    must_be_free(kelurahan.code, number, order.starts)
    rt = Area.objects.create(
        code=f"{kelurahan.code}.{next_serial(kelurahan):03}",
        level=Level.RT,
        parent=kelurahan,
        name=number,
    )
    periods.begin([rt], order.starts)
    offices.tell(offices.holders_of(rt), rt, "created")
    return _record(rt, Kind.CREATED, order)


def next_serial(kelurahan: Area) -> int:
    """The serial of the kelurahan's next RT. Raises WrongState when all are used."""
    last = Area.objects.filter(parent=kelurahan, level=Level.RT).order_by("-code").first()
    serial = int(last.code[-3:]) + 1 if last else 1
    if serial > MOST_RTS:
        raise WrongState("Kode RT di kelurahan ini sudah habis terpakai.")
    return serial


def next_number(kelurahan: Area, day: date) -> str:
    """The number to offer for a new RT: its serial, or the next one that is free."""
    serial = next_serial(kelurahan)
    while periods.with_number(kelurahan.code, f"{serial:03}", day).exists():
        serial += 1
    return f"{serial:03}"


def must_be_free(kelurahan: str, number: str, since: date) -> None:
    """Raise InputMissing when an RT of the kelurahan bears *number* then or later."""
    if periods.with_number(kelurahan, number, since).exists():
        raise InputMissing({"number": f"{_in_use(number)}."})


@transaction.atomic
def freeze(rt: Area, order: Order) -> AreaChange:
    """No Ketua RT from now on: the kelurahan serves the residents, who stay where they are.

    Raises WrongState, and InputMissing for a day out of bounds.
    """
    if made := begin(rt.kelurahan_code, order.by, order.key):
        return made
    rt, told = _fresh(rt, Kind.FROZEN, order.starts), offices.holders_of(rt)
    rt.state = AreaStatus.FROZEN
    periods.begin([rt], order.starts)
    offices.close(rt, Post.Ending.ENDED, "RT dibekukan.", order.by)
    offices.tell(told, rt, "frozen")
    return _record(rt, Kind.FROZEN, order)


@transaction.atomic
def thaw(rt: Area, order: Order) -> AreaChange:
    """Active again under its number; a Ketua RT is to be proposed. Raises as ``freeze``."""
    if made := begin(rt.kelurahan_code, order.by, order.key):
        return made
    rt = _fresh(rt, Kind.THAWED, order.starts)
    rt.state = AreaStatus.ACTIVE
    periods.begin([rt], order.starts)
    offices.tell(offices.holders_of(rt), rt, "thawed")
    return _record(rt, Kind.THAWED, order)


@transaction.atomic
def renumber(rt: Area, number: str, order: Order, *, swap: bool = False) -> AreaChange:
    """Another number from a day on; the code stays. With *swap* its bearer takes the RT's own.

    Raises WrongState, and InputMissing for a number in use or a day out of bounds.
    """
    if made := begin(rt.kelurahan_code, order.by, order.key):
        return made
    rt = _fresh(rt, Kind.RENUMBERED, order.starts)
    other = bearer(rt, number, order.starts, swap=swap)
    changed = [rt] if other is None else [rt, other]
    periods.must_follow(changed, order.starts)
    if other is not None:
        other.name = rt.name
    rt.name = number
    periods.begin(changed, order.starts)
    for one in changed:
        offices.tell(offices.holders_of(one), one, "renumbered")
    return _record(rt, Kind.SWAPPED if other else Kind.RENUMBERED, order, other)


def bearer(rt: Area, number: str, since: date, *, swap: bool) -> Area | None:
    """The RT to swap with, or None when the number is free. Raises InputMissing otherwise."""
    if number == rt.name:
        raise InputMissing({"number": "Ini nomor RT itu sekarang."})
    bearers = periods.with_number(rt.kelurahan_code, number, since).exclude(pk=rt.pk)
    found = list(bearers.select_related("parent"))
    if not found:
        return None
    todays = found[0].name == number and found[0].state != AreaStatus.MERGED
    if len(found) > 1 or not todays:
        raise InputMissing({"number": "Nomor ini masih dipakai RT lain pada tanggal itu."})
    if not swap:
        raise InputMissing({"number": f"{_in_use(number)}, atau centang pertukaran nomor."})
    return found[0]


@transaction.atomic
def merge(rt: Area, into: Area, order: Order) -> AreaChange:
    """The RT ends and its office with it; who lived there is moved by the room above.

    Raises WrongState, and InputMissing for an RT that cannot take it in or a day out of
    bounds.
    """
    if made := begin(rt.kelurahan_code, order.by, order.key):
        return made
    rt = _fresh(rt, Kind.MERGED, order.starts)
    into = Area.objects.select_related("parent").get(pk=into.pk)
    if into.level != Level.RT or into.parent_id != rt.parent_id or into == rt:
        raise InputMissing({"into": "Pilih RT lain di kelurahan yang sama."})
    if into.state != AreaStatus.ACTIVE:
        raise InputMissing({"into": "RT ini sudah tidak aktif. Pilih RT lain."})
    if not periods.existed(into, order.starts):
        raise InputMissing({"date": f"{into.label} belum ada pada tanggal itu."})
    told = offices.holders_of(rt, into)
    rt.state = AreaStatus.MERGED
    periods.begin([rt], order.starts)
    offices.close(rt, Post.Ending.MERGED, f"RT digabung ke {into.label}.", order.by)
    offices.tell(told, rt, "merged")
    return _record(rt, Kind.MERGED, order, into)


def _fresh(rt: Area, kind: str, day: date) -> Area:
    """The RT as it is now that nobody else changes it. Raises WrongState and InputMissing."""
    found: Area = Area.objects.select_related("parent").get(pk=rt.pk)
    must_allow(found, kind)
    periods.must_be_a_day_for_it(day)
    periods.must_follow([found], day)
    return found


def _record(rt: Area, kind: str, order: Order, other: Area | None = None) -> AreaChange:
    change: AreaChange = AreaChange.objects.create(
        area=rt,
        kind=kind,
        other=other,
        number=rt.name,
        starts=order.starts,
        mandate=order.mandate,
        by=order.by,
        key=order.key,
    )
    return change


def _in_use(number: str) -> str:
    return f"Nomor {number} dipakai RT lain di kelurahan ini. Pilih nomor lain"
