"""The form by which the list of residents is narrowed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.choices import CallableChoiceIterator
from django.utils.html import format_html, format_html_join

from residents.registry.narrowing import FILTERS
from residents.registry.provinces import PROVINCES
from wacat.forms import DateInput

# How the days may be typed where the browser has no calendar.
DAYS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y")
Choices = list[tuple[str, str]]
ALL = ("", "Semua")
ASK_BETTER = "Ketik paling sedikit satu huruf atau angka."
OPTION = '<option value="{}">{}</option>'
CHOSEN = '<option value="{}" selected>{}</option>'
BY_NAME = sorted(PROVINCES.items(), key=lambda one: one[1])


def says_something(text: str) -> bool:
    """Whether there is a letter or digit to look for: spaces and signs alone fit everybody."""
    return any(one.isalnum() for one in text)


class _Text(forms.CharField):
    """A few words; what no database could hold is a space."""

    def __init__(self, label: str, help_text: str = "") -> None:
        super().__init__(label=label, help_text=help_text, required=False)
        self.widget.attrs.update(autocomplete="off", maxlength=100)

    def to_python(self, value: Any) -> str:
        text = super().to_python((value or "").replace("\0", " ")) or ""
        if value and not says_something(text):
            raise forms.ValidationError(ASK_BETTER)
        return " ".join(text.split())[:100]


class _Choices(forms.Select):
    """A select drawn at once: a hundred options by a template each would cost the page's time."""

    def render(
        self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, renderer: Any = None
    ) -> Any:
        chosen = str(value or "")
        options = format_html_join(
            "",
            "{}",
            (
                (format_html(CHOSEN if str(key) == chosen else OPTION, key, label),)
                for key, label in self.choices
            ),
        )
        drawn = flatatt(self.build_attrs(self.attrs, dict(attrs or {})))
        return format_html(
            '<select name="{}" class="form-select"{}>{}</select>', name, drawn, options
        )


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, required=False, input_formats=DAYS, widget=DateInput())


class FindForm(forms.Form):
    """All that the list can be narrowed by; every field may stay empty."""

    mark_optional = False

    q = _Text("Cari nama atau NIK lengkap")
    status = forms.ChoiceField(label="Keadaan", required=False, choices=[ALL, *FILTERS.items()])
    wilayah = forms.CharField(label="Wilayah", required=False, max_length=17)
    tempat = _Text("Nama kos atau tempat tinggal")
    provinsi = forms.ChoiceField(
        label="Provinsi asal", required=False, choices=[ALL, *BY_NAME], widget=_Choices
    )
    asal = _Text("Kabupaten atau kota asal")
    datang_dari = _day("Datang mulai tanggal")
    datang_sampai = _day("Datang paling lambat")
    berakhir_dari = _day("Masa tinggal berakhir mulai")
    berakhir_sampai = _day("Masa tinggal berakhir paling lambat")

    def __init__(
        self, asked: Mapping[str, Any], *, states: Choices, places: Callable[[], Choices] | None
    ) -> None:
        """*places* are asked for only where they are drawn; None: there is one alone."""
        super().__init__(asked)
        self.fields["status"].widget = _Choices(choices=[ALL, *states])
        if places is None:
            del self.fields["wilayah"]
        else:
            self.fields["wilayah"].widget = _Choices(
                choices=CallableChoiceIterator(lambda: [ALL, *places()])
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for first, last in (("datang_dari", "datang_sampai"), ("berakhir_dari", "berakhir_sampai")):
            if data.get(first) and data.get(last) and data[first] > data[last]:
                self.add_error(last, "Harus sama dengan atau sesudah tanggal mulai.")
        return data
