"""The settings of a kelurahan's letters, as they are typed."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from reports.letters.office_logo import LogoField, is_kept, kept_logo
from reports.letters.office_models import VALID_MONTHS, LetterOffice
from reports.letters.office_numbers import faults_of
from wacat.drawing.characters import undrawable
from wacat.forms import PhoneInput

PRINTED = ("address", "phone", "email", "number_template")
# What people write: 0542-123456, (0542) 123 456, +62 542 123456.
PHONE = re.compile(r"[+(]?[0-9][0-9 ()./-]{2,}")
CANNOT_PRINT = "Ada huruf atau tanda yang tidak dapat dicetak. Ketik ulang tanpa itu."
AGAIN = "Logo tidak ditemukan lagi. Pilih gambarnya sekali lagi."
_FEWEST, _MOST = VALID_MONTHS


class OfficeForm(forms.ModelForm):
    """``logo`` is the name of the chosen one: sent just now, chosen before, or none.

    A file cannot be put into a form again; so the logo is kept as soon as it is sent, and the
    page names it in ``stored_logo``, whether the rest is right or not.
    """

    valid_months = forms.TypedChoiceField(
        label="Masa berlaku surat",
        coerce=int,
        choices=[(months, f"{months} bulan") for months in range(_FEWEST, _MOST + 1)],
        help_text="Surat tidak pernah berlaku melewati akhir masa tinggal warganya.",
    )
    picture = LogoField(
        label="Logo", help_text="Gambar JPG atau PNG. Tanpa logo, lambang bawaan yang dicetak."
    )
    without_logo = forms.BooleanField(label="Hapus logo, pakai lambang bawaan", required=False)
    field_order = (
        *("address", "phone", "email", "picture", "without_logo"),
        *("number_template", "valid_months", "paper"),
    )

    class Meta:
        model = LetterOffice
        fields = ("address", "phone", "email", "number_template", "valid_months", "paper")
        widgets = {"phone": PhoneInput}
        labels = {
            "address": "Alamat kantor",
            "phone": "Telepon kantor",
            "email": "Surel kantor",
            "number_template": "Bentuk nomor surat",
            "paper": "Kertas",
        }
        help_texts = {
            "address": "Seperti tercetak pada kop, dengan kode pos.",
            "number_template": "{urut} dan {tahun} harus ada. Boleh juga {kode} (kode kelurahan) "
            "dan {bulan romawi}.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.logo = self.instance.logo
        self.fields["address"].required = True
        paper: Any = self.fields["paper"]
        paper.choices = [("A4", "A4 (210 × 297 mm)"), ("F4", "F4 (215 × 330 mm)")]
        if not self.logo and "stored_logo" not in self.data:
            del self.fields["without_logo"]

    def clean_phone(self) -> str:
        phone = " ".join(self.cleaned_data["phone"].split())
        if phone and not PHONE.fullmatch(phone):
            raise ValidationError("Tulis nomor telepon, misalnya (0542) 123456.")
        return phone

    def clean_number_template(self) -> str:
        template: str = self.cleaned_data["number_template"]
        if faults := list(faults_of(template)):
            raise ValidationError(faults)
        return template

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in PRINTED:
            if undrawable(data.get(name) or ""):
                self.add_error(name, CANNOT_PRINT)
        self._choose_logo(data)
        self.instance.logo = self.logo
        return data

    def _choose_logo(self, data: dict[str, Any]) -> None:
        sent = self.data.get("stored_logo", self.logo)
        if data.get("without_logo"):
            self.logo = ""
        elif data.get("picture"):
            self.logo = kept_logo(data["picture"])
        elif sent and not is_kept(sent):
            self.logo = ""
            self.add_error("picture", AGAIN)
        else:
            self.logo = sent


def values_of(office: LetterOffice) -> dict[str, Any]:
    """The settings by name."""
    return {name: getattr(office, name) for name in (*OfficeForm.Meta.fields, "logo")}
