"""What a NIK suggests about its holder: offered beside the field, and on the check page.

Nothing is filled in without a press: the century is ambiguous, and a NIK keeps its digits even
where they are wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import ActionView, user_of
from accounts.rules import Action
from accounts.scope import reach
from residents.registry.cautions import KNOWN
from residents.registry.codes import Sex
from residents.registry.models import Resident
from residents.registry.nik import FORMAT_OK_TEXT, nik_warnings, normalise, offered_prefill
from residents.registry.panels import Bound, Deeds, Page, Panel
from residents.registry.registration import fill_in, locked
from residents.registry.states import GONE, Status
from wacat.clock import today
from wacat.throttle import admits
from wacat.words import tanggal
from wacat.workflow import WrongState

MOST_A_MINUTE = 60
TOO_MANY = 429
TYPED_AT_MOST = 200  # characters; more is no number


@dataclass(frozen=True)
class Offered:
    """One reading: what it would fill in (ISO date, number), and the words for it."""

    birth_date: str
    sex: str
    label: str


def readings_of(nik: str, birth_date: date | None = None, sex: int | None = None) -> list[Offered]:
    """What a normalised NIK offers to somebody of whom *birth_date* and *sex* may be known.

    Both centuries where both are plausible; nothing where nothing is left to fill in.
    """
    offer = offered_prefill(nik, today())
    births: tuple[date | None, ...] = () if birth_date else offer.birth_dates
    kind = None if sex else offer.sex
    return [_offered(birth, kind) for birth in births or (None,) if birth or kind]


def _offered(birth: date | None, sex: Sex | None) -> Offered:
    words = [f"lahir {tanggal(birth)}"] if birth else []
    words += [str(sex.label).lower()] if sex else []
    return Offered(
        birth.isoformat() if birth else "", str(int(sex)) if sex else "", ", ".join(words)
    )


class NikOffer(ActionView):
    """A part of the form: what the typed NIK offers. Looks nobody up."""

    action = Action.RESIDENT_ENTER

    def post(self, request: HttpRequest) -> HttpResponse:
        if not admits("nik_offer", str(user_of(request).pk), MOST_A_MINUTE, 60):
            return HttpResponse(status=TOO_MANY)
        context = _offer_context(request.POST.get("nik", "")[:TYPED_AT_MOST])
        return render(request, "residents/registry/_nik_offer.html", context)


def _offer_context(typed: str) -> dict[str, Any]:
    if not typed.strip():
        return {}
    try:
        nik = normalise(typed)
    except ValueError as error:
        return {"refused": str(error)}
    odd = [one.text for one in nik_warnings(nik, known_provinces=KNOWN)]
    return {"odd": odd, "fine": "" if odd else FORMAT_OK_TEXT, "readings": readings_of(nik)}


def panel(request: HttpRequest, resident: Resident, bound: Bound) -> Panel | None:
    """The same offer on the resident's page, for those who may correct the record."""
    may = resident.lies_within(reach(user_of(request), Action.RESIDENT_ENTER))
    if not may or not resident.nik or resident.status in (Status.ENDED, *GONE):
        return None
    readings = readings_of(resident.nik, resident.birth_date, resident.sex)
    if not readings:
        return None
    return Panel("residents/registry/nik_panel.html", {"readings": readings})


def fill(page: Page, request: HttpRequest, resident: Resident) -> HttpResponse:
    """Fill the pressed reading into what is still empty: a correction like any other."""
    row = locked(resident)
    if row.status in (Status.ENDED, *GONE):
        raise WrongState("Masa tinggal warga ini sudah berakhir; datanya tidak diubah lagi.")
    readings = readings_of(row.nik, row.birth_date, row.sex) if row.nik else []
    wanted = (request.POST.get("birth_date", ""), request.POST.get("sex", ""))
    chosen = [one for one in readings if (one.birth_date, one.sex) == wanted]
    for one in chosen:
        birth = date.fromisoformat(one.birth_date) if one.birth_date else None
        fill_in(row, user_of(request), birth, int(one.sex) if one.sex else None)
        messages.success(request, "Terisi dari NIK. Mohon cocokkan dengan KTP-el.")
    return redirect("resident_detail", resident.pk)


DEEDS: Deeds = {"fill": (Action.RESIDENT_ENTER, fill)}
