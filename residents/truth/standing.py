"""How RTs stand in a month: what they were told and answered, and whether that is signed.

The fingerprint is of the services told in the month and their answers, in whatever order they
are read. It is computed by the database, so that it costs the same for one RT and for eighty.
What an operator answers to a correction is no answer of the RT and leaves it alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import BitXor
from django.db import models
from django.db.models import Case, Count, F, Func, Q, Value, When
from django.db.models.functions import MD5, Cast, Concat, Extract, TruncMonth

from residents.services.codes import Status
from residents.services.models import Service
from residents.services.months import Month
from residents.truth.facts import Sums
from residents.truth.models import TruthReport
from wacat.clock import today
from wacat.words import tanggal

_TEXT = models.TextField()
# Whoever calls it untrue a second time says something else; true is true.
_SAID_AT = Case(
    When(status=Status.CORRECTED, then=Cast(Extract("answered_at", "epoch"), _TEXT)),
    default=Value(""),
    output_field=_TEXT,
)


class _Bits(Func):
    """The first sixty bits of an MD5 as a number."""

    template = "('x' || left(%(expressions)s, 15))::bit(60)::bigint"
    output_field = models.BigIntegerField()


# Of one service; those of several are joined by exclusive or.
PRINT = _Bits(
    MD5(
        Concat(
            Cast("pk", _TEXT),
            Value(":"),
            F("status"),
            Value(":"),
            _SAID_AT,
            output_field=_TEXT,
        )
    )
)
FINGERPRINT = BitXor(PRINT)
_COUNTS = {
    "total": Count("pk"),
    "confirmed": Count("pk", filter=Q(status=Status.CONFIRMED)),
    "corrected": Count("pk", filter=Q(status=Status.CORRECTED)),
    "unanswered": Count("pk", filter=Q(status=Status.TOLD)),
}
_NOTHING: Mapping[str, Any] = {**dict.fromkeys(_COUNTS, 0), "fingerprint": None}


@dataclass(frozen=True)
class Standing:
    """An RT in a month; ``signed`` is the latest revision."""

    month: Month
    sums: Sums
    fingerprint: int | None
    signed: TruthReport | None = None

    @property
    def is_stale(self) -> bool:
        """Services or answers have changed since it was signed."""
        return self.signed is not None and self.signed.fingerprint != self.fingerprint

    @property
    def is_partial(self) -> bool:
        """It was signed before the month was over, and now it is."""
        last = self.month.days[1]
        return self.signed is not None and self.signed.until < last < today()

    @property
    def is_signed(self) -> bool:
        """All that there is to sign now."""
        return self.signed is not None and not self.is_stale and not self.is_partial

    @property
    def mark(self) -> str:
        """Of components/status.html."""
        if self.signed is None:
            return "requested" if self.sums.total else "ended"
        return "done" if self.is_signed else "returned"

    @property
    def label(self) -> str:
        if self.signed is None:
            return "Belum ditandatangani" if self.sums.total else "Belum ada data"
        if self.is_stale:
            return "Ada data baru sejak ditandatangani"
        if self.is_partial:
            return f"Ditandatangani baru sampai dengan {tanggal(self.signed.until)}"
        return f"Ditandatangani {tanggal(self.signed.signed_on)}"


def empty(month: Month) -> Standing:
    """Of who was told of nothing."""
    return _standing(month, None, None)


def standings_in(areas: Iterable[str], month: Month) -> dict[str, Standing]:
    """Of each of these RTs in the month. Two queries."""
    codes = list(areas)
    rows = Service.objects.told_in(*month.days).filter(area__in=codes).order_by()
    counted = rows.values("area").annotate(**_COUNTS, fingerprint=FINGERPRINT)
    found = {one["area"]: one for one in counted}
    reports = TruthReport.objects.filter(area__in=codes, month=month.first)
    signed = {report.area_id: report for report in _latest(reports)}
    return {code: _standing(month, found.get(code), signed.get(code)) for code in codes}


def months_of(area: str, first: date, last: date) -> dict[date, Standing]:
    """Of an RT in each month with data, or signed, between these days. Two queries."""
    rows = Service.objects.told_in(first, last).filter(area=area).order_by()
    counted = rows.annotate(month=TruncMonth("told_on")).values("month")
    found = {one["month"]: one for one in counted.annotate(**_COUNTS, fingerprint=FINGERPRINT)}
    reports = TruthReport.objects.filter(area=area, month__range=(first, last))
    signed = {report.month: report for report in _latest(reports)}
    return {
        day: _standing(Month(day), found.get(day), signed.get(day)) for day in {*found, *signed}
    }


def _latest(reports: Any) -> Iterable[TruthReport]:
    """The last revision comes last; what it says stays sealed."""
    listed: Iterable[TruthReport] = reports.defer("sealed_facts").order_by("revision")
    return listed


def _standing(month: Month, told: Mapping[str, Any] | None, signed: Any) -> Standing:
    told = told or _NOTHING
    sums = Sums(*(told[name] for name in ("total", "confirmed", "corrected", "unanswered")))
    return Standing(month, sums, told["fingerprint"], signed)
