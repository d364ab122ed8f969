"""Whether a delivered service tells anything new of what is in force.

Capitals, order and shape make no change. Neither does what an export has no word for: of several
exports one has a column that another lacks, whichever comes first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F, Lookup

from accounts.areas.models import CITY_CODE
from residents.services.delivered import Delivered
from residents.services.identity import content_of, street_of
from residents.services.lines import sheet_of
from residents.services.models import Service
from wacat.sealing.crypto import blind_index
from wacat.spreadsheets.wording import plain

# What an export may have no column for.
MAY_LACK = ("nik", "no_kk", "address", "other_place", "detail")
_SAYS_RT = re.compile(r"\br\.?\s?t\.?[\s.:]*0*[1-9]", re.IGNORECASE)
_SAYS_KELURAHAN = re.compile(r"\bk(?:el|lurah)", re.IGNORECASE)
_SAYS_SOMETHING = re.compile(r"[^\W0]")


class Earlier(NamedTuple):
    """The version that is in force. ``number`` is told where the delivered one has none."""

    identity: str
    pk: int
    content: UUID
    version: int
    place_key: UUID | None
    area: str
    status: str
    number: str = ""


class Compared(NamedTuple):
    """``is_known``: it tells nothing new. ``stays``: it says nothing else of where it lies."""

    is_known: bool
    stays: bool


_ELSEWHERE, _KNOWN = Compared(False, False), Compared(True, True)


_OF_EARLIER = ("pk", "content", "version", "place_key", "area_id", "status")


def in_force(rows: Sequence[Delivered]) -> dict[str, Earlier]:
    """What is in force of the same services, by the identity of the delivered ones."""
    wanted = _AnyOf(F("identity"), [one.identity for one in rows], "uuid")
    values = Service.objects.in_force().filter(wanted).values_list("identity", *_OF_EARLIER)
    found = {identity.hex: Earlier(identity.hex, *rest) for identity, *rest in values}
    new = [one for one in rows if one.nik and one.identity not in found]
    return found | _but_for_the_number(new, {one.pk for one in found.values()})


def _but_for_the_number(rows: Sequence[Delivered], taken: set[int]) -> dict[str, Earlier]:
    """Of the same person, kind and day, where only one of the two exports tells a number."""
    if not rows:
        return {}
    keys = {(blind_index(one.nik, "nik"), one.kind, one.served_on): one for one in rows}
    alike = Service.objects.in_force().filter(
        _AnyOf(F("nik_index"), [rf"\x{index.hex()}" for index, _, _ in keys], "bytea"),
        kind__in={one.kind for one in rows},
        served_on__in={one.served_on for one in rows},
    )
    if all(one.number for one in rows):
        alike = alike.filter(number__isnull=True)
    found: dict[str, Earlier] = {}
    values = alike.order_by("pk").values_list(
        "nik_index", "kind", "served_on", "number", "identity", *_OF_EARLIER
    )
    for index, kind, day, number, identity, *rest in values:
        one = keys.get((bytes(index), kind, day.isoformat()))
        earlier = Earlier(identity.hex, *rest)._replace(number=number)
        if one and earlier.pk not in taken and bool(number) != bool(one.number):
            found.setdefault(one.identity, earlier)
    return found


class _AnyOf(Lookup):
    """One of the keys in an array.

    As one value: thousands of single ones take longer than the search itself.
    """

    lookup_name = "any_of"
    prepare_rhs = False

    def __init__(self, left: Any, keys: Iterable[str], of: str) -> None:
        super().__init__(left, f"{{{','.join(json.dumps(key) for key in keys)}}}")
        self.of = of

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        left, params = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s::{self.of}[])", [*params, self.rhs]


def compare(rows: Sequence[Delivered], earlier: Mapping[str, Earlier]) -> list[Compared]:
    """Each row with what is in force of the same service; a new one is elsewhere."""
    found = [_ELSEWHERE] * len(rows)
    doubtful: dict[int, tuple[Delivered, Earlier]] = {}
    for number, one in enumerate(rows):
        before = earlier.get(one.identity)
        if before is None:
            continue
        is_there = same_text(one, before) or before.area == one.rt
        if is_there and before.content.hex == one.content:
            found[number] = _KNOWN
        elif is_there or _is_silent(one, before):
            doubtful[number] = one, before
    for number, result in _looked_up(doubtful):
        found[number] = result
    return found


def same_text(one: Delivered, before: Earlier) -> bool:
    """The same words of where it lies."""
    return before.place_key is not None and before.place_key.hex == one.place_key


def _is_silent(one: Delivered, before: Earlier) -> bool:
    """It names no RT, and no other kelurahan than the one where the service was told."""
    if one.rt or _SAYS_SOMETHING.search(one.rt_text) or _SAYS_RT.search(one.address):
        return False
    if one.within != CITY_CODE:
        return before.area.startswith(one.within)
    return not one.kelurahan_text and not _SAYS_KELURAHAN.search(one.address)


def _looked_up(rows: Mapping[int, tuple[Delivered, Earlier]]) -> Iterator[tuple[int, Compared]]:
    if not rows:
        return
    stored = Service.objects.filter(pk__in={before.pk for _, before in rows.values()})
    values = stored.values_list("pk", "row", "file_id", "file__lacks", *MAY_LACK)
    before_of = {pk: _Before(row, file, lacks, texts) for pk, row, file, lacks, *texts in values}
    ends = {before.pk for one, before in rows.values() if one.is_other_end}
    paired = _of_one_row([before_of[pk] for pk in ends])
    for number, (one, earlier) in rows.items():
        before = before_of[earlier.pk]
        is_there = same_text(one, earlier) or earlier.area == one.rt
        if one.is_other_end and (before.file, before.row) not in paired:
            # A row of its own has told of this end, in its own words.
            yield number, _KNOWN
            continue
        yield number, before.compared(one, earlier, is_there)


class _Before(NamedTuple):
    """Of the version in force, where it was read and ``MAY_LACK``."""

    row: int | None
    file: int | None
    lacks: list[list[str]] | None
    texts: list[str]

    def compared(self, one: Delivered, earlier: Earlier, is_there: bool) -> Compared:
        told = self._filled(one)
        content = content_of(date.fromisoformat(one.served_on), full_name=one.full_name, **told)
        street, before = told["address"], self.texts[MAY_LACK.index("address")]
        stays = is_there or plain(street_of(street)) == plain(street_of(before))
        return Compared(content == earlier.content, stays)

    def _filled(self, one: Delivered) -> dict[str, str]:
        """What is told now, without what one of the two exports has no word for."""
        lacked = self._lacked()
        return {
            name: text if name in lacked else getattr(one, name) or text
            for name, text in zip(MAY_LACK, self.texts, strict=True)
        }

    def _lacked(self) -> Sequence[str]:
        sheet = sheet_of(self.row or 0)
        return self.lacks[sheet] if self.lacks and sheet < len(self.lacks) else ()


def _of_one_row(ends: Sequence[_Before]) -> set[tuple[int | None, int | None]]:
    """The file and row of those that were told together with the other end, by one row."""
    if not ends:
        return set()
    files, lines = {one.file for one in ends}, {one.row for one in ends}
    rows = Service.objects.filter(file__in=files, row__in=lines)
    pairs = rows.values_list("file", "row").annotate(ends=Count("pk")).filter(ends__gt=1)
    return {(file, row) for file, row, _ in pairs}
