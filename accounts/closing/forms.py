"""The forms of closing and opening accounts, and of reporting a breach. One task each."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.closing.models import BreachReport, Closure
from wacat.clock import today
from wacat.forms import DateInput, Keyed
from wacat.uploads import ScanField


class ReasonForm(Keyed):
    """Opening an account again, or dismissing a report."""

    reason = forms.CharField(label="Alasan", max_length=500)


KINDS = (
    (Closure.Kind.SAFEGUARD.value, "Pengamanan sementara, misalnya ponsel hilang"),
    (Closure.Kind.OFFICE.value, "Jabatan berakhir"),
    (Closure.Kind.BREACH.value, "Pelanggaran kerahasiaan data, dengan bukti"),
)


class KindForm(forms.Form):
    """The first page of closing: why."""

    kind = forms.ChoiceField(
        label="Mengapa akun ini dinonaktifkan?",
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih salah satu.", "invalid_choice": "Pilih salah satu."},
    )


class FinalKindForm(KindForm):
    """The same for an account that is closed for the time being already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [choice for choice in KINDS if choice[0] != Closure.Kind.SAFEGUARD]


class FactorForm(Keyed):
    """Taking a second factor off, once it is certain who asks for it."""

    reason = forms.CharField(
        label="Alasan",
        max_length=500,
        help_text="Misalnya: ponsel hilang; orangnya datang sendiri dengan KTP-el.",
    )
    verified = forms.BooleanField(
        label="Saya sudah memastikan bahwa pemilik akun sendiri yang memintanya",
        error_messages={"required": "Pastikan dulu orangnya, lalu centang pernyataan ini."},
    )


class SafeguardForm(Keyed):
    reason = forms.CharField(
        label="Alasan", max_length=500, help_text="Misalnya: ponsel hilang, dilapor lewat telepon."
    )


class OfficeForm(Keyed):
    """The end of an office, with the posts if wished."""

    reason = forms.CharField(
        label="Alasan", max_length=500, help_text="Misalnya: pindah tugas menurut SK nomor …"
    )
    end_posts = forms.BooleanField(
        label="Akhiri juga semua jabatannya hari ini", required=False, initial=True
    )


class BreachFields(Keyed):
    """When and what happened, with what proves it."""

    date = forms.DateField(label="Tanggal kejadian", widget=DateInput)
    description = forms.CharField(
        label="Apa yang terjadi?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Tulis singkat. Jangan menulis NIK atau data warga.",
    )
    evidence = ScanField(label="Bukti")

    def clean_date(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["date"]
        if day > today():
            raise ValidationError("Tanggal kejadian tidak boleh setelah hari ini.")
        return day


class BreachReportForm(BreachFields):
    """A Lurah's report: evidence helps, and is not demanded."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        evidence, description = self.fields["evidence"], self.fields["description"]
        evidence.required = False
        description.help_text = "Tulis apa yang dilihat atau didengar, tanpa NIK atau data warga."


class BreachForm(BreachFields):
    """Closing for a breach, on a Lurah's report where there is one."""

    reason = forms.CharField(label="Alasan", max_length=500)
    field_order = ("key", "date", "description", "evidence", "reason")

    def __init__(self, *args: Any, report: BreachReport | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason, evidence = self.fields["reason"], self.fields["evidence"]
        reason.help_text = "Ketentuan yang dilanggar, dalam satu kalimat."
        if report:
            self.initial.update(date=report.happened_on, description=report.description)
        if report and report.evidence:
            evidence.required = False
            evidence.help_text = "Bukti dari laporan Lurah sudah ada. Unggah bila ada yang lain."


CLOSING: dict[str, type[Keyed]] = {
    Closure.Kind.BREACH: BreachForm,
    Closure.Kind.OFFICE: OfficeForm,
    Closure.Kind.SAFEGUARD: SafeguardForm,
}
