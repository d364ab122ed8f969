"""Browsers that a user has logged in from: known by a random cookie, named in a few words."""

from __future__ import annotations

import hashlib
import re
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.login.models import KnownDevice, User
from wacat.clock import now

COOKIE = "wacat_device"
COOKIE_SECONDS = 400 * 24 * 60 * 60  # as long as browsers keep any
_TOKEN = re.compile(r"[\w-]{43}")
# The first that fits counts: most browsers call themselves by the names of others as well.
_BROWSERS = (
    (r"EdgA?/|EdgiOS/", "Edge"),
    (r"OPR/|Opera", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"UCBrowser/", "UC Browser"),
    (r"MiuiBrowser/", "Mi Browser"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrom(e|ium)/|CriOS/", "Chrome"),
    (r"Safari/", "Safari"),
)
_SYSTEMS = (
    (r"Android", "Android"),
    (r"iPhone|iPad|iPod", "iOS"),
    (r"Windows", "Windows"),
    (r"CrOS", "ChromeOS"),
    (r"Mac OS X|Macintosh", "macOS"),
    (r"Linux", "Linux"),
)


def label_of(user_agent: str) -> str:
    """As in "Chrome di Android"."""
    browser = _first(_BROWSERS, user_agent) or "Peramban lain"
    system = _first(_SYSTEMS, user_agent)
    return f"{browser} di {system}" if system else browser


def device_label(request: HttpRequest) -> str:
    """The label of the browser that sent the request."""
    return label_of(request.headers.get("User-Agent", ""))


def known_device(request: HttpRequest, user: User) -> KnownDevice | None:
    """The browser as one that *user* has logged in from before."""
    token = _token_in(request)
    if not token:
        return None
    return KnownDevice.objects.filter(user=user, digest=_digest(token)).first()


def remember_device(request: HttpRequest, user: User, response: HttpResponse) -> bool:
    """Know the browser from now on; True when it is a new one for *user*."""
    token = _token_in(request) or secrets.token_urlsafe(32)
    device, is_new = KnownDevice.objects.get_or_create(
        user=user, digest=_digest(token), defaults={"label": device_label(request)}
    )
    if not is_new:
        device.label, device.last_at = device_label(request), now()
        device.save(update_fields=["label", "last_at"])
    response.set_cookie(
        COOKIE,
        token,
        max_age=COOKIE_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return is_new


def _token_in(request: HttpRequest) -> str:
    token = request.COOKIES.get(COOKIE, "")
    return token if _TOKEN.fullmatch(token) else ""


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _first(patterns: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for pattern, name in patterns if re.search(pattern, text)), "")
