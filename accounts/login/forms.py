"""Forms of the login and of one's own account."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from django import forms
from django.contrib.auth.password_validation import validate_password

from accounts.login.models import User
from accounts.login.phones import as_phone, phone_from
from wacat.forms import PhoneInput

LONGEST_PASSWORD = 200


class PasswordField(forms.CharField):
    """A password as it is typed; *kind* tells the browser which one it is to offer."""

    def __init__(self, kind: str, **given: Any) -> None:
        widget = forms.PasswordInput({"autocomplete": kind})
        super().__init__(strip=False, max_length=LONGEST_PASSWORD, widget=widget, **given)
        # A browser that cuts off what was pasted makes a password nobody knows.
        del self.widget.attrs["maxlength"]


class NameAndPasswordForm(LoginForm):
    """``login`` is a user name or a telephone number, however it is written."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["login"] = forms.CharField(
            label="Nama pengguna atau nomor telepon",
            max_length=60,
            widget=forms.TextInput({"autocomplete": "username"}),
        )
        self.fields["password"] = PasswordField("current-password", label="Kata sandi")
        self.order_fields(["login", "password"])


class ProvingPasswordForm(ReauthenticateForm):
    password = PasswordField("current-password", label="Kata sandi")


class OwnPasswordForm(forms.Form):
    """A password of one's own. The old one is asked for where there is one."""

    old_password = PasswordField("current-password", label="Kata sandi sekarang")
    new_password1 = PasswordField(
        "new-password",
        label="Kata sandi baru",
        help_text="Paling sedikit 12 karakter. Beberapa kata yang mudah diingat sudah baik.",
    )
    new_password2 = PasswordField("new-password", label="Kata sandi baru, sekali lagi")

    def __init__(self, *args: Any, user: User, **given: Any) -> None:
        self.user = user
        super().__init__(*args, **given)
        if not user.has_own_password:
            del self.fields["old_password"]

    def clean_new_password1(self) -> str:
        password: str = self.cleaned_data["new_password1"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, second = data.get("new_password1"), data.get("new_password2")
        if first and second and first != second:
            self.add_error("new_password2", "Kedua kata sandi baru tidak sama.")
        return data


class ContactsForm(forms.Form):
    """E-mail and telephone, confirmed as they are or corrected; a change needs the password."""

    email = forms.EmailField(
        label="Surel",
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label="Nomor telepon",
        max_length=20,
        widget=PhoneInput({"autocomplete": "tel"}),
        help_text="Diawali 08, atau + untuk nomor luar negeri.",
    )
    password = PasswordField(
        "current-password",
        label="Kata sandi",
        required=False,
        help_text="Hanya bila ada yang diubah.",
    )

    mark_optional = False

    def __init__(self, *args: Any, user: User, **given: Any) -> None:
        self.user = user
        given.setdefault("initial", {"email": user.email, "phone": user.phone})
        super().__init__(*args, **given)

    def clean_phone(self) -> str:
        return phone_from(self.cleaned_data["phone"])

    @property
    def changes(self) -> bool:
        """Whether anything differs from what is known. Only for a form without errors so far."""
        data = self.cleaned_data
        known = (self.user.email, as_phone(self.user.phone))
        return (data.get("email"), data.get("phone")) != known

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and self.changes and not data.get("password"):
            self.add_error("password", "Isi kata sandi untuk mengubah surel atau telepon.")
        return data
