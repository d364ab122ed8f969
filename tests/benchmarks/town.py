"""A city of invented residents, by COPY, with all that stands beside their records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import psycopg
from django.db.models import Model
from django.utils import timezone
from psycopg import sql

from accounts.areas.loading import load_decree, load_rts
from accounts.areas.models import Area, Level
from accounts.rules import Role
from reports.letters.models import Letter, new_code, new_token
from residents.demo.numbers import FakeNumbers
from residents.demo.people import FakeFamily, lodging, people
from residents.demo.places import TENANTS
from residents.families.models import Family
from residents.lodgings.models import Lodging
from residents.registry.cautions import cautions_of
from residents.registry.codes import LodgingKind
from residents.registry.models import Resident
from residents.registry.names import keys_of
from residents.registry.regions import province_of
from residents.registry.spans import Placement, StayPeriod
from tests.database import owner_connection
from tests.officials import holder
from wacat.clock import today
from wacat.sealing.crypto import blind_index, seal

STATUSES = {
    "verified": 58,
    "reported": 25,
    "ended": 10,
    "draft": 3,
    "returned": 2,
    "held": 0.5,
    "merged": 0.5,
    "discarded": 1,
}
# A big kelurahan to which nobody has come since the town had its first hundred thousand, and how
# long before the others its people came.
QUIET, QUIET_AFTER, EARLIER = "64.71.01.1003", 100_000, timedelta(days=600)
QUIET_SHARE = 0.2
LETTER_SHARE = 0.3
AT_ONCE = 20_000
Row = dict[str, Any]


class Town:
    """All RTs of the city, and residents spread evenly over them, save the quiet kelurahan."""

    def __init__(self) -> None:
        load_decree()
        load_rts()
        self._rng, self._numbers = Random(7), FakeNumbers()
        rts = Area.objects.filter(level=Level.RT).values_list("code", flat=True)
        self._quiet = [code for code in rts if code.startswith(QUIET)]
        self._rts = [code for code in rts if not code.startswith(QUIET)]
        self._clerk = holder(Role.PETUGAS_KELURAHAN, QUIET)
        self._size = self._families = self._lodgings = 0
        self._open: dict[tuple[str, int], list[int]] = defaultdict(list)
        self._beside: dict[type[Model], list[Row]] = defaultdict(list)
        self._serials: dict[str, int] = {}

    def grow_to(self, size: int) -> None:
        """Add residents until there are *size*, and let the planner know."""
        with owner_connection() as connection:
            while self._size < size:
                self._grow(connection, min(AT_ONCE, size - self._size))
            for model in (Resident, Lodging, Family):
                _number_on(connection, model)
            connection.execute("SELECT reports_tally_fold()")
            connection.execute("SELECT reports_tally_recount()")
            connection.execute("VACUUM ANALYZE")

    def _grow(self, connection: psycopg.Connection[Any], count: int) -> None:
        residents = list(self._residents(count))
        for model in (Lodging, Family):
            _copy(connection, model, self._beside.pop(model, []))
        _copy(connection, Resident, residents)
        _copy(connection, StayPeriod, [_period(one) for one in residents if _counted(one)])
        _copy(connection, Placement, [_placement(one) for one in residents])
        _copy(connection, Letter, list(self._letters(residents)))
        self._size += count

    def _residents(self, count: int) -> Iterator[Row]:
        number = self._size
        for family in people(self._rng, count, today(), self._numbers):
            area = self._rng.choice(self._somewhere(number))
            shared = self._shared(family, area)
            for member in family.members:
                number += 1
                yield self._resident(number, shared, member)

    def _somewhere(self, number: int) -> list[str]:
        quiet = number < QUIET_AFTER and self._rng.random() < QUIET_SHARE
        return self._quiet if quiet else self._rts

    def _shared(self, family: FakeFamily, area: str) -> Row:
        """What the members of a family have in common."""
        earlier = EARLIER if area.startswith(QUIET) else timedelta()
        return {
            "area_id": area,
            "address": family.address,
            "arrived_on": family.arrived_on - earlier,
            "stays_until": family.stays_until - earlier,
            "lodging_id": self._lodging(family, area),
            "family_id": self._family(area) if len(family.members) > 1 else None,
        }

    def _family(self, area: str) -> int:
        self._families += 1
        self._beside[Family].append({"id": self._families, "area_id": area})
        return self._families

    def _lodging(self, family: FakeFamily, area: str) -> int | None:
        """A lodging in the RT with room for them; none for those who live by themselves."""
        size = TENANTS.get(LodgingKind(family.lodging_kind))
        if size is None:
            return None
        known = self._open[area, family.lodging_kind]
        if not known or self._rng.random() < len(family.members) / size:
            self._lodgings += 1
            known.append(self._lodgings)
            fake = lodging(self._rng, family.lodging_kind)
            shown = {name: getattr(fake, name) for name in fake.__slots__}
            row = {"id": self._lodgings, "area_id": area, "owner_address": "", **shown}
            self._beside[Lodging].append(row)
        return self._rng.choice(known)

    def _resident(self, number: int, shared: Row, member: Any) -> Row:
        status = self._rng.choices(list(STATUSES), list(STATUSES.values()))[0]
        status = "discarded" if status == "merged" and number == 1 else status
        arrived_on = shared["arrived_on"]
        middle = arrived_on + (shared["stays_until"] - arrived_on) / 2
        middle = min(middle, today())
        ended = status == "ended"
        shown = {name: getattr(member, name) for name in member.__slots__}
        return {
            **_WITHOUT,
            **shown,
            **shared,
            **_sealed(shown),
            "id": number,
            "status": status,
            "name_keys": keys_of(member.full_name),
            "origin_province": province_of(member.origin_area),
            "cautions": cautions_of(member),
            "merged_into_id": self._rng.randrange(1, number) if status == "merged" else None,
            "reported_at": None if status in ("draft", "discarded") else _noon(arrived_on),
            "verified_on": middle if status in ("verified", "ended") else None,
            "ended_on": middle if ended else None,
            "end_reason": 1 if ended else None,
            "entered_by_id": self._clerk.pk,
            "entered_at": _noon(arrived_on),
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


_TEXTS = (
    "country landlord_name landlord_phone institution_name institution_address guarantor_name "
    "guarantor_address guarantor_phone national_reference"
)
_WITHOUT: Row = dict.fromkeys(_TEXTS.split(), "")


def _sealed(shown: Row) -> Row:
    """The numbers sealed, with their blind indexes."""
    found: Row = {}
    for name in ("nik", "no_kk"):
        text = shown[name]
        found[name] = seal(text.encode(), f"resident.{name}") if text else None
        found[f"{name}_index"] = blind_index(text, name) if text else None
    return found


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


def _number_on(connection: psycopg.Connection[Any], model: type[Model]) -> None:
    """What is added later is numbered after the rows that came with their own keys."""
    table = model._meta.db_table
    statement = "SELECT setval(pg_get_serial_sequence({}, 'id'), max(id)) FROM {}"
    connection.execute(sql.SQL(statement).format(sql.Literal(table), sql.Identifier(table)))


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
