"""Choosing letters for the printer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from accounts.login.models import User
from reports.letters.batch_models import BatchLetter, PrintBatch
from reports.letters.models import Letter, Status
from reports.tasks import merge_batch
from wacat.work import hasten

MOST = 100


def is_printable(letter: Letter) -> bool:
    """Whether it is issued and still says something."""
    return letter.status == Status.ISSUED and not letter.erased_on


def batch_of(user: User, letters: Iterable[Letter], key: UUID) -> PrintBatch:
    """A batch of these letters, or the one that the same *key* made before.

    Those of another kelurahan become a batch of their own (``beside``). There must be a letter.
    """
    by_kelurahan = defaultdict(list)
    for letter in letters:
        by_kelurahan[letter.area.kelurahan_code].append(letter)
    with transaction.atomic():
        made = [_made(user, code, found, key) for code, found in sorted(by_kelurahan.items())]
    return made[0]


def beside(batch: PrintBatch) -> list[PrintBatch]:
    """The batches of other kelurahan that the same press made."""
    rows = PrintBatch.objects.filter(key=batch.key, asked_by=batch.asked_by_id)
    return list(rows.exclude(pk=batch.pk).select_related("area").order_by("area"))


def pressed_before(user: User, key: UUID | None) -> PrintBatch | None:
    """What this user's form of this key has made already."""
    if key is None:
        return None
    found: PrintBatch | None = (
        PrintBatch.objects.filter(key=key, asked_by=user).order_by("area").first()
    )
    return found


def _made(user: User, kelurahan: str, letters: list[Letter], key: UUID) -> PrintBatch:
    batch: PrintBatch
    batch, is_new = PrintBatch.objects.get_or_create(asked_by=user, key=key, area_id=kelurahan)
    if is_new:
        BatchLetter.objects.bulk_create(
            BatchLetter(batch=batch, letter=letter) for letter in letters
        )
        hasten(merge_batch, batch.pk)
    return batch
