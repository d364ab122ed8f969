"""What somebody asks the list of services for, and the page that answers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.db.models import Q
from django.http import Http404, HttpRequest

from accounts.areas.codes import code_from
from accounts.areas.models import Area, AreaStatus, Level
from accounts.login.models import User
from accounts.rules import Action
from accounts.scope import KELURAHAN, RT, ByAreaQuerySet, reach
from residents.registry.find_form import Choices, says_something
from residents.registry.nik import normalise
from residents.services.codes import ANSWERED, PLACED, Kind, Status
from residents.services.models import Service
from residents.services.months import Month, latest_months, month_from, this_month
from residents.services.presenting import for_lines
from wacat.pages import PAGE_SIZE, Order, Page, page_of
from wacat.sealing.crypto import blind_index

LATEST_TOLD = Order("told_on")
MOST_FOUND = 50
MOST_WORDS = 5
NAMES = ("wilayah", "jawaban", "layanan", "bulan")
_ANSWERS = [(str(one), str(one.label)) for one in PLACED]
_KINDS = {str(number): str(label) for number, label in Kind.choices}


@dataclass(frozen=True)
class Choice:
    """One of the things that the list can be narrowed to, as its page draws it."""

    name: str
    label: str
    chosen: str
    options: Choices


@dataclass(frozen=True)
class Narrowed:
    """What was asked for, as it is looked for."""

    area: Area | None
    status: str
    kind: str
    month: Month | None


class Asking:
    """One reader's question. Raises Http404 for an area out of reach, BadRequest for nonsense.

    Without one a Ketua RT is shown what is open, all others what was made known last. In more
    than an RT a kind, and an answer that was given, are looked for within a month: no list walks
    all that was ever delivered.
    """

    def __init__(self, user: User, asked: Mapping[str, Any]) -> None:
        self.user, self.codes = user, reach(user, Action.SERVICE_VIEW)
        self.is_rt = len(self.codes) == 1 and len(self.codes[0]) == RT
        self.told = {name: str(asked[name]) for name in NAMES if asked.get(name)}
        # Cards and notices ask for it by name: what a Ketua RT is shown anyway.
        is_usual = self.is_rt and self.told == {"jawaban": Status.TOLD}
        self.is_asked = bool(self.told) and not is_usual
        self.area = self._area(self.told.get("wilayah", ""))
        self._complete()

    @cached_property
    def narrowed(self) -> Narrowed:
        told = self.told
        status, kind, month = (told.get(name, "") for name in ("jawaban", "layanan", "bulan"))
        found = month_from(month) if month else None
        if (status, kind) != (status * (status in PLACED), kind * (kind in _KINDS)):
            raise BadRequest("Saringan ini tidak dikenal.")
        if month and found is None:
            raise BadRequest("Bulan ini tidak dikenal.")
        return Narrowed(self.area, status, kind, found)

    @property
    def is_wide(self) -> bool:
        """Whether the lines have to name their RT."""
        return not self.is_rt

    @property
    def query(self) -> str:
        """The question as part of an address."""
        return urlencode(self.told) if self.is_asked else ""

    @property
    def choices(self) -> list[Choice]:
        """What the list can be narrowed to; one query where there is more than one RT."""
        found = [("wilayah", "Wilayah", self._places())] if not self.is_rt else []
        found += [
            ("jawaban", "Jawaban RT", _ANSWERS),
            ("layanan", "Layanan", list(_KINDS.items())),
            ("bulan", "Diberitahukan bulan", [(str(one), one.label) for one in latest_months()]),
        ]
        return [Choice(name, label, self.told.get(name, ""), of) for name, label, of in found]

    def page(self, request: HttpRequest) -> Page:
        """The page that the address names."""
        asked = self.narrowed
        walked = self._walked()
        is_narrowed = bool(asked.kind or asked.status) and not self.is_rt
        return page_of(
            request,
            for_lines(self._narrowed(walked)),
            PAGE_SIZE,
            LATEST_TOLD,
            walked if is_narrowed else None,
        )

    def found(self, text: str) -> list[Service]:
        """Those with this NIK, or of this month with each word in the name; at most 51."""
        if nik := nik_in(text):
            rows = Service.objects.visible_to(self.user, Action.SERVICE_VIEW).in_force()
            rows = rows.filter(nik_index=blind_index(nik, "nik"))
            return list(for_lines(rows).order_by("-pk")[: MOST_FOUND + 1])
        if not says_something(text):
            return []
        month = self.narrowed.month or this_month()
        rows = self._narrowed(self._walked()).filter(told_on__range=month.days)
        for word in text.split()[:MOST_WORDS]:
            rows = rows.filter(full_name__icontains=word)
        return list(LATEST_TOLD.sort(for_lines(rows))[: MOST_FOUND + 1])

    def _walked(self) -> Any:
        """As far as an index knows them in the order of the list."""
        rows = Service.objects.visible_to(self.user, Action.SERVICE_VIEW).in_force()
        rows = rows.filter(told_on__isnull=False)
        if self.area:
            rows = rows.under((self.area.code,))
        # Of a kelurahan and a month there are few enough without the kind.
        codes = [self.area.code] if self.area else self.codes
        if self.narrowed.kind and all(len(code) < KELURAHAN for code in codes):
            rows = rows.filter(kind=self.narrowed.kind)
        month = self.narrowed.month
        return rows.filter(told_on__range=month.days) if month else rows

    def _narrowed(self, rows: Any) -> Any:
        asked = self.narrowed
        if asked.kind:
            rows = rows.filter(kind=asked.kind)
        if asked.status:
            rows = rows.filter(status=asked.status)
        if asked.status == Status.TOLD:
            rows = rows.filter(anonymised_on=None)
        return rows

    def _complete(self) -> None:
        told, is_rt = self.told, self.is_rt or bool(self.area and self.area.level == Level.RT)
        if self.is_rt and not self.is_asked:
            told["jawaban"] = Status.TOLD
        if not is_rt and ("layanan" in told or told.get("jawaban") in ANSWERED):
            told.setdefault("bulan", str(this_month()))

    def _area(self, code: str) -> Area | None:
        if not code:
            return None
        visible = Area.objects.visible_to(self.user, Action.SERVICE_VIEW)
        levels = (Level.KELURAHAN, Level.RT)
        found = visible.filter(code=code_from(code), level__in=levels).first()
        if found is None:
            raise Http404
        return found

    def _places(self) -> Choices:
        """The RTs of one's kelurahan; in the city kelurahan, then the chosen one's RTs."""
        wide = any(len(code) < KELURAHAN for code in self.codes)
        wanted = Q(level=Level.RT)
        if wide:
            kelurahan = self.area.kelurahan_code if self.area else ""
            wanted = Q(level=Level.KELURAHAN) | Q(level=Level.RT, parent=kelurahan)
        areas = Area.objects.under(self.codes).filter(wanted).exclude(state=AreaStatus.MERGED)
        found = sorted(areas.select_related("parent"), key=lambda one: (len(one.code), one.code))
        named = len(self.codes) > 1 and not wide
        return [
            (one.code, f"{one.label}, {one.containing.name}" if named else one.label)
            for one in found
        ]


def nik_in(text: str) -> str:
    """The normalised NIK that was typed, or nothing."""
    try:
        return normalise(text) if text else ""
    except ValueError:
        return ""


def open_in(codes: tuple[str, ...]) -> Any:
    """*Belum dikonfirmasi* at or under *codes*, by the index that holds no others."""
    rows = ByAreaQuerySet(Service).under(codes)
    return rows.filter(superseded_at=None, status=Status.TOLD, anonymised_on=None)
