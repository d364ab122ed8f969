"""Requests with a character that no database text can hold.

Forms refuse it beside the field. In an address or a cookie nobody types it by mistake, and
every look-up by such a value would fail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

NUL = "\0"


class NoNulMiddleware:
    """Refuses a NUL in the path, the query or a cookie. Raises BadRequest."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any(NUL in text for text in _sent(request)):
            raise BadRequest
        return self.get_response(request)


def _sent(request: HttpRequest) -> Iterator[str]:
    yield request.path_info
    yield from request.COOKIES.values()
    for name, values in request.GET.lists():
        yield name
        yield from values
