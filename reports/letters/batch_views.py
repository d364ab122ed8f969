"""/surat/cetak/: chosen letters as one PDF for the printer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import ActionView, user_of
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.rules import Action
from reports.letters.batch_making import MOST, batch_of, beside, is_printable, pressed_before
from reports.letters.batch_models import PrintBatch
from reports.letters.batch_telling import told
from reports.letters.handing_log import note_printed
from reports.letters.models import Letter, Status
from reports.tasks import merge_batch
from wacat.clock import today
from wacat.drawn import hand_out
from wacat.keys import pressed_key, row_keys
from wacat.work import hasten
from wacat.workflow import WrongState


class BatchAdd(ActionView):
    """Choosing letters on their list."""

    action = Action.LETTER_HAND_OVER

    def post(self, request: HttpRequest) -> HttpResponse:
        user, key = user_of(request), pressed_key(request)
        earlier = pressed_before(user, key)
        if earlier:
            return redirect("letter_batch", earlier.pk)
        letters = self._chosen(request)
        printable = [letter for letter in letters if is_printable(letter)]
        if letters and not printable:
            raise WrongState("Surat yang dipilih sudah dicabut atau belum terbit.")
        if not letters:
            messages.warning(request, "Belum ada surat yang dipilih.")
            return redirect("letter_list")
        return redirect("letter_batch", batch_of(user, printable, key).pk)

    def _chosen(self, request: HttpRequest) -> list[Letter]:
        """The ticked letters. Raises Http404 when one is out of reach."""
        keys = row_keys(request.POST.getlist("letter"))[:MOST]
        rows = self.reachable(Letter.objects).filter(pk__in=keys)
        letters = list(rows.select_related("area").order_by("pk"))
        if len(letters) != len(keys):
            raise Http404
        return letters


class BatchPage(ActionView):
    """How far the drawing is, what is in the way, and the PDF when it is there."""

    action = Action.LETTER_HAND_OVER

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        batch = self._find(pk)
        context = {"batch": batch, "told": told(batch)}
        if request.headers.get("HX-Request"):
            return render(request, "reports/letters/batch_progress.html", context)
        context["beside"] = beside(batch)
        return render(request, "reports/letters/batch.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """``rest``: print those that are drawn, and wait for no other."""
        if request.POST.get("action") != "rest":
            raise BadRequest("Tindakan tidak dikenal.")
        batch = self._find(pk)
        waiting = PrintBatch.objects.filter(pk=batch.pk, state=PrintBatch.State.WAITING)
        if not told(batch).drawn:
            raise WrongState("Belum ada surat yang selesai digambar. Coba lagi sebentar.")
        if waiting.update(without_waiting=True):
            hasten(merge_batch, batch.pk)
        return redirect("letter_batch", batch.pk)

    def _find(self, pk: int) -> PrintBatch:
        batch: PrintBatch = get_object_or_404(
            self.reachable(PrintBatch.objects).select_related("area"), pk=pk
        )
        return batch


class BatchPdf(ActionView):
    """The merged PDF. Taking it is recorded of each letter, and counts as printing it."""

    action = Action.LETTER_HAND_OVER

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        batch = get_object_or_404(self.reachable(PrintBatch.objects), pk=pk)
        if batch.state != PrintBatch.State.DONE:
            return redirect("letter_batch", batch.pk)
        letters = self._letters(batch)
        answer = hand_out(batch, f"surat-{len(letters)}-{batch.area_id}-{today():%Y%m%d}")
        for letter in letters:
            record(request, Access.Kind.DOWNLOAD, letter)
        note_printed([letter.pk for letter in letters], user_of(request))
        return answer

    def _letters(self, batch: Any) -> list[Letter]:
        """Those that the PDF holds. Raises WrongState when one is not to be printed any more."""
        lines = batch.lines.filter(is_merged=True).select_related("letter")
        letters = [line.letter for line in lines]
        if any(letter.status != Status.ISSUED or letter.erased_on for letter in letters):
            raise WrongState(
                "Ada surat yang dicabut setelah PDF ini dibuat. Pilih lagi surat yang akan dicetak."
            )
        return letters
