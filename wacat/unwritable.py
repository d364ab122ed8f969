"""Requests with a character that no database text can hold: every look-up by one would fail.

Forms refuse it beside the field, and what a query says is read by its page.
"""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse

NUL = "\0"


class NoNulMiddleware:
    """Raises Http404 for a NUL in the path, BadRequest for one in a cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info:
            raise Http404
        if any(NUL in text for text in request.COOKIES.values()):
            raise BadRequest
        return self.get_response(request)
