"""Who somebody is: by user name or telephone number, with an own or a one-time password."""

from __future__ import annotations

import hashlib
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.http import HttpRequest

from accounts.issuing.one_time import consume
from accounts.login.models import User


class Backend(AuthenticationBackend):
    """allauth's, which keeps a deactivated account's right password apart from a wrong one."""

    def get_user(self, user_id: Any) -> User | None:
        """The session's user with what every request asks of one; None for a deactivated one."""
        user: User | None = User.objects.for_session().filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        user = User.objects.by_login(credentials.get("username") or "")
        password = credentials["password"]
        if user is None:
            return None
        if user.has_own_password:
            return self._check_password(user, password)
        # Whether the account is new does not show in the time it takes either: whatever is
        # returned from here without a password checked, the base class hashes one.
        if not consume(user, password, browser_of(request)):
            return None
        if self.user_can_authenticate(user):
            return user
        self._stash_user(user)
        return None


def browser_of(request: HttpRequest | None) -> bytes:
    """The digest of the cookie that a browser brings from the login page; empty without one.

    Only that browser has it, so its second attempt, after the answer to the first was lost,
    is known to be the same.
    """
    cookie = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "") if request else ""
    return hashlib.sha256(cookie.encode()).digest() if cookie else b""
