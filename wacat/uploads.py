"""Scans and photographs that people send: known by their content, limited, kept sealed.

A picture is drawn anew on white paper, without what the camera wrote into it (place, owner) and
without whatever else its file held. A PDF is kept as it came, because a signed one must not be
touched; it leaves only as a download and is never opened here.
"""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from pathlib import PurePath
from typing import Any
from uuid import uuid4
from zipfile import is_zipfile

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from PIL import ExifTags, Image, ImageFile

logger = logging.getLogger(__name__)

MEGABYTE = 1_000_000
MOST_BYTES = 5 * MEGABYTE
# What the biggest pictures may need while they are drawn: a JPEG is read at a fraction of its
# size, a PNG only whole.
MOST_PIXELS = {"JPEG": 50_000_000, "PNG": 16_000_000}
LONGEST_SIDE = 2400  # pixels; enough to read a page
# Cameras write about ten. Each costs a pass over the whole picture and may be a few bytes long.
MOST_SCANS = 32
PICTURE = ".jpg"
TYPES = {
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    PICTURE: "image/jpeg",
}

WRONG_TYPE = "Pilih berkas PDF, atau foto JPG atau PNG."
TOO_MANY_BYTES = "Berkas terlalu besar. Paling besar 5 MB."
TOO_MANY_PIXELS = "Foto terlalu besar. Kecilkan dahulu ukurannya, lalu unggah lagi."
DAMAGED = "Berkas ini rusak atau tidak lengkap. Buat dan unggah sekali lagi."
LOCKED = "PDF ini dikunci. Simpan tanpa kata sandi dahulu, atau unggah fotonya."
NOT_ONLY_PAGES = "PDF ini berisi lebih dari halaman. Cetak ke PDF dahulu, atau unggah fotonya."

# What Pillow trips over in a picture whose parts contradict each other.
BROKEN = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)

_PDF_HEAD = re.compile(rb"%PDF-[12]\.\d")
_PDF_TAIL = re.compile(rb"startxref\s+\d+\s+%%EOF\s*\Z")
_PDF_LOCK = re.compile(rb"/Encrypt\s+\d+\s+\d+\s+R\b")
# Programs and files within a PDF. Names so long do not come about by chance in packed pages.
_PDF_MORE = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia)\b")
_PDF_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_JPEG_SCAN = b"\xff\xda"
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


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
        raise ValidationError(TOO_MANY_BYTES)
    content = file.read()
    if _PDF_HEAD.match(content):
        _check_pdf(content)
        return ContentFile(content, "scan.pdf")
    return ContentFile(_redrawn(content), "scan.jpg")


def _check_pdf(content: bytes) -> None:
    """Raise ValidationError unless it is whole, open, and nothing but pages.

    A look at its bytes, not a parser: what is built to hide from this is still only handed out
    as a download, to few. ``is_zipfile`` finds what is a PDF and an archive at once.
    """
    if not _PDF_TAIL.search(content[-2048:].rstrip(b"\0")):
        raise ValidationError(DAMAGED)
    if _PDF_LOCK.search(content):
        raise ValidationError(LOCKED)
    plain = _PDF_ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), content)
    if _PDF_MORE.search(plain) or is_zipfile(io.BytesIO(content)):
        raise ValidationError(NOT_ONLY_PAGES)


def _redrawn(content: bytes) -> bytes:
    """The picture as a new JPEG. Raises ValidationError."""
    written = io.BytesIO()
    drawn_anew(content).save(written, "JPEG", quality=85)
    return written.getvalue()


def drawn_anew(content: bytes) -> Image.Image:
    """The JPEG or PNG upright on white, at most ``LONGEST_SIDE`` long, and nothing else of it.

    Raises ValidationError: with ``WRONG_TYPE`` when it is no such picture.
    """
    # WeasyPrint lets Pillow fill in what a file lacks, for the whole process in which it draws.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        picture = Image.open(io.BytesIO(content), formats=("JPEG", "PNG"))
    except Image.DecompressionBombError as error:
        raise ValidationError(TOO_MANY_PIXELS) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise ValidationError(WRONG_TYPE) from error
    with picture:
        _check_size(picture, content)
        try:
            return _on_white(picture)
        except BROKEN as error:
            raise ValidationError(DAMAGED) from error


def _check_size(picture: Image.Image, content: bytes) -> None:
    """Raise ValidationError before anything is decoded that would take too much of it."""
    kind = "PNG" if picture.format == "PNG" else "JPEG"
    if picture.width * picture.height > MOST_PIXELS[kind]:
        raise ValidationError(TOO_MANY_PIXELS)
    if kind == "JPEG" and content.count(_JPEG_SCAN) > MOST_SCANS:
        raise ValidationError(DAMAGED)


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture upright, at most ``LONGEST_SIDE`` long, on a sheet that carries nothing else."""
    turned = _orientation(picture)
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    if picture.mode.startswith("I"):  # sixteen bits of grey
        picture = picture.convert("I").point(lambda level: level / 256).convert("L")
    elif picture.has_transparency_data:
        picture = picture.convert("RGBA")
    elif picture.mode not in ("L", "RGB"):
        picture = picture.convert("RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if turned:
        picture = picture.transpose(turned)
    sheet = Image.new("RGB", picture.size, "white")
    sheet.paste(picture, mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    return sheet


def _orientation(picture: Image.Image) -> Image.Transpose | None:
    """How to turn it as the camera was held; not at all where that cannot be read."""
    try:
        return _TURNS.get(picture.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # Pillow raises whatever a broken block happens to trip over
        logger.info("the orientation of a picture cannot be read")
        return None


def keep(file: ContentFile[bytes] | None, folder: str) -> str:
    """Store the cleaned file sealed, under a random name; its name, or nothing without a file."""
    if file is None:
        return ""
    suffix = PurePath(file.name or "").suffix
    return default_storage.save(f"{folder}/{uuid4().hex}{suffix}", file)


def as_download(name: str, shown: str) -> HttpResponse:
    """The stored file as a download called *shown*. Raises FileNotFoundError and SealBroken."""
    return _handed_out(name, shown, is_download=True)


def as_picture(name: str, shown: str) -> HttpResponse:
    """A stored picture, drawn here, for the browser to show. Raises as ``as_download`` does.

    Raises ValueError for anything else: what came from outside as it is leaves as a download.
    """
    if PurePath(name).suffix != PICTURE:
        raise ValueError("only pictures that were drawn here are shown")
    return _handed_out(name, shown, is_download=False)


def _handed_out(name: str, shown: str, *, is_download: bool) -> HttpResponse:
    suffix = PurePath(name).suffix
    with default_storage.open(name) as file:
        response = HttpResponse(file.read(), content_type=TYPES[suffix])
    how = content_disposition_header(is_download, f"{shown}{suffix}")
    response["Content-Disposition"] = how or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    return response
