"""Whatever is proposed, issued, resigned and ended in whatever order: one holder for each day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.posts.ending import end_post
from accounts.posts.models import Post
from accounts.rules import Role
from tests import factories
from tests.accounts.handing import issued
from wacat.workflow import WrongState

pytestmark = pytest.mark.django_db
FIRST = date(2030, 1, 1)
ONE = timedelta(days=1)
# (what, on which day, as seen from which day on, of which kind or which post)
DEEDS = st.tuples(
    st.sampled_from(("issue", "end")), st.integers(0, 12), st.integers(0, 3), st.integers(0, 5)
)


def do(deed: tuple[str, int, int, int], now: date) -> None:
    """One deed; what is refused is refused whole."""
    what, ahead, _, choice = deed
    day = now + ahead * ONE
    try:
        if what == "issue":
            issued(day, kind=("definitif", "plt")[choice % 2])
        else:
            posts = list(Post.objects.filter(role=Role.KETUA_RT).order_by("pk"))
            if posts:
                post = posts[choice % len(posts)]
                end_post(post, day, Post.Ending.RESIGNED, post.user)
    except WrongState:
        return


def snapshot() -> dict[int, tuple[Any, ...]]:
    rows = Post.objects.filter(role=Role.KETUA_RT).values_list("pk", "starts", "until", "kind")
    return {pk: rest for pk, *rest in rows}


def most_holders(first: date) -> int:
    """The most who hold the office at once, of one kind, on any of the next days."""
    posts = snapshot().values()
    days = [first + ahead * ONE for ahead in range(25)]
    return max(
        sum(
            starts <= day and (until is None or day < until)
            for starts, until, its_kind in posts
            if its_kind == kind
        )
        for day in days
        for kind in Post.Kind.values
    )


@given(deeds=st.lists(DEEDS, max_size=7))
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_each_day_has_one_holder_and_the_past_never_changes(
    deeds: list[tuple[str, int, int, int]],
) -> None:
    with transaction.atomic():
        factories.load_areas()
        now = FIRST
        for deed in deeds:
            now += deed[2] * ONE
            before = snapshot()
            with factories.on_day(now):
                do(deed, now)
            for pk, (starts, until, _) in snapshot().items():
                assert until is None or until >= starts
                known = before.get(pk)
                if known is None:
                    assert starts >= now
                elif known[1] != until:
                    # An end comes forward, never back, and never into days that are lived.
                    assert known[1] is None or until < known[1]
                    assert until >= min(now, known[1] or now)
            assert most_holders(now) <= 1
        transaction.set_rollback(True)
