"""Reports of suspected breaches: made by a Lurah, decided by an administrator."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import ActionView, user_of
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.closing.breaches import ABOUT_ONESELF_REPORT, WORKFLOW, report_breach, reports_for
from accounts.closing.forms import BreachReportForm, ReasonForm
from accounts.closing.models import BreachReport, BreachStatus
from accounts.closing.of_account import OfAccount
from accounts.closing.presenting import MARKS, posts_of, report_history, report_rows
from accounts.login.models import User
from accounts.rules import Action
from accounts.scope import reach, require
from wacat.pages import page_of
from wacat.uploads import as_download
from wacat.workflow import WrongState


class BreachReportPage(OfAccount):
    """A Lurah reports a user of the kelurahan. Its hidden key makes one report of two presses."""

    action = Action.BREACH_REPORT

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = self.find(pk)
        if user == user_of(request):
            raise WrongState(ABOUT_ONESELF_REPORT)
        return self._show(request, user, BreachReportForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user, form = self.find(pk), BreachReportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(request, user, form, 422)
        data = form.cleaned_data
        report = report_breach(
            user_of(request),
            user,
            data["date"],
            data["description"],
            data["evidence"],
            form.sent_key,
        )
        messages.success(request, "Laporan terkirim ke Administrator WaCAT.")
        return redirect("breach_detail", report.pk)

    def _show(
        self, request: HttpRequest, user: User, form: BreachReportForm, status: int = 200
    ) -> HttpResponse:
        codes = reach(user_of(request), Action.BREACH_REPORT)
        posts = [post for post in posts_of(user) if post.lies_within(codes)]
        context = {"account": user, "form": form, "posts": posts}
        return render(request, "accounts/closing/report.html", context, status=status)


class BreachList(ActionView):
    """The reports in reach, the latest first; ``?status=`` narrows."""

    action = Action.BREACH_VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        status = request.GET.get("status", "")
        if status and status not in BreachStatus.values:
            raise BadRequest("Keadaan tidak dikenal.")
        rows = reports_for(user_of(request)).select_related("user", "area__parent")
        page = page_of(request, rows.filter(status=status) if status else rows)
        context = {
            "page": page,
            "lines": [(report, MARKS[report.status]) for report in page.rows],
            "status": status,
            "choices": BreachStatus.choices,
        }
        return render(request, "accounts/closing/breaches.html", context)


class BreachDetail(ActionView):
    """A report; the administrator dismisses it here, or goes on to close the account."""

    action = Action.BREACH_VIEW

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(request, self._find(pk), ReasonForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if request.POST.get("action") != "dismiss":
            raise BadRequest("Tindakan tidak dikenal.")
        require(user_of(request), Action.ACCOUNT_CLOSE)
        report, form = self._find(pk), ReasonForm(request.POST)
        if not form.is_valid():
            return self._show(request, report, form, 422)
        WORKFLOW.advance(pk, "dismiss", form.move(user_of(request)))
        messages.success(request, "Laporan ditutup: tidak terbukti.")
        return redirect("breach_detail", pk)

    def _find(self, pk: int) -> BreachReport:
        rows = reports_for(user_of(self.request))
        rows = rows.select_related("user", "reported_by", "area__parent")
        report: BreachReport = get_object_or_404(rows, pk=pk)
        return report

    def _show(
        self, request: HttpRequest, report: BreachReport, form: ReasonForm, status: int = 200
    ) -> HttpResponse:
        decides = report.lies_within(reach(user_of(request), Action.ACCOUNT_CLOSE))
        context = {
            "report": report,
            "rows": report_rows(report),
            "mark": MARKS[BreachStatus(report.status)],
            "history": report_history(report),
            "decides": decides,
            "open": decides and report.status == BreachStatus.REPORTED,
            "form": form,
        }
        return render(request, "accounts/closing/breach.html", context, status=status)


class BreachEvidence(ActionView):
    """What a Lurah sent along, for those only who decide on it."""

    action = Action.ACCOUNT_CLOSE

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = self.reachable(BreachReport.objects).exclude(user=user_of(request))
        report = get_object_or_404(rows.exclude(evidence=""), pk=pk)
        record(request, Access.Kind.DOWNLOAD, report)
        return as_download(report.evidence, f"bukti-laporan-{pk}")
