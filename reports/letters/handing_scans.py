"""The scan of an inked sheet: taken, replaced by a better one, and forgotten."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404

from accounts.login.models import User
from accounts.rules import Action
from reports.letters.handing_models import LetterLink, LetterScan
from reports.letters.models import Letter, Status
from reports.letters.signing import INK
from wacat.clock import now
from wacat.uploads import keep
from wacat.workflow import WrongState

FOLDER = "scans"
AT_ONCE = 500
NOT_ISSUED = "Hanya surat yang sudah terbit dan masih berlaku yang dapat dipindai dan dikirim."
SIGNED_ALREADY = "Surat ini ditandatangani secara elektronik, jadi tidak perlu dipindai."
SENT = (
    "Hasil pindai ini sudah dikirim, jadi tidak dapat diganti. Akhiri dahulu tautannya. "
    "Bila sudah diambil dan ternyata salah, ganti suratnya dengan surat baru."
)


def why_no_scan(letter: Letter) -> str:
    """Why no scan can be put beside *letter* now; nothing where one can."""
    if not is_valid(letter):
        return NOT_ISSUED
    if is_electronic(letter):
        return SIGNED_ALREADY
    sent = LetterLink.objects.filter(letter=letter, scan__isnull=False)
    reached = Q(fetched_at__isnull=False) | Q(ended_at=None, until__gt=now())
    return SENT if sent.filter(reached, scan__replaced_at=None).exists() else ""


def is_valid(letter: Letter) -> bool:
    """Whether it is issued, not expired, and still says something."""
    return letter.status == Status.ISSUED and not letter.is_expired and not letter.erased_on


def is_electronic(letter: Letter) -> bool:
    """Whether it was issued to be signed with a certificate."""
    facts = letter.facts
    return facts is not None and facts.signing != INK


def scan_of(letter: Letter) -> LetterScan | None:
    """The scan that counts."""
    return LetterScan.objects.filter(letter=letter, replaced_at=None).exclude(file="").first()


def locked_letter(user: User, pk: int) -> Letter:
    """The letter, held until the transaction ends. Raises Http404 outside the user's scope."""
    rows = Letter.objects.visible_to(user, Action.LETTER_HAND_OVER).select_related("area__parent")
    letter: Letter = get_object_or_404(rows.select_for_update(of=("self",), no_key=True), pk=pk)
    return letter


def add_scan(user: User, pk: int, file: ContentFile[bytes], key: UUID) -> LetterScan:
    """Keep the *checked* file beside the letter, in place of the one before.

    The same key, or the same file again, changes nothing. Raises Http404 out of scope and
    WrongState when the letter can have none now.
    """
    with transaction.atomic():
        letter, content = locked_letter(user, pk), file.read()
        digest, present = hashlib.sha256(content).hexdigest(), scan_of(letter)
        known = LetterScan.objects.filter(key=key, letter=letter).first()
        same = present if present and present.sha256 == digest else known
        if same:
            return same
        if text := why_no_scan(letter):
            raise WrongState(text)
        if present:
            _replace(present)
        return LetterScan.objects.create(
            letter=letter,
            file=keep(ContentFile(content, file.name), FOLDER),
            size=len(content),
            sha256=digest,
            added_by=user,
            key=key,
        )


def _replace(scan: LetterScan) -> None:
    scan.replaced_at = now()
    scan.save(update_fields=["replaced_at"])
    # Robust: should the storage be away, the file is found again and deleted later.
    transaction.on_commit(lambda: _erase(scan), robust=True)


def _erase(scan: LetterScan) -> None:
    default_storage.delete(scan.file)
    LetterScan.objects.filter(pk=scan.pk).update(file="")


def erase_replaced() -> None:
    """Delete the files of replaced scans that could not be deleted at once."""
    for scan in LetterScan.objects.exclude(file="").filter(replaced_at__isnull=False)[:AT_ONCE]:
        _erase(scan)
