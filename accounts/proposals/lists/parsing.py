"""A row of a list, taken by itself: what it proposes, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts.areas.models import Area, AreaStatus
from accounts.posts.models import Post, place_of
from accounts.proposals import checking
from accounts.proposals.cautions import FROZEN, NO_EMAIL, NO_NIP
from accounts.proposals.lists import values
from accounts.proposals.lists.columns import BY_KEY
from accounts.proposals.lists.places import Places
from accounts.proposals.lists.reading import Row
from accounts.proposals.models import Proposal
from accounts.rules import Role

Value = TypeVar("Value")


@dataclass
class Judged:
    """A row with what was found out about it; without ``errors`` it can be proposed.

    ``cells`` are its texts as they were read, ``fields`` those of the proposal.
    """

    number: int
    cells: dict[str, str]
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)
    place: str = ""

    @property
    def name(self) -> str:
        return self.fields.get("full_name") or self.cells.get("full_name", "")

    @property
    def office(self) -> tuple[str, str, str] | None:
        """Role, area and kind; None when that is not known."""
        found = tuple(self.fields.get(name, "") for name in ("role", "area", "kind"))
        return (found[0], found[1], found[2]) if all(found) else None


class Parser:
    """Reads rows for a post that may propose for *roles* in its *places*."""

    def __init__(self, places: Places, roles: frozenset[str]) -> None:
        self.places, self.roles = places, roles

    def parse(self, row: Row) -> Judged:
        judged = Judged(row.number, {key: values.shown(cell) for key, cell in row.cells.items()})
        self._office(row, judged)
        self._person(row, judged)
        self._decree(row, judged)
        return judged

    def _office(self, row: Row, judged: Judged) -> None:
        cells, told = row.cells, judged.errors
        number = _tried(told, lambda: values.rt_of(cells.get("rt")))
        kelurahan = _tried(
            told, lambda: self.places.kelurahan(values.text_of(cells.get("kelurahan")))
        )
        if number is None or kelurahan is None:
            return
        role = Role.KETUA_RT if number else Role.LURAH
        if role not in self.roles:
            told.append("Isi nomor RT-nya." if not number else "Kosongkan RT: ini daftar Lurah.")
            return
        rt = (lambda: self.places.rt(kelurahan, number)) if number else lambda: kelurahan
        area = _tried(told, rt)
        if area is None:
            return
        kind = self._kind(row, judged, role)
        if kind is not None:
            judged.fields |= {"role": str(role), "area": area.pk, "kind": str(kind)}
        self._tell_of(judged, area)

    def _kind(self, row: Row, judged: Judged, role: str) -> str | None:
        kind = _tried(judged.errors, lambda: values.kind_of(row.cells.get("kind")))
        if kind == Post.Kind.PLT and role == Role.KETUA_RT:
            judged.errors.append("Plt. hanya untuk Lurah.")
            return None
        return kind

    def _tell_of(self, judged: Judged, area: Area) -> None:
        judged.place = place_of(area)
        if area.state == AreaStatus.FROZEN:
            judged.warnings.append(FROZEN)

    def _person(self, row: Row, judged: Judged) -> None:
        cells, told = row.cells, judged.errors
        self._keep(judged, "full_name", lambda: checking.name_from(_needed(row, "full_name")))
        phone = _tried(told, lambda: values.phone_of(cells.get("phone")))
        if phone:
            judged.fields["phone"] = phone[0]
            if phone[1]:
                judged.warnings.append(f"Angka 0 di depan telepon ditambahkan: {phone[0]}.")
        self._email(row, judged)
        if judged.fields.get("role") == Role.LURAH:
            self._keep(judged, "nip", lambda: checking.nip_from(values.text_of(cells.get("nip"))))
            self._keep(judged, "rank", lambda: _short("rank", values.text_of(cells.get("rank"))))
            if not (judged.fields.get("nip") and judged.fields.get("rank")):
                judged.warnings.append(NO_NIP)

    def _email(self, row: Row, judged: Judged) -> None:
        cell = row.cells.get("email")
        email = _tried(judged.errors, lambda: values.email_of(cell))
        if email is None:
            return
        may_lack = judged.fields.get("role") == Role.KETUA_RT
        if email:
            self._keep(judged, "email", lambda: _checked_email(email))
        elif cell is None or not may_lack:
            hint = ", atau tulis “tidak punya”" if may_lack else ""
            judged.errors.append(f"Isi surel yang aktif{hint}.")
        else:
            judged.fields["email"] = ""
            judged.warnings.append(NO_EMAIL)

    def _decree(self, row: Row, judged: Judged) -> None:
        self._keep(
            judged, "decree_number", lambda: _short("decree_number", _needed(row, "decree_number"))
        )
        self._day(row, judged, "decree_date", checking.check_decree_date)
        starts = self._day(row, judged, "starts", checking.check_starts)
        ends = _tried(judged.errors, lambda: values.day_of(row.cells.get("term_ends")))
        if starts and ends:
            _tried(judged.errors, lambda: checking.check_term(starts, ends))
        judged.fields["term_ends"] = ends.isoformat() if ends else None

    def _day(
        self, row: Row, judged: Judged, key: str, check: Callable[[date], None]
    ) -> date | None:
        day = _tried(judged.errors, lambda: values.day_of(row.cells.get(key)))
        if day is None:
            if key not in row.cells:
                judged.errors.append(f"Isi {BY_KEY[key].title}.")
            return None
        _tried(judged.errors, lambda: check(day), f"{BY_KEY[key].title}: ")
        judged.fields[key] = day.isoformat()
        return day

    def _keep(self, judged: Judged, key: str, read: Callable[[], str]) -> None:
        value = _tried(judged.errors, read)
        if value is not None:
            judged.fields[key] = value


def _tried(errors: list[str], read: Callable[[], Value], before: str = "") -> Value | None:
    """What *read* gives; None, with the error noted, where it raises one."""
    try:
        return read()
    except ValidationError as error:
        errors.extend(before + text for text in error.messages)
        return None


def _needed(row: Row, key: str) -> str:
    text = values.text_of(row.cells.get(key))
    if not text:
        raise ValidationError(f"Isi {BY_KEY[key].title}.")
    return _short(key, text)


def _short(key: str, text: str) -> str:
    column: Any = Proposal._meta.get_field(key)
    most = column.max_length
    if len(text) > most:
        raise ValidationError(f"{BY_KEY[key].title} terlalu panjang (paling banyak {most} huruf).")
    return text


def _checked_email(email: str) -> str:
    try:
        validate_email(email)
    except ValidationError as error:
        raise ValidationError(f"Surel “{email}” tidak lengkap.") from error
    return _short("email", email)
