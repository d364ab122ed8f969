"""A second factor that was lost: taken off by an administrator who knows who is asking."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import user_of
from accounts.closing.forms import FactorForm
from accounts.closing.of_account import OfAccount
from accounts.closing.presenting import contact_rows, posts_of
from accounts.closing.rules import refusal
from accounts.closing.workflow import NO_FACTOR, reset_factor
from accounts.login.models import User
from accounts.rules import Action
from wacat.workflow import WrongState


class SecondFactorReset(OfAccount):
    """Asks for the reason, and that the person was made sure of: a password may be stolen."""

    action = Action.ACCOUNT_CLOSE

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = self.find(pk)
        reason = refusal(user_of(request), user)
        if reason or not user.has_second_factor:
            raise WrongState(reason or NO_FACTOR)
        return self._show(request, user, FactorForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user, form = self.find(pk), FactorForm(request.POST)
        if not form.is_valid():
            return self._show(request, user, form, 422)
        reset_factor(pk, form.move(user_of(request)))
        messages.success(request, f"Pengaman kedua {user.full_name} sudah dilepas.")
        return redirect("account_detail", pk)

    def _show(
        self, request: HttpRequest, user: User, form: FactorForm, status: int = 200
    ) -> HttpResponse:
        context = {
            "account": user,
            "posts": posts_of(user),
            "rows": contact_rows(user),
            "form": form,
        }
        return render(request, "accounts/closing/reset_factor.html", context, status=status)
