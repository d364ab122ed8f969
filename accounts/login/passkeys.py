"""Passkeys: keys that a phone or computer keeps behind a finger, a face or a PIN."""

from __future__ import annotations

import json
from typing import Any

from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.webauthn.internal.flows import begin_registration, remove_authenticator
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    ListWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
)
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic.edit import FormView

from accounts.access import user_of
from accounts.closing.credentials import FACTOR_REMOVED, FACTOR_SET, note
from accounts.login.doors import (
    TOO_MANY_REQUESTS,
    KeptNowhere,
    OwnPage,
    ProvenPage,
    number_in,
)
from accounts.login.factor_forms import LoginPasskeyForm, PasskeyForm, ProvingPasskeyForm
from accounts.login.limits import passkey_attempt
from accounts.notices.sending import notify


def as_json(options: Any) -> str:
    """What the browser is asked, for an attribute of the page."""
    return json.dumps(options, cls=DjangoJSONEncoder)


@method_decorator(login_not_required, name="dispatch")
class LoginPasskey(KeptNowhere, LoginWebAuthnView):
    """In place of name, password and second factor."""

    access = "public"
    form_class = LoginPasskeyForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST":
            try:
                passkey_attempt(request)
            except ValidationError:
                return render(request, "429.html", status=TOO_MANY_REQUESTS)
        return super().dispatch(request, *args, **kwargs)


class ProvePasskey(OwnPage, ReauthenticateWebAuthnView):
    """Once more, before something that matters."""

    form_class = ProvingPasskeyForm
    template_name = "account/reauthenticate_passkey.html"

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        context = super().get_context_data(**given)
        return {**context, "passkey_options": as_json(context.pop("js_data")["request_options"])}

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, "Kunci sandi tidak dikenali. Coba lagi.")
        return HttpResponseRedirect(self.request.get_full_path())


class Passkeys(ProvenPage, ListWebAuthnView):
    """One's own passkeys; a POST removes one."""

    template_name = "mfa/passkeys.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        user = user_of(request)
        authenticator = get_object_or_404(self.get_queryset(), pk=number_in(request, "key"))
        if not get_mfa_adapter().can_delete_authenticator(authenticator):
            messages.error(request, str(get_mfa_adapter().error_messages[KEPT]))
        else:
            remove_authenticator(request, authenticator)
            messages.success(request, "Kunci sandi sudah dilepas.")
            note([user], FACTOR_REMOVED, user)
            notify("second_factor_changed", [(user, {})])
        return HttpResponseRedirect(reverse("mfa_list_webauthn"))


KEPT = "cannot_delete_authenticator"


class AddPasskey(ProvenPage, AddWebAuthnView):
    form_class = PasskeyForm
    template_name = "mfa/passkey_add.html"

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        context = FormView.get_context_data(self, **given)
        options = begin_registration(self.request, user_of(self.request), passwordless=True)
        return {**context, "passkey_options": as_json(options)}

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        messages.success(self.request, "Kunci sandi sudah terpasang.")
        user = user_of(self.request)
        note([user], FACTOR_SET, user)
        notify("second_factor_changed", [(user, {})])
        return response
