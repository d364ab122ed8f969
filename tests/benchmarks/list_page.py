"""Lists and searches as they are asked for, beside the plain ways, and what they cost in all.

For an RT, for a kelurahan like others, for one to which nobody has come for long, and for the
city: pages by their whole answer, with the statements that each takes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F, Q
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.rules import Action, Role
from residents.registry.models import Resident
from residents.registry.narrowing import Narrowing
from residents.registry.ranking import Search
from residents.registry.states import GONE, Status
from tests.benchmarks.timing import compare, costs
from tests.benchmarks.town import QUIET
from tests.officials import holder as holder_of
from wacat.clock import today
from wacat.pages import PAGE_SIZE, following

CITY, KELURAHAN = "64.71", "64.71.05.1002"
READERS = {
    "RT": (Role.KETUA_RT, f"{KELURAHAN}.003"),
    "kelurahan": (Role.LURAH, KELURAHAN),
    "quiet kel.": (Role.LURAH, QUIET),
    "city": (Role.OPERATOR, CITY),
}
RARE_PROVINCE, COMMON_PROVINCE = "94", "73"
SEARCHES = {
    "common name": {"q": "Muhammad"},
    "common, misspelt": {"q": "Mohamat"},
    "two words": {"q": "siti contoh"},
    "rare name": {"q": "Sudarma Komang Arta"},
    "slip of a letter": {"q": "Wulandri"},
    "part of a word": {"q": "yanti"},
    "no match": {"q": "Qwertyuio"},
    "name, held": {"q": "Siti", "status": "held"},
    "name, province": {"q": "Siti", "provinsi": RARE_PROVINCE},
    "lodging": {"tempat": "kos melati"},
    "origin": {"asal": "makassar"},
    "rare origin": {"asal": "jayawijaya"},
}


def run(size: int) -> None:
    """Print the lines of lists among *size* people."""
    _beside_plain(size)
    _names(size)
    for reader, (role, area) in READERS.items():
        client = Client()
        client.force_login(holder_of(role, area), backend=settings.AUTHENTICATION_BACKENDS[0])
        for name, query in _lists(area).items():
            _page(f"{name}, {reader}", size, partial(client.get, f"/warga/{query}"))
        for name, asked in SEARCHES.items():
            _page(f"{name}, {reader}", size, partial(client.post, "/warga/", asked))


def _lists(area: str) -> dict[str, str]:
    """What a list is narrowed to, by its address: rare and common, alone and together."""
    day = today()
    keys = Resident.objects.under((area,)).order_by("-pk").values_list("pk", flat=True)
    deep = keys[keys.count() * 3 // 4]
    old = f"datang_dari={day - timedelta(900)}&datang_sampai={day - timedelta(400)}"
    return {
        "list": "",
        "list, 3/4 down": f"?sebelum={deep}",
        "verified": "?status=verified",
        "held": "?status=held",
        "merged": "?status=merged",
        "overdue": "?status=overdue",
        "ends soon": "?status=soon",
        "province": f"?provinsi={COMMON_PROVINCE}",
        "rare province": f"?provinsi={RARE_PROVINCE}",
        "came lately": f"?datang_dari={day - timedelta(7)}",
        "came long ago": f"?{old}",
        "ends in 3 days": f"?berakhir_dari={day}&berakhir_sampai={day + timedelta(3)}",
        "held, rare province": f"?status=held&provinsi={RARE_PROVINCE}",
        "came long ago, province": f"?{old}&provinsi={RARE_PROVINCE}",
        "overdue, came lately": f"?status=overdue&datang_dari={day - timedelta(90)}",
    }


def _page(what: str, size: int, ask: Callable[[], Any]) -> None:
    answer = ask()
    # A lodging's name that too many in the city have is asked for more exactly (422).
    assert answer.status_code in (200, 422), what
    with CaptureQueriesContext(connection) as asked:
        ask()
    statements = [one for one in asked if re.match(r"SELECT|INSERT|UPDATE", one["sql"])]
    costs(what, size, ask, len(statements))


def _beside_plain(size: int) -> None:
    lurah = holder_of(Role.LURAH, KELURAHAN)
    mine = Resident.objects.visible_to(lurah, Action.RESIDENT_VIEW).select_related("area__parent")
    mine, plain = mine.exclude(status__in=GONE), _plain(KELURAHAN)
    keys = list(mine.order_by("-pk").values_list("pk", flat=True))
    deep = len(keys) * 3 // 4
    further = mine.filter(pk__lt=keys[deep - 1])
    compare("list, first page", size, partial(_first, mine), partial(_by_offset, plain, 0))
    compare("list, 3/4 down", size, partial(_first, further), partial(_by_offset, plain, deep))


def _names(size: int) -> None:
    """In the whole city. Plainly, names are read one by one, and sealed NIKs all opened."""
    operator = holder_of(Role.OPERATOR, CITY)
    everybody = Resident.objects.visible_to(operator, Action.RESIDENT_VIEW)
    everybody = everybody.exclude(status__in=GONE)
    found = everybody.exclude(nik_index=None).order_by("-pk")[size // 2]
    named = partial(_search, everybody, found.full_name)
    plain = partial(_read, _plain(CITY), found.full_name)
    compare("search, whole name", size, named, plain)
    with_nik = Narrowing(text=found.nik).narrow(everybody, operator)
    compare("search, NIK", size, partial(_first, with_nik), partial(_opened, CITY, found.nik))


def _plain(area: str) -> Any:
    """The same people by their area's prefix, as text."""
    rows = Resident.objects.filter(area__code__startswith=area)
    return rows.exclude(status__in=(Status.DRAFT, *GONE)).select_related("area__parent")


def _first(rows: Any) -> list[int]:
    return [one.pk for one in following(rows, None, PAGE_SIZE)]


def _search(rows: Any, text: str) -> int:
    """The first one's key: of those further down the plain way knows nothing."""
    return Search(text, rows, Resident.objects.under((CITY,))).following(None, PAGE_SIZE)[0].pk


def _read(rows: Any, text: str) -> int:
    words = (Q(full_name__iregex=rf"\m{word}\M") for word in text.split())
    return _by_offset(rows.filter(*words), 0)[0]


def _by_offset(rows: Any, start: int) -> list[int]:
    """As lists are commonly paged: sorted by what has no index, the rows before it dropped."""
    latest = (F("pk") + 0).desc()
    return [one.pk for one in rows.order_by(latest)[start : start + PAGE_SIZE]]


def _opened(area: str, nik: str) -> list[int]:
    return [pk for pk, found in _plain(area).values_list("pk", "nik") if found == nik]
