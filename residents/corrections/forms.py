"""The forms around a correction: why a service is not true, and what is said about that."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.areas.models import Area, AreaStatus, Level
from residents.corrections.codes import Reason
from residents.corrections.models import FEWEST_DAYS, MOST_DAYS
from residents.corrections.photos import PhotosField
from residents.corrections.sending import Statement
from wacat.clock import today
from wacat.forms import DateInput, Keyed

# The fields that go with a reason, besides the note and the photographs that go with all.
RIGHT_NAME, RIGHT_ADDRESS, SINCE = "right_name", "right_address", "happened_on"
ASKED = {
    Reason.WRONG_NAME: RIGHT_NAME,
    Reason.WRONG_ADDRESS: RIGHT_ADDRESS,
    Reason.HAS_LEFT: SINCE,
    Reason.HAS_DIED: SINCE,
    Reason.OTHER: "note",
}
# Nobody may know since when; all else that is asked for is what the correction is about.
MISSING = {
    RIGHT_NAME: "Isi nama yang benar.",
    RIGHT_ADDRESS: "Isi alamat atau RT yang benar, sejauh Bapak/Ibu ketahui.",
    "note": "Tulis apa yang tidak benar.",
}


def _words(label: str, help_text: str = "", required: bool = True) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, max_length=500, widget=area, help_text=help_text, required=required
    )


class CorrectionForm(Keyed):
    """Why it is not true. Old browsers show all fields, each of which says when it is needed."""

    reason = forms.TypedChoiceField(
        label="Apa yang tidak benar?",
        choices=Reason,
        coerce=lambda value: Reason(int(value)),
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih salah satu."},
    )
    right_name = forms.CharField(
        label="Nama yang benar",
        max_length=120,
        required=False,
        help_text="Untuk nama keliru: tulis seperti di KTP-el atau KK.",
    )
    right_address = forms.CharField(
        label="Alamat atau RT yang benar",
        max_length=200,
        required=False,
        help_text="Untuk alamat atau RT keliru, misalnya: RT 007, Jl. Contoh 3.",
    )
    happened_on = forms.DateField(
        label="Sejak tanggal",
        required=False,
        widget=DateInput,
        help_text="Untuk yang sudah pindah atau meninggal, bila Bapak/Ibu tahu.",
    )
    note = _words("Keterangan", "Misalnya: siapa yang ditanya, dan kapan.", required=False)
    photos = PhotosField(label="Foto")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        for name in (RIGHT_NAME, RIGHT_ADDRESS):  # needed with their reason
            fields[name].mark_optional = False

    def clean_happened_on(self) -> Any:
        day = self.cleaned_data["happened_on"]
        if day and day > today():
            raise forms.ValidationError("Tanggal ini tidak boleh setelah hari ini.")
        return day

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        asked = ASKED.get(data["reason"], "") if "reason" in data else ""
        if asked in MISSING and asked not in self.errors and not data.get(asked):
            self.add_error(asked, MISSING[asked])
        return data

    @property
    def statement(self) -> Statement:
        """What the valid form says; what was typed for another reason is left out."""
        data, asked = self.cleaned_data, ASKED.get(self.cleaned_data["reason"], "")
        right = data[asked] if asked in (RIGHT_NAME, RIGHT_ADDRESS) else ""
        since = data[SINCE] if asked == SINCE else None
        return Statement(data["reason"], data["note"], right, since, data["photos"])


class SeenForm(Keyed):
    """What is done on a correction's page; ``seen`` is the last step that the page showed."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class AskForm(SeenForm):
    note = _words("Pertanyaan kepada RT", "RT menjawabnya; selama itu batas waktu tidak berjalan.")


class ReplyForm(SeenForm):
    note = _words("Jawaban untuk operator")
    photos = PhotosField(label="Foto")


class RejectForm(SeenForm):
    reason = _words("Mengapa ditolak?", "Dibaca RT. Jelaskan dengan bahasa sederhana.")


class WithdrawForm(SeenForm):
    back = forms.ChoiceField(
        label="Setelah ditarik, data ini",
        choices=(("confirmed", "Benar"), ("told", "Belum dikonfirmasi")),
        widget=forms.RadioSelect,
    )
    note = _words("Keterangan", required=False)


class WithdrawOldForm(SeenForm):
    """Of a version that is no longer in force: the new one is to be answered."""

    note = _words("Keterangan", required=False)


class AcceptForm(SeenForm):
    note = _words("Apa yang sudah dilakukan?", "Dibaca RT, misalnya: alamat diperbaiki di SIAK.")


class PlacingForm(AcceptForm):
    """The same, with the RT that the service is told to instead; in ``cleaned_data["area"]``."""

    kelurahan = forms.ModelChoiceField(
        Area.objects.filter(level=Level.KELURAHAN).order_by("name"),
        label="Beritahukan kepada RT lain: kelurahan",
        required=False,
        empty_label="Tetap di RT ini",
    )
    rt = forms.CharField(
        label="Nomor RT",
        max_length=10,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        kelurahan, number = data.get("kelurahan"), data.get("rt", "")
        if kelurahan and number:
            data["area"] = self._find(kelurahan, number)
        elif kelurahan or number:
            field = "rt" if kelurahan else "kelurahan"
            self.add_error(field, "Isi kelurahan dan nomor RT, atau kosongkan keduanya.")
        return data

    def _find(self, kelurahan: Area, number: str) -> str:
        rts = Area.objects.filter(parent=kelurahan, level=Level.RT, state=AreaStatus.ACTIVE)
        found: str | None = rts.filter(name=number.zfill(3)).values_list("pk", flat=True).first()
        if found is None:
            self.add_error("rt", f"Tidak ada RT {number} yang aktif di {kelurahan.label}.")
        return found or ""


class DeadlinesForm(forms.Form):
    """How many days the operator has, a field for each reason."""

    def __init__(self, *args: Any, days: dict[Reason, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for reason in Reason:
            self.fields[f"days_{reason}"] = forms.IntegerField(
                label=str(reason.label),
                min_value=FEWEST_DAYS,
                max_value=MOST_DAYS,
                initial=days[reason],
            )

    @property
    def days(self) -> dict[Reason, int]:
        """What the valid form says."""
        return {reason: self.cleaned_data[f"days_{reason}"] for reason in Reason}
