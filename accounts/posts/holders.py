"""Who holds an office today: those with an action, and those above somebody's office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from accounts.login.models import User
from accounts.posts.models import Post
from accounts.rules import PROPOSED_BY, REACH_OF_ROLE, RULES, Action, Role


def holders(action: Action, area: str = "") -> list[User]:
    """The active users of today's posts with *action*, at or above *area* where one is named."""
    posts = Post.objects.today().filter(role__in=RULES[action], user__is_active=True)
    if area:
        parts = area.split(".")
        above = [".".join(parts[:count]) for count in range(2, len(parts) + 1)]
        posts = posts.filter(area__in=above)
    found = User.objects.filter(pk__in=posts.values("user"))
    return list(found.order_by("pk"))


def offices_above(offices: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[User]]:
    """For each office (role, area code) who is in charge of the one that proposes for it.

    A Ketua RT's Lurah, a Lurah's Camat, with Plt. and Plh.; the administrators for an office
    that has nobody above it today. In two queries, however many the offices are.
    """
    wanted = set(offices)
    by_post: dict[tuple[str, str], list[User]] = defaultdict(list)
    posts = Post.objects.today().filter(
        role__in={role for office in wanted if (role := _above(*office)[0])},
        area__in={_above(*office)[1] for office in wanted},
        user__is_active=True,
    )
    for post in posts.select_related("user").order_by("pk"):
        if post.user not in by_post[post.role, post.area_id]:
            by_post[post.role, post.area_id].append(post.user)
    found = {office: by_post.get(_above(*office), []) for office in wanted}
    if not all(found.values()):
        administrators = holders(Action.ACCOUNT_ISSUE)
        found = {office: users or administrators for office, users in found.items()}
    return found


def _above(role: str, area: str) -> tuple[str, str]:
    """The office that proposes for this one, the administrator's apart; none above others."""
    if role not in PROPOSED_BY:
        return "", ""
    above = next(one for one in RULES[PROPOSED_BY[role]] if one != Role.ADMINISTRATOR)
    return above, area[: REACH_OF_ROLE[above]]
