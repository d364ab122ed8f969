"""Files that arrive piece by piece, and go on where they stopped.

The semantics are those of the tus resumable upload protocol 1.0 (core, creation with upload,
checksum and expiration), in POSTs alone, because those pass every proxy and the check against
forged requests. Each piece names the offset at which it begins, and each answer says how much
is here; a piece beyond that is refused (409). Two things are kinder than tus: a piece that is
here already is acknowledged instead of refused, since on a weak line the answer is lost as
often as the question, and of one that overlaps the rest is taken. An empty piece asks how much
is here, or begins.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from accounts.login.models import User
from residents.attachments.keeping import Added, add
from residents.attachments.models import Upload
from residents.registry.models import Resident
from wacat.clock import now
from wacat.sealing.crypto import SealBroken
from wacat.uploads import checked
from wacat.workflow import WrongState

logger = logging.getLogger(__name__)

FOLDER = "uploads"
MOST_PIECE = 512 * 1024  # bytes; the browser begins with less
MOST_OPEN = 20  # unfinished uploads of one user
OTHER_FILE = "Berkas ini lain dari yang tadi. Muat ulang halaman, lalu pilih lagi."
NOT_WHOLE = "Berkas tidak sampai utuh. Unggah sekali lagi."
TOO_MANY_OPEN = (
    "Terlalu banyak unggahan yang belum selesai. Selesaikan dahulu yang lain, atau tunggu dua hari."
)


@dataclass(frozen=True)
class Piece:
    """Some bytes of a file of ``size`` bytes whose digest is ``sha256``, from ``offset`` on."""

    kind: str
    size: int
    sha256: str
    offset: int
    content: bytes

    @property
    def end(self) -> int:
        return self.offset + len(self.content)


@dataclass(frozen=True)
class Arrived:
    """How much is here; ``added`` once it is all."""

    received: int
    added: Added | None = None


class Gap(Exception):
    """The piece begins beyond what is here: ``received`` bytes."""

    def __init__(self, received: int) -> None:
        super().__init__(f"{received} bytes are here")
        self.received = received


def receive(user: User, key: UUID, resident: Resident, piece: Piece) -> Arrived:
    """Take one piece; the last one makes the document. Belongs in a transaction.

    Raises Gap, and ValidationError, with what to do, when the file is not taken; it then has to
    begin anew. Raises WrongState for a record that is out of use.
    """
    upload = _locked(user, key, resident, piece)
    if (upload.size, upload.sha256, upload.resident_id) != (piece.size, piece.sha256, resident.pk):
        raise ValidationError(OTHER_FILE)
    if upload.attachment is not None:
        return Arrived(upload.size, Added(upload.attachment, is_new=False))
    if piece.offset > upload.received:
        raise Gap(upload.received)
    if piece.end > upload.received:
        _store(upload, piece.content[upload.received - piece.offset :])
    if upload.received < upload.size:
        return Arrived(upload.received)
    return Arrived(upload.size, _finish(upload))


def open_uploads(user: User, resident: Resident) -> list[Upload]:
    """What this user has begun to send for this record, the latest first."""
    rows = Upload.objects.filter(owner=user, resident=resident, attachment=None, received__gt=0)
    return list(rows.order_by("-touched_at", "-pk"))


def _locked(user: User, key: UUID, resident: Resident, piece: Piece) -> Upload:
    """The user's upload of this key, begun if need be; nobody else is at it meanwhile."""
    mine = Upload.objects.filter(owner=user)
    found = mine.select_for_update(of=("self",)).filter(key=key).first()
    if found and found.attachment and found.attachment.removed_at:
        found.delete()  # the file was removed, and is now sent again
        found = None
    if found:
        return found
    if mine.filter(attachment=None).count() >= MOST_OPEN:
        raise ValidationError(TOO_MANY_OPEN)
    values = {
        "resident": resident,
        "kind": piece.kind,
        "size": piece.size,
        "sha256": piece.sha256,
    }
    # Of two first pieces at the same moment the database lets one through; the other finds it.
    begun, _ = Upload.objects.get_or_create(owner=user, key=key, defaults=values)
    return mine.select_for_update(of=("self",)).get(pk=begun.pk)


def _store(upload: Upload, content: bytes) -> None:
    """Should the transaction fail, the same place is written again by the next attempt."""
    default_storage.save(_name(upload, upload.received), ContentFile(content))
    upload.received += len(content)
    upload.touched_at = now()
    upload.save(update_fields=["received", "touched_at"])


def _finish(upload: Upload) -> Added:
    """The document. When the file is not taken, nothing of it is kept: a better one begins anew."""
    pk = upload.pk
    transaction.on_commit(lambda: forget_pieces(pk), robust=True)
    try:
        file = checked(ContentFile(_whole(upload)))
        added = add(upload.owner, upload.resident_id, upload.kind, file, uuid4())
    except (ValidationError, WrongState):
        upload.delete()
        raise
    upload.attachment = added.attachment
    upload.save(update_fields=["attachment"])
    return added


def _whole(upload: Upload) -> bytes:
    """The file put together. Raises ValidationError when it is not what was announced."""
    content = b""
    try:
        while len(content) < upload.size:
            with default_storage.open(_name(upload, len(content))) as piece:
                content += piece.read()
    except (FileNotFoundError, SealBroken) as error:
        logger.error("a piece of upload %s is lost: %s", upload.pk, type(error).__name__)
        raise ValidationError(NOT_WHOLE) from error
    if hashlib.sha256(content).hexdigest() != upload.sha256:
        raise ValidationError(NOT_WHOLE)
    return content


def _name(upload: Upload, offset: int) -> str:
    return f"{FOLDER}/{upload.pk}/{offset}"


def forget_pieces(pk: int) -> None:
    """Delete the pieces of an upload that is finished or given up."""
    folder = f"{FOLDER}/{pk}"
    if not default_storage.exists(folder):
        return
    for name in default_storage.listdir(folder)[1]:
        default_storage.delete(f"{folder}/{name}")
    default_storage.delete(folder)
