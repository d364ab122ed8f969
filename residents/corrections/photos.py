"""Photographs with a correction: up to three with each step, drawn anew, sealed, kept for good."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from accounts.login.models import User
from residents.corrections.models import CorrectionPhoto, CorrectionStep
from wacat.strays import folder_of_today
from wacat.uploads import PICTURE, WRONG_TYPE, checked, keep

FOLDER = "corrections"
MOST = 3  # with one step
NO_PICTURE = "Pilih foto JPG atau PNG."
HELP = f"Paling banyak {MOST} foto JPG atau PNG, masing-masing 5 MB."
TOO_MANY = f"Paling banyak {MOST} foto."


class _ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Up to three photographs (JPEG, PNG) in one field; cleaned to files that can be stored."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", HELP)
        widget = _ManyFiles({"accept": "image/jpeg,image/png", "multiple": True})
        super().__init__(required=False, widget=widget, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = data if isinstance(data, list | tuple) else [data]
        chosen = [super(PhotosField, self).clean(one, initial) for one in files if one]
        if len(chosen) > MOST:
            raise ValidationError(TOO_MANY)
        return [_picture(one) for one in chosen]


def add_photos(step: CorrectionStep, files: Sequence[ContentFile[bytes]], user: User) -> None:
    """Keep the checked *files* with the step; the same one twice is one."""
    contents = {hashlib.sha256(content).hexdigest(): content for content in _read(files)}
    CorrectionPhoto.objects.bulk_create(
        CorrectionPhoto(
            correction_id=step.subject_id,
            step=step,
            file=keep(ContentFile(content, f"foto{PICTURE}"), folder_of_today(FOLDER)),
            size=len(content),
            sha256=digest,
            by=user,
        )
        for digest, content in contents.items()
    )


def _read(files: Iterable[ContentFile[bytes]]) -> Iterable[bytes]:
    return (file.read() for file in files)


def _picture(file: Any) -> ContentFile[bytes]:
    """The photograph drawn anew. Raises ValidationError; a PDF is none."""
    try:
        found = checked(file)
    except ValidationError as error:
        if error.message == WRONG_TYPE:  # says that a PDF will do
            raise ValidationError(NO_PICTURE) from error
        raise
    if not (found.name or "").endswith(PICTURE):
        raise ValidationError(NO_PICTURE)
    return found
