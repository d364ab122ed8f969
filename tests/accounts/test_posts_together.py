"""Two administrators at the same moment: one of them is left."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from accounts.login.models import User
from accounts.posts.ending import end_post
from accounts.posts.models import Post
from accounts.rules import Role
from tests import factories
from wacat.clock import today
from wacat.workflow import WrongState


def ended(pair: tuple[Post, User]) -> bool:
    post, actor = pair
    try:
        return end_post(post, today(), Post.Ending.ENDED, actor)
    except WrongState:
        return False
    finally:
        connections.close_all()


@pytest.mark.usefixtures("committed_db")
def test_of_two_who_end_each_other_one_stays() -> None:
    one, two = (factories.user_as(Role.ADMINISTRATOR) for _ in range(2))
    founder = Post.objects.get(user__username="pendiri")
    assert end_post(founder, today(), Post.Ending.ENDED, one)
    pairs = [(one.posts.get(), two), (two.posts.get(), one)]
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(ended, pairs))
    assert sorted(done) == [False, True]
    assert Post.objects.today().filter(role=Role.ADMINISTRATOR).count() == 1


@pytest.mark.usefixtures("committed_db")
def test_one_post_ended_by_many_at_once_ends_once() -> None:
    administrator = factories.user_as(Role.ADMINISTRATOR)
    post = factories.user_as(Role.OPERATOR).posts.get()
    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(ended, [(Post.objects.get(pk=post.pk), administrator)] * 6))
    assert sorted(done) == [False] * 5 + [True]
    assert post.user.notices.filter(kind="post_ended").count() == 1
