"""The small forms of letters."""

from typing import Any

from django import forms

from reports.letters.requesting import DEFAULT_PURPOSE
from residents.families.members import others_of_the_household
from residents.registry.models import Resident


class LetterRequestForm(forms.Form):
    """What the letter is for, who of the family is on it, and the introduction's one tick."""

    purpose = forms.CharField(
        label="Surat ini untuk keperluan apa?", max_length=200, initial=DEFAULT_PURPOSE
    )
    family = forms.ModelMultipleChoiceField(
        Resident.objects.none(),
        label="Anggota keluarga yang ikut dalam surat ini",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    introduce = forms.BooleanField(
        label="Antar sekarang (nomor pengantar dibuat otomatis)", required=False, initial=True
    )

    def __init__(self, *args: Any, resident: Resident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        family: Any = self.fields["family"]
        family.queryset = others_of_the_household(resident)
        family.label_from_instance = lambda person: person.full_name
        if not family.queryset.exists():
            del self.fields["family"]

    def clean(self) -> dict[str, Any]:
        return {"family": [], **(super().clean() or {})}


class PurposeForm(forms.Form):
    """What a letter asked for in one breath with a report is for; may be left out."""

    purpose = forms.CharField(max_length=200, required=False)


class ReasonForm(forms.Form):
    """Why a letter is returned or revoked."""

    reason = forms.CharField(label="Alasan", max_length=500)


class ReplaceForm(ReasonForm):
    """What is wrong with an issued letter, and what the new one is for."""

    reason = forms.CharField(label="Apa yang salah pada surat ini?", max_length=500)
    purpose = forms.CharField(label="Keperluan pada surat baru", max_length=200)
