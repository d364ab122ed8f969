"""What every page shows: who is here, in which post, and the pages that post opens."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts.login.models import User
from accounts.notices.unread import unread_of
from accounts.rules import Action
from accounts.scope import may

# (address name, label, the action that opens it)
NAVIGATION = (
    ("start", "Beranda", None),
    ("resident_list", "Warga", Action.RESIDENT_VIEW),
    ("letter_list", "Surat", Action.LETTER_VIEW),
    ("summary", "Rekap", Action.FIGURES_VIEW),
    ("account_list", "Akun", Action.ACCOUNT_VIEW),
    ("proposal_list", "Usulan", Action.PROPOSAL_VIEW),
    ("area_list", "Wilayah", Action.AREA_CHANGE),
    ("trail", "Audit", Action.TRAIL_VIEW),
    ("jobs", "Pekerjaan", Action.JOBS_VIEW),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """``nav``, ``post_label``, ``unread``, ``demo`` and ``switch_url`` for templates."""
    context: dict[str, Any] = {"demo": settings.DEMO, "nav": [], "post_label": ""}
    if settings.DEMO:
        context["switch_url"] = reverse("demo_login")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return context
    open_pages = _open_to(user)
    here = _here(request.path, [url for url, _ in open_pages])
    context["nav"] = [
        {"url": url, "label": label, "active": url == here} for url, label in open_pages
    ]
    context["unread"] = unread_of(user)
    context["post_label"] = ", ".join(post.label for post in user.todays_posts)
    return context


def _open_to(user: User) -> list[tuple[str, str]]:
    return [
        (reverse(name), label)
        for name, label, action in NAVIGATION
        if action is None or may(user, action)
    ]


def _here(path: str, urls: list[str]) -> str:
    """The entry under which *path* lies, the longest where one lies under another."""
    above = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(above, key=len, default="")
