"""A row of a file, taken by itself: which services it tells of, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from residents.feeds.column_table import ELSEWHERE, FROM, PLACE_PARTS, TO
from residents.feeds.gazetteer import Gazetteer
from residents.feeds.kinds import kind_of
from residents.feeds.matching import Match, Matcher, Place, place_key
from residents.feeds.needed import Zeros
from residents.feeds.texts import code_of, detail_of, in_words, text
from residents.importing.cells import BadCell, name_of, nik_of, no_kk_of
from residents.services.codes import Kind
from residents.services.delivered import Delivered
from residents.services.identity import content_of, identity_of
from wacat.clock import today
from wacat.spreadsheets.days import NoDay, day_of

NO_NAME = "Isi nama lengkap."
NO_DAY = "Isi tanggal layanan."
NO_KIND = "Isi jenis layanan."
NO_PLACE = "Isi alamat, RT, atau kelurahannya."
FUTURE = "Tanggal layanan “{}” setelah hari ini."
TOO_OLD = "Tanggal layanan “{}” sebelum tahun 1950."
UNKNOWN_KIND = "Jenis layanan “{}” tidak dikenal."
BAD_KK = "No. KK yang tidak terbaca dikosongkan"
LONGEST_NUMBER = 100
FIRST_YEAR = 1950
_SIDES = {
    Kind.MOVED_IN: (TO, FROM),
    Kind.MOVED_OUT: (FROM, TO),
}
_OTHER_END = {Kind.MOVED_IN: Kind.MOVED_OUT, Kind.MOVED_OUT: Kind.MOVED_IN}
_BALIKPAPAN = "balikpapan"
_NOWHERE = Place()
_KEYS = {side: [f"{side}{part}" for part in PLACE_PARTS] for side in ("", FROM, TO)}


@dataclass(slots=True)
class Judged:
    """Without ``errors`` the row's ``services``: its own, and the other end of a move within the
    city."""

    services: list[Delivered] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class Judge:
    """Judges the rows of one file; what it read from a cell once it remembers for the next.

    ``keys`` are the columns of the sheet; ``kind`` what it is where no cell says it.
    """

    def __init__(self, areas: Gazetteer) -> None:
        self.matcher = Matcher(areas)
        self.today = today()
        self.kind: Kind | None = None
        self.kelurahan = ""
        self.keys: frozenset[str] = frozenset()
        self.sides = {FROM: False, TO: False}
        self.has_parts_of_code = False
        self.emptied, self.zeros = 0, Zeros()
        self._kinds: dict[Any, Kind | str] = {}
        self._days: dict[Any, date | str] = {}

    def begin(self, keys: Iterable[str], kind: Kind | None, names: Iterable[str] = ()) -> None:
        """Go on with another sheet; *names* are what it is called, maybe by a kelurahan."""
        self.keys, self.kind = frozenset(keys), kind
        self.kelurahan = self._kelurahan_of(names)
        self.sides = {side: any(map(_starts(side), self.keys)) for side in (FROM, TO)}
        self.has_parts_of_code = any(map(_starts("code_"), self.keys))

    def judge(self, number: int, cells: dict[str, Any]) -> Judged:
        """The row with this number, by its filled cells. All that is wrong is said at once."""
        judged = Judged()
        say = judged.errors.append
        name = self._tried(say, name_of, cells.get("full_name"), NO_NAME)
        nik = self._tried(say, nik_of, cells.get("nik"))
        if nik:
            self.zeros.add(nik)
        kind = self._kind(cells.get("kind"), say)
        served_on = self._day(cells.get("served_on"), say)
        own, other = self._places(kind, cells)
        if own.is_empty:
            say(NO_PLACE)
        if judged.errors or kind is None or served_on is None:
            return judged
        facts = _Facts(
            kind=kind,
            served_on=served_on,
            number=text(cells.get("number"))[:LONGEST_NUMBER],
            nik=nik,
            no_kk=self._no_kk(cells.get("no_kk")),
            full_name=name,
            detail=detail_of(cells),
            row=number,
        )
        self._tell(judged, facts, own, other)
        return judged

    def _tell(self, judged: Judged, facts: _Facts, own: Place, other: Place) -> None:
        """The row's own service and, where its other end lies in the city, that one's."""
        judged.services.append(_service(facts, own, other, self.matcher.match(own)))
        end = _OTHER_END.get(facts.kind)
        if end is None or other.is_empty:
            return
        match = self.matcher.match(other)
        if match.in_city or _BALIKPAPAN in other.address.casefold():
            facts.kind, facts.is_other_end = end, True
            judged.services.append(_service(facts, other, own, match))

    def _tried(
        self, say: Callable[[str], None], read: Callable[[Any], str], value: Any, missing: str = ""
    ) -> str:
        if value is None:
            if missing:
                say(missing)
            return ""
        try:
            return read(value)
        except BadCell as error:
            say(str(error))
            return ""

    def _no_kk(self, value: Any) -> str:
        """The number, or nothing where it cannot be read: the service is known without it."""
        try:
            return no_kk_of(value) if value is not None else ""
        except BadCell:
            self.emptied += 1
            return ""

    def _kind(self, value: Any, say: Callable[[str], None]) -> Kind | None:
        words = text(value)
        if not words:
            if self.kind is None:
                say(NO_KIND)
            return self.kind
        found = self._kinds.get(words)
        if found is None:
            found = self._kinds[words] = kind_of(words) or UNKNOWN_KIND.format(words[:40])
        if isinstance(found, str):
            say(found)
            return None
        return found

    def _day(self, value: Any, say: Callable[[str], None]) -> date | None:
        if value is None or (isinstance(value, str) and not text(value)):
            say(NO_DAY)
            return None
        found = self._days.get(value)
        if found is None:
            found = self._days[value] = self._read_day(value)
        if isinstance(found, str):
            say(found)
            return None
        return found

    def _read_day(self, value: Any) -> date | str:
        try:
            day = day_of(value, self.today)
        except NoDay as error:
            return str(error)
        if day > self.today:
            return FUTURE.format(f"{day:%d-%m-%Y}")
        return day if day.year >= FIRST_YEAR else TOO_OLD.format(f"{day:%d-%m-%Y}")

    def _places(self, kind: Kind | None, cells: dict[str, Any]) -> tuple[Place, Place]:
        """Where it is told, and the other end of a move."""
        if kind not in _SIDES:
            general = self._place(cells, "")
            return (self._place(cells, TO) if general.is_empty else general), _NOWHERE
        own, side = _SIDES[kind]
        other = self._place(cells, side)
        if other.is_empty and ELSEWHERE in cells:
            other = Place(text(cells[ELSEWHERE]))
        return self._own(cells, own), other

    def _own(self, cells: dict[str, Any], side: str) -> Place:
        """Of the side's columns; what has none there stands in the general ones."""
        sided, general = self._place(cells, side), self._place(cells, "")
        if sided.is_empty:
            return general
        parts = zip(PLACE_PARTS, sided, general, strict=True)
        return Place(*(one if f"{side}{key}" in self.keys else two for key, one, two in parts))

    def _place(self, cells: dict[str, Any], side: str) -> Place:
        if side and not self.sides[side]:
            return _NOWHERE
        place = Place(*[text(cells[key]) if key in cells else "" for key in _KEYS[side]])
        if side:
            return place
        if self.kelurahan:
            return place._replace(kelurahan=self.kelurahan)
        if place.code or not self.has_parts_of_code:
            return place
        return place._replace(code=code_of(cells))

    def _kelurahan_of(self, names: Iterable[str]) -> str:
        """The kelurahan that a sheet is called by, where none of its columns tells any."""
        if any(key.endswith("kelurahan") or key.startswith("code") for key in self.keys):
            return ""
        codes = {code for name in names if (code := self.matcher.areas.kelurahan(name))}
        return self.matcher.areas.names[codes.pop()] if len(codes) == 1 else ""


@dataclass(slots=True)
class _Facts:
    kind: Kind
    served_on: date
    number: str
    nik: str
    no_kk: str
    full_name: str
    detail: str
    row: int
    is_other_end: bool = False


def _service(facts: _Facts, own: Place, other: Place, match: Match) -> Delivered:
    address, rt_text = own.address[:200], own.rt[:40]
    kelurahan_text = match.kelurahan_text[:60]
    elsewhere = in_words(other)
    told = (facts.nik, facts.no_kk, facts.full_name, address, elsewhere, facts.detail)
    identity = identity_of(
        facts.kind, facts.number, facts.nik, facts.no_kk, facts.full_name, facts.served_on
    )
    return Delivered(
        kind=int(facts.kind),
        served_on=facts.served_on.isoformat(),
        number=facts.number,
        nik=facts.nik,
        no_kk=facts.no_kk,
        full_name=facts.full_name,
        address=address,
        rt_text=rt_text,
        kelurahan_text=kelurahan_text,
        other_place=elsewhere,
        detail=facts.detail,
        place_key=place_key(match.within, address, rt_text, kelurahan_text),
        within=match.within,
        rt=match.rt,
        identity=identity.hex,
        content=content_of(facts.served_on, *told).hex,
        is_other_end=facts.is_other_end,
        row=facts.row,
    )


def _starts(word: str) -> Callable[[str], bool]:
    return lambda key: key.startswith(word)
