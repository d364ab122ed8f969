"""Monthly and semester reports: the figures of an area and period as they were known once."""

# pgtrigger is typed in part only.
# mypy: allow-untyped-calls

from __future__ import annotations

from typing import Any, ClassVar, Self

import pghistory
import pgtrigger
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Length
from django.db.models.lookups import Exact, LessThanOrEqual

from accounts.areas.models import CODE_LENGTH, Level
from accounts.scope import ScopedModel, ScopedQuerySet
from reports.summaries.periods import Period
from wacat.work import Work

# All areas but RTs.
REPORTED_ON = (Level.KOTA, Level.KECAMATAN, Level.KELURAHAN)
# Of the row; ``numbers`` would make each event as large as the report.
_TOLD = "area first last revision reason asked_by known_at state pdf_sha256 xlsx_sha256".split()
_BUILT = (
    Q(state="done", numbers__isnull=False, known_at__isnull=False)
    & Q(pdf_size__isnull=False, xlsx_size__isnull=False)
    & ~Q(pdf="")
    & ~Q(xlsx="")
    & Q(Exact(Length("pdf_sha256"), 64))
    & Q(Exact(Length("xlsx_sha256"), 64))
    & (Q(revision=1, late=None) | Q(revision__gt=1, late__isnull=False))
)
_NOT_BUILT = ~Q(state="done") & Q(
    numbers=None, late=None, known_at=None, pdf="", xlsx="", pdf_size=None, xlsx_size=None
)


class ReportQuerySet(ScopedQuerySet):
    def with_successor(self) -> Self:
        """With ``replaced_by``: the number of the latest built revision after each, or None."""
        same = type(self)(self.model).of_same(*map(OuterRef, ("area", "first", "last")))
        built = same.filter(state=Work.State.DONE, revision__gt=OuterRef("revision"))
        latest = built.order_by("-revision").values("revision")[:1]
        return self.annotate(replaced_by=Subquery(latest))

    def of_same(self, area: Any, first: Any, last: Any) -> Self:
        """All revisions of the area's report on the period."""
        return self.filter(area=area, first=first, last=last)


@pghistory.track(fields=_TOLD)
class Report(ScopedModel, Work):
    """What was known at ``known_at`` of the ``area`` from ``first`` to ``last``; then for good.

    ``numbers`` is all that it says (reports.summaries.report_facts), ``late`` what arrived after
    the revision before it (report_late), ``pdf`` and ``xlsx`` are its sealed files. Nobody asked
    for those of the calendar.
    """

    task = "reports.tasks.build_report"
    at_once = 5  # each takes seconds, and letters are waited for

    class Reason(models.TextChoices):
        MONTHLY = "monthly", "Bulanan"
        SEMESTER = "semester", "Semesteran"
        ON_DEMAND = "on_demand", "Diminta"
        REVISION = "revision", "Revisi"

    first = models.DateField()
    last = models.DateField()
    revision = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(max_length=10, choices=Reason)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    known_at = models.DateTimeField(null=True)
    numbers = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    late = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    pdf = models.CharField(max_length=100, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pdf_size = models.PositiveIntegerField(null=True)
    xlsx = models.CharField(max_length=100, blank=True)
    xlsx_sha256 = models.CharField(max_length=64, blank=True)
    xlsx_size = models.PositiveIntegerField(null=True)

    replaced_by: int | None  # of those ``with_successor``

    objects: ClassVar[Any] = ReportQuerySet.as_manager()

    class Meta(Work.Meta):
        verbose_name = "Membuat laporan rekap"
        triggers = (
            pgtrigger.Protect(
                name="built_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="done"),
            ),
        )
        indexes = (
            *Work.Meta.indexes,
            models.Index(fields=("kelurahan", "-id"), name="report_kelurahan_latest"),
            models.Index(fields=("kecamatan", "-id"), name="report_kecamatan_latest"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("area", "first", "last", "revision"), name="report_revision_once"
            ),
            models.CheckConstraint(
                condition=_BUILT | _NOT_BUILT, name="report_done_has_numbers_and_files"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=("monthly", "semester"), asked_by=None, revision=1)
                | Q(reason="on_demand", asked_by__isnull=False, revision=1)
                | Q(reason="revision", asked_by__isnull=False, revision__gt=1),
                name="report_reason_fits",
            ),
            models.CheckConstraint(condition=Q(last__gt=F("first")), name="report_in_order"),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("area"), CODE_LENGTH[Level.KELURAHAN]),
                name="report_of_no_rt",
            ),
        )

    @property
    def period(self) -> Period:
        return Period(self.first, self.last)

    @property
    def is_done(self) -> bool:
        return self.state == self.State.DONE

    @property
    def file_name(self) -> str:
        """Without its suffix."""
        return f"laporan-{self.area_id}-{self.first}-{self.last}-rev{self.revision}"
