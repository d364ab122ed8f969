"""The form of one office on the contact page."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError

from accounts.contacts.models import ContactOffice
from wacat.forms import PhoneInput

# What people write: 0542-123456, (0542) 123 456, +62 542 123456.
PHONE = re.compile(r"\+?[0-9][0-9 ().-]{2,}|\([0-9]+\)[0-9 ().-]{2,}")


class OfficeForm(forms.ModelForm):
    """Its hidden key makes one office of a form that is sent twice."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)

    class Meta:
        model = ContactOffice
        fields = ("office", "duty", "holder", "phone", "email", "hours")
        widgets = {"phone": PhoneInput}
        labels = {
            "office": "Jabatan",
            "duty": "Tugas dalam WaCAT",
            "holder": "Nama pejabat",
            "phone": "Telepon kantor",
            "email": "Surel kantor",
            "hours": "Jam layanan",
        }
        help_texts = {
            "duty": "Misalnya: penanggung jawab harian.",
            "phone": "Nomor kantor, bukan nomor pribadi. Halaman ini juga dibaca tanpa masuk.",
            "hours": "Misalnya: Senin sampai Jumat, 08.00 sampai 15.00 WITA.",
        }

    def clean_phone(self) -> str:
        phone = " ".join(self.cleaned_data["phone"].split())
        if phone and not PHONE.fullmatch(phone):
            raise ValidationError("Tulis nomor telepon, misalnya (0542) 123456.")
        return phone

    @property
    def sent_key(self) -> UUID:
        """The valid form's key; a new one where none was sent."""
        key: Any = self.cleaned_data["key"]
        return key or uuid4()
