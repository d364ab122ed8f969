"""The upload of a file, and what somebody says of its columns."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from residents.feeds.column_table import TITLES
from residents.feeds.limits import MOST_BYTES, TOO_LARGE
from residents.feeds.models import FeedSource
from residents.feeds.uploading import Upload
from residents.services.codes import Kind
from wacat.sheets import CONTENT_TYPE

NO_FILE = "Pilih berkasnya dahulu."
NO_SOURCE = "Pilih sumber berkas, atau beri nama sumber yang baru."
TWICE = "“{}” dipilih untuk dua kolom. Pilih satu saja."
_KINDS = [("", "Menurut berkas"), *Kind.choices]


class UploadForm(forms.Form):
    """A file with its source."""

    source = forms.ModelChoiceField(
        FeedSource.objects.none(),
        label="Sumber",
        required=False,
        empty_label="Sumber baru",
        help_text="Cara membaca kolom diingat untuk setiap sumber.",
    )
    new_source = forms.CharField(
        label="Nama sumber baru",
        required=False,
        max_length=80,
        help_text="Misalnya: SIAK – rekap KTP-el.",
    )
    kind = forms.TypedChoiceField(
        label="Jenis layanan",
        required=False,
        coerce=int,
        empty_value=None,
        choices=_KINDS,
        help_text="Pilih bila berkas tidak punya kolom jenis layanan.",
    )
    file = forms.FileField(
        label="Berkas",
        help_text="Excel .xlsx atau CSV, paling banyak 200.000 baris dan 30 MB.",
        widget=forms.FileInput({"accept": f".xlsx,.csv,.txt,{CONTENT_TYPE},text/csv"}),
        error_messages={"empty": "Berkas ini kosong.", "required": NO_FILE},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["source"].queryset = FeedSource.objects.all()
        for name in ("source", "new_source", "kind"):
            fields[name].mark_optional = False
        if not FeedSource.objects.exists():
            del self.fields["source"]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(TOO_LARGE)
        return file

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        data["new_source"] = " ".join((data.get("new_source") or "").split())
        if not data.get("source") and not data["new_source"]:
            self.add_error("new_source", NO_SOURCE)
        return data

    def upload(self) -> Upload:
        """What the valid form brings."""
        data = self.cleaned_data
        source = data.get("source")
        name = source.name if source else data["new_source"]
        file = data["file"]
        return Upload(file.name, file.read(), name, data["kind"])


class ColumnsForm(forms.Form):
    """What each heading stands for: one choice a column, named by its place among *columns*."""

    kind = forms.TypedChoiceField(
        label="Jenis layanan semua baris", required=False, coerce=int, empty_value=None,
        choices=_KINDS,
    )  # fmt: skip

    def __init__(self, *args: Any, columns: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        choices = [("", "Tidak dibaca"), *TITLES.items()]
        fields: dict[str, Any] = self.fields
        for n, column in enumerate(columns):
            samples = "; ".join(column.get("samples", [])) or "kosong"
            initial = column["key"] if column["key"] in TITLES else ""
            fields[f"column_{n}"] = forms.ChoiceField(
                label=column["heading"],
                required=False,
                choices=choices,
                initial=initial,
                help_text=f"Contoh isi: {samples}",
            )
        for field in fields.values():
            field.mark_optional = False

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        seen = set()
        for n in range(len(self.columns)):
            key = data.get(f"column_{n}")
            if key and key in seen:
                self.add_error(f"column_{n}", TWICE.format(TITLES[key]))
            seen.add(key)
        return data

    def chosen(self) -> dict[str, str]:
        """The column's key, or nothing for one that is not read, by heading."""
        return {
            column["heading"]: self.cleaned_data[f"column_{n}"]
            for n, column in enumerate(self.columns)
        }
