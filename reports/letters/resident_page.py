"""The resident's own page with the letters on it, and the tick that introduces for one."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.access import user_of
from accounts.rules import Action
from accounts.scope import reach
from reports.letters.forms import PurposeForm
from reports.letters.models import Letter
from reports.letters.models import Status as LetterStatus
from reports.letters.queries import letters_of, open_letter_of
from reports.letters.readiness import gaps
from reports.letters.requesting import ask, introduce
from residents.page.views import ResidentPage
from residents.registry.models import Resident
from residents.registry.states import ACTIVE, Status
from wacat.keys import sent_key
from wacat.workflow import WrongState


class ResidentPageWithLetters(ResidentPage):
    template = "reports/letters/resident.html"
    handlers: ClassVar[dict[str, tuple[Action, str]]] = {
        **ResidentPage.handlers,
        "introduce": (Action.LETTER_INTRODUCE, "do_introduce"),
    }

    def more_context(self, request: HttpRequest, resident: Resident) -> dict[str, Any]:
        user = user_of(request)
        may_ask = resident.lies_within(reach(user, Action.LETTER_INTRODUCE))
        letters = letters_of(resident).visible_to(user, Action.LETTER_VIEW)
        return {
            "letters": list(letters),
            "may_ask": may_ask and resident.status in ACTIVE and not open_letter_of(resident),
            "may_tick": may_ask,
            "gaps": gaps(resident) if may_ask and resident.status != Status.ENDED else [],
        }

    def do_report(self, request: HttpRequest, resident: Resident) -> HttpResponse:
        """Report; with the tick, introduce for a letter in the same breath."""
        form = PurposeForm(request.POST)
        if not form.is_valid():
            raise BadRequest("Keperluan surat: tulis paling banyak 200 huruf.")
        response = super().do_report(request, resident)
        resident.refresh_from_db()
        if not request.POST.get("introduce") or resident.status not in ACTIVE:
            return response
        try:
            with transaction.atomic():
                return self._ask_and_introduce(request, resident)
        except WrongState as error:  # the report stands, the letter waits
            messages.warning(request, str(error))
            return response

    def do_introduce(self, request: HttpRequest, resident: Resident) -> HttpResponse:
        return self._ask_and_introduce(request, resident)

    def _ask_and_introduce(self, request: HttpRequest, resident: Resident) -> HttpResponse:
        form = PurposeForm(request.POST)
        if not form.is_valid():
            raise BadRequest("Keperluan surat: tulis paling banyak 200 huruf.")
        user = user_of(request)
        key = sent_key(request)
        letter = ask(user, resident, [], form.cleaned_data["purpose"], key)
        if letter.status == LetterStatus.REQUESTED:
            announce(request, letter, introduce(user, letter, key))
        return redirect("letter_detail", letter.pk)


def announce(request: HttpRequest, letter: Letter, introduced: bool) -> None:
    """Say what became of the request."""
    if introduced:
        messages.success(request, "Pengantar dibuat. Surat menunggu diterbitkan oleh Lurah.")
    else:
        messages.warning(request, "Surat diajukan. Lengkapi datanya, lalu antar surat ini.")
