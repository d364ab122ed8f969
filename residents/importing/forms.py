"""The upload of a list, and what stands for its empty cells."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.areas.models import Area, AreaStatus, Level
from accounts.login.models import User
from accounts.posts.models import Post
from accounts.rules import RULES, Action
from residents.importing.judging import Defaults
from residents.importing.limits import MOST_BYTES, TOO_LARGE
from residents.registry import codes
from residents.registry.forms import AreaChoice
from wacat.clock import today
from wacat.forms import DateInput
from wacat.sheets import CONTENT_TYPE

NO_FILE = "Pilih berkasnya dahulu."
MANY_RTS = 400  # more than that are told by the list itself


def posts_for(user: User) -> list[Post]:
    """Today's posts by which the user may import."""
    return [post for post in user.todays_posts if post.role in RULES[Action.RESIDENT_IMPORT]]


class UploadForm(forms.Form):
    """A spreadsheet, for the area of one of the user's posts."""

    post = forms.TypedChoiceField(label="Untuk wilayah", coerce=int)
    file = forms.FileField(
        label="Berkas daftar warga",
        help_text="Excel .xlsx atau CSV, paling banyak 50.000 baris dan 18 MB.",
        widget=forms.FileInput({"accept": f".xlsx,.csv,.txt,{CONTENT_TYPE},text/csv"}),
        error_messages={"empty": "Berkas ini kosong.", "required": NO_FILE},
    )
    rt = AreaChoice(Area.objects.none(), label="RT", required=False, empty_label="Menurut berkas")
    address = forms.CharField(label="Alamat tinggal", required=False, max_length=200)
    arrival = forms.DateField(label="Tanggal datang", required=False, widget=DateInput)
    purpose = forms.TypedChoiceField(
        label="Keperluan",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Menurut berkas"), *codes.Purpose.choices],
    )
    DEFAULTS = ("rt", "address", "arrival", "purpose")

    def __init__(self, *args: Any, posts: list[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posts = {post.pk: post for post in posts}
        fields: dict[str, Any] = self.fields
        fields["post"].choices = [(post.pk, post.label) for post in posts]
        for name in self.DEFAULTS:
            fields[name].mark_optional = False
        if len(posts) == 1:
            fields["post"].initial = posts[0].pk
            fields["post"].required = False
            fields["post"].empty_value = posts[0].pk
            fields["post"].widget = forms.HiddenInput()
        self._offer_rts(posts)

    def _offer_rts(self, posts: list[Post]) -> None:
        """Those of a kelurahan: a Ketua RT has one only, and the city's are too many to list."""
        rows = Area.objects.under(tuple(post.area_id for post in posts)).filter(level=Level.RT)
        rows = rows.exclude(state=AreaStatus.MERGED).select_related("parent")
        if 1 < rows[: MANY_RTS + 1].count() <= MANY_RTS:
            fields: dict[str, Any] = self.fields
            fields["rt"].queryset = rows
        else:
            del self.fields["rt"]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(TOO_LARGE)
        return file

    def clean_arrival(self) -> Any:
        day = self.cleaned_data["arrival"]
        if day and day > today():
            raise ValidationError("Tanggal datang tidak boleh setelah hari ini.")
        return day

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        rt, post = data.get("rt"), self.posts.get(data.get("post") or 0)
        if rt and post and not f"{rt.code}.".startswith(f"{post.area_id}."):
            self.add_error("rt", "RT ini di luar wilayah yang dipilih.")
        return data

    @property
    def chosen(self) -> Post:
        """The post of a valid form."""
        return self.posts[self.cleaned_data["post"]]

    @property
    def defaults(self) -> Defaults:
        """What the valid form says of empty cells."""
        data = self.cleaned_data
        rt = data.get("rt")
        return Defaults(
            rt=rt.code if rt else "",
            address=" ".join(data["address"].split()),
            arrival=data["arrival"],
            purpose=data["purpose"],
        )

    def given(self) -> list[forms.BoundField]:
        """The fields for empty cells."""
        return [self[name] for name in self.DEFAULTS if name in self.fields]

    def given_is_open(self) -> bool:
        """Unfolded where one of these holds something or has an error."""
        return any(
            name in self.errors or self[name].value()
            for name in self.DEFAULTS
            if name in self.fields
        )
