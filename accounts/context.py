"""What every page shows: who is here, in which post, and the pages that post opens."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts.menu import MAIN, pages_for
from accounts.notices.unread import unread_of


def page(request: HttpRequest) -> dict[str, Any]:
    """``nav``, ``post_label``, ``unread``, ``demo`` and ``switch_url`` for templates."""
    context: dict[str, Any] = {"demo": settings.DEMO, "nav": [], "post_label": ""}
    if settings.DEMO:
        context["switch_url"] = reverse("demo_login")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return context
    open_pages = pages_for(user, MAIN)
    here = _here(request.path, [url for url, _ in open_pages])
    context["nav"] = [
        {"url": url, "label": label, "active": url == here} for url, label in open_pages
    ]
    context["unread"] = unread_of(user)
    context["post_label"] = ", ".join(post.label for post in user.todays_posts)
    return context


def _here(path: str, urls: list[str]) -> str:
    """The entry under which *path* lies, the longest where one lies under another."""
    above = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(above, key=len, default="")
