"""Forms of the second factor: codes are counted before they are checked, passkeys verified."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.conf import settings

from accounts.login.codes import accept, secret_to_set_up, step_of
from accounts.login.limits import code_attempt
from accounts.login.models import User
from accounts.login.signing_in import failed, password_way

MADE_UP = (AttributeError, LookupError, TypeError, ValueError, struct.error)


class CodeField(forms.CharField):
    """Six digits of an app; where *recovery* is told, a recovery code fits as well."""

    def __init__(self, **given: Any) -> None:
        widget = forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"})
        super().__init__(label="Kode", max_length=12, widget=widget, **given)


class _CountedCode(forms.Form):
    """``code``, checked once it is counted; of ``user``."""

    user: User
    code = CodeField(help_text="Enam angka dari aplikasi, atau satu kode cadangan.")

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        attempt = code_attempt(context.request, self.user)
        authenticator = accept(self.user, code)
        if authenticator is None:
            failed(context.request, self.user, password_way(self.user))
            raise get_adapter().validation_error("incorrect_code")
        attempt.was_right()
        self.authenticator = authenticator
        return code


class LoginCodeForm(_CountedCode, AuthenticateForm):
    """After the password."""

    trust = forms.BooleanField(
        required=False,
        label=f"Percayai perangkat ini selama {settings.MFA_TRUST_COOKIE_AGE.days} hari",
        help_text="Hanya untuk ponsel atau komputer milik sendiri.",
    )
    field_order = ("code", "trust")


class ProvingCodeForm(_CountedCode, ReauthenticateForm):
    """Before something that matters."""


class SetUpAppForm(forms.Form):
    """The first code of an app that has just been given the secret."""

    code = CodeField(help_text="Enam angka yang sekarang tampil di aplikasi.")

    def __init__(self, *args: Any, user: User, **given: Any) -> None:
        self.user, self.secret, self.step = user, secret_to_set_up(), 0
        super().__init__(*args, **given)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        attempt = code_attempt(context.request, self.user)
        step = step_of(self.secret, code)
        if step is None:
            raise get_adapter().validation_error("incorrect_code")
        attempt.was_right()
        self.step = step
        return code


@contextmanager
def _sent_by_anybody() -> Iterator[None]:
    """What comes as a passkey may be anything: whatever the library makes of it is a refusal."""
    try:
        yield
    except MADE_UP as error:
        raise get_adapter().validation_error("incorrect_code") from error


class CredentialField(forms.JSONField):
    """What the browser made with a passkey; brackets without end are none."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise get_adapter().validation_error("incorrect_code") from error


class PasskeyForm(AddWebAuthnForm):
    """A new passkey, which has asked for a finger, a face or a PIN; so it may log in alone."""

    name = forms.CharField(label="Nama kunci", max_length=60, required=False)
    credential = CredentialField(widget=forms.HiddenInput)
    passwordless = None

    def clean(self) -> dict[str, Any]:
        with _sent_by_anybody():
            cleaned: dict[str, Any] = super().clean()
        return cleaned


class _Passkey(AuthenticateWebAuthnForm):
    credential = CredentialField(widget=forms.HiddenInput)

    def clean_credential(self) -> Authenticator:
        with _sent_by_anybody():
            return super().clean_credential()


class LoginPasskeyForm(_Passkey, LoginWebAuthnForm):
    """In place of a password."""


class SecondPasskeyForm(_Passkey):
    """After the password."""


class ProvingPasskeyForm(_Passkey, ReauthenticateWebAuthnForm):
    """Before something that matters."""
