"""Who enters and verifies in the demo: its officials, and for all else two who cannot log in."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.hashers import make_password

from accounts.login.models import AccountStatus, User
from accounts.posts.models import Post
from accounts.rules import Role
from accounts.scope import KELURAHAN

IMPORTER = "impor.2020"
FIELD_TEAM = "tim.pendataan"
_NAMES = {IMPORTER: "Impor Data 2020 Contoh", FIELD_TEAM: "Tim Pendataan Contoh"}


class Clerks:
    """Officials who have accepted the undertaking, by the area whose people they enter.

    ``headed`` holds the codes of all RTs with a Ketua RT; ``importer`` entered the year 2020.
    """

    def __init__(self) -> None:
        self.importer, self._team = _without_login(IMPORTER), _without_login(FIELD_TEAM)
        posts = Post.objects.today().filter(user__undertakings__isnull=False)
        entering = posts.filter(role__in=(Role.KETUA_RT, Role.PETUGAS_KELURAHAN))
        self._posts = {
            post.area_id: post for post in entering.select_related("user").order_by("-pk")
        }
        self.headed = frozenset(
            Post.objects.today().filter(role=Role.KETUA_RT).values_list("area_id", flat=True)
        )
        self._operator = posts.filter(role=Role.OPERATOR).select_related("user").first()

    def of(self, rt: str, day: date) -> User:
        """Who enters the RT's people on a day: its head, else the kelurahan's clerk, or a team."""
        return self._holder(day, self._posts.get(rt), self._posts.get(rt[:KELURAHAN]))

    def verifier(self, day: date) -> User:
        """Who compares reports with the register on a day: the operator, or a team."""
        return self._holder(day, self._operator)

    def _holder(self, day: date, *posts: Post | None) -> User:
        """The first of the posts' users who held the post already."""
        held = (post.user for post in posts if post is not None and post.starts <= day)
        return next(held, self._team)


def _without_login(username: str) -> User:
    known = User.objects.filter(username=username).first()
    return known or User.objects.create(
        username=username,
        full_name=_NAMES[username],
        status=AccountStatus.INACTIVE,
        password=make_password(None),
    )
