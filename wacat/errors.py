"""The error pages. None of them looks anything up, so they hold when the database does not."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

BARE_SERVER_ERROR = (
    '<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Ada gangguan – WaCAT'
    "</title></head><body><h1>Maaf, ada gangguan pada WaCAT</h1><p>Silakan coba lagi beberapa "
    'menit lagi. <a href="/">Halaman awal</a></p></body></html>'
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400. A view's ``BadRequest("…")`` is shown; Django's own (English) reasons are not."""
    message = str(exception) if isinstance(exception, BadRequest) else ""
    return _page("400.html", 400, message=message)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: none of the user's posts has the action."""
    return _page("403.html", 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form is older than the login or its cookie is gone."""
    return _page("errors/csrf.html", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, the same bytes for all; a stranger learns not even which addresses exist."""
    user = getattr(request, "user", None)
    if request.resolver_match is None and user is not None and user.is_anonymous:
        return redirect_to_login(request.get_full_path())
    return _page("404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, also when templates or static files are what failed."""
    try:
        return _page("500.html", 500)
    except Exception:  # nothing may fail here; the first error is already in the log
        return HttpResponse(BARE_SERVER_ERROR, status=500)


def _page(template: str, status: int, **context: str) -> HttpResponse:
    """Drawn without the request: no session, user or query is touched."""
    body = render_to_string(template, {"demo": settings.DEMO, **context})
    return HttpResponse(body, status=status)
