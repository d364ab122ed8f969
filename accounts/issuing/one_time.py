"""One-time passwords: drawn on a slip, good once and for some days, kept only as keyed digests."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterable
from datetime import timedelta
from hmac import compare_digest

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.issuing.models import OneTimePassword
from accounts.login.models import User
from wacat.clock import now
from wacat.sealing.crypto import blind_index

# No 0 and o, no 1, i and l: 31 characters, so twelve of them are 59 bits. What is that hard to
# guess needs no slow hash, and a thousand slips cost nothing.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH, GROUP = 12, 4
# How long the browser that used it may try again: its answer was lost on a weak line.
SAME_USE = timedelta(hours=1)
_PURPOSE = "accounts.one_time"


def make(user: User) -> str:
    """A new one-time password, in place of the user's last one and of a password of their own.

    Only for the worker that draws it: it is known nowhere else, and never again.
    """
    return make_all([user])[user.pk]


def make_all(users: Iterable[User]) -> dict[int, str]:
    """The same for several users at once, by key, in statements that do not grow with them."""
    made = {user.pk: _grouped(_random()) for user in users}
    moment = now()
    with transaction.atomic():
        forget_own_passwords(made)
        OneTimePassword.objects.bulk_create(
            [
                OneTimePassword(
                    user_id=pk,
                    digest=_digest(password),
                    made_at=moment,
                    expires_at=moment + timedelta(days=settings.ONE_TIME_PASSWORD_DAYS),
                )
                for pk, password in sorted(made.items())
            ],
            update_conflicts=True,
            unique_fields=["user"],
            update_fields=["digest", "made_at", "expires_at", "used_at", "browser"],
        )
    return made


def consume(user: User, password: str, browser: bytes) -> bool:
    """Use the password up; False when it is wrong, used, expired or was replaced.

    Once only, whoever else tries at the same moment. The same *browser* (a digest, empty when
    unknown) may repeat its use for an hour, as long as the user has set no own password.
    """
    text = _plain(password)
    if len(text) != LENGTH:
        return False
    with transaction.atomic():
        row = OneTimePassword.objects.select_for_update().filter(user=user.pk).first()
        if row is None or not compare_digest(bytes(row.digest), _digest(text)):
            return False
        if row.expires_at <= now() or _has_own_password(user):
            return False
        if row.used_at is not None:
            return _is_same_use(row, browser)
        if user.is_active:  # a closed account lets nobody in: its password waits for it
            row.used_at, row.browser = now(), browser or None
            row.save(update_fields=["used_at", "browser"])
        return True


def is_one_time(user: User, password: str) -> bool:
    """Whether it is what stands on the user's latest slip, good or not any more."""
    row = OneTimePassword.objects.filter(user=user.pk).first()
    return row is not None and compare_digest(bytes(row.digest), _digest(password))


def void(users: Iterable[User]) -> None:
    """End at once what the users log in with: own and one-time password, and their sessions.

    A session holds only as long as its user's password stays as it was, an unusable one too.
    """
    keys = [user.pk for user in users]
    User.objects.filter(pk__in=keys).update(password=make_password(None))
    OneTimePassword.objects.filter(user__in=keys, expires_at__gt=now()).update(expires_at=now())


def forget_own_passwords(keys: Iterable[int]) -> None:
    """Make the own passwords of these users unusable, which ends their sessions.

    Who has none is left alone, so that the link in their e-mail stays good.
    """
    own = [user.pk for user in User.objects.filter(pk__in=list(keys)) if user.has_own_password]
    User.objects.filter(pk__in=own).update(password=make_password(None))


def _is_same_use(row: OneTimePassword, browser: bytes) -> bool:
    """Whether this browser used it, not long ago."""
    if row.used_at is None or row.browser is None or not browser:
        return False
    return row.used_at > now() - SAME_USE and compare_digest(bytes(row.browser), browser)


def _has_own_password(user: User) -> bool:
    """As it is now, not as it was when *user* was read."""
    return User.objects.get(pk=user.pk).has_own_password


def _random() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def _grouped(text: str) -> str:
    """``kcm4-7rpx-tq9d``, as it stands on paper."""
    return "-".join(text[start : start + GROUP] for start in range(0, len(text), GROUP))


def _plain(typed: str) -> str:
    """What was typed, without the dashes, spaces and capitals that do not count."""
    kept = (one for one in typed[:100] if unicodedata.category(one) not in ("Pd", "Zs", "Cc"))
    return "".join(kept).lower()


def _digest(password: str) -> bytes:
    return blind_index(_plain(password), _PURPOSE)
