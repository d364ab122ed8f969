"""/surat/ambil/<token>/: whoever knows the PIN fetches the letter. No login.

Opening the page changes nothing, because programs open the links of every mail. A wrong PIN
counts though the answer is an error, so the count is committed by itself.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator

from reports.letters.handing_forms import PinForm
from reports.letters.handing_limits import count_pin, count_visit
from reports.letters.handing_log import note
from reports.letters.handing_models import MOST_WRONG, Handing, LetterLink
from reports.letters.handing_scans import is_valid
from reports.letters.handing_secrets import digest_of, is_pin
from reports.letters.models import Drawing, Status
from reports.letters.verification import PublicView
from reports.letters.verification_limits import told
from wacat.clock import now
from wacat.throttle import TooMany
from wacat.uploads import as_download

TEMPLATE = "reports/letters/handing_fetch.html"
GONE = 410


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class LetterFetch(PublicView):
    """A field for the PIN; with the right one, the letter."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            count_visit(request)
        except TooMany as error:
            return _busy(request, error)
        link = get_object_or_404(_links(token))
        return _page(request, PinForm(), why_dead(link), 200)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        form = PinForm(request.POST)
        try:
            count_pin(request)
        except TooMany as error:
            return _busy(request, error)
        with transaction.atomic():
            link = get_object_or_404(_links(token).select_for_update(of=("self",)))
            dead = why_dead(link)
            if dead or not form.is_valid():
                return _page(request, form, dead, 422)
            if is_pin(link.seed, form.cleaned_data["pin"]):
                return _handed_out(link)
            _count_wrong(link)
        left = MOST_WRONG - link.wrong
        form.add_error("pin", f"PIN salah. Masih dapat dicoba {left} kali.")
        return _page(request, form, why_dead(link), 422)


def why_dead(link: LetterLink) -> str:
    """Why nothing can be fetched any more, in words that name nobody; empty where it can."""
    letter = link.letter
    if letter.status == Status.REVOKED:
        return "Surat ini sudah dicabut, jadi tidak dapat diambil lagi."
    if not is_valid(letter):
        return "Masa berlaku surat ini sudah habis, jadi tidak dapat diambil lagi."
    if link.wrong >= MOST_WRONG:
        return "Tautan ini ditutup karena PIN salah beberapa kali."
    if link.ended_at:
        return "Tautan ini sudah diakhiri oleh kelurahan."
    return "" if link.is_open else "Tautan ini sudah kedaluwarsa."


def _links(token: str) -> Any:
    if not token.isprintable():  # the database would refuse a NUL
        raise Http404
    rows = LetterLink.objects.filter(token_digest=digest_of(token))
    return rows.select_related("letter", "scan")


def _count_wrong(link: LetterLink) -> None:
    link.wrong += 1
    if link.wrong >= MOST_WRONG:
        link.ended_at = now()
        note(link.letter, Handing.Kind.GUESSED, None, link=link)
    link.save(update_fields=["wrong", "ended_at"])


def _handed_out(link: LetterLink) -> HttpResponse:
    """The file, and that it was fetched."""
    answer = _file_of(link)
    link.fetched_at = link.fetched_at or now()
    link.save(update_fields=["fetched_at"])
    note(link.letter, Handing.Kind.FETCHED, None, link=link)
    return answer


def _file_of(link: LetterLink) -> HttpResponse:
    sheet = link.scan or Drawing.objects.get(letter=link.letter_id)
    return as_download(sheet.file, link.letter.file_name)


def _page(request: HttpRequest, form: PinForm, dead: str, status: int) -> HttpResponse:
    context = {"form": form, "dead": dead}
    return render(request, TEMPLATE, context, status=GONE if dead else status)


def _busy(request: HttpRequest, error: TooMany) -> HttpResponse:
    context = {"told": told(error)}
    return render(request, "reports/letters/verification_busy.html", context, status=429)
