"""Writing an announcement."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from accounts.announcements.addressing import plainly
from accounts.announcements.models import Announcement
from accounts.announcements.workflow import WRITTEN
from accounts.areas.models import CITY_CODE, Area, Level
from accounts.rules import Role
from wacat.clock import today
from wacat.forms import DateInput, Keyed

ONE_AT_LEAST = {"required": "Pilih paling sedikit satu."}


class AnnouncementForm(Keyed):
    title = forms.CharField(label="Judul", max_length=120)
    text = forms.CharField(
        label="Isi",
        max_length=4000,
        widget=forms.Textarea({"rows": 10}),
        help_text="Baris kosong memisahkan paragraf. Alamat web menjadi tautan. Jangan menulis "
        "data warga.",
    )
    roles = forms.MultipleChoiceField(
        label="Untuk siapa?",
        choices=Role,
        widget=forms.CheckboxSelectMultiple,
        error_messages=ONE_AT_LEAST,
    )
    areas = forms.MultipleChoiceField(
        label="Untuk wilayah mana?",
        widget=forms.CheckboxSelectMultiple,
        error_messages=ONE_AT_LEAST,
        help_text="Pejabat Disdukcapil termasuk dalam seluruh kota, Camat dalam kecamatannya.",
    )
    starts = forms.DateField(label="Mulai tanggal", widget=DateInput, initial=today)
    until = forms.DateField(label="Sampai dengan tanggal", widget=DateInput)
    is_important = forms.BooleanField(
        label="Penting: tampil paling atas, dan dikabarkan lewat surel", required=False
    )

    def __init__(self, *args: Any, draft: Announcement | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas: Any = self.fields["areas"]
        areas.choices = _areas()
        if draft:
            self.initial.update({name: getattr(draft, name) for name in (*WRITTEN, "is_important")})

    def clean_areas(self) -> list[str]:
        return plainly(self.cleaned_data["areas"])

    def clean_until(self) -> datetime.date:
        until: datetime.date = self.cleaned_data["until"]
        if until < max(today(), self.cleaned_data.get("starts") or today()):
            raise forms.ValidationError("Hari terakhir tidak boleh lewat, atau sebelum mulai.")
        return until


class WithdrawForm(Keyed):
    reason = forms.CharField(label="Alasan", max_length=500)


class PlainForm(Keyed):
    """What needs no more than a press."""


def _areas() -> list[tuple[str, Any]]:
    """The city, and each kecamatan with its kelurahan."""
    upper = (Level.KECAMATAN, Level.KELURAHAN)
    areas = list(Area.objects.filter(level__in=upper).order_by("code"))
    groups = [
        (
            above.label,
            [(above.code, f"Seluruh {above.label}")]
            + [(one.code, one.label) for one in areas if one.parent_id == above.code],
        )
        for above in areas
        if above.level == Level.KECAMATAN
    ]
    return [(CITY_CODE, "Seluruh kota"), *groups]
