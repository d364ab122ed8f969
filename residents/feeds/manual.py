"""One service typed by hand: read, matched and entered by the same ways as those of a file."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.areas.models import Area, Level
from accounts.login.models import User
from residents.feeds.column_table import FROM, TO
from residents.feeds.gazetteer import Gazetteer
from residents.feeds.judging import Judge
from residents.feeds.remembered import remembered
from residents.services.codes import Kind
from residents.services.delivered import Delivered
from residents.services.recording import Entered, Origin, record
from wacat.forms import DateInput, DigitsInput

NO_SUCH_RT = "RT itu tidak ada di kelurahan yang dipilih."
_OTHER_END = {Kind.MOVED_IN: FROM, Kind.MOVED_OUT: TO}


class KelurahanChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class ServiceForm(forms.Form):
    """What a row of a file tells; ``services`` are those of a valid form."""

    kind = forms.TypedChoiceField(label="Jenis layanan", coerce=int, choices=[])
    served_on = forms.DateField(label="Tanggal layanan", widget=DateInput)
    number = forms.CharField(label="Nomor dokumen", required=False, max_length=100)
    full_name = forms.CharField(label="Nama lengkap", max_length=120)
    nik = forms.CharField(
        label="NIK",
        required=False,
        max_length=30,
        widget=DigitsInput({"class": "chars-24"}),
        help_text="Boleh kosong untuk bayi baru lahir dan orang asing.",
    )
    no_kk = forms.CharField(
        label="No. KK", required=False, max_length=30, widget=DigitsInput({"class": "chars-24"})
    )
    address = forms.CharField(label="Alamat", required=False, max_length=200)
    kelurahan = KelurahanChoice(
        Area.objects.none(), label="Kelurahan", required=False, empty_label="Belum diketahui"
    )
    rt = forms.CharField(label="RT", required=False, max_length=3, widget=DigitsInput)
    other_place = forms.CharField(
        label="Asal atau tujuan",
        required=False,
        max_length=200,
        help_text="Untuk kepindahan. Di dalam kota tulis lengkap: Jl. …, RT 12 Kel. Sepinggan.",
    )
    detail = forms.CharField(label="Keterangan", required=False, max_length=200)
    services: list[Delivered]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [("", "Pilih jenis layanan"), *Kind.choices]
        fields["kelurahan"].queryset = Area.objects.filter(level=Level.KELURAHAN).order_by("name")

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if self.errors:
            return data
        areas = Gazetteer()
        kelurahan, rt = data["kelurahan"], data["rt"].strip().lstrip("0")
        if rt and not (kelurahan and areas.rt(kelurahan.code, rt)):
            self.add_error("rt", NO_SUCH_RT)
            return data
        judge = Judge(areas)
        kind = Kind(data["kind"])
        cells = _cells(kind, data)
        judge.begin(cells, kind)
        judged = judge.judge(0, cells)
        for text in judged.errors:
            self.add_error("nik" if "NIK" in text else None, text)
        self.services = judged.services
        return data


def _cells(kind: Kind, data: dict[str, Any]) -> dict[str, Any]:
    """As in a row of a file."""
    kelurahan = data["kelurahan"]
    given = {
        **{key: data[key] for key in ("served_on", "number", "full_name", "nik", "no_kk")},
        **{key: data[key] for key in ("address", "rt", "detail")},
        "kelurahan": kelurahan.name if kelurahan else "",
    }
    if side := _OTHER_END.get(kind):
        given[f"{side}address"] = data["other_place"]
    return {key: value for key, value in given.items() if value}


def enter(form: ServiceForm, by: User) -> Entered:
    """What became of the valid form's service; known when it is there already."""
    entered = record(form.services, Origin(by.pk), remembered)
    return entered[form.services[0].identity]
