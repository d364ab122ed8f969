"""Photographs and PDFs as phones send them, for tests of what lies beside a record."""

from __future__ import annotations

import io
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image

from accounts.rules import Role
from residents.attachments.keeping import add
from residents.attachments.models import Attachment
from residents.registry.models import Resident
from tests.factories import KELURAHAN, holder
from wacat.uploads import checked

PDF = (
    b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    b"2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
    b"xref\n0 3\ntrailer\n<</Size 3/Root 1 0 R>>\nstartxref\n108\n%%EOF\n"
)
CAMERA = b"KameraContoh"


def photo(shade: int = 90, size: tuple[int, int] = (60, 40)) -> bytes:
    """A JPEG in one shade, with what the camera noted about itself."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = CAMERA.decode()
    written = io.BytesIO()
    Image.new("RGB", size, (shade, 40, 40)).save(written, "JPEG", exif=exif)
    return written.getvalue()


def sent(content: bytes, name: str = "foto.jpg") -> SimpleUploadedFile:
    """The file as a form sends it; its name says nothing."""
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


def attached(resident: Resident, content: bytes | None = None, kind: str = "ktp") -> Attachment:
    """A document beside the record, added by the kelurahan's staff."""
    staff = holder(Role.PETUGAS_KELURAHAN, resident.area_id[: len(KELURAHAN)])
    file = checked(ContentFile(content or photo()))
    return add(staff, resident.pk, kind, file, uuid4()).attachment
