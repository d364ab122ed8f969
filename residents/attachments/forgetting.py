"""Deleting what nobody needs any more: uploads given up, files of removed documents, strays."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from residents.attachments.arriving import FOLDER as PIECES
from residents.attachments.arriving import forget_pieces
from residents.attachments.keeping import FOLDER, erase
from residents.attachments.models import Attachment, Upload
from wacat.clock import now, today

logger = logging.getLogger(__name__)

KEPT = timedelta(days=2)
STRAY = timedelta(days=1)  # a file without a row may belong to a transaction that is still open
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
    for days in range(1, 4):
        _erase_unknown(f"{FOLDER}/{today() - timedelta(days=days):%Y%m%d}")
    pieces = [int(name) for name in _folders(PIECES) if name.isdigit()]
    known = set(Upload.objects.filter(pk__in=pieces).values_list("pk", flat=True))
    for pk in set(pieces) - known:
        if all(_is_old(f"{PIECES}/{pk}/{name}") for name in _files(f"{PIECES}/{pk}")):
            forget_pieces(pk)


def _erase_unknown(folder: str) -> None:
    stored = {f"{folder}/{name}" for name in _files(folder)}
    known = set(Attachment.objects.filter(file__in=stored).values_list("file", flat=True))
    for name in stored - known:
        if _is_old(name):
            default_storage.delete(name)


def _folders(folder: str) -> list[str]:
    return default_storage.listdir(folder)[0] if default_storage.exists(folder) else []


def _files(folder: str) -> list[str]:
    return default_storage.listdir(folder)[1] if default_storage.exists(folder) else []


def _is_old(name: str) -> bool:
    """By the machine's clock, as the file system has it."""
    return default_storage.get_modified_time(name) < timezone.now() - STRAY
