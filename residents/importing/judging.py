"""A row of a list, taken by itself: whom it reports, or what is wrong with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from residents.importing import cells, lists
from residents.importing.cells import BadCell, text_of
from residents.importing.judged import Judged
from residents.importing.places import Places
from residents.importing.reading import Row
from residents.importing.stays import Stays
from residents.importing.who import identify
from residents.registry import codes
from residents.registry.cautions import codes_of, number_warnings
from residents.registry.consistency import ADULT, age_on
from residents.registry.models import Resident
from wacat.clock import today
from wacat.spreadsheets.wording import plain

_LIST_FIELDS = (
    "sex",
    "religion",
    "marital_status",
    "education",
    "occupation",
    "blood_type",
    "nationality",
    "family_relation",
)
_TEXT_FIELDS = (
    "birth_place",
    "country",
    "passport_number",
    "origin_address",
    "landlord_name",
    "institution_name",
    "institution_address",
    "guarantor_name",
    "purpose_detail",
)
_ORIGIN = ("origin_area", "origin_province")
_REPEATED = frozenset({*_ORIGIN, "birth_place", "country", "institution_name", "landlord_name"})
_PHONE_FIELDS = ("phone", "landlord_phone", "guarantor_phone")
_LONGEST: dict[str, int] = {
    field.name: field.max_length for field in Resident._meta.fields if field.max_length
}
_LONGEST["passport_number"] = 40
_KINDS = frozenset(plain(label) for label in codes.LodgingKind.labels) | {"kost", "rumah"}
NO_PURPOSE = "Isi keperluan tinggal."
MORE_CELLS = (
    "Baris ini punya lebih banyak kolom daripada judulnya. Mungkin ada tanda pemisah di dalam "
    "sebuah isian; beri tanda kutip, atau simpan sebagai .xlsx."
)


@dataclass(frozen=True)
class Defaults:
    """What stands for a cell that is empty, or a column that is missing."""

    rt: str = ""
    address: str = ""
    arrival: date | None = None
    purpose: int | None = None


class Judge:
    """Judges the rows of one list; what it read from a cell once it remembers for the next.

    ``read_as`` counts the words that were read as a label they do not spell out, by column, word
    and number.
    """

    def __init__(self, places: Places, defaults: Defaults) -> None:
        self.places, self.defaults, self.today = places, defaults, today()
        self.stays = Stays(self.today, defaults.arrival)
        self.read_as: Counter[tuple[str, str, int]] = Counter()
        self._known: dict[str, dict[Any, tuple[Any, str]]] = defaultdict(dict)

    def judge(self, row: Row) -> Judged:
        """The row by itself; others with the same NIK are another matter."""
        judged = Judged(row)
        if row.more:
            judged.errors.append(MORE_CELLS)
        self._lists(judged)
        self._texts(judged)
        identify(judged, self.today, self._remembered)
        self._where(judged)
        self.stays.add(judged, self._remembered)
        self._purpose(judged)
        if not judged.errors:
            self._look_again(judged)
        return judged

    def _lists(self, judged: Judged) -> None:
        for key in _LIST_FIELDS:
            value = judged.row.cells.get(key)
            if value is None:
                continue
            number = self._number(key, value)
            if number is not None:
                judged.fields[key] = number
            elif text := text_of(value):
                title = lists.TITLES[key]
                judged.warnings.append(f"{title} “{text[:40]}” tidak dikenal; dikosongkan.")

    def _number(self, key: str, value: Any) -> int | None:
        """The number in a code list, counted when it was read from other words."""
        found, is_reading = self._remembered(key, value, lists.LISTS[key].find)
        if is_reading:
            self.read_as[key, text_of(value)[:40], found] += 1
        return found

    def _texts(self, judged: Judged) -> None:
        given, fields = judged.row.cells, judged.fields
        for key in _TEXT_FIELDS:
            if key in given and (text := self._words(key, given[key])):
                fields[key] = self._short(judged, key, text)
        for key in _PHONE_FIELDS:
            if key in given:
                self._optional(judged, key, partial(cells.phone_of, given[key]))
        if "email" in given and (email := text_of(given["email"])):
            self._optional(judged, "email", lambda: _checked_email(email))
        origin = [self._words(key, given[key]) for key in _ORIGIN if key in given]
        if any(origin):
            fields["origin_area"] = self._short(
                judged, "origin_area", ", ".join(filter(None, origin))
            )
        if "notes" in given and (text := text_of(given["notes"])):
            fields["notes"] = self._short(judged, "notes", text)

    def _words(self, key: str, value: Any) -> str:
        """Remembered where they come again and again."""
        if key in _REPEATED:
            words: str = self._remembered("words", value, text_of)
            return words
        return text_of(value)

    def _optional(self, judged: Judged, key: str, read: Callable[[], str]) -> None:
        try:
            value = read()
        except BadCell as error:
            judged.warnings.append(str(error))
            return
        if value:
            judged.fields[key] = value

    def _short(self, judged: Judged, key: str, text: str) -> str:
        most = _LONGEST[key]
        if len(text) <= most:
            return text
        judged.warnings.append(f"{lists.TITLES[key]} dipotong menjadi {most} huruf.")
        return text[:most]

    def _where(self, judged: Judged) -> None:
        given, fields = judged.row.cells, judged.fields
        cell = (given.get("kelurahan"), given.get("rt"))
        try:
            area = self._remembered("place", cell, self._place)
        except BadCell as error:
            judged.errors.append(str(error))
            area = ""
        fields["area_id"] = area
        address = text_of(given["address"]) if "address" in given else ""
        name = text_of(given["lodging"]) if "lodging" in given else ""
        if name:
            address = self._lodging(judged, area, name, address)
        address = address or self.defaults.address
        if not address:
            judged.errors.append("Isi alamat tinggal.")
        elif len(address) > _LONGEST["address"]:
            judged.errors.append("Alamat tinggal terlalu panjang (paling banyak 200 huruf).")
        fields["address"] = address

    def _place(self, cell: tuple[Any, Any]) -> str:
        return self.places.find(*cell, self.defaults.rt)

    def _lodging(self, judged: Judged, area: str, name: str, address: str) -> str:
        """Put the lodging into the row; the address, which may be the lodging's own."""
        known = self.places.lodging(area, name) if area else None
        if known:
            judged.fields["lodging_id"] = known[0]
            return address or known[1]
        self._note(judged, f"Tempat: {name}")
        if plain(name) not in _KINDS:
            judged.warnings.append(
                f"Tempat “{name[:40]}” belum tercatat di RT ini; namanya ditulis di catatan."
            )
        return address or name

    def _note(self, judged: Judged, text: str) -> None:
        notes = judged.fields.get("notes", "")
        judged.fields["notes"] = f"{notes}; {text}"[:500] if notes else text[:500]

    def _purpose(self, judged: Judged) -> None:
        value = judged.row.cells.get("purpose")
        number = self._number("purpose", value) if value is not None else None
        text = text_of(value) if number is None and value is not None else ""
        if number is None and not text:
            number = self.defaults.purpose
            if number is None:
                judged.errors.append(NO_PURPOSE)
        elif number is None:
            number = int(codes.Purpose.OTHER)
            detail = judged.fields.get("purpose_detail") or text
            judged.fields["purpose_detail"] = detail[:200]
            judged.warnings.append(f"Keperluan “{text[:40]}” dicatat sebagai Lainnya.")
        judged.fields["purpose"] = number

    def _look_again(self, judged: Judged) -> None:
        """What the form of a single person would warn of as well."""
        fields = judged.fields
        born = fields.get("birth_date")
        record = _Numbers(
            fields["nik"],
            fields.get("no_kk", ""),
            fields.get("sex"),
            date.fromisoformat(born) if born else None,
        )
        warnings = number_warnings(record, self.today)
        judged.warnings += [one.text for one in warnings]
        fields["cautions"] = codes_of(warnings, record.nik)
        single = fields.get("marital_status") in (None, codes.MaritalStatus.SINGLE)
        is_head = fields.get("family_relation") == codes.FamilyRelation.HEAD
        if (
            is_head
            and record.birth_date
            and single
            and age_on(self.today, record.birth_date) < ADULT
        ):
            del fields["family_relation"]
            judged.warnings.append("Kepala keluarga di bawah 17 tahun; hubungannya dikosongkan.")

    def _remembered(self, kind: str, value: Any, read: Callable[[Any], Any]) -> Any:
        """What *read* gives for the value, read once; BadCell is remembered as well."""
        if value is True or value is False:  # which are equal to 1 and 0
            return read(value)
        memory = self._known[kind]
        known = memory.get(value)
        if known is None:
            try:
                known = (read(value), "")
            except BadCell as error:
                known = (None, str(error))
            memory[value] = known
        if known[1]:
            raise BadCell(known[1])
        return known[0]


@dataclass(slots=True)
class _Numbers:
    """As much of a resident as its numbers are compared with."""

    nik: str
    no_kk: str
    sex: int | None
    birth_date: date | None


def _checked_email(email: str) -> str:
    try:
        validate_email(email)
    except ValidationError as error:
        raise BadCell(f"Surel “{email[:40]}” tidak lengkap; dikosongkan.") from error
    return email
