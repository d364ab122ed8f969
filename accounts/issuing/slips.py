"""Slips: a worker makes one-time passwords and draws them; only digests are kept."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Prefetch
from django.urls import reverse

from accounts.issuing.drawing import Sheet, Slip, draw_sheet
from accounts.issuing.models import OneTimePassword, SlipSheet
from accounts.issuing.one_time import make_all
from accounts.login.models import AccountStatus, User
from accounts.posts.models import Post, place_of
from wacat.clock import now, today
from wacat.words import tanggal

FOLDER = "slips"


def draw(work: SlipSheet) -> None:
    """Make the passwords of the sheet's accounts and store the PDF that shows them, sealed.

    The passwords exist within this function and in the sealed file only. A second attempt after
    a crash makes new ones and replaces the file. Left out are closed accounts, those without a
    post, and whoever has set an own password since the sheet was asked for (by e-mail): when
    nobody is left, there is no file.
    """
    users = _users_of(work)
    if not users:
        work.file = ""
        return
    sheet = Sheet(
        area_name=place_of(work.area),
        address=f"{settings.PUBLIC_URL}{reverse('account_login')}",
        made_at=now(),
        slips=_with_new_passwords(users),
        specimen=settings.DEMO,
    )
    work.file = default_storage.save(f"{FOLDER}/{work.pk}.pdf", ContentFile(draw_sheet(sheet)))


def take(pk: int) -> bytes | None:
    """The sheet's PDF, once: it is deleted as soon as this transaction is committed.

    None when there is none to be had (any more). Belongs in a transaction.
    """
    work = SlipSheet.objects.select_for_update(of=("self",)).get(pk=pk)
    if not work.file:
        return None
    name = work.file
    try:
        with default_storage.open(name) as file:
            pdf = file.read()
    except FileNotFoundError:
        _discard(work)
        return None
    work.file, work.downloaded_at = "", now()
    work.save(update_fields=["file", "downloaded_at"])
    transaction.on_commit(lambda: default_storage.delete(name))
    return bytes(pdf)


def discard_old() -> int:
    """Delete what nobody fetched while its passwords were good; how many sheets that were.

    Files that a crash has left without their sheet's knowledge go as well.
    """
    gone = now() - timedelta(days=settings.ONE_TIME_PASSWORD_DAYS)
    kept = SlipSheet.objects.exclude(file="").filter(done_at__lt=gone)
    with transaction.atomic():
        old = list(kept.select_for_update(of=("self",), skip_locked=True)[:500])
        for work in old:
            _discard(work)
    _delete_leftovers()
    return len(old)


def _discard(work: SlipSheet) -> None:
    name, work.file, work.discarded_at = work.file, "", now()
    work.save(update_fields=["file", "discarded_at"])
    transaction.on_commit(lambda: default_storage.delete(name))


def _delete_leftovers() -> None:
    """A worker died after storing the file, or a web process before deleting it."""
    if not default_storage.exists(FOLDER):
        return
    stored = {int(name.removesuffix(".pdf")) for name in _stored() if name[:-4].isdigit()}
    settled = SlipSheet.objects.filter(pk__in=stored, file="")
    for pk in settled.exclude(state=SlipSheet.State.WAITING).values_list("pk", flat=True):
        default_storage.delete(f"{FOLDER}/{pk}.pdf")


def _stored() -> list[str]:
    return default_storage.listdir(FOLDER)[1]


def _with_new_passwords(users: list[User]) -> tuple[Slip, ...]:
    passwords = make_all(users)
    good = dict(OneTimePassword.objects.filter(user__in=users).values_list("pk", "expires_at"))
    return tuple(
        Slip(
            full_name=user.full_name,
            posts=tuple(_with_first_day(post) for post in user.posts_not_over),
            username=user.username,
            phone=user.login_phone or "",
            password=passwords[user.pk],
            valid_until=good[user.pk],
        )
        for user in users
    )


def _with_first_day(post: Post) -> str:
    """As in "Ketua RT 012 · Kel. Sepinggan, mulai 1 Desember 2026" for one that is to come."""
    return post.label if post.starts <= today() else f"{post.label}, mulai {tanggal(post.starts)}"


def _users_of(work: SlipSheet) -> list[User]:
    """Whom the sheet is for, in the order of their areas, with their posts."""
    posts = Post.objects.not_over().select_related("area__parent").order_by("area", "pk")
    users = User.objects.filter(slips__sheet=work, status=AccountStatus.ACTIVE)
    found = []
    for user in users.prefetch_related(Prefetch("posts", posts, to_attr="posts_to_show")):
        user.posts_not_over = user.posts_to_show
        if user.posts_not_over and not user.has_own_password:
            found.append(user)
    return sorted(found, key=lambda user: (user.posts_not_over[0].area_id, user.pk))
