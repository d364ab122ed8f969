"""Whether a person counts already, asked for many at once: the set-wise form of ``twice``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db import connection

from residents.registry.states import ACTIVE, COUNTED, Status
from residents.registry.twice import ACTIVE_HERE
from wacat.sealing.crypto import blind_index
from wacat.words import tanggal

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


class Standings:
    """The other records of these NIKs, as they are now."""

    def __init__(self, niks: Iterable[str]) -> None:
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

    def verdict(self, nik: str, area: str, arrived_on: str) -> tuple[str, bool]:
        """Why a stay from *arrived_on* (ISO) cannot be reported, or nothing; and if it is held."""
        records = self._records.get(self._index[nik], []) if nik else []
        if not records:
            return "", False
        day, held = date.fromisoformat(arrived_on), False
        for record in records:
            if record.area == area:
                if text := _in_the_way(record, day):
                    return text, False
            elif record.status in COUNTED:
                held = held or record.ended_on is None or record.ended_on > day
        return "", held


def _in_the_way(record: Record, arrived_on: date) -> str:
    if record.status in ACTIVE:
        return ACTIVE_HERE
    if record.status == Status.HELD:
        return HELD_HERE
    if record.ended_on and record.ended_on > arrived_on:
        return (
            f"Warga ini tercatat tinggal di RT ini sampai {tanggal(record.ended_on)}. Pilih "
            "tanggal datang yang tidak lebih awal."
        )
    return ""
