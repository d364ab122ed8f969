"""Links by which a letter is fetched: when one can be made, making one, ending it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.shortcuts import get_object_or_404

from accounts.login.models import User
from reports.letters.handing_log import note
from reports.letters.handing_models import Handing, LetterLink, LinkMail, Way
from reports.letters.handing_scans import (
    NOT_ISSUED,
    is_electronic,
    is_valid,
    locked_letter,
    scan_of,
)
from reports.letters.handing_secrets import digest_of, new_seed, token_of
from reports.letters.models import Drawing, Letter
from reports.tasks import mail_link
from wacat.clock import now
from wacat.work import Work, hasten
from wacat.workflow import WrongState

NOT_SIGNED = "Surat ini belum ditandatangani secara elektronik. Tunggu sampai PDF-nya ada."
NO_SCAN = (
    "Surat ini bertanda tangan basah. Cetak, tanda tangani, dan cap dahulu, "
    "lalu pindai lembarnya dan unggah di sini. Sesudah itu suratnya dapat dikirim."
)
TOO_MANY = "Surat ini sudah mempunyai tiga tautan yang masih berlaku. Akhiri dahulu salah satunya."
MOST_OPEN = 3
SHOWN_AGAIN = timedelta(minutes=10)


def why_not_sendable(letter: Letter) -> str:
    """What is to be done before *letter* can be sent; nothing where it can."""
    if not is_valid(letter):
        return NOT_ISSUED
    if is_electronic(letter):
        drawn = Drawing.objects.filter(letter=letter, state=Work.State.DONE).exists()
        return "" if drawn else NOT_SIGNED
    return "" if scan_of(letter) else NO_SCAN


def make_link(user: User, pk: int, way: str, address: str, key: UUID) -> LetterLink:
    """A new link for the letter, its mail where that is the way, and their line in the log.

    The same *key* gives the same link. Raises Http404 out of scope, WrongState when the letter
    cannot be sent.
    """
    with transaction.atomic():
        letter = locked_letter(user, pk)
        known = LetterLink.objects.filter(key=key, letter=letter, made_by=user).first()
        if known:
            return known
        if text := why_not_sendable(letter):
            raise WrongState(text)
        if open_links(letter) >= MOST_OPEN:
            raise WrongState(TOO_MANY)
        link = _made(user, letter, way, address, key)
        if way == Way.EMAIL:
            LinkMail.objects.create(link=link)
            hasten(mail_link, link.pk)
        note(letter, Handing.Kind(way), user, link=link)
        return link


def may_show_pin(link: LetterLink) -> bool:
    """Whether a form that is pressed again still shows the PIN: a moment later, not another day."""
    return link.is_open and not link.fetched_at and now() - link.made_at < SHOWN_AGAIN


def open_links(letter: Letter) -> int:
    """How many links to the letter still lead anywhere."""
    return LetterLink.objects.filter(letter=letter, ended_at=None, until__gt=now()).count()


def end_link(user: User, letter_pk: int, pk: int) -> None:
    """End it now. One that has ended stays so. Raises Http404 for none of this letter's."""
    with transaction.atomic():
        letter = locked_letter(user, letter_pk)
        rows = LetterLink.objects.filter(letter=letter).select_for_update()
        link = get_object_or_404(rows, pk=pk)
        if link.is_open:
            link.ended_at = now()
            link.save(update_fields=["ended_at"])
            note(letter, Handing.Kind.ENDED, user, link=link)


def _made(user: User, letter: Letter, way: str, address: str, key: UUID) -> LetterLink:
    seed = new_seed()
    return LetterLink.objects.create(
        letter=letter,
        scan=None if is_electronic(letter) else scan_of(letter),
        way=way,
        sealed_address=address,
        seed=seed,
        token_digest=digest_of(token_of(seed)),
        made_by=user,
        key=key,
    )
