"""The states of announcements."""

from django.db.models import TextChoices


class Status(TextChoices):
    DRAFT = "draft", "Draf"
    PUBLISHED = "published", "Terbit"
    WITHDRAWN = "withdrawn", "Ditarik"
    DISCARDED = "discarded", "Dibuang"
