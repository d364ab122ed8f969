"""What every page shows: who is here, in which post, and the pages that post opens."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts.login.models import User
from accounts.rules import Action
from accounts.scope import may

# (address name, label, the action that opens it)
NAVIGATION = (
    ("start", "Beranda", None),
    ("resident_list", "Warga", Action.RESIDENT_VIEW),
    ("letter_list", "Surat", Action.LETTER_VIEW),
    ("summary", "Rekap", Action.FIGURES_VIEW),
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
        for url, label in _open_to(user)
    ]
    context["post_label"] = ", ".join(post.label for post in user.todays_posts)
    return context


def _open_to(user: User) -> list[tuple[str, str]]:
    return [
        (reverse(name), label)
        for name, label, action in NAVIGATION
        if action is None or may(user, action)
    ]


def _active(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
