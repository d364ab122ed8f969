"""/layanan/laporan/: which months of an RT are signed, one month, and its paper."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator

from accounts.access import ActionView, user_of
from accounts.areas.models import Area, AreaStatus, Level
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.rules import Action
from accounts.scope import may, require
from residents.services.models import Service
from residents.services.months import Month, month_from, this_month
from residents.tasks import draw_truth
from residents.truth.gathering import gather
from residents.truth.models import TruthFile, TruthReport
from residents.truth.signing import sign, signing_post
from residents.truth.standing import Standing, empty, months_of, standings_in
from wacat.calendar import months_after
from wacat.drawn import hand_out, is_drawn, not_yet, wanted
from wacat.keys import pressed_key, row_key
from wacat.work import hasten
from wacat.workflow import WrongState

MONTHS_SHOWN = 12
ANONYMISED = "Laporan ini sudah dianonimkan sesuai masa simpan; yang masih ada angkanya."


class TruthList(ActionView):
    """An RT's months, or a kelurahan's RTs in a month: ``?wilayah=`` and ``?bulan=``."""

    action = Action.TRUTH_VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        areas = list(self._areas())
        asked = request.GET.get("wilayah", "")
        month = _month(request)
        if asked:
            rows = self.reachable(Area.objects).filter(level__in=(Level.KELURAHAN, Level.RT))
            area = get_object_or_404(rows.select_related("parent"), pk=asked)
        else:
            area = areas[0] if len(areas) == 1 else None
        context: dict[str, Any] = {"areas": areas, "area": area, "month": month}
        context["next_month"] = None if month == this_month() else month.after
        if area and area.level == Level.RT:
            context |= _months(area, month)
        elif area:
            context["rts"] = _rts_in(area, month)
        return render(request, "residents/truth/list.html", context)

    def _areas(self) -> Any:
        """Whose statements the visitor sees: kelurahan, or an RT's head own ones."""
        rows = self.reachable(Area.objects).filter(level__in=(Level.KELURAHAN, Level.RT))
        below = Q(parent__in=rows.filter(level=Level.KELURAHAN).values("pk"))
        return rows.exclude(below).select_related("parent").order_by("code")


class TruthMonth(ActionView):
    """Each service of the month with its answer, the sums, and signing."""

    action = Action.TRUTH_VIEW

    def get(self, request: HttpRequest, code: str, month: str) -> HttpResponse:
        area, of = self._find(code, month)
        return self._show(request, area, of)

    def post(self, request: HttpRequest, code: str, month: str) -> HttpResponse:
        user = user_of(request)
        if request.POST.get("action", "") != "sign":
            raise BadRequest("Tindakan tidak dikenal.")
        require(user, Action.TRUTH_SIGN)
        area, of = self._find(code, month, Action.TRUTH_SIGN)
        report = sign(user, area, of, pressed_key(request), request.POST.get("seen", ""))
        messages.success(request, f"Laporan {of.label} ditandatangani, revisi {report.revision}.")
        return redirect("truth_month", code, month)

    def _find(self, code: str, month: str, action: Action | None = None) -> tuple[Area, Month]:
        rows = self.reachable(self.reachable(Area.objects, action).filter(level=Level.RT))
        area = get_object_or_404(rows.select_related("parent__parent"), pk=code)
        of = month_from(month)
        if of is None:
            raise Http404
        return area, of

    def _show(self, request: HttpRequest, area: Area, month: Month) -> HttpResponse:
        user = user_of(request)
        facts, fingerprint = gather(area, month)
        revisions = list(
            _unopened(TruthReport.objects.filter(area=area, month=month.first)).order_by(
                "-revision"
            )
        )
        signed = revisions[0] if revisions else None
        standing = Standing(month, facts.sums, fingerprint, signed)
        to_sign = bool(facts.rows) and not standing.is_signed
        context = {
            "area": area,
            "month": month,
            "facts": facts,
            "standing": standing,
            "revisions": revisions,
            "to_sign": to_sign,
            "may_sign": to_sign and may(user, Action.TRUTH_SIGN) and signing_post(user, area),
            "key": str(uuid4()),
        }
        return render(request, "residents/truth/month.html", context)


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class TruthPdf(ActionView):
    """A signed statement as PDF, ``?revisi=`` or the latest; drawn by a worker, recorded."""

    action = Action.TRUTH_VIEW

    def get(self, request: HttpRequest, code: str, month: str) -> HttpResponse:
        report = self._find(request, code, month)
        with transaction.atomic():
            asked = {"report": report, "area_id": report.area_id}
            work, is_new = wanted(TruthFile, user_of(request), **asked)
            if is_new:
                hasten(draw_truth, work.pk)
        if not is_drawn(work):
            page = reverse("truth_month", args=[code, month])
            return not_yet(request, work, page, "Laporan kebenaran data")
        record(request, Access.Kind.EXPORT, report)
        return hand_out(work, report.file_name)

    def _find(self, request: HttpRequest, code: str, month: str) -> TruthReport:
        of, revision = month_from(month), request.GET.get("revisi", "")
        if of is None:
            raise Http404
        rows: Any = self.reachable(TruthReport.objects).filter(area=code, month=of.first)
        if revision:
            rows = rows.filter(revision=row_key(revision[:5]))
        report: Any = _unopened(rows).order_by("revision").last()
        if report is None:
            raise Http404
        if not report.is_kept:
            raise WrongState(ANONYMISED)
        return report


def _unopened(reports: Any) -> Any:
    """Without what they say; ``is_kept`` while they still say it."""
    kept = Q(sealed_facts__isnull=False)
    return reports.defer("sealed_facts").annotate(is_kept=kept)


def _month(request: HttpRequest) -> Month:
    """``?bulan=``, else today's. Raises BadRequest."""
    asked = request.GET.get("bulan", "")
    month = month_from(asked) if asked else this_month()
    if month is None:
        raise BadRequest("Bulan tidak dikenal.")
    return month


def _months(rt: Area, until: Month) -> dict[str, Any]:
    """The RT's year that ends with *until*, the latest month first; and the way to others."""
    first = Month(months_after(until.first, 1 - MONTHS_SHOWN))
    found = months_of(rt.code, first.first, until.days[1])
    earlier = Service.objects.told().filter(area=rt, told_on__lt=first.first)
    older = first.before if earlier.exists() else None
    # Before the first month with data there is nothing to say.
    begins = first.first if older else min([until.first, *found])
    days = [months_after(until.first, -back) for back in range(MONTHS_SHOWN)]
    standings = [found.get(day) or empty(Month(day)) for day in days if day >= begins]
    return {"standings": standings, "older": older, "is_latest": until == this_month()}


def _rts_in(kelurahan: Area, month: Month) -> list[tuple[Area, Standing]]:
    """Its RTs with how they stand; a merged one only where there is something."""
    rts = list(Area.objects.filter(parent=kelurahan, level=Level.RT).order_by("name", "code"))
    found = standings_in([rt.code for rt in rts], month)
    return [
        (rt, found[rt.code])
        for rt in rts
        if rt.state != AreaStatus.MERGED or found[rt.code].sums.total or found[rt.code].signed
    ]
