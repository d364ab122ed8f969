"""Closing an account and opening it again. Each page asks one thing and says what follows."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import ActionView, user_of
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.closing.breaches import reports_for
from accounts.closing.forms import CLOSING, FinalKindForm, KindForm, ReasonForm
from accounts.closing.models import BreachReport, Closure
from accounts.closing.of_account import AccountDeed, OfAccount
from accounts.closing.presenting import closure_rows, posts_of
from accounts.closing.rules import LAST, is_last_administrator, refusal
from accounts.closing.safeguards import is_safeguarded, last_closure, safeguarded
from accounts.closing.workflow import SETTLED, close, reopen
from accounts.login.models import User
from accounts.rules import Action
from wacat.forms import Keyed
from wacat.keys import row_key
from wacat.pages import page_of
from wacat.uploads import as_download
from wacat.workflow import InputMissing, Move, WrongState


class AccountClose(OfAccount):
    """First why (``?kind=``), then what that kind of closing needs (``?report=`` fills it in)."""

    action = Action.ACCOUNT_CLOSE

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = self.find(pk)
        report = self._report(request.GET.get("report", ""), user)
        self._refuse(user, report)
        kind = Closure.Kind.BREACH if report else request.GET.get("kind")
        if kind not in CLOSING:
            return self._ask_why(request, user, None if kind is None else {"kind": kind})
        return self._show(request, user, kind, self._form(kind, report), report)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user, kind = self.find(pk), request.POST.get("kind", "")
        told = request.POST.get("report", "") if kind == Closure.Kind.BREACH else ""
        report = self._report(told, user)
        if kind not in CLOSING:
            return self._ask_why(request, user, request.POST)
        form = self._form(kind, report, request.POST, request.FILES)
        if form.is_valid() and self._close(user, kind, form, report):
            messages.success(request, "Akun dinonaktifkan.")
            return redirect("account_detail", pk)
        return self._show(request, user, kind, form, report, 422)

    def _report(self, told: str, user: User) -> BreachReport | None:
        if not told:
            return None
        rows = reports_for(user_of(self.request)).filter(user=user)
        report: BreachReport = get_object_or_404(rows, pk=row_key(told))
        return report

    def _refuse(self, user: User, report: BreachReport | None) -> None:
        """Raise WrongState for what would be refused in the end, before anybody types."""
        reason = refusal(user_of(self.request), user)
        if user.is_active and not reason:
            reason = LAST if is_last_administrator(user) else ""
        if not user.is_active and not reason and not report and not is_safeguarded(user):
            reason = SETTLED
        if reason:
            raise WrongState(reason)

    def _form(self, kind: str, report: BreachReport | None, *data: Any) -> Keyed:
        more: dict[str, Any] = {"report": report} if kind == Closure.Kind.BREACH else {}
        return CLOSING[kind](*data, **more)

    def _close(self, user: User, kind: str, form: Keyed, report: BreachReport | None) -> bool:
        """Whether it was done; if not, the form says why."""
        try:
            close(user.pk, form.move(user_of(self.request), kind=kind, report=report))
        except InputMissing as error:
            for name, text in error.errors.items():
                form.add_error(name if name in form.fields else None, text)
            return False
        return True

    def _ask_why(self, request: HttpRequest, user: User, data: Any) -> HttpResponse:
        form_class = KindForm if user.is_active else FinalKindForm
        form = form_class(data)
        context = {"account": user, "form": form, "posts": posts_of(user)}
        status = 422 if form.is_bound and not form.is_valid() else 200
        return render(request, "accounts/closing/why.html", context, status=status)

    def _show(
        self,
        request: HttpRequest,
        user: User,
        kind: str,
        form: Keyed,
        report: BreachReport | None,
        status: int = 200,
    ) -> HttpResponse:
        context = {
            "account": user,
            "posts": posts_of(user),
            "kind": kind,
            "kind_label": Closure.Kind(kind).label,
            "form": form,
            "report": report,
        }
        return render(request, "accounts/closing/close.html", context, status=status)


class AccountReopen(AccountDeed):
    form_class = ReasonForm
    template = "accounts/closing/reopen.html"

    def hindrance(self, user: User) -> str:
        return "Akun ini sudah aktif." if user.is_active else ""

    def do(self, pk: int, move: Move) -> None:
        reopen(pk, move)

    def done(self, user: User) -> str:
        return "Akun aktif kembali."

    def facts(self, user: User) -> dict[str, Any]:
        closure = last_closure(user)
        return {"closure": closure, "rows": closure_rows(closure) if closure else []}


class SafeguardList(ActionView):
    """Accounts closed for the time being: opened again, or given a final reason, from here."""

    action = Action.ACCOUNT_CLOSE

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {"page": page_of(request, safeguarded(user_of(request)))}
        return render(request, "accounts/closing/safeguards.html", context)


class ClosureEvidence(ActionView):
    """What proves a breach, for those only who decide on it; nobody takes what is about him."""

    action = Action.ACCOUNT_CLOSE

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        users = self.reachable(User.objects).exclude(pk=user_of(request).pk)
        closures = Closure.objects.filter(user__in=users).exclude(evidence="")
        closure = get_object_or_404(closures, pk=pk)
        post = closure.user.posts.order_by("-starts", "-pk")[0]
        record(request, Access.Kind.DOWNLOAD, closure, post.area_id)
        return as_download(closure.evidence, f"bukti-penonaktifan-{pk}")
