"""A city of invented residents, by COPY, with their placements, periods and letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from random import Random
from typing import Any
from uuid import UUID

import psycopg
from django.db.models import Model
from django.utils import timezone
from psycopg import sql

from accounts.areas.loading import load_decree, load_rts
from accounts.areas.models import Area, Level
from accounts.login.models import User
from reports.letters.models import Letter, new_code, new_token
from residents.demo.numbers import FakeNumbers
from residents.demo.people import FakeFamily, people
from residents.registry.models import Resident
from residents.registry.spans import Placement, StayPeriod
from tests.database import owner_connection
from wacat.clock import today
from wacat.sealing.crypto import blind_index, seal

STATUSES = {"verified": 60, "reported": 25, "ended": 10, "draft": 3, "returned": 2}
LETTER_SHARE = 0.3
Row = dict[str, Any]


class Town:
    """All RTs of the city, and residents spread evenly over them."""

    def __init__(self) -> None:
        load_decree()
        load_rts()
        self._rng, self._numbers = Random(7), FakeNumbers()
        self._rts = list(Area.objects.filter(level=Level.RT).values_list("code", flat=True))
        self._clerk = User.objects.create_user("pencatat", full_name="Pencatat Contoh")
        self._size = 0
        self._serials: dict[str, int] = {}

    def grow_to(self, size: int) -> None:
        """Add residents until there are *size*, and let the planner know."""
        residents = list(self._residents(size - self._size))
        with owner_connection() as connection:
            _copy(connection, Resident, residents)
            _copy(connection, Placement, [_placement(one) for one in residents])
            _copy(connection, StayPeriod, [_period(one) for one in residents if _counted(one)])
            _copy(connection, Letter, list(self._letters(residents)))
            connection.execute("VACUUM ANALYZE")
        self._size = size

    def _residents(self, count: int) -> Iterator[Row]:
        number = self._size
        for family in people(self._rng, count, today(), self._numbers):
            area = self._rng.choice(self._rts)
            for member in family.members:
                number += 1
                yield self._resident(number, area, family, member)

    def _resident(self, number: int, area: str, family: FakeFamily, member: Any) -> Row:
        status = self._rng.choices(list(STATUSES), list(STATUSES.values()))[0]
        ended = status == "ended"
        middle = family.arrived_on + (today() - family.arrived_on) / 2
        shown = {name: getattr(member, name) for name in member.__slots__}
        nik, no_kk = shown.pop("nik"), shown.pop("no_kk")
        return {
            **shown,
            "id": number,
            "area_id": area,
            "status": status,
            "nik": seal(nik.encode(), "resident.nik") if nik else None,
            "nik_index": blind_index(nik, "nik") if nik else None,
            "no_kk": seal(no_kk.encode(), "resident.no_kk") if no_kk else None,
            "no_kk_index": blind_index(no_kk, "no_kk") if no_kk else None,
            "address": family.address,
            "arrived_on": family.arrived_on,
            "stays_until": family.stays_until,
            "reported_at": None if status == "draft" else _noon(family.arrived_on),
            "verified_on": middle if status in ("verified", "ended") else None,
            "ended_on": middle if ended else None,
            "end_reason": 1 if ended else None,
            "entered_by_id": self._clerk.pk,
            "entered_at": _noon(family.arrived_on),
            "form_key": UUID(int=number),
        }

    def _letters(self, residents: Iterable[Row]) -> Iterator[Row]:
        for one in residents:
            if one["status"] != "verified" or self._rng.random() > LETTER_SHARE:
                continue
            kelurahan, day = one["area_id"][:13], one["verified_on"]
            book = f"{kelurahan}/{day.year}"
            serial = self._serials[book] = self._serials.get(book, 0) + 1
            yield {
                "area_id": one["area_id"],
                "status": "issued",
                "purpose": "Membuka rekening bank",
                "requested_by_id": self._clerk.pk,
                "requested_at": _noon(day),
                "introduced_by_ketua_rt": True,
                "introduction_number": f"{serial}/RT",
                "introduced_on": day,
                "number": f"400.12.2.1/{serial:03}/{day.year}",
                "number_year": day.year,
                "number_serial": serial,
                "issued_on": day,
                "valid_until": one["stays_until"],
                "sealed_facts": seal(b"{}", "letter.facts"),
                "token": new_token(),
                "code": new_code(),
            }


def _counted(one: Row) -> bool:
    return one["status"] in ("verified", "reported", "ended")


def _placement(one: Row) -> Row:
    return {
        "resident_id": one["id"],
        "area_id": one["area_id"],
        "starts": one["arrived_on"],
        "until": one["ended_on"],
    }


def _period(one: Row) -> Row:
    return {"resident_id": one["id"], "starts": one["arrived_on"], "until": one["stays_until"]}


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))


def _copy(connection: psycopg.Connection[Any], model: type[Model], rows: list[Row]) -> None:
    """Straight into the table; the trail's triggers are spared, a row's history is not measured."""
    if not rows:
        return
    table = sql.Identifier(model._meta.db_table)
    connection.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(table))
    names = sql.SQL(", ").join(map(sql.Identifier, rows[0]))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(table, names)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(tuple(row.values()))
    connection.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(table))
