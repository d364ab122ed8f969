"""*Lupa kata sandi*: a link by e-mail, and the same answer for everybody."""

from __future__ import annotations

import time
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View

from accounts.login.address import client_address
from accounts.login.limits import network_of
from accounts.login.models import User
from accounts.notices.sending import notify
from accounts.posts.models import Post
from wacat.throttle import admits

# A mobile carrier puts thousands behind one address; an inbox is to be left in peace.
PER_ADDRESS, ADDRESS_SECONDS = 60, 600
PER_ACCOUNT, ACCOUNT_SECONDS = 3, 3600
# Every answer takes as long, so that none tells by its speed whether the account exists.
ANSWER_SECONDS = 0.4
SHARED_BY_MOST = 3  # accounts of one e-mail address


class ForgottenForm(forms.Form):
    login = forms.CharField(
        label="Nama pengguna, nomor telepon, atau surel",
        max_length=254,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none"}),
    )


@method_decorator(login_not_required, name="dispatch")
@method_decorator(transaction.non_atomic_requests, name="dispatch")
class PasswordForgotten(View):
    access = "public"

    def get(self, request: HttpRequest) -> HttpResponse:
        return _page(request, ForgottenForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        answer_at = time.monotonic() + ANSWER_SECONDS
        address = network_of(client_address(request))
        if not admits("password_forgotten.address", address, PER_ADDRESS, ADDRESS_SECONDS):
            return render(request, "429.html", status=429)
        form = ForgottenForm(request.POST)
        if not form.is_valid():
            return _page(request, form, 422)
        with transaction.atomic():
            notify("password_link", [(user, {}) for user in _meant(form.cleaned_data["login"])])
        time.sleep(max(0.0, answer_at - time.monotonic()))
        return _page(request, ForgottenForm(), sent=True)


def _meant(text: str) -> list[User]:
    """The active users with an e-mail address and an office whom *text* names."""
    if "@" in text:
        found = list(User.objects.filter(email__iexact=text.strip())[:SHARED_BY_MOST])
    else:
        user = User.objects.by_login(text)
        found = [user] if user else []
    return [user for user in found if _may_set_one(user) and _admits(user)]


def _may_set_one(user: User) -> bool:
    in_office = Post.objects.not_over().filter(user=user).exists()
    return bool(user.is_active and user.email and in_office)


def _admits(user: User) -> bool:
    return admits("password_forgotten.account", str(user.pk), PER_ACCOUNT, ACCOUNT_SECONDS)


def _page(
    request: HttpRequest, form: ForgottenForm, status: int = 200, **context: Any
) -> HttpResponse:
    context = {"form": form, **context}
    response = render(request, "accounts/issuing/forgotten.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response
