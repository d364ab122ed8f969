"""Which name somebody logs in with. It defaults to the telephone number, as people are used to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import F, Func, Value

from accounts.areas.models import Area, Level
from accounts.login.models import User
from accounts.login.phones import as_phone
from wacat.workflow import InputMissing

WISHED = re.compile(r"[a-z][a-z0-9._-]{2,59}")


class Candidate(NamedTuple):
    """Whoever is to have a name: the telephone, and the office in its area (with its parent)."""

    phone: str
    role: str
    area: Area


class Names:
    """The user names and telephone numbers that are taken, for a set of people at once.

    Read in two statements, however many they are; those given out here count as taken too.
    """

    def __init__(self, people: Iterable[Candidate]) -> None:
        people = list(people)
        numbers = {as_phone(one.phone) for one in people} - {""}
        phones = User.objects.filter(login_phone__in=numbers)
        self._phones = set(phones.values_list("login_phone", flat=True))
        stem = Func(F("username"), Value(r"\.[0-9]+$"), Value(""), function="regexp_replace")
        stems = {_stem(one.role, one.area) for one in people}
        alike = User.objects.alias(stem=stem).filter(stem__in=stems)
        self._names = set(alike.values_list("username", flat=True))

    def take(self, person: Candidate, wished: str = "") -> tuple[str, str | None]:
        """The user name and, where nobody else logs in with it, the telephone number.

        A telephone that is somebody's already (a family shares one) is passed over: then
        only the user name leads in. Raises InputMissing for a wished name that cannot be had.
        """
        number: str | None = as_phone(person.phone) or None
        if number in self._phones:
            number = None
        if number:
            self._phones.add(number)
        wish = wished.strip().lower()
        if wish and not as_phone(wish):
            return self._wished(wish), number
        return number or self._from_office(person), number

    def _wished(self, name: str) -> str:
        if not WISHED.fullmatch(name):
            text = "Pakai huruf kecil, angka, titik; paling sedikit tiga, dan huruf di depan."
            raise InputMissing({"username": text})
        if User.objects.filter(username=name).exists():
            raise InputMissing({"username": "Nama ini sudah dipakai orang lain. Pilih yang lain."})
        return name

    def _from_office(self, person: Candidate) -> str:
        """As in "rt012.sepinggan" or "lurah.sepinggan", with a number where that is taken."""
        name = stem = _stem(person.role, person.area)
        number = 1
        while name in self._names:
            number += 1
            name = f"{stem}.{number}"
        self._names.add(name)
        return name


def shared_with(phone: str, user: User | None = None) -> bool:
    """Whether somebody else logs in with this telephone number already."""
    number = as_phone(phone)
    others = User.objects.filter(login_phone=number).exclude(pk=user.pk if user else None)
    return bool(number) and others.exists()


def _stem(role: str, area: Area) -> str:
    where = area.containing if area.level == Level.RT else area
    place = re.sub(r"[^a-z0-9]", "", where.name.lower())
    return f"rt{area.code[-3:]}.{place}" if area.level == Level.RT else f"{role}.{place}"
