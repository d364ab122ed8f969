"""Domicile letters: asked for, introduced by the Ketua RT, issued by the Lurah, never changed."""

from __future__ import annotations

import json
import secrets
from typing import Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.scope import ScopedModel
from reports.letters.facts import LetterFacts
from reports.letters.guards import REPLACED_IS_REVOKED, REPLACES_AN_EARLIER_ONE
from reports.letters.parted import names_there
from reports.letters.signing import SIGNING_FAILURES
from residents.registry.models import Resident
from wacat.clock import now, today
from wacat.sealing.fields import SealedTextField
from wacat.work import Work
from wacat.workflow import Step

_DERIVED = ["kelurahan", "kecamatan"]
# Without letters and digits that are read for one another on paper.
CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_token() -> str:
    """128 random bits for the address of the verification page."""
    return secrets.token_urlsafe(16)


def new_code() -> str:
    """Eight characters, to be typed from paper."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(8))


class Status(models.TextChoices):
    """Written by the workflow alone. Those of ``DERIVED`` are shown, never stored."""

    REQUESTED = "requested", "Diajukan"
    READY = "ready", "Siap diterbitkan"
    RETURNED = "returned", "Dikembalikan"
    ISSUED = "issued", "Terbit"
    REVOKED = "revoked", "Dicabut"


NUMBERED = (Status.ISSUED, Status.REVOKED)
DERIVED = {"expired": "Habis masa berlaku", "replaced": "Digantikan"}


class NumberCounter(models.Model):
    """The last number given to an area in a year. Moved in the transaction that uses it."""

    class Kind(models.TextChoices):
        LETTER = "letter", "Surat keterangan domisili"
        INTRODUCTION = "introduction", "Surat pengantar RT"

    area = models.ForeignKey("accounts.Area", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("area", "kind", "year"), name="counter_once"),
        )


@pghistory.track(exclude=_DERIVED)
class Letter(ScopedModel):
    """A domicile letter. From the issue on, ``facts`` is what it says, whatever changes later.

    ``erased_on``: the retention schedule removed the facts and the PDF (reports.letters.retention).
    ``replaces``: the issued letter whose place this one is to take (reports.letters.replacing).
    """

    status = models.CharField(max_length=10, choices=Status, default=Status.REQUESTED)
    purpose = models.CharField("keperluan", max_length=200)
    subjects = models.ManyToManyField(Resident, through="LetterSubject", related_name="letters")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(default=now)
    form_key = models.UUIDField(null=True, unique=True)
    introduced_by_ketua_rt = models.BooleanField(default=False)
    introduction_number = models.CharField(max_length=60, blank=True)
    introduced_on = models.DateField(null=True)
    number = models.CharField("nomor", max_length=100, blank=True)
    number_year = models.PositiveSmallIntegerField(null=True)
    number_serial = models.PositiveIntegerField(null=True)
    issued_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    sealed_facts = SealedTextField(place="letter.facts", blank=True)
    token = models.CharField(max_length=32, unique=True, default=new_token)
    code = models.CharField(max_length=8, unique=True, default=new_code)
    revoked_on = models.DateField(null=True)
    erased_on = models.DateField(null=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name="menggantikan"
    )

    class Meta:
        triggers = (REPLACED_IS_REVOKED,)
        indexes = (
            models.Index(fields=("area", "-id"), name="letter_area_latest"),
            models.Index(fields=("kelurahan", "status", "-id"), name="letter_kelurahan_status"),
            models.Index(fields=("kelurahan", "issued_on"), name="letter_kelurahan_issued"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("kelurahan", "number_year", "number_serial"), name="letter_number_once"
            ),
            models.UniqueConstraint(
                fields=("kelurahan", "number_year", "number"),
                condition=~Q(number=""),
                name="letter_number_text_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=NUMBERED,
                    number_serial__isnull=False,
                    number_year__isnull=False,
                    issued_on__isnull=False,
                    valid_until__isnull=False,
                )
                & Q(Q(sealed_facts__isnull=False) | Q(erased_on__isnull=False))
                & ~Q(number="")
                | Q(
                    ~Q(status__in=NUMBERED),
                    number="",
                    number_serial__isnull=True,
                    issued_on__isnull=True,
                ),
                name="letter_numbered_when_issued",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.READY)
                | Q(introduced_on__isnull=False) & ~Q(introduction_number=""),
                name="letter_ready_is_introduced",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.REVOKED, revoked_on__isnull=False)
                | Q(~Q(status=Status.REVOKED), revoked_on__isnull=True),
                name="letter_revoked_has_date",
            ),
            REPLACES_AN_EARLIER_ONE,
        )

    def __str__(self) -> str:
        return f"reports.letter:{self.pk}"

    @property
    def facts(self) -> LetterFacts | None:
        """What the issued letter says; None before the issue, and once that is erased."""
        return LetterFacts.from_json(json.loads(self.sealed_facts)) if self.sealed_facts else None

    @facts.setter
    def facts(self, facts: LetterFacts) -> None:
        self.sealed_facts = json.dumps(facts.as_json())

    @property
    def is_expired(self) -> bool:
        """*Habis masa berlaku*: issued, and its last day has passed."""
        return (
            self.status == Status.ISSUED
            and self.valid_until is not None
            and (self.valid_until < today())
        )

    @property
    def successor(self) -> Letter | None:
        """The letter that was issued in its place. Lists have ``replaced_by`` at hand."""
        found: Letter | None = getattr(self, "replaced_by", None)
        return found if found is not None and found.status in NUMBERED else None

    @property
    def mark(self) -> str:
        """The status key to show: the stored one, ``expired`` or ``replaced``."""
        if self.status == Status.REVOKED and self.successor:
            return "replaced"
        return "expired" if self.is_expired else self.status

    @property
    def mark_label(self) -> str:
        return DERIVED.get(self.mark) or str(self.get_status_display())

    @property
    def names(self) -> list[str]:
        """Those it names: of an issued letter as it says. Needs the lines ``named`` otherwise."""
        facts = self.facts
        if facts is not None:
            return [one.full_name for one in facts.subjects]
        return [one.name for one in self.lines.all()]

    @property
    def file_name(self) -> str:
        """What the issued letter's file is called, without its suffix."""
        return f"surat-domisili-{self.number_serial:03}-{self.number_year}"

    @property
    def holder_name(self) -> str:
        """The first name, with how many more there are."""
        first, *others = self.names or [""]
        return f"{first} dan {len(others)} anggota keluarga" if others else first


class LetterSubjectQuerySet(models.QuerySet[Any]):
    def named(self) -> Self:
        """With their residents and all that ``LetterSubject.name`` needs."""
        return self.select_related("resident").annotate(name_there=names_there())


class LetterSubject(models.Model):
    """A person of the letter, in the order they are named. Nobody is added or taken off later."""

    append_only = True

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="lines")
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="letter_lines")
    position = models.PositiveSmallIntegerField(default=0)
    name_there: str | None  # of those who are ``named``

    objects: ClassVar[Any] = LetterSubjectQuerySet.as_manager()

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("letter", "resident"), name="letter_subject_once"),
        )

    @property
    def has_parted(self) -> bool:
        """Whether the person lives in another RT than the letter's by now."""
        return self.resident.area_id != self.letter.area_id

    @property
    def name(self) -> str:
        """The person's; of who has parted as the letter's RT knew it."""
        return (self.name_there or "") if self.has_parted else self.resident.full_name


class LetterStep(Step):
    """One transition of a letter."""

    subject = models.ForeignKey(Letter, models.CASCADE, related_name="steps")


@pghistory.track(fields=["letter", "state", "file", "sha256"])
class Drawing(Work):
    """The work of drawing an issued letter's PDF, and where the result lies."""

    task = "reports.tasks.draw_letter"

    letter = models.OneToOneField(Letter, models.PROTECT, primary_key=True)
    file = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(null=True)

    class Meta(Work.Meta):
        verbose_name = "Menggambar surat"
        indexes = (*Work.Meta.indexes, models.Index(fields=("sha256",), name="drawing_sha256"))
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="done") | ~Q(file="") & ~Q(sha256=""),
                name="drawing_done_has_file",
            ),
        )

    @property
    def awaits_signature(self) -> bool:
        """Whether it waits because its last attempt could not sign it."""
        return self.state == self.State.WAITING and self.failure in SIGNING_FAILURES
