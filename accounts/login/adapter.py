"""What WaCAT asks of allauth: nobody signs up; accounts are issued (Perwali 33/2020 Pasal 5)."""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.authentication import get_authentication_records
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse

from accounts.login.limits import password_attempt
from accounts.login.models import User
from accounts.login.signing_in import failed, password_way, signed_in, way_of

# One and the same for a wrong, used or expired password and for a name that nobody has.
NOT_RIGHT = (
    "Nama pengguna atau kata sandi tidak cocok. Kata sandi sekali pakai hanya berlaku sekali, "
    "sampai tanggal pada slip."
)
WAYS_TO_PROVE = {
    "reauthenticate": "Pakai kata sandi",
    "mfa_reauthenticate": "Pakai kode dari aplikasi",
    "mfa_reauthenticate:webauthn": "Pakai kunci sandi",
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": NOT_RIGHT,
        "incorrect_password": "Kata sandi tidak cocok.",
        "incorrect_code": "Kode tidak cocok. Tunggu kode berikutnya, lalu coba lagi.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        """After the password, the second factor of whoever has one."""
        return ["accounts.login.stage.SecondFactorStage"]

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Whom the credentials fit, deactivated ones too. Raises ValidationError when throttled."""
        text = credentials["username"]
        account = User.objects.by_login(text)
        attempt = password_attempt(request, account, text)
        AuthenticationBackend.unstash_authenticated_user()
        user: Any = authenticate(request, **credentials)
        user = user or AuthenticationBackend.unstash_authenticated_user()
        if user:
            attempt.was_right()
        elif account:
            failed(request, account, password_way(account))
        return user

    def reauthenticate(self, user: User, password: str) -> bool:
        """Whether it is the user's own password. Raises ValidationError when throttled."""
        attempt = password_attempt(self.request, user)
        if user.check_password(password):
            attempt.was_right()
            return True
        failed(self.request, user, password_way(user))
        return False

    def post_login(self, request: HttpRequest, user: User, **given: Any) -> HttpResponse:
        way = way_of(request, user)
        response = super().post_login(request, user, **given)
        signed_in(request, user, way, response)
        return response

    def is_reauthentication_required(self, *, app: str, **_: Any) -> bool:
        """Not within minutes of a login, which has just proved the same."""
        records = get_authentication_records(self.request, self.request.user)
        latest = max((record["at"] for record in records), default=0.0)
        return time.time() - latest > app_settings.REAUTHENTICATION_TIMEOUT

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        ways = super().get_reauthentication_methods(user)
        return [{**way, "description": WAYS_TO_PROVE[way["id"]]} for way in ways]

    def add_message(self, request: HttpRequest, level: int, *args: Any, **given: Any) -> None:
        """Only what is said in so many words: the views have words of their own."""
        if given.get("message"):
            super().add_message(request, level, message=given["message"])

    def send_notification_mail(self, *args: Any, **given: Any) -> None:
        """Notices go their own way (``accounts.notices``)."""
