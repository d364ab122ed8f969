"""The forms of handing over."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.login.phones import phone_from
from reports.letters.handing_models import Handing, Way
from reports.letters.handing_secrets import PIN_DIGITS
from wacat.forms import DigitsInput, Keyed, PhoneInput
from wacat.uploads import ScanField


class ReceiverForm(Keyed):
    """Who took the paper."""

    receiver = forms.ChoiceField(
        label="Siapa yang menerima?", choices=Handing.Receiver, widget=forms.RadioSelect
    )


class ScanForm(Keyed):
    """The inked sheet."""

    file = ScanField(label="Hasil pindai atau foto surat yang sudah ditandatangani dan dicap")


class SendForm(Keyed):
    """By which way, and where to."""

    mark_optional = False

    way = forms.ChoiceField(
        label="Lewat apa tautannya dikirim?", choices=Way, widget=forms.RadioSelect
    )
    email = forms.EmailField(
        label="Alamat surel warga",
        required=False,
        help_text="Diisi bila dikirim lewat surel.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label="Nomor WhatsApp warga",
        max_length=30,
        required=False,
        help_text="Diisi bila dikirim lewat WhatsApp, misalnya 0812 3456 7890.",
        widget=PhoneInput({"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        way = data.get("way")
        if way == Way.EMAIL and "email" in data and not data["email"]:
            self.add_error("email", "Tulis alamat surelnya.")
        if way == Way.WHATSAPP and "phone" in data:
            try:
                data["phone"] = phone_from(data["phone"])
            except forms.ValidationError as error:
                self.add_error("phone", error)
        return data

    @property
    def address(self) -> str:
        """Where the valid form's link goes."""
        data = self.cleaned_data
        return str(data["email"] if data["way"] == Way.EMAIL else data["phone"])


class PinForm(forms.Form):
    """The PIN that somebody was told. Other shapes are no attempt."""

    pin = forms.RegexField(
        rf"\A\s*(?:[0-9]\s*){{{PIN_DIGITS}}}\Z",
        label="PIN",
        max_length=20,
        help_text="6 angka yang diberitahukan petugas kelurahan.",
        widget=DigitsInput({"autocomplete": "one-time-code"}),
        error_messages={"invalid": "PIN terdiri dari 6 angka."},
    )

    def clean_pin(self) -> str:
        return "".join(str(self.cleaned_data["pin"]).split())
