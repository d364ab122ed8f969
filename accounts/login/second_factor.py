"""The second factor (allauth.mfa): its secrets lie sealed, and who needs one keeps one."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator

from accounts.login.models import SECOND_FACTORS, User
from wacat.sealing.crypto import seal, unseal

PLACE = "accounts.second_factor"
NAME = "WaCAT"


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": (
            "Jabatan Bapak/Ibu mewajibkan pengaman kedua. Pasang penggantinya dahulu."
        ),
        "cannot_generate_recovery_codes": "Pasang aplikasi atau kunci sandi dahulu.",
        "incorrect_code": "Kode tidak cocok. Tunggu kode berikutnya, lalu coba lagi.",
    }

    def encrypt(self, text: str) -> str:
        return urlsafe_b64encode(seal(text.encode(), PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(urlsafe_b64decode(encrypted_text), PLACE).decode()

    def get_totp_label(self, user: User) -> str:
        return user.username

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whoever must have a second factor keeps the last one."""
        user = authenticator.user
        if authenticator.type not in SECOND_FACTORS or not user.needs_second_factor:
            return True
        others = Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS)
        return others.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: User, kind: str) -> str:
        count = Authenticator.objects.filter(user=user, type=kind).count()
        return f"Kunci sandi {count + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": NAME}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        entity = super().get_public_key_credential_user_entity(user)
        return {**entity, "name": user.username, "display_name": user.full_name}

    def send_notification_mail(self, *args: Any, **given: Any) -> None:
        """Notices go their own way (``accounts.notices``)."""
