"""/verifikasi/berkas/: whether a PDF is the one that was issued. Nothing of it is kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reports.letters.verification import PublicView
from reports.letters.verification_judging import Judgement, NotAPdf, Verdict, judged
from reports.letters.verification_limits import count_file, told
from reports.letters.verification_states import shown
from wacat.throttle import TooMany
from wacat.uploads import MOST_BYTES, TOO_MANY_BYTES

AROUND_THE_FILE = 10_000  # bytes of the form itself
MOST_SWALLOWED = 64_000_000
NONE_CHOSEN = "Pilih berkas PDF suratnya dahulu."
EMPTY = "Berkas ini kosong. Minta atau unduh sekali lagi, lalu unggah."
NOT_A_PDF = "Berkas ini bukan PDF. Pilih berkas PDF suratnya, bukan foto atau halaman web."


class InMemory(MemoryFileUploadHandler):
    """Holds the file in memory, whatever its size: that was looked at, and no disk sees it."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True


class PdfForm(forms.Form):
    """One file; ``refusal`` says why it was not even read."""

    file = forms.FileField(
        label="Berkas PDF surat",
        required=False,
        help_text="PDF, paling besar 5 MB. Berkas hanya diperiksa, tidak disimpan.",
        widget=forms.FileInput({"accept": "application/pdf"}),
        error_messages={"empty": EMPTY, "invalid": NONE_CHOSEN},
    )
    mark_optional = False

    def __init__(self, *args: Any, refusal: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._refusal = refusal

    def clean_file(self) -> Judgement:
        if self._refusal:
            raise ValidationError(self._refusal)
        file = self.cleaned_data["file"]
        if not file:
            raise ValidationError(NONE_CHOSEN)
        try:
            return judged(file.read())
        except NotAPdf:
            raise ValidationError(NOT_A_PDF) from None


class VerifyFile(PublicView):
    """For somebody who was sent the PDF."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, PdfForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            count_file(request)
        except TooMany as error:
            return self._refuse(request, told(error), 429)
        if _size(request) > MOST_BYTES + AROUND_THE_FILE:
            return self._refuse(request, TOO_MANY_BYTES, 413)
        request.upload_handlers = [InMemory(request)]
        form = PdfForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(request, form, 422)
        judgement = form.cleaned_data["file"]
        context = {"judgement": judgement, "verdict": _words(judgement)}
        if judgement.verdict is Verdict.UNCHANGED:
            context |= shown(judgement.letters[0])
        context["signature"] = judgement.signature
        return self._show(request, PdfForm(), **context)

    def _refuse(self, request: HttpRequest, why: str, status: int) -> HttpResponse:
        _swallow(request)
        return self._show(request, PdfForm({}, {}, refusal=why), status)

    def _show(
        self, request: HttpRequest, form: PdfForm, status: int = 200, **context: Any
    ) -> HttpResponse:
        context = {**context, "form": form}
        return render(request, "reports/letters/verify_file.html", context, status=status)


def _words(judgement: Judgement) -> dict[str, str]:
    return dict(zip(("kind", "title", "text"), judgement.verdict.value, strict=True))


def _size(request: HttpRequest) -> int:
    """What the request says it brings, which is the most that is ever read of it."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isdigit() else 0


def _swallow(request: HttpRequest) -> None:
    """Read what is sent without keeping it: a browser shows no answer that interrupts it."""
    left = min(_size(request), MOST_SWALLOWED)
    while left > 0 and (piece := request.read(min(left, 65_536))):
        left -= len(piece)
