"""Which name somebody logs in with. It defaults to the telephone number, as people are used to."""

from __future__ import annotations

import re
from collections.abc import Iterable

from accounts.areas.models import Area, Level
from accounts.login.models import User
from accounts.login.phones import as_phone


class Names:
    """The user names and telephone numbers that are taken, for a set of people at once."""

    def __init__(self, phones: Iterable[str]) -> None:
        numbers = {as_phone(phone) for phone in phones} - {""}
        self._phones = set(
            User.objects.filter(login_phone__in=numbers).values_list("login_phone", flat=True)
        )

    def take(self, phone: str, role: str, area: Area, wished: str = "") -> tuple[str, str | None]:
        """The user name and, where nobody else logs in with it, the telephone number.

        A telephone that is somebody's already (a family shares one) is passed over: then
        only the user name leads in.
        """
        number: str | None = as_phone(phone) or None
        if number in self._phones:
            number = None
        if number:
            self._phones.add(number)
        wish = wished.strip().lower()
        if wish and not as_phone(wish):
            return wish, number
        return number or self._from_office(role, area), number

    def _from_office(self, role: str, area: Area) -> str:
        """As in "rt012.sepinggan" or "lurah.sepinggan", with a number where that is taken."""
        where = area.containing if area.level == Level.RT else area
        place = re.sub(r"[^a-z0-9]", "", where.name.lower())
        stem = f"rt{area.code[-3:]}.{place}" if area.level == Level.RT else f"{role}.{place}"
        taken = set(
            User.objects.filter(username__startswith=stem).values_list("username", flat=True)
        )
        number, name = 1, stem
        while name in taken:
            number += 1
            name = f"{stem}.{number}"
        return name


def shared_with(phone: str, user: User | None = None) -> bool:
    """Whether somebody else logs in with this telephone number already."""
    others = User.objects.filter(login_phone=as_phone(phone) or None)
    return others.exclude(pk=user.pk if user else None).exists() if as_phone(phone) else False
