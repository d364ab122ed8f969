"""The small forms around a person registered twice."""

from __future__ import annotations

from django import forms

from wacat.forms import DateInput

NO_DETAILS = (
    "Alasan ini dibaca kedua RT dan Lurah. Jangan sebut nama, alamat, atau wilayah catatan "
    "yang lain."
)


def _reason(label: str, help_text: str = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=500, widget=area, help_text=help_text)


class ReceiveForm(forms.Form):
    """The Lurah's: the KTP-el was seen, and since when the person lives here."""

    date = forms.DateField(
        label="Pindah sejak tanggal",
        widget=DateInput,
        help_text="Hari pertama tinggal di sini. Sejak hari itu warga dihitung di RT ini.",
    )
    seen = forms.BooleanField(label="Sudah melihat KTP-el aslinya")


class DeclareForm(forms.Form):
    """The operator's: the same, on the strength of what both records say."""

    date = forms.DateField(label="Pindah sejak tanggal", widget=DateInput)
    reason = _reason("Alasan", NO_DETAILS)


class ObjectForm(forms.Form):
    """The RT's that the person is said to have left."""

    reason = _reason(
        "Mengapa Bapak/Ibu keberatan?", "Misalnya: warga masih tinggal dan ditemui tanggal berapa."
    )


class DecideForm(forms.Form):
    """The operator's, for either decision and for returning a held report."""

    reason = _reason("Alasan", NO_DETAILS)
