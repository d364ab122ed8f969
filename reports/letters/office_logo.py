"""A kelurahan's logo: a picture drawn anew, as small as paper needs it, and kept for good.

Its name is made from its content. So a letter that names one never shows another, the same logo
is stored once, and nothing is ever overwritten. None is deleted: an issued letter may name it.
"""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from wacat.uploads import MOST_BYTES, TOO_MANY_BYTES, WRONG_TYPE, drawn_anew

FOLDER = "logos"
LOGO_NAME = rf"^{FOLDER}/[0-9a-f]{{64}}\.png$"
DOTS = (225, 272)  # 19 by 23 mm at 300 dpi, where the letterhead has its emblem
FEWEST_DOTS = 100
COLOURS = 64
NO_PICTURE = "Pilih gambar JPG atau PNG."
TOO_SMALL = f"Gambar terlalu kecil untuk dicetak. Pilih yang paling sedikit {FEWEST_DOTS} titik."


class LogoLost(Exception):
    """The stored logo is gone, or is not what its name says."""


class LogoField(forms.FileField):
    """A picture (JPEG, PNG), cleaned to the PNG that is printed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        widget = forms.FileInput({"accept": "image/jpeg,image/png"})
        super().__init__(*args, widget=widget, required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> bytes:
        file = super().clean(data, initial)
        return _as_printed(file) if file else b""


def kept_logo(png: bytes) -> str:
    """Store the cleaned picture sealed; its name."""
    name = f"{FOLDER}/{hashlib.sha256(png).hexdigest()}.png"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(png))
    return name


def is_kept(name: str) -> bool:
    """Whether this is the name of a stored logo."""
    return bool(re.fullmatch(LOGO_NAME, name)) and default_storage.exists(name)


def stored_logo(name: str) -> bytes:
    """The picture of this name. Raises LogoLost, and SealBroken when the file was altered."""
    try:
        with default_storage.open(name) as file:
            png = bytes(file.read())
    except FileNotFoundError as error:
        raise LogoLost(name) from error
    if hashlib.sha256(png).hexdigest() != PurePath(name).stem:
        raise LogoLost(name)
    return png


def _as_printed(file: Any) -> bytes:
    """Raises ValidationError with what to do."""
    if file.size > MOST_BYTES:
        raise ValidationError(TOO_MANY_BYTES)
    try:
        picture = drawn_anew(file.read())
    except ValidationError as error:
        raise ValidationError(NO_PICTURE) if error.message == WRONG_TYPE else error from error
    if max(picture.size) < FEWEST_DOTS:
        raise ValidationError(TOO_SMALL)
    picture.thumbnail(DOTS, Image.Resampling.LANCZOS)
    png = io.BytesIO()
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(png, "PNG", optimize=True)
    return png.getvalue()
