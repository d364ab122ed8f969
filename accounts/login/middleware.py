"""Nobody sees data before having undertaken to keep it confidential (Pasal 5(3)a)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

OPEN_NAMES = frozenset({"undertaking", "account_logout", "demo_login", "healthz", "verify"})


class UndertakingMiddleware:
    """Sends a logged-in user who has not accepted the current text to its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.url_name in OPEN_NAMES or not request.user.is_authenticated:
            return None
        return None if request.user.has_undertaken else redirect("undertaking")
