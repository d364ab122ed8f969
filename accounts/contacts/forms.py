"""The form of one office on the contact page."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError

from accounts.contacts.models import ContactOffice
from wacat.forms import Keyed, PhoneInput

# What people write: 0542-123456, (0542) 123 456, +62 542 123456.
PHONE = re.compile(r"\+?[0-9][0-9 ().-]{2,}|\([0-9]+\)[0-9 ().-]{2,}")


class OfficeForm(Keyed, forms.ModelForm):
    """Its hidden key makes one office of a form that is sent twice."""

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
