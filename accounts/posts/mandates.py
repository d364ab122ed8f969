"""The letter on which something rests, as part of a form."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from accounts.login.models import User
from accounts.posts.models import Mandate
from wacat.clock import today
from wacat.forms import DateInput
from wacat.uploads import ScanField, keep

FOLDER = "mandates"


class MandateFields(forms.Form):
    """Number, date, issuer and scan of a letter. Inherit it beside one's own fields."""

    letter_number = forms.CharField(label="Nomor surat", max_length=80)
    letter_date = forms.DateField(label="Tanggal surat", widget=DateInput)
    letter_issuer = forms.CharField(
        label="Pejabat yang menandatangani surat",
        max_length=120,
        help_text="Misalnya: Camat Balikpapan Selatan.",
    )
    letter_scan = ScanField(label="Pindaian surat")

    def clean_letter_date(self) -> Any:
        day = self.cleaned_data["letter_date"]
        if day > today():
            raise ValidationError("Tanggal surat tidak boleh setelah hari ini.")
        return day

    def mandate(self, kind: str, user: User, key: UUID | None = None) -> Mandate:
        """Record the letter, and keep its scan sealed.

        Raises IntegrityError when *user* recorded one with the same *key* already.
        """
        data = self.cleaned_data
        return Mandate.objects.create(
            kind=kind,
            number=data["letter_number"],
            date=data["letter_date"],
            issuer=data["letter_issuer"],
            scan=keep(data["letter_scan"], FOLDER),
            recorded_by=user,
            form_key=key,
        )
