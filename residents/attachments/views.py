"""Adding a document (whole, or piece by piece) and handing one out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import ActionView, user_of
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.rules import Action
from residents.attachments.arriving import Gap, Piece, open_uploads, receive
from residents.attachments.forms import AttachmentForm, PieceForm
from residents.attachments.keeping import CLOSED, Added, add, may_take
from residents.attachments.models import Attachment
from residents.registry.models import Resident
from wacat.uploads import as_download, as_picture
from wacat.workflow import WrongState

ANY_KEY = UUID(int=0)


class AttachmentAdd(ActionView):
    """The page on which a document is chosen."""

    action = Action.RESIDENT_ENTER

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(request, self._find(pk), AttachmentForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        resident = self._find(pk)
        form = AttachmentForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(request, resident, form, 422)
        try:
            kind, key = form.cleaned_data["kind"], form.sent_key
            added = add(user_of(request), pk, kind, form.chosen, key)
        except ValidationError as error:
            form.add_error(None, error)
            return self._show(request, resident, form, 422)
        _tell(request, added)
        return redirect(_page_of(pk))

    def _find(self, pk: int) -> Resident:
        rows = self.reachable(self.reachable(Resident.objects), Action.RESIDENT_VIEW)
        resident: Resident = get_object_or_404(rows, pk=pk)
        if not may_take(resident):
            raise WrongState(CLOSED)
        return resident

    def _show(
        self, request: HttpRequest, resident: Resident, form: AttachmentForm, status: int = 200
    ) -> HttpResponse:
        context = {
            "resident": resident,
            "form": form,
            "unfinished": open_uploads(user_of(request), resident),
            "upload_url": reverse("upload_piece", args=[ANY_KEY]),
            "any_key": str(ANY_KEY),
        }
        return render(request, "residents/attachments/add.html", context, status=status)


class UploadPiece(ActionView):
    """One piece of a file on its way (``residents.attachments.arriving``), answered in JSON."""

    action = Action.RESIDENT_ENTER

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        form = PieceForm(request.POST, request.FILES)
        if not form.is_valid():
            [text, *_] = [text for texts in form.errors.values() for text in texts]
            return _answer(422, error=text)
        resident = self.reachable(Resident.objects).filter(pk=form.cleaned_data["resident"]).first()
        if resident is None:
            raise Http404
        try:
            arrived = receive(user_of(request), key, resident, _piece_of(form))
        except Gap as gap:
            return _answer(409, received=gap.received)
        except (ValidationError, WrongState) as error:
            text = error.messages[0] if isinstance(error, ValidationError) else str(error)
            return _answer(422, error=text)
        if arrived.added is None:
            return _answer(200, received=arrived.received)
        _tell(request, arrived.added)
        return _answer(201, received=arrived.received, next=_page_of(resident.pk))


class AttachmentFile(ActionView):
    """A document, for those who may see a NIK; that it was looked at is recorded.

    Our own JPEG may be shown in a page; a PDF, kept as it came, leaves as a download.
    """

    action = Action.RESIDENT_REVEAL

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = self.reachable(self.reachable(Attachment.objects.present()), Action.RESIDENT_VIEW)
        found = get_object_or_404(rows.select_related("resident"), pk=pk)
        # About the person: so the trail answers who has seen a NIK.
        record(request, Access.Kind.DOWNLOAD, found.resident)
        shown = f"{found.kind}-{found.resident_id}-{found.pk}"
        if found.is_picture and "unduh" not in request.GET:
            return as_picture(found.file, shown)
        return as_download(found.file, shown)


def _piece_of(form: PieceForm) -> Piece:
    data = form.cleaned_data
    return Piece(data["kind"], data["size"], data["sha256"], data["offset"], form.content)


def _answer(status: int, **values: Any) -> JsonResponse:
    return JsonResponse(values, status=status)


def _tell(request: HttpRequest, added: Added) -> None:
    kind = added.attachment.get_kind_display()
    if added.is_new:
        messages.success(request, f"{kind} disimpan.")
    else:
        messages.info(request, f"Berkas ini sudah tersimpan sebagai {kind}.")


def _page_of(pk: int) -> str:
    return f"{reverse('resident_detail', args=[pk])}#lampiran"
