"""What is asked before a list is written."""

from __future__ import annotations

from typing import Any

from django import forms

from residents.exporting.models import Export
from wacat.forms import Keyed


class ExportForm(Keyed):
    """Which kind of file, and why with whole numbers. *areas*: those to choose from, if several."""

    format = forms.ChoiceField(
        label="Jenis berkas",
        choices=Export.Format.choices,
        widget=forms.RadioSelect,
        initial="xlsx",
    )
    area = forms.ChoiceField(label="Wilayah")
    with_numbers = forms.BooleanField(label="Sertakan NIK lengkap", required=False)
    purpose = forms.CharField(
        label="Untuk apa NIK lengkap diperlukan?",
        help_text="Wajib bila NIK lengkap disertakan; dicatat di jejak bersama nama Bapak/Ibu.",
        required=False,
        max_length=200,
    )

    def __init__(self, *args: Any, areas: list[tuple[str, str]], numbers: bool) -> None:
        super().__init__(*args)
        fields: dict[str, Any] = self.fields
        fields["purpose"].mark_optional = False
        self.fields["area"] = forms.ChoiceField(label="Wilayah", choices=areas)
        if len(areas) == 1:
            self.fields["area"].required = False
            self.fields["area"].widget = forms.HiddenInput()
            self.fields["area"].initial = areas[0][0]
        if not numbers:
            del self.fields["with_numbers"], self.fields["purpose"]
        self.first_area = areas[0][1]
        self._only = areas[0][0]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["area"] = data.get("area") or self._only
        if data.get("with_numbers") and not data.get("purpose"):
            self.add_error("purpose", "Tulis untuk apa NIK lengkap diperlukan.")
        return data
