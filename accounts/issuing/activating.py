"""Where the link in an e-mail leads: setting a password of one's own, then logging in with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.views import INTERNAL_RESET_SESSION_TOKEN, PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator

from accounts.closing.credentials import BY_LINK, note
from accounts.issuing.links import tokens
from accounts.login.forms import PasswordField
from accounts.login.models import User
from accounts.notices.sending import notify

DONE = "Kata sandi Bapak/Ibu sudah diganti. Silakan masuk dengan kata sandi yang baru."


class OwnPasswordForm(SetPasswordForm):
    error_messages = {"password_mismatch": "Kedua kata sandi tidak sama. Ketik ulang."}
    new_password1 = PasswordField(
        "new-password",
        label="Kata sandi baru",
        help_text="Paling sedikit 12 karakter; beberapa kata yang mudah Bapak/Ibu ingat.",
    )
    new_password2 = PasswordField("new-password", label="Ketik sekali lagi")


@method_decorator(login_not_required, name="dispatch")
class Activation(PasswordResetConfirmView):
    """Django's: the token moves into the session before anything is shown, and is good once.

    A link that is expired, used, made for somebody else or made up gets one and the same page.
    Setting the password logs nobody in: the login asks for the second factor where one is due.
    """

    access = "public"
    token_generator = tokens
    form_class = OwnPasswordForm
    template_name = "accounts/issuing/activation.html"
    success_url = reverse_lazy("account_login")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        # The form's own address holds no secret, and a browser that sends no referrer sends no
        # origin either, by which the form is known to be ours.
        response["Referrer-Policy"] = "same-origin" if self.validlink else "no-referrer"
        return response

    def get_user(self, uidb64: str) -> User | None:
        """The user that the link names, as long as the account is active and holds an office."""
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active and user.posts_not_over else None

    def render_to_response(self, context: dict[str, Any], **more: Any) -> HttpResponse:
        if not self.validlink:
            more["status"] = 404
        return super().render_to_response(context, **more)

    def form_invalid(self, form: SetPasswordForm[User]) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def form_valid(self, form: SetPasswordForm[User]) -> HttpResponse:
        """Of two who hold the same link at the same moment, the first sets the password."""
        user = User.objects.select_for_update(no_key=True).get(pk=form.user.pk)
        token = self.request.session.pop(INTERNAL_RESET_SESSION_TOKEN, "")
        self.validlink = user.is_active and self.token_generator.check_token(user, token)
        if not self.validlink:
            return self.render_to_response(self.get_context_data())
        had_one = user.has_own_password
        user.set_password(form.cleaned_data["new_password1"])
        user.save(update_fields=["password"])
        note([user], BY_LINK, user)
        if had_one:
            notify("password_renewed", [(user, {})])
        logout(self.request)
        messages.success(self.request, DONE)
        return HttpResponseRedirect(self.get_success_url())
