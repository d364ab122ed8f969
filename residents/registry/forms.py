"""The form of a resident, and the small forms of what is done to one.

Few fields are required to report (F-1.15); all else waits under *Lengkapi nanti* until a
letter needs it. A NIK is refused only when it is not 16 digits.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.areas.models import Area, AreaStatus, Level
from accounts.login.phones import phone_from
from accounts.rules import Action
from accounts.scope import Holder
from residents.families.models import Family
from residents.lodgings.choosing import LodgingChoice
from residents.lodgings.models import Lodging
from residents.registry import codes
from residents.registry.consistency import problems_of
from residents.registry.models import Resident
from residents.registry.nik import normalise, normalise_no_kk
from residents.registry.questions import (
    FOR_A_LETTER,
    FOR_SOME,
    HELP,
    HIDDEN,
    LABELS,
    LATER,
    STAY,
    WHERE,
    WHO,
)
from residents.registry.states import Status
from wacat.clock import today
from wacat.forms import DateInput, DigitsInput, PhoneInput

# However it is spaced, a number is refused for its digits alone: no length is set but the width.
NumberInput = DigitsInput({"class": "chars-24"})
Group = tuple[str, list[forms.BoundField]]


class AreaChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.label}, Kel. {obj.parent.name}"


class ResidentForm(forms.ModelForm):
    """Entering and correcting a resident within what *user* may enter."""

    area = AreaChoice(Area.objects.none(), label="RT", empty_label="Pilih RT")
    lodging = LodgingChoice(label=LABELS["lodging"], empty_label="Bukan di salah satu tempat ini")
    nik = forms.CharField(
        label="NIK",
        required=False,
        widget=NumberInput,
        help_text="16 angka, lihat KTP-el. Boleh pakai spasi.",
    )
    no_kk = forms.CharField(label="Nomor KK", required=False, widget=NumberInput)
    passport_number = forms.CharField(label="Nomor paspor", required=False, max_length=20)
    guarantor_nik = forms.CharField(label="NIK penjamin", required=False, widget=NumberInput)

    class Meta:
        model = Resident
        fields = (*WHO, *WHERE, *STAY, *LATER, *HIDDEN)
        widgets = {
            "arrived_on": DateInput,
            "stays_until": DateInput,
            "birth_date": DateInput,
            "phone": PhoneInput,
            "landlord_phone": PhoneInput,
            "guarantor_phone": PhoneInput,
            "notes": forms.Textarea(attrs={"rows": 3}),
            "family": forms.HiddenInput,
        }
        labels = LABELS
        help_texts = HELP

    def __init__(self, *args: Any, user: Holder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._narrow(user)
        self._tell_what_is_needed()

    def _tell_what_is_needed(self) -> None:
        fields: dict[str, Any] = self.fields
        for name in LATER:
            fields[name].required = False
        for name in ("nik", "no_nik_reason"):  # one of the two is needed
            fields[name].mark_optional = False
        for field in fields.values():
            if isinstance(field, forms.TypedChoiceField):
                listed: Any = field.choices
                field.choices = [("", "Pilih"), *(one for one in listed if one[0] != "")]

    def _narrow(self, user: Holder) -> None:
        areas = Area.objects.visible_to(user, Action.RESIDENT_ENTER)
        areas = areas.filter(level=Level.RT).exclude(state=AreaStatus.MERGED)
        fields: dict[str, Any] = self.fields
        fields["area"].queryset = areas.select_related("parent")
        open_or_own = Q(closed_on=None) | Q(closed_on__gt=today()) | Q(pk=self.instance.lodging_id)
        lodgings = Lodging.objects.visible_to(user, Action.RESIDENT_ENTER).filter(open_or_own)
        fields["lodging"].offer(lodgings)
        fields["family"].queryset = Family.objects.visible_to(user, Action.RESIDENT_ENTER)
        # Who belongs to a family is changed on the family's page.
        fields["family"].disabled = bool(self.instance.pk)
        if self.instance.pk and self.instance.status != Status.DRAFT:
            # From the report on, another RT is a move, not a correction.
            fields["area"].disabled = True
        elif len(only := list(areas[:2])) == 1:
            fields["area"].initial = only[0]
            fields["area"].widget = forms.HiddenInput()

    def clean_nik(self) -> str:
        return _normalised(self.cleaned_data["nik"], normalise)

    def clean_no_kk(self) -> str:
        return _normalised(self.cleaned_data["no_kk"], normalise_no_kk)

    def clean_guarantor_nik(self) -> str:
        return _normalised(self.cleaned_data["guarantor_nik"], normalise)

    def clean_phone(self) -> str:
        return self._phone("phone")

    def clean_landlord_phone(self) -> str:
        return self._phone("landlord_phone")

    def clean_guarantor_phone(self) -> str:
        return self._phone("guarantor_phone")

    def _phone(self, name: str) -> str:
        typed = self.cleaned_data[name]
        return phone_from(typed) if typed else ""

    def clean_passport_number(self) -> str:
        return "".join(self.cleaned_data["passport_number"].split()).upper()

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("nik"):  # then there is nothing left to explain
            data["no_nik_reason"] = None
        if data.get("no_nik_reason") == codes.NoNikReason.FOREIGNER:
            data["nationality"] = data.get("nationality") or codes.Nationality.FOREIGN
        # Told at fields that have no error of their own yet.
        for name, text in list(problems_of(data, self.instance)):
            if name not in self.errors:
                self.add_error(name, text)
        return data

    def hide(self, names: Iterable[str]) -> None:
        """Carry these along unseen: they are known. One with an error is shown all the same."""
        for name in names:
            if name not in self.errors:
                self.fields[name].widget = forms.HiddenInput()

    def groups(self) -> list[Group]:
        """The required fieldsets in the order of the questions; no legend where all is known."""
        who = (*WHO, "family_relation") if self.of_a_family() else WHO
        legends = ("Siapa yang datang?", "Tinggal di mana?", "Berapa lama dan untuk apa?")
        groups = []
        for legend, names in zip(legends, (who, WHERE, STAY), strict=True):
            fields = [self[name] for name in names]
            is_asked = any(not field.is_hidden for field in fields)
            groups.append((legend if is_asked else "", fields))
        return groups

    def for_a_letter(self) -> list[Group]:
        """The fields under *Lengkapi nanti* that a letter asks for."""
        asked = ("family_relation",) if self.of_a_family() else ()
        return [
            (legend, [self[name] for name in names if name not in asked])
            for legend, names in FOR_A_LETTER.items()
        ]

    def for_some(self) -> list[tuple[str, list[forms.BoundField], bool]]:
        """The others under *Lengkapi nanti*, and whether their block is open."""
        return [
            (legend, [self[name] for name in names], any(self._speaks(name) for name in names))
            for legend, names in FOR_SOME.items()
        ]

    def of_a_family(self) -> bool:
        """Whether somebody is entered as one of a known family."""
        return not self.instance.pk and bool(self["family"].value())

    def reason_is_open(self) -> bool:
        """Whether *Tidak ada NIK?* is unfolded: it was answered, or must be."""
        return self._speaks("no_nik_reason") or ("nik" in self.errors and not self["nik"].value())

    def later_is_open(self) -> bool:
        """Unfolded where it holds an error, and for a record that is being completed."""
        return bool(self.instance.pk) or any(name in self.errors for name in LATER)

    def _speaks(self, name: str) -> bool:
        return name in self.errors or self[name].value() not in (None, "")


class EndForm(forms.Form):
    """*Berakhir*: since when and why. Fields as the stable interface names them."""

    date = forms.DateField(label="Tidak tinggal di sini lagi sejak", widget=DateInput)
    reason = forms.TypedChoiceField(
        label="Alasan", coerce=int, choices=[("", "Pilih alasan"), *codes.EndReason.choices]
    )
    cancellation_reason = forms.TypedChoiceField(
        label="Bila dibatalkan, karena apa?",
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", "Bukan pembatalan"), *codes.CancellationReason.choices],
    )
    note = forms.CharField(label="Catatan", required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        is_cancelled = data.get("reason") == codes.EndReason.CANCELLED
        told = data.get("cancellation_reason")
        if is_cancelled and not told and "cancellation_reason" not in self.errors:
            self.add_error("cancellation_reason", "Pilih alasan pembatalan (F-1.15 bagian VI).")
        if told and data.get("reason") and not is_cancelled:
            self.add_error("cancellation_reason", "Hanya untuk pendaftaran yang dibatalkan.")
        return data


class ExtendForm(forms.Form):
    """*Perpanjang*: the new end of the stay."""

    date = forms.DateField(label="Tinggal sampai tanggal", widget=DateInput)
    note = forms.CharField(label="Catatan", required=False, max_length=500)


class ReturnForm(forms.Form):
    """*Kembalikan*: what the RT should mend."""

    reason = forms.CharField(label="Alasan dikembalikan", max_length=500)


def _normalised(text: str, normaliser: Any) -> str:
    try:
        return normaliser(text) if text.strip() else ""
    except ValueError as error:
        raise ValidationError(str(error)) from error


def told_of_end(data: dict[str, Any]) -> dict[str, Any]:
    """What a valid EndForm asks of the workflow: its number, and its words for the history."""
    number = data["reason"]
    return {**data, "end_reason": number, "reason": str(codes.EndReason(number).label)}
