"""Files of delivered services: upload, columns, what was read, confirmation, progress."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import ActionView, user_of
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.rules import Action
from residents.feeds import presenting, writing
from residents.feeds.choosing import remember
from residents.feeds.forms import ColumnsForm, UploadForm
from residents.feeds.models import FeedFile, FeedPart, FeedStatus
from residents.feeds.uploading import SameFile, take, uploaded_before
from residents.feeds.workflow import WORKFLOW
from residents.tasks import enter_feed_part, read_feed
from wacat.keys import pressed_key, sent_key
from wacat.pages import page_of
from wacat.sheets import as_download
from wacat.throttle import admits
from wacat.work import hasten
from wacat.workflow import Move, WrongState

# Each is read whole by a worker, for whom others wait.
UPLOADS_A_DAY = 60
_DAY = 24 * 60 * 60
TOO_OFTEN = "Sudah {} berkas diunggah hari ini. Coba lagi besok."
SAME = "Berkas yang sama sudah diunggah sebelumnya. Tidak ada yang dimasukkan dua kali."
NO_COLUMNS = "Kolom berkas ini tidak dapat diubah lagi."


class FeedList(ActionView):
    """The upload, and the files so far."""

    action = Action.SERVICE_RECEIVE
    earlier: FeedFile | None = None

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, UploadForm(), str(uuid4()))

    def post(self, request: HttpRequest) -> HttpResponse:
        key = sent_key(request, "form_key")
        of = uploaded_before(user_of(request), key)
        if of is None:
            form = UploadForm(request.POST, request.FILES)
            of = self._take(form) if form.is_valid() else None
            if of is None:
                return self._show(request, form, str(key or uuid4()), 422)
        return redirect("feed_detail", of.pk)

    def _take(self, form: UploadForm) -> FeedFile | None:
        user = user_of(self.request)
        if not admits("feed_upload", str(user.pk), UPLOADS_A_DAY, _DAY):
            form.add_error("file", TOO_OFTEN.format(UPLOADS_A_DAY))
            return None
        try:
            of = take(form.upload(), user, pressed_key(self.request, "form_key"))
        except SameFile as error:
            form.add_error("file", SAME)
            self.earlier = error.earlier
            return None
        hasten_reading(of)
        return of

    def _show(
        self, request: HttpRequest, form: UploadForm, key: str, status: int = 200
    ) -> HttpResponse:
        rows = self.reachable(FeedFile.objects).select_related("source", "uploaded_by")
        page = page_of(request, rows)
        context = {
            "form": form,
            "form_key": key,
            "page": page,
            "lines": [(one, presenting.mark_of(one)) for one in page.rows],
            "earlier": self.earlier,
        }
        return render(request, "residents/feeds/list.html", context, status=status)


def hasten_reading(of: FeedFile) -> None:
    """Have the latest reading of the file done soon."""
    work = of.readings.order_by("pk").last()
    if work is not None:
        hasten(read_feed, work.pk)


class _OfFile(ActionView):
    action = Action.SERVICE_RECEIVE

    def find(self, pk: int) -> FeedFile:
        rows = self.reachable(FeedFile.objects).select_related("source", "uploaded_by")
        of: FeedFile = get_object_or_404(rows, pk=pk)
        return of


class FeedDetail(_OfFile):
    """One file: progress, what was read, *Masukkan*; afterwards what became of it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        of = self.find(pk)
        progress = presenting.progress_of(of)
        asks_again = request.headers.get("HX-Request") == "true"
        context: dict[str, Any] = {
            "feed": of,
            "progress": progress,
            "mark": presenting.mark_of(of),
        }
        if asks_again and progress.is_working:
            return render(request, "residents/feeds/_progress.html", context)
        context |= {
            "notes": presenting.notes_of(of),
            "counts": presenting.counts_of(of) if presenting.has_counts(of) else [],
            "key": uuid4(),
        }
        response = render(request, "residents/feeds/detail.html", context)
        if asks_again:  # the rest of the page changes with the state
            response["HX-Refresh"] = "true"
        return response

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        name = request.POST.get("action", "")
        if name not in ("confirm", "discard"):
            raise BadRequest("Tindakan tidak dikenal.")
        of = self.find(pk)
        with transaction.atomic():
            outcome = WORKFLOW.advance(of.pk, name, Move(user_of(request), key=sent_key(request)))
            if name == "confirm" and not outcome.repeated:
                for part in FeedPart.objects.filter(of=of).order_by("number"):
                    hasten(enter_feed_part, part.pk)
        if name == "discard":
            messages.success(request, "Impor dibatalkan; berkasnya dihapus.")
            return redirect("feed_list")
        return redirect("feed_detail", pk)


class FeedColumns(_OfFile):
    """What each column holds, as long as nothing was entered; remembered for the source."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        of, notes = self._asked(pk)
        form = ColumnsForm(columns=notes["columns"], initial={"kind": of.kind})
        return self._show(request, of, notes, form)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        of, key = self.find(pk), sent_key(request)
        if key and of.steps.filter(key=key, name="choose").exists():
            return redirect("feed_detail", pk)
        of, notes = self._asked(pk)
        form = ColumnsForm(request.POST, columns=notes["columns"])
        if not form.is_valid():
            return self._show(request, of, notes, form, 422)
        with transaction.atomic():
            move = Move(user_of(request), {"kind": form.cleaned_data["kind"]}, key)
            WORKFLOW.advance(of.pk, "choose", move)
            remember(of, notes["columns"], form.chosen())
            hasten_reading(of)
        return redirect("feed_detail", pk)

    def _asked(self, pk: int) -> tuple[FeedFile, dict[str, Any]]:
        """The file with what is known of its columns. Raises WrongState."""
        of = self.find(pk)
        notes = presenting.notes_of(of)
        if of.status not in (FeedStatus.ASKING, FeedStatus.READY) or not notes:
            raise WrongState(NO_COLUMNS)
        return of, notes

    def _show(
        self,
        request: HttpRequest,
        of: FeedFile,
        notes: dict[str, Any],
        form: ColumnsForm,
        status: int = 200,
    ) -> HttpResponse:
        context = {"feed": of, "form": form, "missing": notes["missing"], "key": uuid4()}
        return render(request, "residents/feeds/columns.html", context, status=status)


class FeedRejected(_OfFile):
    """The rejected rows as they came, noted in the trail."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        of = self.find(pk)
        if of.cleared_at or not presenting.has_counts(of):
            raise WrongState("Baris yang ditolak belum selesai diperiksa, atau sudah dihapus.")
        content = writing.rejected(of, presenting.notes_of(of))
        record(request, Access.Kind.EXPORT, of)
        return as_download(content, f"layanan-ditolak-{of.pk}")
