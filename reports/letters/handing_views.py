"""Handing a letter over: on paper, by its scan, by a link."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import ActionView, user_of
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.rules import Action
from accounts.scope import reach
from reports.letters.handing_forms import ReceiverForm, ScanForm, SendForm
from reports.letters.handing_links import end_link, make_link, may_show_pin, why_not_sendable
from reports.letters.handing_log import note
from reports.letters.handing_mail import whatsapp_url
from reports.letters.handing_models import Handing, LetterLink, Way
from reports.letters.handing_scans import (
    NOT_ISSUED,
    add_scan,
    is_valid,
    locked_letter,
    scan_of,
    why_no_scan,
)
from reports.letters.handing_secrets import pin_of
from reports.letters.models import Letter
from reports.letters.parted import LIVES_ELSEWHERE
from wacat.keys import row_key
from wacat.uploads import as_download, as_picture
from wacat.workflow import WrongState


class LetterHand(ActionView):
    """What is done from the letter's page: ``in_person`` and ``end_link``."""

    action = Action.LETTER_HAND_OVER

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        name = request.POST.get("action", "")
        get_object_or_404(self.reachable(Letter.objects), pk=pk)
        if name == "in_person":
            self._in_person(request, pk)
        elif name == "end_link":
            link = row_key(request.POST.get("link", ""))
            if link is None:
                raise Http404
            end_link(user_of(request), pk, link)
            messages.success(request, "Tautan diakhiri. Surat tidak dapat lagi diambil lewat itu.")
        else:
            raise BadRequest("Tindakan tidak dikenal.")
        return redirect(page_of(pk))

    def _in_person(self, request: HttpRequest, pk: int) -> None:
        form = ReceiverForm(request.POST)
        if not form.is_valid():
            messages.warning(request, "Pilih dahulu siapa yang menerima suratnya.")
            return
        user, key = user_of(request), form.sent_key
        with transaction.atomic():
            letter = locked_letter(user, pk)
            if letter.handings.filter(key=key).exists():
                return
            if not is_valid(letter):
                raise WrongState(NOT_ISSUED)
            receiver = form.cleaned_data["receiver"]
            note(letter, Handing.Kind.IN_PERSON, user, receiver=receiver, key=key)
        messages.success(request, "Penyerahan dicatat.")


class LetterScanAdd(ActionView):
    """Where the inked sheet's file is chosen."""

    action = Action.LETTER_HAND_OVER

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(request, self._find(pk), ScanForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = ScanForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(request, self._find(pk), form, 422)
        add_scan(user_of(request), pk, form.cleaned_data["file"], form.sent_key)
        messages.success(request, "Hasil pindai disimpan.")
        return redirect(page_of(pk))

    def _find(self, pk: int) -> Letter:
        letter: Letter = get_object_or_404(self.reachable(Letter.objects), pk=pk)
        if text := why_no_scan(letter):
            raise WrongState(text)
        return letter

    def _show(
        self, request: HttpRequest, letter: Letter, form: ScanForm, status: int = 200
    ) -> HttpResponse:
        context = {"letter": letter, "form": form, "present": scan_of(letter)}
        return render(request, "reports/letters/handing_scan.html", context, status=status)


class LetterScanFile(ActionView):
    """The scan, through the letter's scope; that it was looked at is recorded of the letter."""

    action = Action.LETTER_VIEW

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        letter = get_object_or_404(self.reachable(Letter.objects), pk=pk)
        scan = scan_of(letter)
        if scan is None or letter.erased_on:
            raise WrongState("Surat ini tidak mempunyai hasil pindai.")
        record(request, Access.Kind.DOWNLOAD, letter)
        shown = f"pindai-{letter.file_name}"
        if scan.is_picture and "unduh" not in request.GET:
            return as_picture(scan.file, shown)
        return as_download(scan.file, shown)


class LetterSend(ActionView):
    """Making a link: by which way and where to; the answer shows the PIN, once."""

    action = Action.LETTER_HAND_OVER

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        letter = self._find(pk)
        if text := why_not_sendable(letter):
            raise WrongState(text)
        return self._show(request, letter, SendForm(initial=self._known(letter)))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        letter, form = self._find(pk), SendForm(request.POST)
        if not form.is_valid():
            return self._show(request, letter, form, 422)
        way, user = form.cleaned_data["way"], user_of(request)
        link = make_link(user, pk, way, form.address, form.sent_key)
        if not may_show_pin(link):
            messages.info(request, "Tautan ini sudah dibuat. PIN-nya tidak ditampilkan lagi.")
            return redirect(page_of(pk))
        return render(request, "reports/letters/handing_sent.html", self._told(letter, link))

    def _find(self, pk: int) -> Letter:
        letter: Letter = get_object_or_404(self.reachable(Letter.objects), pk=pk)
        return letter

    def _told(self, letter: Letter, link: LetterLink) -> dict[str, Any]:
        by_whatsapp = link.way == Way.WHATSAPP
        return {
            "letter": letter,
            "link": link,
            "pin": pin_of(link.seed),
            "whatsapp_url": whatsapp_url(link) if by_whatsapp else "",
        }

    def _known(self, letter: Letter) -> dict[str, str]:
        """What the first person's record says, where the user reaches it and they live there."""
        lines = letter.lines.exclude(LIVES_ELSEWHERE).select_related("resident")
        line = lines.order_by("position").first()
        codes = reach(user_of(self.request), Action.RESIDENT_VIEW)
        if line is None or not line.resident.lies_within(codes):
            return {}
        return {"email": line.resident.email, "phone": line.resident.phone}

    def _show(
        self, request: HttpRequest, letter: Letter, form: SendForm, status: int = 200
    ) -> HttpResponse:
        context = {"letter": letter, "form": form}
        return render(request, "reports/letters/handing_send.html", context, status=status)


def page_of(pk: int) -> str:
    """Where a letter's page tells of handing over."""
    return f"{reverse('letter_detail', args=[pk])}#penyerahan"
