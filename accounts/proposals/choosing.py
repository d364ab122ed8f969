"""What a proposal's form offers: areas in reach, and accounts that people hold already."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from accounts.areas.models import Area, AreaStatus, Level
from accounts.login.models import User
from accounts.proposals.models import Proposal
from accounts.proposals.offices import Office
from accounts.rules import Action
from accounts.scope import KELURAHAN, reach

_CODE = re.compile(r"[0-9.]{13,17}")
UNKNOWN = "Akun ini tidak ditemukan di wilayah Bapak/Ibu. Periksa nama pengguna atau teleponnya."
CLOSED = "Akun ini nonaktif. Minta administrator mengaktifkannya dahulu."


def areas_for(user: User, office: Office, near: str = "") -> QuerySet[Any] | None:
    """The areas whose office the user may propose somebody for; merged ones are gone.

    Whoever reaches many kelurahan is offered the RTs of the one that the code *near* lies in:
    None asks for it first.
    """
    rows = Area.objects.visible_to(user, office.action).filter(level=office.level)
    rows = rows.exclude(state=AreaStatus.MERGED).select_related("parent")
    if office.level == Level.RT and reaches_beyond_kelurahan(user, office.action):
        return rows.under((near[:KELURAHAN],)) if _CODE.fullmatch(near) else None
    return rows


def reaches_beyond_kelurahan(user: User, action: Action) -> bool:
    """Whether the user has the action over whole kecamatan or the city."""
    return any(len(code) < KELURAHAN for code in reach(user, action))


def account_in_reach(user: User, office: Office, text: str) -> User | None:
    """The account that *text* logs into, among those in reach; None without a text.

    Raises ValidationError when there is none there, or an inactive one.
    """
    if not text.strip():
        return None
    found: User | None = User.objects.visible_to(user, office.action).by_login(text)
    if found is None:
        raise ValidationError(UNKNOWN)
    if not found.is_active:
        raise ValidationError(CLOSED)
    return found


def blocking(office: Office, area: str, kind: str, but: int | None = None) -> Proposal | None:
    """The open proposal for the same office, which comes first."""
    rows = Proposal.objects.open().filter(role=office.role, area=area, kind=kind)
    found: Proposal | None = rows.exclude(pk=but).select_related("area__parent").first()
    return found
