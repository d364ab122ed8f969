"""Adding a document to a record, and removing one: the row stays, the file goes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.shortcuts import get_object_or_404

from accounts.login.models import User
from accounts.rules import Action
from residents.attachments.models import Attachment
from residents.registry.models import Resident
from residents.registry.states import GONE
from wacat.clock import now, today
from wacat.uploads import keep
from wacat.workflow import WrongState

FOLDER = "attachments"
MOST = 10  # beside one record
TOO_MANY = f"Sudah ada {MOST} dokumen. Hapus dahulu yang tidak diperlukan."
CLOSED = "Catatan ini sudah tidak dipakai, jadi dokumen tidak dapat ditambahkan."


@dataclass(frozen=True)
class Added:
    """The document beside the record; ``is_new`` unless it was there already."""

    attachment: Attachment
    is_new: bool


def may_take(resident: Resident) -> bool:
    """Whether documents can be added to this record at all."""
    return resident.status not in GONE and resident.anonymised_on is None


def add(user: User, resident_pk: int, kind: str, file: ContentFile[bytes], key: UUID) -> Added:
    """Keep the *checked* file beside the record. The same key, or the same file, adds nothing.

    Raises Http404 outside the user's scope, WrongState for a record that is out of use and
    ValidationError, with what to do, when there are too many.
    """
    with transaction.atomic():
        reachable = Resident.objects.visible_to(user, Action.RESIDENT_ENTER)
        # Counting and adding go together; letters and stays may go on meanwhile.
        rows = reachable.select_for_update(of=("self",), no_key=True)
        resident = get_object_or_404(rows, pk=resident_pk)
        earlier = Attachment.objects.filter(key=key).first()
        if earlier and earlier.resident_id == resident.pk:
            return Added(earlier, is_new=False)
        return _add(user, resident, kind, file, uuid4() if earlier else key)


def _add(user: User, resident: Resident, kind: str, file: ContentFile[bytes], key: UUID) -> Added:
    if not may_take(resident):
        raise WrongState(CLOSED)
    content = file.read()
    digest = hashlib.sha256(content).hexdigest()
    present = Attachment.objects.present().filter(resident=resident)
    if same := present.filter(sha256=digest).first():
        return Added(same, is_new=False)
    if present.count() >= MOST:
        raise ValidationError(TOO_MANY)
    made = Attachment.objects.create(
        area_id=resident.area_id,
        resident=resident,
        kind=kind,
        # A folder a day: what a crash leaves without a row is looked for there.
        file=keep(ContentFile(content, file.name), f"{FOLDER}/{today():%Y%m%d}"),
        size=len(content),
        sha256=digest,
        added_by=user,
        key=key,
    )
    return Added(made, is_new=True)


def remove(attachment: Attachment) -> None:
    """Take it from the record; its file is deleted as soon as this transaction is committed."""
    if attachment.removed_at is not None:
        return
    attachment.removed_at = now()
    attachment.save(update_fields=["removed_at"])
    # Robust: should the storage be away, the file is found again and deleted later.
    transaction.on_commit(lambda: erase(attachment), robust=True)


def erase(attachment: Attachment) -> None:
    """Delete the file of a removed document, and note that it is gone."""
    default_storage.delete(attachment.file)
    Attachment.objects.filter(pk=attachment.pk).update(file="")


def present_of(resident: Resident) -> list[Attachment]:
    """The record's documents, the latest first, with who added them."""
    rows = Attachment.objects.present().filter(resident=resident)
    return list(rows.select_related("added_by").order_by("-pk"))
