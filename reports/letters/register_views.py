"""/surat/register/: a kelurahan's register of letters by year, as page, XLSX and PDF."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property

from accounts.access import ActionView, user_of
from accounts.areas.models import Area, Level
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.rules import Action
from reports.letters.register_entries import (
    Serials,
    entries_of,
    registered,
    serials_of,
    years_of,
)
from reports.letters.register_files import xlsx_of
from reports.letters.register_models import RegisterFile
from reports.tasks import draw_register
from wacat.clock import today
from wacat.drawn import hand_out, is_drawn, not_yet, wanted
from wacat.pages import PAGE_SIZE
from wacat.sheets import as_download
from wacat.work import hasten

_YEAR = re.compile(r"20[0-9]{2}")
_SERIAL = re.compile(r"[1-9][0-9]{0,6}")


class RegisterView(ActionView):
    """Base of the three: reads ``?kelurahan=`` and ``?tahun=``."""

    action = Action.LETTER_REGISTER

    @cached_property
    def areas(self) -> list[Area]:
        """The kelurahan in reach."""
        rows = self.reachable(Area.objects).filter(level=Level.KELURAHAN)
        return list(rows.select_related("parent").order_by("code"))

    def kelurahan(self) -> Area:
        """The asked-for one, or the first in reach. Raises Http404 out of reach."""
        code = self.request.GET.get("kelurahan", "")
        found = [area for area in self.areas if area.code == (code or area.code)]
        if not found:
            raise Http404
        return found[0]

    def year(self) -> int:
        """The asked-for one, this one without. Raises BadRequest for what is no year."""
        text = self.request.GET.get("tahun", "")
        if text and not _YEAR.fullmatch(text):
            raise BadRequest("Tahun harus seperti 2026.")
        return int(text) if text else today().year

    def letters(self, kelurahan: Area, year: int) -> Any:
        return self.reachable(registered(kelurahan.code, year))


class LetterRegister(RegisterView):
    """A page of the book, from the serial in ``?dari=`` on. Serials have no gaps."""

    def get(self, request: HttpRequest) -> HttpResponse:
        kelurahan, year, start = self.kelurahan(), self.year(), self._start()
        letters = self.letters(kelurahan, year)
        serials = serials_of(letters)
        shown = list(letters.filter(number_serial__gte=start)[: PAGE_SIZE + 1])
        query = {"kelurahan": kelurahan.code, "tahun": year}
        context = {
            "kelurahan": kelurahan,
            "areas": self.areas,
            "year": year,
            "years": sorted({*years_of(kelurahan.code), year}, reverse=True),
            "start": start,
            "serials": serials,
            "entries": list(entries_of(shown[:PAGE_SIZE])),
            "query": urlencode(query),
            **_neighbours(query, start, len(shown) > PAGE_SIZE, serials),
        }
        return render(request, "reports/letters/register.html", context)

    def _start(self) -> int:
        text = self.request.GET.get("dari", "") or "1"
        if not _SERIAL.fullmatch(text):
            raise BadRequest("Nomor urut harus berupa angka, misalnya 120.")
        return int(text)


class RegisterXlsx(RegisterView):
    """The whole year as a spreadsheet; taking it is recorded."""

    def get(self, request: HttpRequest) -> HttpResponse:
        kelurahan, year = self.kelurahan(), self.year()
        content = xlsx_of(kelurahan, year)
        record_export(request, kelurahan)
        return as_download(content, _name(kelurahan, year))


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class RegisterPdf(RegisterView):
    """Drawn by a worker. The answer waits a little for it; else a page that asks again."""

    def get(self, request: HttpRequest) -> HttpResponse:
        kelurahan, year = self.kelurahan(), self.year()
        with transaction.atomic():
            work, is_new = wanted(RegisterFile, user_of(request), area=kelurahan, year=year)
            if is_new:
                hasten(draw_register, work.pk)
        if not is_drawn(work):
            query = urlencode({"kelurahan": kelurahan.code, "tahun": year})
            page = f"{reverse('letter_register')}?{query}"
            return not_yet(request, work, page, "Buku register surat")
        record_export(request, kelurahan)
        return hand_out(work, _name(kelurahan, year))


def record_export(request: HttpRequest, kelurahan: Area) -> None:
    """That somebody took the names of a year away."""
    record(request, Access.Kind.EXPORT, "reports.letter", kelurahan.code)


def _neighbours(
    query: dict[str, Any], start: int, has_more: bool, serials: Serials
) -> dict[str, str]:
    """Addresses of the next, the first and the last page; empty where this is it."""

    def page(serial: int) -> str:
        return f"?{urlencode({**query, 'dari': serial})}"

    last = max(1, serials.last - PAGE_SIZE + 1)
    return {
        "next_url": page(start + PAGE_SIZE) if has_more else "",
        "previous_url": page(1) if start > 1 else "",
        "last_url": page(last) if has_more else "",
    }


def _name(kelurahan: Area, year: int) -> str:
    return f"register-surat-{kelurahan.code}-{year}"
