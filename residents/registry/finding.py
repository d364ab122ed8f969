"""What somebody asks the list of residents for, and the page that answers it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
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
from accounts.scope import KELURAHAN, RT, may, reach
from residents.registry.find_form import Choices, FindForm
from residents.registry.models import Resident
from residents.registry.narrowing import FILTERS, MOST_LODGINGS, Narrowing
from residents.registry.ranking import Hit, Search
from residents.registry.states import Status
from wacat.pages import PAGE_SIZE, Page, page_after, page_of
from wacat.words import tanggal

# Asked for in the address, and the names of the same in a Narrowing. The rest is posted.
ADDRESSED = {
    "status": "status",
    "wilayah": "area",
    "provinsi": "province",
    "datang_dari": "came_from",
    "datang_sampai": "came_until",
    "berakhir_dari": "ends_from",
    "berakhir_sampai": "ends_until",
}
POSTED = {"q": "text", "tempat": "lodging", "asal": "origin"}
FIELDS = {**ADDRESSED, **POSTED}
SHOWN = (
    "full_name",
    "status",
    "stays_until",
    "arrived_on",
    "area__name",
    "area__level",
    "area__parent__name",
    "area__parent__level",
    "lodging__name",
)


class Finder:
    """One reader's question to the list; Raises Http404 for an area out of reach."""

    def __init__(self, user: User, asked: Mapping[str, Any]) -> None:
        self.user = user
        self.area = self._area(str(asked.get("wilayah", "")))
        places = self._places if self.has_places else None
        self.form = FindForm(asked, states=self._states(), places=places)
        self.is_valid = self.form.is_valid()

    @property
    def has_places(self) -> bool:
        """Whether there is more than one RT in reach."""
        codes = reach(self.user, Action.RESIDENT_VIEW)
        return len(codes) != 1 or len(codes[0]) < RT

    @cached_property
    def narrowing(self) -> Narrowing:
        """What was asked for. Raises BadRequest for what the form refuses."""
        if not self.is_valid:
            raise BadRequest("Saringan ini tidak dikenal.")
        typed = {name: self.form.cleaned_data.get(field) for field, name in FIELDS.items()}
        told = {name: value for name, value in typed.items() if value}
        return Narrowing(**told | {"area": self.area.code if self.area else ""})

    @property
    def query(self) -> str:
        """What may stand in an address, as part of one."""
        asked = {field: getattr(self.narrowing, name) for field, name in ADDRESSED.items()}
        return urlencode({field: str(value) for field, value in asked.items() if value})

    @property
    def is_private(self) -> bool:
        """Whether something was typed that must not stand in an address."""
        return any(getattr(self.narrowing, name) for name in POSTED.values())

    @cached_property
    def hidden(self) -> list[tuple[str, str]]:
        """Everything that was asked for, to be sent again with the next page."""
        values = [(field, getattr(self.narrowing, name)) for field, name in FIELDS.items()]
        return [(field, str(value)) for field, value in values if value]

    @property
    def hidden_but_name(self) -> list[tuple[str, str]]:
        """The same without the name or NIK."""
        return [(field, value) for field, value in self.hidden if field != "q"]

    @property
    def in_words(self) -> list[tuple[str, str]]:
        """Label and value of everything that was asked for."""
        return [self._in_words(field) for field, _ in self.hidden]

    @property
    def narrowed(self) -> list[tuple[str, str]]:
        """The same without the name or NIK."""
        return [self._in_words(field) for field, _ in self.hidden_but_name]

    def _in_words(self, field: str) -> tuple[str, str]:
        value = self.form.cleaned_data[field]
        if field == "wilayah" and self.area:
            value = self.area.label
        elif isinstance(value, date):
            value = tanggal(value)
        choices = dict(getattr(self.form.fields[field], "choices", ()))
        return str(self.form[field].label), str(choices.get(value, value))

    @property
    def label(self) -> str:
        """The chosen state in words, or nothing."""
        return FILTERS.get(self.narrowing.status, "")

    def refuse_lodgings(self) -> None:
        """Tell in the form that the words for the lodging fit too many."""
        self.is_valid = False
        text = f"Lebih dari {MOST_LODGINGS} tempat cocok. Ketik nama yang lebih lengkap."
        self.form.add_error("tempat", text)

    def rows(self) -> Any:
        """Those that the reader may see, with all that was asked for save a name.

        Raises TooManyLodgings.
        """
        seen = Resident.objects.visible_to(self.user, Action.RESIDENT_VIEW)
        return self.narrowing.narrow(seen, self.user)

    def page(self, request: HttpRequest) -> Page:
        """The page of the list that the address, or the posted place, names."""
        asked, shown = self.narrowing, shown_only(self.rows())
        if asked.names:
            return self._named(request.POST.get("sesudah", ""))
        walked = None if asked.is_walked_whole else asked.walked(Resident.objects, self.user)
        if self.is_private:
            place = asked.order.read(request.POST.get("sesudah", ""))
            return page_after(shown, place, PAGE_SIZE, asked.order, walked)
        return page_of(request, shown, PAGE_SIZE, asked.order, walked)

    def _named(self, place: str) -> Page:
        asked = self.narrowing
        walked = Resident.objects.under(
            (asked.area,) if asked.area else reach(self.user, Action.RESIDENT_VIEW)
        )
        search = Search(asked.names, self.rows(), walked)
        hits = search.following(Hit.read(place), PAGE_SIZE + 1)
        by_key = shown_only(Resident.objects.all()).in_bulk([hit.pk for hit in hits[:PAGE_SIZE]])
        more = len(hits) > PAGE_SIZE
        return Page(
            [by_key[hit.pk] for hit in hits[:PAGE_SIZE] if hit.pk in by_key],
            next_place=str(hits[PAGE_SIZE - 1]) if more else "",
        )

    def _area(self, code: str) -> Area | None:
        """The chosen kelurahan or RT. Raises Http404 for any other."""
        if not code:
            return None
        visible = Area.objects.visible_to(self.user, Action.RESIDENT_VIEW)
        levels = (Level.KELURAHAN, Level.RT)
        found = visible.filter(code=code_from(code), level__in=levels).first()
        if found is None:
            raise Http404
        return found

    def _states(self) -> Choices:
        enters = may(self.user, Action.RESIDENT_ENTER)
        return [one for one in FILTERS.items() if enters or one[0] != Status.DRAFT]

    def _places(self) -> Choices:
        """To choose from: the RTs of one's kelurahan; in the city kelurahan, then its RTs."""
        codes = reach(self.user, Action.RESIDENT_VIEW)
        wide = any(len(code) < KELURAHAN for code in codes)
        wanted = Q(level=Level.RT)
        if wide:
            kelurahan = self.area.kelurahan_code if self.area else ""
            wanted = Q(level=Level.KELURAHAN) | Q(level=Level.RT, parent=kelurahan)
        areas = Area.objects.under(codes).filter(wanted).exclude(state=AreaStatus.MERGED)
        found = sorted(areas.select_related("parent"), key=lambda one: (len(one.code), one.code))
        named = len(codes) > 1 and not wide
        return [
            (one.code, f"{one.label}, {one.containing.name}" if named else one.label)
            for one in found
        ]


def addressed(query: Mapping[str, Any]) -> dict[str, Any]:
    """What of an address counts: names in one are not looked at."""
    return {field: query[field] for field in ADDRESSED if field in query}


def shown_only(rows: Any) -> Any:
    """The columns of the list and no others: the rest holds what would have to be unsealed."""
    return rows.select_related("area__parent", "lodging").only(*SHOWN)
