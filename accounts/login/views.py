"""Logging in and out; in the demo, as whoever one likes; and what comes before any page."""

from __future__ import annotations

from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.account.views import AccountInactiveView, LoginView, LogoutView
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.views import View

from accounts.access import ActionView, user_of
from accounts.contacts.offices import whom_to_ask
from accounts.demo.officials import demo_cards
from accounts.login.address import client_address
from accounts.login.doors import UNPROCESSABLE, KeptNowhere
from accounts.login.forms import NameAndPasswordForm
from accounts.login.models import UNDERTAKING_VERSION, SignIn, Undertaking, User
from accounts.login.signing_in import signed_in


@method_decorator(login_not_required, name="dispatch")
class Login(KeptNowhere, LoginView):
    access = "public"
    form_class = NameAndPasswordForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cards = demo_cards() if settings.DEMO else []
        return {**super().get_context_data(**kwargs), "demo_cards": cards}


@method_decorator(login_not_required, name="dispatch")
class Inactive(KeptNowhere, AccountInactiveView):
    """Where whoever may not come in any more is told why, and whom to ask."""

    access = "public"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_over = self.request.GET.get("sebab") == "jabatan"
        return {
            **super().get_context_data(**kwargs),
            "post_is_over": is_over,
            "offices": whom_to_ask(),
        }


@method_decorator(login_not_required, name="dispatch")
class Logout(KeptNowhere, LogoutView):
    access = "public"


@method_decorator(login_not_required, name="dispatch")
class DemoLogin(View):
    """One click logs in as a demo account, also from within another (*Ganti peran*)."""

    access = "public"

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "account/switch.html", {"demo_cards": demo_cards()})

    def post(self, request: HttpRequest) -> HttpResponse:
        name = request.POST.get("username", "")
        if name not in {card["username"] for card in demo_cards()}:
            raise Http404
        user = get_object_or_404(User.objects.filter(is_active=True), username=name)
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        response = redirect(get_next_redirect_url(request) or settings.LOGIN_REDIRECT_URL)
        signed_in(request, user, SignIn.Way.DEMO, response)
        return response


class UndertakingPage(ActionView):
    """*Pernyataan menjaga kerahasiaan data*, read and accepted before anything else."""

    action = None

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "account/undertaking.html")

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.POST.get("accept") != "on":
            context = {"missing": True}
            return render(request, "account/undertaking.html", context, status=UNPROCESSABLE)
        Undertaking.objects.get_or_create(
            user=user_of(request),
            version=UNDERTAKING_VERSION,
            defaults={"address": client_address(request)},
        )
        return redirect(settings.LOGIN_REDIRECT_URL)


class NotYet(ActionView):
    """For who is to take office on a later day: from when on there is something to do."""

    action = None

    def get(self, request: HttpRequest) -> HttpResponse:
        user = user_of(request)
        if user.todays_posts or not user.posts_not_over:
            return redirect(settings.LOGIN_REDIRECT_URL)
        posts = sorted(user.posts_not_over, key=lambda post: post.starts)
        return render(request, "account/not_yet.html", {"posts": posts})
