"""Lists: the scope by equality, keyset pages and indexed search, beside the plain ways."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.test import Client

from accounts.rules import Action, Role
from residents.registry.finding import Finder
from residents.registry.models import Resident
from residents.registry.states import Status
from tests.benchmarks.timing import compare
from tests.officials import holder as holder_of
from wacat.pages import PAGE_SIZE

CITY, KELURAHAN = "64.71", "64.71.05.1002"
SEARCH = "siti contoh"


def run(size: int) -> None:
    """Print the lines of lists among *size* people."""
    lurah = holder_of(Role.LURAH, KELURAHAN)
    mine = Resident.objects.visible_to(lurah, Action.RESIDENT_VIEW).select_related("area__parent")
    plain = _plain(KELURAHAN)
    keys = list(mine.order_by("-pk").values_list("pk", flat=True))
    deep = len(keys) * 3 // 4
    further = mine.filter(pk__lt=keys[deep - 1])
    compare("list, first page", size, partial(_page, mine), partial(_by_offset, plain, 0))
    compare("list, 3/4 down", size, partial(_page, further), partial(_by_offset, plain, deep))
    _search(size)
    client = Client()
    client.force_login(lurah, backend=settings.AUTHENTICATION_BACKENDS[0])
    client.post("/pernyataan/", {"accept": "on"})
    compare("list, whole answer", size, partial(_answer, client))


def _search(size: int) -> None:
    """In the whole city. Plainly, names are read one by one, and sealed NIKs all opened."""
    operator = holder_of(Role.OPERATOR, CITY)
    everybody = Resident.objects.visible_to(operator, Action.RESIDENT_VIEW)
    everybody = everybody.select_related("area__parent")
    nik = everybody.exclude(nik_index=None).order_by("-pk")[size // 2].nik
    words = [Q(full_name__iregex=word) for word in SEARCH.split()]
    named = _plain(CITY).filter(*words)
    compare("search, name", size, partial(_find, everybody, SEARCH), partial(_by_offset, named, 0))
    compare("search, NIK", size, partial(_find, everybody, nik), partial(_opened, CITY, nik))


def _plain(area: str) -> Any:
    """The same people by their area's prefix, as text."""
    rows = Resident.objects.filter(area__code__startswith=area).exclude(status=Status.DRAFT)
    return rows.select_related("area__parent")


def _page(rows: Any) -> list[int]:
    return [one.pk for one in rows.order_by("-pk")[:PAGE_SIZE]]


def _find(rows: Any, text: str) -> list[int]:
    return _page(Finder({}, text).narrow(rows))


def _by_offset(rows: Any, start: int) -> list[int]:
    """As lists are commonly paged: sorted by what has no index, the rows before it dropped."""
    latest = (F("pk") + 0).desc()
    return [one.pk for one in rows.order_by(latest)[start : start + PAGE_SIZE]]


def _opened(area: str, nik: str) -> list[int]:
    return [pk for pk, found in _plain(area).values_list("pk", "nik") if found == nik]


def _answer(client: Client) -> int:
    answer = client.get("/warga/")
    assert answer.status_code == 200
    return len(answer.content)
