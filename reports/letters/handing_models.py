"""How a letter reaches the person: the log of it, the scan of the inked sheet, links to fetch it.

Where a link was sent lies sealed; its token and its PIN lie nowhere (see ``handing_secrets``).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from reports.letters.models import Letter
from wacat.clock import now
from wacat.sealing.fields import SealedTextField
from wacat.work import Work

LINK_DAYS = 7
MOST_WRONG = 5


class Way(models.TextChoices):
    """By which way a link goes to the person."""

    EMAIL = "email", "Surel"
    WHATSAPP = "whatsapp", "WhatsApp"


@pghistory.track()
class LetterScan(models.Model):
    """The inked and stamped sheet as a file: sealed, under a random name.

    ``replaced_at``: a newer one took its place; when its file is gone as well, ``file`` is empty.
    ``sha256`` is the digest of what is kept.
    """

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="scans")
    file = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=now)
    replaced_at = models.DateTimeField(null=True)
    key = models.UUIDField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("letter",), condition=Q(replaced_at=None), name="letter_scan_one"
            ),
            models.UniqueConstraint(fields=("letter", "key"), name="letter_scan_once"),
        )

    @property
    def is_picture(self) -> bool:
        """Whether it is one of our own JPEGs, which a page may show."""
        return self.file.endswith(".jpg")


def _in_a_week() -> datetime:
    return now() + timedelta(days=LINK_DAYS)


class LetterLink(models.Model):
    """An address at which whoever knows the PIN can fetch the letter until ``until``.

    ``seed`` and a key outside the database make the token and the PIN; ``token_digest`` is a
    keyed digest by which the token is found. ``scan`` is what it leads to; without one it is the
    signed PDF. ``wrong`` counts wrong PINs. ``key`` is that of the form that was pressed.
    """

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="links")
    scan = models.ForeignKey(LetterScan, models.PROTECT, null=True, related_name="links")
    way = models.CharField(max_length=10, choices=Way)
    sealed_address = SealedTextField(place="letter_link.address", blank=True)
    seed = models.BinaryField(max_length=16)
    token_digest = models.BinaryField(max_length=32, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=now)
    until = models.DateTimeField(default=_in_a_week)
    ended_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    wrong = models.PositiveSmallIntegerField(default=0)
    key = models.UUIDField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("letter", "made_by", "key"), name="letter_link_once"),
            models.CheckConstraint(condition=Q(wrong__lte=MOST_WRONG), name="letter_link_wrong"),
            models.CheckConstraint(
                condition=Q(wrong__lt=MOST_WRONG) | Q(ended_at__isnull=False),
                name="letter_link_ends_when_guessed",
            ),
        )

    @property
    def is_open(self) -> bool:
        """Whether it still leads anywhere; what became of the letter comes on top."""
        return self.ended_at is None and now() < self.until


class LinkMail(Work):
    """The mail that carries a link."""

    task = "reports.tasks.mail_link"
    max_attempts = 12
    doublings = 10  # up to an hour and a half between attempts: a mail server may be away long
    at_once = 200  # a mail server may take a second for each

    link = models.OneToOneField(LetterLink, models.PROTECT, primary_key=True, related_name="mail")

    class Meta(Work.Meta):
        verbose_name = "Mengirim tautan surat"


class Handing(models.Model):
    """One line of a letter's log: what was done to bring it to the person, and by whom.

    Append-only. ``actor`` None is whoever held the link. ``receiver`` is who took the paper.
    """

    append_only: ClassVar = True

    class Kind(models.TextChoices):
        PRINTED = "printed", "Dicetak"
        DOWNLOADED = "downloaded", "PDF diunduh"
        IN_PERSON = "in_person", "Diserahkan langsung"
        EMAIL = "email", "Dikirim lewat surel"
        WHATSAPP = "whatsapp", "Tautan dibuat untuk WhatsApp"
        FETCHED = "fetched", "Diambil lewat tautan"
        ENDED = "ended", "Tautan diakhiri"
        GUESSED = "guessed", "Tautan ditutup karena PIN salah berkali-kali"

    class Receiver(models.TextChoices):
        PERSON = "person", "Warga sendiri"
        FAMILY = "family", "Anggota keluarga"

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="handings")
    kind = models.CharField(max_length=10, choices=Kind)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    receiver = models.CharField(max_length=10, choices=Receiver, blank=True)
    link = models.ForeignKey(LetterLink, models.PROTECT, null=True, related_name="+")
    key = models.UUIDField(null=True)

    class Meta:
        ordering = ("at", "id")
        indexes = (
            models.Index(fields=("letter", "kind"), name="handing_letter_kind"),
            models.Index(fields=("at", "id"), name="handing_latest"),
        )
        constraints = (
            models.UniqueConstraint(fields=("letter", "key"), name="handing_once"),
            models.CheckConstraint(
                condition=Q(kind="in_person") & ~Q(receiver="")
                | ~Q(kind="in_person") & Q(receiver=""),
                name="handing_in_person_says_to_whom",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("printed", "downloaded", "in_person"), link__isnull=True)
                | Q(kind__in=("email", "whatsapp", "fetched", "ended", "guessed"))
                & Q(link__isnull=False),
                name="handing_names_its_link",
            ),
        )
