"""Leads everybody through the gates (``accounts.login.gates``) before any page.

Stands before Django's own demand for a login: somebody deactivated in the middle of a form
is told so instead of being asked for a password that would not help.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts.login import sessions
from accounts.login.gates import Gate, final, first_closed


class GateMiddleware:
    """For whatever needs a login; public pages have no gates."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not getattr(view, "login_required", True):
            return None
        if not request.user.is_authenticated:
            return _of_a_stranger(request)
        if sessions.is_over(request):
            request.session.flush()
            return _lead(request, _login_address(request))
        sessions.touch(request)
        gate = first_closed(request.user)
        match = request.resolver_match
        if gate is None or (match and gate.lets_into(match.url_name or "")):
            return None
        return _stop(request, gate)


def _of_a_stranger(request: HttpRequest) -> HttpResponse | None:
    """Whose session has ended is told why; others are asked to log in."""
    user = sessions.whose(request)
    gate = final(user) if user else None
    if gate:
        return _stop(request, gate)
    return _lead(request, _login_address(request)) if _is_fragment(request) else None


def _stop(request: HttpRequest, gate: Gate) -> HttpResponse:
    if gate.ends_session:
        request.session.flush()
    query = f"?{urlencode({'sebab': gate.because})}" if gate.because else ""
    return _lead(request, f"{reverse(gate.page)}{query}")


def _lead(request: HttpRequest, address: str) -> HttpResponse:
    """To another page; htmx asked for a part of one, and is told to leave it."""
    if _is_fragment(request):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _login_address(request: HttpRequest) -> str:
    """The login, and from there back to the page that was open."""
    if _is_fragment(request):
        path = _path_in(request.headers.get("HX-Current-URL", "/"))
    else:
        path = request.get_full_path() if request.method == "GET" else "/"
    return redirect_to_login(path).url


def _path_in(address: str) -> str:
    """The path of an address that anybody may have made up."""
    try:
        return urlsplit(address).path
    except ValueError:
        return "/"


def _is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
