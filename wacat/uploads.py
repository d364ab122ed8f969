"""Scans and photographs that people send: known by their content, limited, kept sealed.

A picture is drawn anew without what the camera wrote into it (place, owner); a PDF is kept as
it came, and leaves only as a download.
"""

from __future__ import annotations

import io
from pathlib import PurePath
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse
from PIL import Image, ImageOps, UnidentifiedImageError

MEGABYTE = 1_000_000
MOST_BYTES = 5 * MEGABYTE
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2400  # pixels; enough to read a page
TYPES = {".pdf": "application/pdf", ".jpg": "image/jpeg"}
WRONG_TYPE = "Pilih berkas PDF, atau foto JPG atau PNG."


class ScanField(forms.FileField):
    """A PDF, or a photograph (JPEG, PNG); cleaned to a file that ``keep`` can store."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "PDF, atau foto JPG atau PNG, paling besar 5 MB.")
        widget = forms.FileInput({"accept": "application/pdf,image/jpeg,image/png"})
        super().__init__(*args, widget=kwargs.pop("widget", widget), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        return checked(file) if file else None


def checked(file: Any) -> ContentFile[bytes]:
    """The file as it will be kept. Raises ValidationError with what to do."""
    if file.size > MOST_BYTES:
        raise ValidationError("Berkas terlalu besar. Paling besar 5 MB.")
    content = file.read()
    if content[:5] == b"%PDF-":
        return ContentFile(content, "scan.pdf")
    return ContentFile(_redrawn(content), "scan.jpg")


def _redrawn(content: bytes) -> bytes:
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError("Foto terlalu besar. Kecilkan dahulu ukurannya.")
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise ValidationError(WRONG_TYPE) from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    drawn = io.BytesIO()
    upright.save(drawn, "JPEG", quality=85)
    return drawn.getvalue()


def keep(file: ContentFile[bytes] | None, folder: str) -> str:
    """Store the cleaned file sealed, under a random name; its name, or nothing without a file."""
    if file is None:
        return ""
    suffix = PurePath(file.name or "").suffix
    return default_storage.save(f"{folder}/{uuid4().hex}{suffix}", file)


def as_download(name: str, shown: str) -> HttpResponse:
    """The stored file as a download called *shown*. Raises FileNotFoundError and SealBroken."""
    suffix = PurePath(name).suffix
    with default_storage.open(name) as file:
        response = HttpResponse(file.read(), content_type=TYPES[suffix])
    response["Content-Disposition"] = f'attachment; filename="{shown}{suffix}"'
    return response
