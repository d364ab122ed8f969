"""Logging in and out; in the demo, as whoever one likes; and the undertaking of secrecy."""

from typing import Any

from allauth.account.views import AccountInactiveView, LoginView, LogoutView
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.views import View

from accounts.access import ActionView, user_of
from accounts.demo import demo_cards
from accounts.login.address import client_address
from accounts.login.models import UNDERTAKING_VERSION, Undertaking, User


class Login(LoginView):
    access = "public"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cards = demo_cards() if settings.DEMO else []
        return {**super().get_context_data(**kwargs), "demo_cards": cards}


@method_decorator(login_not_required, name="dispatch")
class Inactive(AccountInactiveView):
    """Where a deactivated account lands after its right password: whom to ask."""

    access = "public"


class Logout(LogoutView):
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
        return redirect(settings.LOGIN_REDIRECT_URL)


class UndertakingPage(ActionView):
    """*Pernyataan menjaga kerahasiaan data*, read and accepted before anything else."""

    action = None

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "account/undertaking.html")

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.POST.get("accept") != "on":
            return render(request, "account/undertaking.html", {"missing": True}, status=422)
        Undertaking.objects.get_or_create(
            user=user_of(request),
            version=UNDERTAKING_VERSION,
            defaults={"address": client_address(request)},
        )
        return redirect(settings.LOGIN_REDIRECT_URL)
