"""Whether a person counts already, asked for many at once: the set-wise form of ``twice``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db import connection

from residents.registry.states import ACTIVE, COUNTED, Status
from residents.registry.twice import ACTIVE_HERE, lived_here_until
from wacat.sealing.crypto import blind_index

# Thousands of values as one array: as many parameters would take longer than the look-up.
_OTHERS = """
SELECT nik_index, area_id, status, ended_on FROM residents_resident
WHERE nik_index = ANY(%s) AND status = ANY(%s) AND (ended_on IS NULL OR ended_on > arrived_on)
"""
HELD_HERE = "NIK ini sudah dilaporkan di RT ini dan sedang ditahan."


class Record(NamedTuple):
    """As much of another record of the same NIK as decides."""

    area: str
    status: str
    ended_on: date | None


class Verdict(NamedTuple):
    """``error``: why a stay cannot be reported. ``held``: the NIK counts in another RT then.

    ``beyond``: nothing within the area of the list tells so. Whoever learns that has learned of
    another area, which only a held record may tell: a preview must not depend on it.
    """

    error: str = ""
    held: bool = False
    beyond: bool = False


class Standings:
    """The other records of these NIKs, as they are now; *area* is that of the list."""

    def __init__(self, niks: Iterable[str], area: str) -> None:
        self._within = f"{area}."
        self._index = {nik: blind_index(nik, "nik") for nik in niks}
        self._records: dict[bytes, list[Record]] = defaultdict(list)
        self._load(list(self._index.values()))

    def _load(self, wanted: list[bytes]) -> None:
        statuses = [str(status) for status in (*COUNTED, Status.HELD)]
        with connection.cursor() as cursor:
            cursor.execute(_OTHERS, [wanted, statuses])
            for index, *rest in cursor.fetchall():
                self._records[bytes(index)].append(Record(*rest))

    def index(self, nik: str) -> bytes | None:
        """The blind index of one of these NIKs; None for somebody without."""
        return self._index.get(nik)

    def verdict(self, nik: str, area: str, arrived_on: str) -> Verdict:
        """On a stay in the RT *area* from *arrived_on* (ISO) on."""
        records = self._records.get(self._index[nik], []) if nik else []
        if not records:
            return Verdict()
        day, holding = date.fromisoformat(arrived_on), []
        for record in records:
            if record.area == area:
                if text := _in_the_way(record, day):
                    return Verdict(text)
            elif record.status in COUNTED and (record.ended_on is None or record.ended_on > day):
                holding.append(record.area)
        beyond = not any(one.startswith(self._within) for one in holding)
        return Verdict("", bool(holding), bool(holding) and beyond)


def _in_the_way(record: Record, arrived_on: date) -> str:
    if record.status in ACTIVE:
        return ACTIVE_HERE
    if record.status == Status.HELD:
        return HELD_HERE
    if record.ended_on and record.ended_on > arrived_on:
        return lived_here_until(record.ended_on)
    return ""
