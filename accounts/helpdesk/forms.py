"""Telling a problem, and what is written about it afterwards."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.helpdesk.codes import Category
from accounts.helpdesk.discretion import check_discreet
from accounts.login.models import User
from wacat.forms import Keyed
from wacat.uploads import checked

MOST_FILES = 3
MOST_LETTERS = 2000
TOO_MANY_FILES = f"Paling banyak {MOST_FILES} berkas."
WITHOUT_NUMBERS = "Jangan menulis NIK, No. KK, atau kata sandi."


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """At most three photographs or PDFs, cleaned to a list of files to be kept."""

    widget = FilesInput

    def __init__(self) -> None:
        super().__init__(
            label="Foto atau PDF",
            required=False,
            help_text="Paling banyak 3 berkas (PDF, JPG, atau PNG), masing-masing paling besar "
            "5 MB. Tutup dahulu NIK yang terlihat.",
            widget=FilesInput({"accept": "application/pdf,image/jpeg,image/png"}),
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = data if isinstance(data, list) else [data] if data else []
        if len(files) > MOST_FILES:
            raise ValidationError(TOO_MANY_FILES)
        return [checked(forms.FileField.clean(self, one, initial)) for one in files]


def _text(label: str, help_text: str = WITHOUT_NUMBERS) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=MOST_LETTERS,
        widget=forms.Textarea({"rows": 6}),
        help_text=help_text,
        validators=[check_discreet],
    )


class TicketForm(Keyed):
    """A problem or complaint of *user*'s; who holds several offices says in which."""

    mark_optional = True

    area = forms.ChoiceField(label="Sebagai")
    category = forms.ChoiceField(
        label="Tentang apa?",
        choices=Category,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih salah satu."},
    )
    subject = forms.CharField(
        label="Perihal", max_length=120, help_text="Satu baris saja.", validators=[check_discreet]
    )
    text = _text("Apa yang terjadi?", f"Tulis apa yang dilakukan dan dilihat. {WITHOUT_NUMBERS}")
    attached = FilesField()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = {post.area_id: post.label for post in reversed(user.todays_posts)}
        area: Any = self.fields["area"]
        if len(areas) == 1:
            del self.fields["area"]
        else:
            area.choices = list(areas.items())
        self._only_area = next(iter(areas), "")

    @property
    def chosen_area(self) -> str:
        """The area of the post in which it is told."""
        return str(self.cleaned_data.get("area") or self._only_area)


class MessageForm(Keyed):
    """Another word, from either side."""

    text = _text("Pesan")
    attached = FilesField()


class NoteForm(Keyed):
    text = _text("Catatan", "Hanya terlihat oleh petugas yang menjawab.")


class TransferForm(Keyed):
    category = forms.ChoiceField(label="Kategori yang tepat", choices=Category)


class PlainForm(Keyed):
    """What needs no more than a press."""
