"""What every page shows: who is here, in which post, and the pages that post opens."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from accounts.rules import Action
from accounts.scope import may

# (address name, label, the action that opens it)
NAVIGATION = (
    ("start", "Beranda", None),
    ("resident_list", "Warga", Action.RESIDENT_VIEW),
    ("letter_list", "Surat", Action.LETTER_VIEW),
    ("summary", "Rekap", Action.FIGURES_VIEW),
    ("account_list", "Akun", Action.ACCOUNT_VIEW),
    ("trail", "Jejak", Action.TRAIL_VIEW),
    ("jobs", "Pekerjaan", Action.JOBS_VIEW),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """``nav``, ``post_label``, ``demo`` and ``switch_url`` for templates."""
    context: dict[str, Any] = {"demo": settings.DEMO, "nav": [], "post_label": ""}
    if settings.DEMO:
        context["switch_url"] = reverse("demo_login")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return context
    context["nav"] = [
        {"url": url, "label": label, "active": _active(request.path, url)}
        for name, label, action in NAVIGATION
        if (action is None or may(user, action)) and (url := _address(name))
    ]
    context["post_label"] = ", ".join(post.label for post in user.todays_posts)
    return context


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _active(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
