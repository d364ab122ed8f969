"""Delivered services become rows: new ones, changed ones as their next version; known ones not.

Whoever enters the same service at the same moment is decided by the database: the later one looks
again. Belongs in a transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

import pghistory
from django.db import IntegrityError, transaction

from accounts.areas.guards import IN_A_MERGED_AREA
from residents.services.codes import PLACED, Status
from residents.services.comparing import Compared, Earlier, compare, in_force
from residents.services.delivered import Delivered
from residents.services.models import Service
from wacat.clock import now, today
from wacat.copying import Row, copy, filled, new_keys
from wacat.sealing.crypto import blind_index

_ATTEMPTS = 6
_BY_OTHERS = ("service_in_force_once", "service_version_once", IN_A_MERGED_AREA)
TOLD, WAITING, ASIDE, KNOWN, CHANGED = "told", "waiting", "aside", "known", "changed"


class Origin(NamedTuple):
    """Who brings them, and in which file."""

    by: int
    file: int | None = None


class Resolver(Protocol):
    """Where services lie, as things stand: living RTs, and what was decided of address texts."""

    def resolve(self, one: Delivered) -> tuple[str, str]:
        """The area and the status: told, waiting or aside."""

    def living(self, code: str) -> str:
        """The RT, or the one it was merged into; nothing where there is none."""


class MakeResolver(Protocol):
    def __call__(self, rows: Sequence[Delivered]) -> Resolver: ...


class Entered(NamedTuple):
    """What became of a service: TOLD, WAITING, ASIDE, KNOWN or CHANGED, and how it stands now."""

    outcome: str
    status: str


def record(rows: Sequence[Delivered], origin: Origin, resolver: MakeResolver) -> dict[str, Entered]:
    """Enter them, each identity once: what became of each, by identity.

    In one order for all, so that two who bring the same services wait and do not lock.
    """
    rows = sorted(rows, key=lambda one: one.identity)
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with transaction.atomic(), pghistory.context(user=origin.by, feed=origin.file):
                return _record(rows, origin, resolver(rows))
        except (IntegrityError, _Overtaken) as error:
            if attempt == _ATTEMPTS or not _is_by_others(error):
                raise
    raise AssertionError("an attempt either returns or raises")


class _Overtaken(Exception):
    """Somebody else has replaced a version that was to be replaced here."""


def _is_by_others(error: Exception) -> bool:
    return isinstance(error, _Overtaken) or any(name in str(error) for name in _BY_OTHERS)


def _record(rows: Sequence[Delivered], origin: Origin, resolver: Resolver) -> dict[str, Entered]:
    earlier, moment, day = in_force(rows), now(), today().isoformat()
    written = _Written(origin, moment.isoformat(), day)
    entered: dict[str, Entered] = {}
    made: list[Row] = []
    replaced: list[int] = []
    for one, found in zip(rows, compare(rows, earlier), strict=True):
        before = earlier.get(one.identity)
        if before is not None and found.is_known:
            entered[one.identity] = Entered(KNOWN, before.status)
            continue
        area, status = _placed(one, before, found, resolver)
        entered[one.identity] = Entered(CHANGED if before else status, status)
        made.append(_row(one, before, written, area, status))
        if before is not None:
            replaced.append(before.pk)
    _supersede(replaced, moment)
    for row, key in zip(made, new_keys(Service, len(made)), strict=True):
        row["id"] = key
    copy(Service, filled(Service, made))
    return entered


def _placed(
    one: Delivered, before: Earlier | None, found: Compared, resolver: Resolver
) -> tuple[str, str]:
    """Area and status. What lies where it lay stays there, though somebody placed it by hand."""
    if before is None or before.status not in PLACED or not found.stays:
        return resolver.resolve(one)
    area = resolver.living(before.area)
    return (area, Status.TOLD) if area else resolver.resolve(one)


def _supersede(pks: list[int], moment: Any) -> None:
    """Raise _Overtaken when one of them is in force no more."""
    if not pks:
        return
    rows = Service.objects.in_force().filter(pk__in=pks)
    locked = rows.select_for_update(of=("self",)).order_by("identity").values_list("pk", flat=True)
    if len(locked) != len(pks):
        raise _Overtaken
    Service.objects.filter(pk__in=pks).update(superseded_at=moment)


class _Written(NamedTuple):
    """By whom and when all rows of a call are written."""

    origin: Origin
    moment: str
    day: str


def _row(one: Delivered, before: Earlier | None, written: _Written, area: str, status: str) -> Row:
    is_told, origin = status == Status.TOLD, written.origin
    return {
        "area_id": area,
        "status": str(status),
        "kind": one.kind,
        "served_on": one.served_on,
        "number": one.number or (before.number if before else ""),
        "nik": one.nik,
        "nik_index": blind_index(one.nik, "nik") if one.nik else None,
        "no_kk": one.no_kk,
        "full_name": one.full_name,
        "address": one.address,
        "rt_text": one.rt_text,
        "kelurahan_text": one.kelurahan_text,
        "other_place": one.other_place,
        "detail": one.detail,
        "place_key": one.place_key,
        "identity": before.identity if before else one.identity,
        "content": one.content,
        "version": before.version + 1 if before else 1,
        "told_at": written.moment if is_told else None,
        "told_on": written.day if is_told else None,
        "file_id": origin.file,
        "row": one.row if origin.file else None,
        "entered_by_id": origin.by,
        "entered_at": written.moment,
    }
