"""The second factor: asked for at the login, set up, removed; recovery codes."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.stages import LoginStageController
from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.base.views import ReauthenticateView as CodeReauthenticateView
from allauth.mfa.internal.flows.trust import trust_browser
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import (
    DownloadRecoveryCodesView,
    GenerateRecoveryCodesView,
    ViewRecoveryCodesView,
)
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator

from accounts.access import user_of
from accounts.closing.credentials import FACTOR_REMOVED, FACTOR_SET, RECOVERY_CODES, note
from accounts.login.codes import forget_secret, use_up
from accounts.login.doors import KeptNowhere, OwnPage, ProvenPage
from accounts.login.factor_forms import (
    LoginCodeForm,
    ProvingCodeForm,
    SecondPasskeyForm,
    SetUpAppForm,
)
from accounts.login.forms import ProvingPasswordForm
from accounts.login.models import User
from accounts.login.passkeys import as_json
from accounts.login.stage import SecondFactorStage, still_holds
from accounts.notices.sending import notify


@method_decorator(login_not_required, name="dispatch")
class LoginCode(KeptNowhere, AuthenticateView):
    """After the password: a code of the app, a recovery code or a passkey."""

    access = "public"
    form_class = LoginCodeForm
    webauthn_form_class = SecondPasskeyForm
    template_name = "mfa/authenticate.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        stage = LoginStageController.enter(request, SecondFactorStage.key)
        if stage and not still_holds(stage):
            stage.abort()
            return redirect("account_login")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        user = self.stage.login.user
        response: HttpResponse = super().form_valid(form)
        if form.cleaned_data.get("trust"):
            trust_browser(self.request, user, response)
        return response

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        context = super().get_context_data(**given)
        user = self.stage.login.user
        mine = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
        options = context.pop("js_data")["request_options"]
        return {
            **context,
            "asks_code": mine & {Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES},
            "passkey_options": as_json(options) if Authenticator.Type.WEBAUTHN in mine else "",
        }


class ProvePassword(OwnPage, ReauthenticateView):
    """The password once more, before something that matters."""

    form_class = ProvingPasswordForm
    template_name = "account/reauthenticate.html"


class ProveCode(OwnPage, CodeReauthenticateView):
    """The same with a code."""

    form_class = ProvingCodeForm
    template_name = "account/reauthenticate.html"


class SecondFactor(OwnPage, IndexView):
    """What is set up, and what could be."""

    template_name = "mfa/index.html"

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        user = user_of(self.request)
        return {**super().get_context_data(**given), "is_required": user.needs_second_factor}


class _OfWhatThereIs(ProvenPage):
    """About something of ``kind``; whoever has none is led back to the overview."""

    kind: ClassVar[str]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not _has(user_of(request), self.kind):
            return redirect("mfa_index")
        return super().dispatch(request, *args, **kwargs)


def _has(user: User, kind: str) -> bool:
    return Authenticator.objects.filter(user=user, type=kind).exists()


class SetUpApp(ProvenPage, ActivateTOTPView):
    """The QR code for an app, and its first code. Who has an app already is led back."""

    form_class = SetUpAppForm
    template_name = "mfa/totp.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if _has(user_of(request), Authenticator.Type.TOTP):
            return redirect("mfa_index")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        user = user_of(self.request)
        context = super().get_context_data(**given)
        return {
            **context,
            "secret": _in_groups(context["form"].secret),
            "is_required": user.needs_second_factor and not user.has_second_factor,
        }

    def form_valid(self, form: Any) -> HttpResponse:
        user = user_of(self.request)
        response: HttpResponse = super().form_valid(form)
        use_up(Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP), form.step)
        forget_secret()
        messages.success(self.request, "Aplikasi pembuat kode sudah terpasang.")
        note([user], FACTOR_SET, user)
        notify("second_factor_changed", [(user, {})])
        return response


class RemoveApp(_OfWhatThereIs, DeactivateTOTPView):
    kind = Authenticator.Type.TOTP
    template_name = "mfa/totp_remove.html"

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        messages.success(self.request, "Aplikasi pembuat kode sudah dilepas.")
        user = user_of(self.request)
        note([user], FACTOR_REMOVED, user)
        notify("second_factor_changed", [(user, {})])
        return response


class RecoveryCodes(_OfWhatThereIs, ViewRecoveryCodesView):
    kind = Authenticator.Type.RECOVERY_CODES
    template_name = "mfa/recovery_codes.html"


class NewRecoveryCodes(ProvenPage, GenerateRecoveryCodesView):
    template_name = "mfa/recovery_codes_new.html"

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        messages.success(self.request, "Kode cadangan baru sudah dibuat. Yang lama tidak berlaku.")
        user = user_of(self.request)
        note([user], RECOVERY_CODES, user)
        notify("second_factor_changed", [(user, {})])
        return response


class RecoveryCodesFile(_OfWhatThereIs, DownloadRecoveryCodesView):
    kind = Authenticator.Type.RECOVERY_CODES
    template_name = "mfa/recovery_codes.txt"

    def render_to_response(self, context: dict[str, Any], **given: Any) -> HttpResponse:
        response: HttpResponse = super().render_to_response(context, **given)
        response["Content-Disposition"] = 'attachment; filename="kode-cadangan-wacat.txt"'
        return response


def _in_groups(secret: str) -> str:
    """In groups of four, as one types it."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
