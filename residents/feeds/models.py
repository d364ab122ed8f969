"""Files of delivered services, as they are uploaded, read, looked at and entered."""

from __future__ import annotations

from collections.abc import Mapping

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.scope import ScopedModel
from residents.services.codes import Kind
from wacat.clock import now
from wacat.sealing.fields import SealedTextField
from wacat.work import Work
from wacat.workflow import Step


class FeedStatus(models.TextChoices):
    UPLOADED = "uploaded", "Sedang dibaca"
    REFUSED = "refused", "Tidak dapat dibaca"
    ASKING = "asking", "Menunggu kolom dicocokkan"
    READY = "ready", "Menunggu dikonfirmasi"
    CONFIRMED = "confirmed", "Sedang dimasukkan"
    DONE = "done", "Selesai"
    DISCARDED = "discarded", "Dibatalkan"


# What becomes of a row: each is just one of these.
OUTCOMES = (
    "told",
    "waiting",
    "aside",
    "known",
    "changed",
    "doubled",
    "replaced",
    "rejected",
)


@pghistory.track()
class FeedSource(models.Model):
    """Where files of one shape come from, as in "SIAK, rekap KTP-el".

    ``columns`` is what somebody has said of its headings: a column's key, or nothing for one that
    is not read, by the heading as it is compared.
    """

    name = models.CharField("nama sumber", max_length=80, unique=True)
    columns = models.JSONField("kolom", default=dict)
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    named_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


@pghistory.track(exclude=["kelurahan", "kecamatan", "notes"])
class FeedFile(ScopedModel):
    """An uploaded file of services that the national system exported.

    Of its ``rows`` each is counted once: ``told`` to an RT, ``waiting`` for its address to be
    matched, ``aside`` as its address was decided, already ``known``, ``changed`` since an earlier
    delivery, ``doubled`` in the file, ``replaced`` by a later row of it, or ``rejected``. ``also``
    counts the other ends of moves within the city, told beside. Before the file is entered these
    are what is expected. ``kind`` stands for a missing column. ``sheets`` are the names of its
    sheets, of which a service's ``row`` tells the number (residents.services.lines), and ``lacks``
    tells of each sheet what it has no column for (residents.services.comparing). ``notes`` is
    JSON: how it was read, and first rows (residents.feeds.telling).
    """

    status = models.CharField(max_length=10, choices=FeedStatus, default=FeedStatus.UPLOADED)
    name = models.CharField("nama berkas", max_length=120)
    source = models.ForeignKey(FeedSource, models.PROTECT, null=True, related_name="files")
    kind = models.PositiveSmallIntegerField("layanan", choices=Kind, null=True, blank=True)
    file = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64)
    refusal = models.CharField(max_length=500, blank=True)
    sheets = models.JSONField(default=list)
    lacks = models.JSONField(default=list)
    rows = models.PositiveIntegerField(default=0)
    told = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    aside = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    doubled = models.PositiveIntegerField(default=0)
    replaced = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    also = models.PositiveIntegerField(default=0)
    notes = SealedTextField(place="feed.notes", blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=now)
    settled_at = models.DateTimeField(null=True)
    cleared_at = models.DateTimeField(null=True)
    key = models.UUIDField(unique=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("uploaded_at",), condition=Q(cleared_at=None), name="feed_not_cleared"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("sha256",),
                condition=~Q(status__in=("refused", "discarded")),
                name="feed_same_file_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    rows=F("told")
                    + F("waiting")
                    + F("aside")
                    + F("known")
                    + F("changed")
                    + F("doubled")
                    + F("replaced")
                    + F("rejected")
                ),
                name="feed_every_row_accounted_for",
            ),
        )

    def count(self, counts: Mapping[str, int]) -> None:
        """Take over how many rows became what; ``also`` is not among the rows."""
        self.told, self.waiting = counts.get("told", 0), counts.get("waiting", 0)
        self.aside, self.known = counts.get("aside", 0), counts.get("known", 0)
        self.changed, self.doubled = counts.get("changed", 0), counts.get("doubled", 0)
        self.replaced, self.rejected = counts.get("replaced", 0), counts.get("rejected", 0)
        self.rows = sum(counts.get(name, 0) for name in OUTCOMES)
        self.also = counts.get("also", 0)

    @property
    def enters(self) -> int:
        """Rows that make something known: new services, and changed ones."""
        return self.told + self.waiting + self.aside + self.changed

    @property
    def is_settled(self) -> bool:
        """Nothing will happen to it any more."""
        return self.status in (FeedStatus.REFUSED, FeedStatus.DONE, FeedStatus.DISCARDED)


class FeedFileStep(Step):
    """One transition of a file."""

    subject = models.ForeignKey(FeedFile, models.CASCADE, related_name="steps")


class FeedReading(Work):
    """Reading an uploaded file into blocks of judged rows; again when its columns are chosen."""

    task = "residents.tasks.read_feed"
    at_once = 4

    of = models.ForeignKey(FeedFile, models.CASCADE, related_name="readings")

    class Meta(Work.Meta):
        verbose_name = "Membaca berkas layanan"


class FeedBlock(models.Model):
    """Some rows as they were judged, sealed together (residents.feeds.staging).

    ``marks`` tells of each of its entries whether it counts.
    """

    may_be_deleted = True

    of = models.ForeignKey(FeedFile, models.CASCADE, related_name="blocks")
    number = models.PositiveIntegerField()
    content = models.BinaryField()
    marks = models.BinaryField()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("of", "number"), name="feed_block_once"),)


class FeedPart(Work):
    """Entering the rows of a block that count, all or none; ``counts`` by outcome.

    ``waiting_in`` counts those whose address a Lurah may decide, by kelurahan.
    """

    task = "residents.tasks.enter_feed_part"
    at_once = 8

    of = models.ForeignKey(FeedFile, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    waiting_in = models.JSONField(default=dict)

    class Meta(Work.Meta):
        verbose_name = "Memasukkan baris layanan"
        constraints = (models.UniqueConstraint(fields=("of", "number"), name="feed_part_once"),)


@pghistory.track(exclude=["kelurahan", "kecamatan"])
class PlaceDecision(ScopedModel):
    """What somebody decided about an address text, for all its rows and those to come.

    ``area`` is that of the unmatched rows: the kelurahan where that is certain, else the city.
    Either ``rt`` is told, or the rows are set aside for ``reason``. ``revision`` counts how often
    it was decided, ``key`` is that of the latest press.
    """

    place_key = models.UUIDField(unique=True)
    address = models.CharField("alamat", max_length=200, blank=True)
    rt_text = models.CharField("RT menurut data", max_length=40, blank=True)
    kelurahan_text = models.CharField("kelurahan menurut data", max_length=60, blank=True)
    rt = models.ForeignKey("accounts.Area", models.PROTECT, null=True, related_name="+")
    reason = models.CharField("alasan", max_length=200, blank=True)
    revision = models.PositiveSmallIntegerField(default=1)
    key = models.UUIDField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=now)

    class Meta:
        indexes = (models.Index(fields=("kelurahan", "-id"), name="place_decision_latest"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(rt__isnull=False, reason="") | Q(Q(rt=None), ~Q(reason="")),
                name="place_decision_one_of_two",
            ),
        )


class PlaceWork(Work):
    """Carrying a decision out on the rows that wait for it, however many they are."""

    task = "residents.tasks.carry_out_place"

    of = models.ForeignKey(PlaceDecision, models.CASCADE, related_name="works")

    class Meta(Work.Meta):
        verbose_name = "Menerapkan keputusan alamat"
