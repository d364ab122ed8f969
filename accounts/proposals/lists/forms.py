"""The upload of a list; the administrator's names the letter that it rests on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.login.models import User
from accounts.posts.mandates import MandateFields
from accounts.posts.models import Post
from accounts.proposals.lists.judging import roles_for
from accounts.proposals.lists.opening import MOST_BYTES, TOO_LARGE
from accounts.rules import Role
from wacat.sheets import CONTENT_TYPE


def posts_for(user: User) -> list[Post]:
    """Today's posts by which the user may propose somebody."""
    return [post for post in user.todays_posts if roles_for(post)]


class ListForm(forms.Form):
    """A spreadsheet, for the area of one of the user's posts."""

    post = forms.TypedChoiceField(label="Untuk wilayah", coerce=int)
    file = forms.FileField(
        label="Berkas daftar",
        help_text="Excel .xlsx, paling banyak 2.000 baris dan 3 MB.",
        widget=forms.FileInput({"accept": f".xlsx,{CONTENT_TYPE}"}),
        error_messages={"empty": "Berkas ini kosong."},
    )
    declared = forms.BooleanField(
        label="Saya menyatakan surel dan telepon dalam daftar ini aktif",
        error_messages={"required": "Centang pernyataan ini setelah kontaknya diperiksa."},
    )

    def __init__(self, *args: Any, posts: list[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posts = {post.pk: post for post in posts}
        fields: dict[str, Any] = self.fields
        fields["post"].choices = [(post.pk, post.label) for post in posts]
        if len(posts) == 1:
            fields["post"].initial = posts[0].pk
            fields["post"].required = False
            fields["post"].empty_value = posts[0].pk
            fields["post"].widget = forms.HiddenInput()

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(TOO_LARGE)
        return file

    @property
    def chosen(self) -> Post:
        """The post of a valid form."""
        return self.posts[self.cleaned_data["post"]]


class ListByLetterForm(ListForm, MandateFields):
    """As the administrator proposes, on the strength of a letter."""


def form_class_for(posts: list[Post]) -> type[ListForm]:
    """An administrator's form holds the letter."""
    is_administrator = any(post.role == Role.ADMINISTRATOR for post in posts)
    return ListByLetterForm if is_administrator else ListForm
