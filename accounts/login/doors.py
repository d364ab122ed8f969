"""What allauth's views need to be views of this portal."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ReauthenticationRequired
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views import View

from accounts.login.limits import TOO_MANY
from wacat.keys import row_key

UNPROCESSABLE, TOO_MANY_REQUESTS = 422, 429


class KeptNowhere(View):
    """A page that no cache keeps; a form with errors says so in its status."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        form = (getattr(response, "context_data", None) or {}).get("form")
        if request.method == "POST" and form is not None and form.errors:
            response.status_code = TOO_MANY_REQUESTS if _throttled(form) else UNPROCESSABLE
        return response


class OwnPage(KeptNowhere):
    """A page about oneself, for every logged-in user."""

    action = None


class ProvenPage(OwnPage):
    """For who has just logged in, or proves anew who they are.

    The page is asked for again afterwards; what was posted to it is not kept meanwhile.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except ReauthenticationRequired:
            [way, *_] = get_adapter(request).get_reauthentication_methods(request.user)
            return HttpResponseRedirect(f"{way['url']}?{urlencode({'next': request.path})}")


def number_in(request: HttpRequest, name: str) -> int:
    """The key that was posted under *name*. Raises BadRequest when it is none."""
    key = row_key(request.POST.get(name, ""))
    if key is None:
        raise BadRequest("Permintaan ini tidak lengkap. Muat ulang halaman, lalu coba lagi.")
    return key


def _throttled(form: Any) -> bool:
    told = (error for errors in form.errors.as_data().values() for error in errors)
    return any(error.code == TOO_MANY for error in told)
