"""Who holds an office that has an action today."""

from __future__ import annotations

from accounts.login.models import User
from accounts.posts.models import Post
from accounts.rules import RULES, Action


def holders(action: Action, area: str = "") -> list[User]:
    """The active users of today's posts with *action*, at or above *area* where one is named."""
    posts = Post.objects.today().filter(role__in=RULES[action], user__is_active=True)
    if area:
        parts = area.split(".")
        above = [".".join(parts[:count]) for count in range(2, len(parts) + 1)]
        posts = posts.filter(area__in=above)
    found = User.objects.filter(pk__in=posts.values("user"))
    return list(found.order_by("pk"))
