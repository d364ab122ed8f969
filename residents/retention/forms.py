"""Setting the period, or switching retention off: what is asked, and on what it rests."""

from __future__ import annotations

from django import forms

from residents.retention.models import FEWEST_MONTHS, MOST_MONTHS
from wacat.forms import DigitsInput


class OffForm(forms.Form):
    """On what the office's word rests."""

    basis = forms.CharField(
        label="Dasar",
        max_length=200,
        help_text="Keputusan atau jadwal retensi arsip: nomor dan tanggalnya.",
    )


class PeriodForm(OffForm):
    """How many months after the end of a stay, or of whatever else is kept."""

    months = forms.IntegerField(
        label="Masa simpan (bulan)",
        min_value=FEWEST_MONTHS,
        max_value=MOST_MONTHS,
        widget=DigitsInput({"maxlength": 3}),
        help_text="Sejak masa tinggal berakhir, data layanan diberitahukan kepada RT, atau bantuan "
        "selesai. Misalnya 24 untuk dua tahun.",
        error_messages={"invalid": "Tulis dengan angka, misalnya 24."},
    )
    field_order = ("months", "basis")
