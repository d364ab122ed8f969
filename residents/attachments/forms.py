"""Adding a document: the form of the page, and what each piece of a resumed upload says."""

from __future__ import annotations

from typing import Any

from django import forms

from residents.attachments.arriving import MOST_PIECE
from residents.attachments.models import Kind
from wacat.forms import Keyed
from wacat.uploads import MOST_BYTES, TOO_MANY_BYTES, ScanField

NONE_CHOSEN = "Pilih berkas, atau potret dokumennya."


class AttachmentForm(Keyed):
    """Works without script; with it, the chosen file is sent piece by piece instead."""

    mark_optional = False

    kind = forms.ChoiceField(
        label="Dokumen apa ini?", choices=Kind, initial=Kind.KTP, widget=forms.RadioSelect
    )
    photo = ScanField(
        label="Potret dengan kamera",
        required=False,
        help_text="Seluruh dokumen masuk gambar, terang, dan tulisannya terbaca.",
        widget=forms.FileInput({"accept": "image/jpeg,image/png", "capture": "environment"}),
    )
    file = ScanField(label="Pilih berkas yang sudah ada", required=False)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not self.errors and not self.chosen:
            self.add_error("file", NONE_CHOSEN)
        elif data.get("photo") and data.get("file"):
            self.add_error("file", "Pilih satu saja: foto baru, atau berkas yang sudah ada.")
        return data

    @property
    def chosen(self) -> Any:
        """The checked file, from the camera or from the phone's memory."""
        return self.cleaned_data.get("photo") or self.cleaned_data.get("file")


class PieceForm(forms.Form):
    """One piece, as ``static/js/upload.js`` sends it."""

    resident = forms.IntegerField(min_value=1)
    kind = forms.ChoiceField(choices=Kind)
    size = forms.IntegerField(
        min_value=1, max_value=MOST_BYTES, error_messages={"max_value": TOO_MANY_BYTES}
    )
    sha256 = forms.RegexField(r"\A[0-9a-f]{64}\Z")
    offset = forms.IntegerField(min_value=0)
    piece = forms.FileField(required=False, allow_empty_file=True)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        piece = data.get("piece")
        if not self.errors and piece:
            beyond = data["offset"] + piece.size > data["size"]
            if beyond or piece.size > MOST_PIECE:
                self.add_error("piece", "Potongan berkas terlalu besar.")
        return data

    @property
    def content(self) -> bytes:
        """The piece's bytes; none when it only asks."""
        file = self.cleaned_data["piece"]
        return bytes(file.read()) if file else b""
