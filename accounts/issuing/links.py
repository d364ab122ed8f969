"""The link in an e-mail with which somebody sets a password of their own, once."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.timezone import make_naive

from accounts.login.models import User
from wacat.clock import now


class _Tokens(PasswordResetTokenGenerator):
    """Django's, by the one clock. A token dies with a new password, e-mail address or login."""

    key_salt = "accounts.issuing.links"

    def _now(self) -> datetime:
        return make_naive(now())


tokens = _Tokens()


def link_for(user: User) -> str:
    """The absolute address where *user* sets a password. Made when it is sent, kept nowhere."""
    uidb64 = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse("activation", kwargs={"uidb64": uidb64, "token": tokens.make_token(user)})
    return f"{settings.PUBLIC_URL}{path}"
