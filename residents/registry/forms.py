"""The form of a resident, and the small forms of what is done to one.

Few fields are required to report (F-1.15); all else waits under *Lengkapi nanti* until a
letter needs it. A NIK is refused only when it is not 16 digits.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.areas.models import Area, AreaStatus, Level
from accounts.rules import Action
from accounts.scope import Holder
from residents.lodgings.models import Lodging
from residents.registry import codes
from residents.registry.models import Resident
from residents.registry.nik import normalise, normalise_no_kk
from residents.registry.states import Status
from residents.registry.stays import first_period_end, is_extended, latest_end
from wacat.clock import today
from wacat.forms import DateInput, DigitsInput, PhoneInput
from wacat.words import tanggal

WHO = ("full_name", "nik", "no_nik_reason")
WHERE = ("area", "address", "lodging")
STAY = ("arrived_on", "stays_until", "purpose", "purpose_detail")
LATER = (
    "sex",
    "birth_place",
    "birth_date",
    "religion",
    "marital_status",
    "education",
    "occupation",
    "blood_type",
    "nationality",
    "origin_address",
    "origin_area",
    "no_kk",
    "family_relation",
    "phone",
    "email",
    "notes",
)


class AreaChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.label}, Kel. {obj.parent.name}"


class ResidentForm(forms.ModelForm):
    """Entering and correcting a resident within what *user* may enter."""

    area = AreaChoice(Area.objects.none(), label="RT", empty_label="Pilih RT")
    nik = forms.CharField(
        label="NIK",
        required=False,
        max_length=24,
        widget=DigitsInput,
        help_text="16 angka, lihat KTP-el. Boleh pakai spasi.",
    )
    no_kk = forms.CharField(label="Nomor KK", required=False, max_length=24, widget=DigitsInput)

    class Meta:
        model = Resident
        fields = (*WHO, *WHERE, *STAY, *LATER)
        widgets = {
            "arrived_on": DateInput,
            "stays_until": DateInput,
            "birth_date": DateInput,
            "phone": PhoneInput,
            "notes": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {
            "no_nik_reason": "Jika tidak ada NIK, apa sebabnya?",
            "address": "Alamat tinggal sekarang",
            "lodging": "Tempat kos, kontrakan, atau mess",
            "arrived_on": "Sejak tanggal berapa tinggal di sini?",
            "stays_until": "Rencana tinggal sampai tanggal",
            "purpose": "Keperluan tinggal di Balikpapan",
            "origin_address": "Alamat menurut KTP-el",
            "origin_area": "Kabupaten/kota dan provinsi asal",
            "family_relation": "Hubungan dalam keluarga",
        }
        help_texts = {
            "full_name": "Sesuai KTP-el.",
            "stays_until": "Paling lama 1 tahun. Dapat diperpanjang nanti.",
            "address": "Nama jalan dan nomor rumah.",
        }

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
        fields["lodging"].queryset = Lodging.objects.visible_to(user, Action.RESIDENT_ENTER)
        fields["lodging"].empty_label = "Bukan di salah satu tempat ini"
        if self.instance.pk and self.instance.status != Status.DRAFT:
            # From the report on, another RT is a move, not a correction.
            self.fields["area"].disabled = True
            self.fields["stays_until"].disabled = is_extended(self.instance)
        elif len(only := list(areas[:2])) == 1:
            self.fields["area"].initial = only[0]
            self.fields["area"].widget = forms.HiddenInput()

    def clean_nik(self) -> str:
        return _normalised(self.cleaned_data["nik"], normalise)

    def clean_no_kk(self) -> str:
        return _normalised(self.cleaned_data["no_kk"], normalise_no_kk)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if "nik" in data and not data["nik"] and not data.get("no_nik_reason"):
            self.add_error("nik", "Isi NIK, atau pilih sebabnya bila tidak ada NIK.")
        lodging, area = data.get("lodging"), data.get("area")
        if lodging and area and lodging.area_id != area.code:
            self.add_error("lodging", "Tempat ini berada di RT lain. Pilih tempat di RT yang sama.")
        birth = data.get("birth_date")
        if birth and birth > today():
            self.add_error("birth_date", "Tanggal lahir tidak boleh setelah hari ini.")
        self._check_stay()
        return data

    def _check_stay(self) -> None:
        arrived, until = self.cleaned_data.get("arrived_on"), self.cleaned_data.get("stays_until")
        if arrived and arrived > today():
            self.add_error("arrived_on", "Tanggal datang tidak boleh setelah hari ini.")
        elif arrived and until and until < arrived:
            self.add_error("stays_until", "Tanggal ini harus setelah tanggal datang.")
        elif arrived and self.fields["stays_until"].disabled:
            if arrived > first_period_end(self.instance):
                self.add_error("arrived_on", "Harus sebelum masa tinggal yang pertama berakhir.")
        elif arrived and until and until > (latest := latest_end(arrived)):
            self.add_error("stays_until", f"Paling lama 1 tahun: sampai {tanggal(latest)}.")

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The required fieldsets with their legends, in the order of the questions."""
        legends = ("Siapa yang datang?", "Tinggal di mana?", "Berapa lama dan untuk apa?")
        return [
            (legend, [self[name] for name in names])
            for legend, names in zip(legends, (WHO, WHERE, STAY), strict=True)
        ]

    def later(self) -> list[forms.BoundField]:
        """The fields under *Lengkapi nanti*."""
        return [self[name] for name in LATER]

    def later_is_open(self) -> bool:
        """Unfolded where it holds an error, and for a record that is being completed."""
        return bool(self.instance.pk) or any(name in self.errors for name in LATER)


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
