"""Who enters and verifies in the demo: its officials, and for all else two who cannot log in."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.hashers import make_password

from accounts.login.models import User
from accounts.posts.models import Post
from accounts.rules import Role
from accounts.scope import KELURAHAN

IMPORTER = "impor.2020"
FIELD_TEAM = "tim.pendataan"
_NAMES = {IMPORTER: "Impor Data 2020 Contoh", FIELD_TEAM: "Tim Pendataan Contoh"}


class Clerks:
    """Officials who have accepted the undertaking, by the area whose people they enter."""

    def __init__(self) -> None:
        self.importer, self._team = _without_login(IMPORTER), _without_login(FIELD_TEAM)
        posts = Post.objects.today().filter(user__undertakings__isnull=False)
        entering = posts.filter(role__in=(Role.KETUA_RT, Role.PETUGAS_KELURAHAN))
        self._posts = {post.area_id: post for post in entering.select_related("user").order_by("-pk")}
        operator = posts.filter(role=Role.OPERATOR).select_related("user").first()
        self.operator = operator.user if operator else self._team

    @property
    def areas(self) -> frozenset[str]:
        """Codes of the RTs and kelurahan that have somebody of their own."""
        return frozenset(self._posts)

    def of(self, rt: str, day: date) -> User:
        """Who enters the RT's people on a day: its head, else the kelurahan's clerk, or a team."""
        for area in (rt, rt[:KELURAHAN]):
            post = self._posts.get(area)
            if post is not None and post.starts <= day:
                return post.user
        return self._team


def _without_login(username: str) -> User:
    user, _ = User.objects.get_or_create(
        username=username,
        defaults={
            "full_name": _NAMES[username],
            "is_active": False,
            "password": make_password(None),
        },
    )
    return user
