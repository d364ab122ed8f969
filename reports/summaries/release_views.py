"""/rekap/umum/: figures that may leave the portal, a semester each."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import ActionView, user_of
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.rules import Action
from reports.summaries.periods import Period, semester_of
from reports.summaries.release_building import (
    LEFT_OUT,
    WHY_LEFT_OUT,
    begin,
    period_of,
    tellable,
    xlsx_of,
)
from reports.summaries.release_models import Release
from reports.tasks import build_release
from wacat.clock import today
from wacat.sheets import as_download
from wacat.work import Work, hasten


class ReleaseList(ActionView):
    """The last semesters: those told, and those that can be."""

    action = Action.FIGURES_RELEASE

    def get(self, request: HttpRequest) -> HttpResponse:
        told = {one.starts: one for one in self.reachable(Release.objects)}
        open_ones = [one for one in tellable(today()) if one.first not in told]
        releases = sorted(told.values(), key=lambda one: one.starts, reverse=True)
        context = {
            "releases": [(one, period_of(one)) for one in releases],
            "periods": open_ones,
        }
        return render(request, "reports/summaries/release_list.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Tell a semester's figures; one that is told already is shown."""
        period = self._period(request.POST.get("starts", ""))
        with transaction.atomic():
            release, is_new = begin(user_of(request), period)
            if is_new:
                hasten(build_release, release.pk)
        return redirect("release_detail", release.pk)

    def _period(self, text: str) -> Period:
        """Raises BadRequest for what is no semester that can be told."""
        try:
            period = semester_of(date.fromisoformat(text))
        except ValueError as error:
            raise BadRequest("Semester tidak dikenal.") from error
        if period not in tellable(today()) or period.first.isoformat() != text:
            raise BadRequest("Semester tidak dikenal.")
        return period


class ReleasePage(ActionView):
    action = Action.FIGURES_RELEASE

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        release = get_object_or_404(self.reachable(Release.objects), pk=pk)
        context = {
            "release": release,
            "period": period_of(release),
            "left_out": LEFT_OUT,
            "why": WHY_LEFT_OUT,
        }
        return render(request, "reports/summaries/release.html", context)


class ReleaseXlsx(ActionView):
    action = Action.FIGURES_RELEASE

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        done = self.reachable(Release.objects).filter(state=Work.State.DONE)
        release = get_object_or_404(done, pk=pk)
        record(request, Access.Kind.EXPORT, release, area=release.area_id)
        return as_download(xlsx_of(release), f"angka-umum-{release.starts.isoformat()}")
