"""Deleting what nobody needs any more: uploads given up, files of removed documents, strays."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction

from residents.attachments.arriving import FOLDER as PIECES
from residents.attachments.arriving import forget_pieces
from residents.attachments.keeping import FOLDER, erase
from residents.attachments.models import Attachment, Upload
from wacat import strays
from wacat.clock import now

logger = logging.getLogger(__name__)

KEPT = timedelta(days=2)
AT_ONCE = 500


def forget_uploads() -> int:
    """Delete uploads that nobody went on with for two days; how many."""
    with transaction.atomic():
        old = Upload.objects.filter(touched_at__lt=now() - KEPT).order_by("pk")
        keys = list(
            old.select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True)[
                :AT_ONCE
            ]
        )
        Upload.objects.filter(pk__in=keys).delete()
    for pk in keys:
        forget_pieces(pk)
    return len(keys)


def erase_removed() -> None:
    """Delete the files of removed documents that could not be deleted at once."""
    rows = Attachment.objects.filter(removed_at__isnull=False).exclude(file="")
    for attachment in rows.order_by("pk")[:AT_ONCE]:
        try:
            erase(attachment)
        except OSError as error:
            logger.warning("attachment %s not erased: %s", attachment.pk, type(error).__name__)


def erase_strays() -> None:
    """Delete what a crash between storing and committing has left: files that no row knows."""
    strays.erase_strays(FOLDER, Attachment.objects.all())
    pieces = [int(name) for name in _folders(PIECES) if name.isdigit()]
    known = set(Upload.objects.filter(pk__in=pieces).values_list("pk", flat=True))
    for pk in set(pieces) - known:
        folder = f"{PIECES}/{pk}"
        if strays.are_old(f"{folder}/{name}" for name in strays.files_in(folder)):
            forget_pieces(pk)


def _folders(folder: str) -> list[str]:
    return default_storage.listdir(folder)[0] if default_storage.exists(folder) else []
