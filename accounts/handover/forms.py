"""The forms of handing over: naming a Plh., leaving one's own office, confirming the list."""

from __future__ import annotations

import datetime
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from accounts.handover.delegating import candidates, in_words
from accounts.login.models import User
from accounts.posts.models import DELEGATION_DAYS, Post
from wacat.clock import today
from wacat.forms import DateInput

# How far ahead a Ketua RT can say when he leaves.
RESIGN_DAYS = 30
RIGHT, WRONG = "right", "wrong"
ANSWERS = ((RIGHT, "Masih menjabat"), (WRONG, "Sudah berganti"))


class UserChoice(forms.ModelChoiceField):
    """Users, each with the words that ``words`` has for it."""

    words: dict[int, str]

    def label_from_instance(self, obj: Any) -> str:
        return self.words[obj.pk]


class DelegateForm(forms.Form):
    """Who stands in for the holder of *office*, from when until when."""

    user = UserChoice(User.objects.none(), label="Plh. Lurah", empty_label="Pilih orangnya")
    starts = forms.DateField(label="Mulai", widget=DateInput)
    until = forms.DateField(
        label="Berakhir pada",
        widget=DateInput,
        help_text="Hari Bapak/Ibu bertugas kembali: "
        f"sejak hari itu Plh. tidak berwenang lagi. Paling lama {DELEGATION_DAYS} hari.",
    )

    def __init__(self, *args: Any, office: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words: dict[int, list[str]] = {}
        for post in candidates(office):
            words.setdefault(post.user_id, []).append(in_words(post))
        fields: dict[str, Any] = self.fields
        fields["user"].queryset = User.objects.filter(pk__in=words).order_by("full_name", "pk")
        fields["user"].words = {pk: " dan ".join(said) for pk, said in words.items()}
        fields["starts"].initial = today

    def clean_starts(self) -> datetime.date:
        return not_past(self.cleaned_data["starts"])

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        starts, until = data.get("starts"), data.get("until")
        if starts and until:
            if until <= starts:
                self.add_error("until", "Tanggal ini harus setelah hari mulai.")
            elif until > starts + timedelta(days=DELEGATION_DAYS):
                self.add_error("until", f"Paling lama {DELEGATION_DAYS} hari sejak hari mulai.")
        return data


class PostChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label)


class ResignForm(forms.Form):
    """*Saya tidak lagi menjabat*: of which post, from when on."""

    post = PostChoice(
        Post.objects.none(), label="Jabatan", widget=forms.RadioSelect, empty_label=None
    )
    date = forms.DateField(
        label="Sejak tanggal",
        widget=DateInput,
        help_text=f"Hari ini, atau paling lama {RESIGN_DAYS} hari lagi. "
        "Sejak hari itu akun tidak dapat dipakai untuk jabatan ini.",
    )
    note = forms.CharField(
        label="Nama penggantinya, bila sudah ada", max_length=120, required=False
    )
    confirm = forms.BooleanField(
        label="Ya, saya tidak lagi menjabat",
        error_messages={"required": "Centang bila Bapak/Ibu yakin."},
    )

    def __init__(self, *args: Any, posts: list[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        chosen = Post.objects.filter(pk__in=[post.pk for post in posts])
        fields["post"].queryset = chosen.select_related("area__parent").order_by("area")
        if len(posts) == 1:
            fields["post"].initial, fields["post"].widget = posts[0].pk, forms.HiddenInput()
        fields["date"].initial = today

    def clean_date(self) -> datetime.date:
        day = not_past(self.cleaned_data["date"])
        if day > today() + timedelta(days=RESIGN_DAYS):
            raise ValidationError(f"Paling lama {RESIGN_DAYS} hari lagi.")
        return day


class RosterForm(forms.Form):
    """An answer for each of today's Ketua RT."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, posts: list[Post], doubted: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posts = posts
        self.fields["key"].initial = uuid4
        for post in posts:
            self.fields[name_of(post)] = forms.ChoiceField(
                label=f"{post.label}, {post.user.full_name}",
                choices=ANSWERS,
                widget=forms.RadioSelect,
                initial=WRONG if post.pk in doubted else RIGHT,
                error_messages={"required": "Daftar berubah sejak halaman dibuka. Pilih jawaban."},
            )

    def said(self, answer: str) -> list[Post]:
        """The posts of which this was said."""
        return [post for post in self.posts if self.cleaned_data[name_of(post)] == answer]


def name_of(post: Post) -> str:
    """The name of the post's field."""
    return f"post-{post.pk}"


def not_past(day: datetime.date) -> datetime.date:
    """*day*. Raises ValidationError when it is over."""
    if day < today():
        raise ValidationError("Tanggal tidak boleh sebelum hari ini.")
    return day
