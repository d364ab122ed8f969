"""The pages around letters: list, what the Lurah issues, asking for one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator

from accounts.access import ActionView, user_of
from accounts.menu import OF_LETTERS, pages_for
from accounts.rules import Action
from accounts.scope import may, reach
from reports.letters.batch_making import batch_of, is_printable
from reports.letters.batch_models import PrintBatch
from reports.letters.forms import LetterRequestForm
from reports.letters.handing_log import UNPRINTED, unprinted
from reports.letters.models import Letter, Status
from reports.letters.queries import warnings_by_letter, with_people
from reports.letters.readiness import gaps
from reports.letters.requesting import ask, introduce
from reports.letters.resident_page import announce
from reports.letters.void import TO_REVOKE, to_revoke
from reports.letters.workflow import WORKFLOW
from residents.registry.models import Resident
from wacat.keys import pressed_key, row_keys, sent_key
from wacat.pages import page_of
from wacat.workflow import Move, WrongState


class LetterList(ActionView):
    """Letters in reach, the latest first; ``?status=`` narrows."""

    action = Action.LETTER_VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        status = request.GET.get("status", "")
        choices = self._choices(request)
        if status and status not in dict(choices):
            raise BadRequest("Keadaan tidak dikenal.")
        page = page_of(request, with_people(self._narrowed(status)))
        context = {
            "page": page,
            "status": status,
            "choices": choices,
            "ready": self._ready_to_decide(request),
            "printable": self._printable(request, page.rows),
            "may_print": may(user_of(request), Action.LETTER_HAND_OVER),
            "ticked": status == UNPRINTED[0],
            "key": str(uuid4()),
            "pages": pages_for(user_of(request), OF_LETTERS),
        }
        return render(request, "reports/letters/list.html", context)

    def _choices(self, request: HttpRequest) -> list[tuple[str, str]]:
        user = user_of(request)
        more = ((Action.LETTER_HAND_OVER, UNPRINTED), (Action.LETTER_DECIDE, TO_REVOKE))
        return [*Status.choices, *(choice for action, choice in more if may(user, action))]

    def _narrowed(self, status: str) -> Any:
        rows = self.reachable(Letter.objects)
        if status == TO_REVOKE[0]:
            return to_revoke(self.reachable(rows, Action.LETTER_DECIDE))
        if status == UNPRINTED[0]:
            return unprinted(self.reachable(rows, Action.LETTER_HAND_OVER))
        return rows.filter(status=status) if status else rows

    def _printable(self, request: HttpRequest, letters: list[Letter]) -> set[int]:
        """Those that the user may put into one PDF for the printer."""
        codes = reach(user_of(request), Action.LETTER_HAND_OVER)
        return {one.pk for one in letters if is_printable(one) and one.lies_within(codes)}

    def _ready_to_decide(self, request: HttpRequest) -> int:
        rows = self.reachable(Letter.objects, Action.LETTER_DECIDE)
        return rows.filter(status=Status.READY).count()


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class LetterReady(ActionView):
    """The Lurah's fifteen minutes: what can be issued, those without a warning preselected.

    Each letter is issued in a transaction of its own: two who issue the same list then wait for
    each other's letters one by one, where whole lists would block each other.
    """

    action = Action.LETTER_DECIDE
    most = 100

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        user, key = user_of(request), pressed_key(request)
        issued, refused = [], []
        for pk in self._chosen(request):
            try:
                issued.append(WORKFLOW.advance(pk, "issue", Move(user, key=key)).row)
            except WrongState as error:
                refused.append(str(error))
        batch = batch_of(user, issued, key) if issued else None
        if issued:
            messages.success(request, f"{len(issued)} surat terbit. PDF sedang digambar.")
        if refused:  # told on the page itself: names belong in no message that waits
            return self._show(request, list(dict.fromkeys(refused)), batch)
        if batch is None:
            messages.warning(request, "Belum ada surat yang dipilih.")
            return redirect("letter_ready")
        return redirect("letter_batch", batch.pk)

    def _show(
        self,
        request: HttpRequest,
        refused: Sequence[str] = (),
        batch: PrintBatch | None = None,
    ) -> HttpResponse:
        rows = with_people(self.reachable(Letter.objects).filter(status=Status.READY))
        letters = list(rows.order_by("introduced_on", "pk")[: self.most])
        warnings = warnings_by_letter(letters)
        context = {
            "lines": [(letter, warnings[letter.pk]) for letter in letters],
            "chosen": sum(not warnings[letter.pk] for letter in letters),
            "refused": refused,
            "batch": batch,
            "key": str(uuid4()),
        }
        return render(request, "reports/letters/ready.html", context)

    def _chosen(self, request: HttpRequest) -> list[int]:
        """The ticked letters' keys. Raises Http404 before any is issued when one is foreign."""
        keys = row_keys(request.POST.getlist("letter"))[: self.most]
        if self.reachable(Letter.objects).filter(pk__in=keys).count() != len(keys):
            raise Http404
        return keys


class LetterRequest(ActionView):
    """Asking for a letter for a resident and, if wished, the family."""

    action = Action.LETTER_INTRODUCE

    def get(self, request: HttpRequest, resident_pk: int) -> HttpResponse:
        resident = self._find(resident_pk)
        return self._show(request, resident, LetterRequestForm(resident=resident))

    def post(self, request: HttpRequest, resident_pk: int) -> HttpResponse:
        resident = self._find(resident_pk)
        form = LetterRequestForm(request.POST, resident=resident)
        if not form.is_valid():
            return self._show(request, resident, form, 422)
        user, data = user_of(request), form.cleaned_data
        key = sent_key(request)
        letter = ask(user, resident, list(data["family"]), data["purpose"], key)
        if letter.status == Status.REQUESTED:
            announce(request, letter, data["introduce"] and introduce(user, letter, key))
        return redirect("letter_detail", letter.pk)

    def _find(self, pk: int) -> Resident:
        return get_object_or_404(self.reachable(Resident.objects), pk=pk)

    def _show(
        self, request: HttpRequest, resident: Resident, form: LetterRequestForm, status: int = 200
    ) -> HttpResponse:
        context = {
            "resident": resident,
            "form": form,
            "gaps": gaps(resident),
            "key": str(uuid4()),
        }
        return render(request, "reports/letters/request.html", context, status=status)
