"""Issuing: from proposals to accounts and posts (Perwali 33/2020 Pasal 5(2), 10a)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from accounts.issuing.usernames import Names
from accounts.login.models import User
from accounts.login.phones import as_phone
from accounts.notices.sending import notify
from accounts.posts.models import Post
from wacat.clock import today
from wacat.workflow import Move, WrongState

if TYPE_CHECKING:
    from accounts.proposals.models import Proposal


def issue_all(proposals: list[Proposal], move: Move) -> None:
    """Give each proposed person an account and the post, on the day that their decree names.

    Whoever holds the post until then hands it over that day; a day long past counts as today,
    for nobody has held power unseen. ``move.data["username"]`` overrides the name of a single
    one. Raises WrongState when somebody else is to take the same post on a later day.
    """
    posts = [_post_of(one) for one in proposals]
    _hand_over(posts, move.actor)
    _give_accounts(proposals, move)
    for post, proposal in zip(posts, proposals, strict=True):
        post.user = proposal.user
    Post.objects.bulk_create(posts)
    notify(
        "account_issued",
        [(one.user, {"title": one.title, "area": one.area_id}) for one in proposals],
    )
    notify(
        "proposal_issued",
        [(one.proposed_by, {"proposal": one.pk, "role": one.role}) for one in proposals],
    )


def _post_of(proposal: Proposal) -> Post:
    return Post(
        role=proposal.role,
        area_id=proposal.area_id,
        kind=proposal.kind,
        starts=max(proposal.starts, today()),
        term_ends=proposal.term_ends,
        proposal=proposal,
    )


def _give_accounts(proposals: list[Proposal], move: Move) -> None:
    """An account for whoever has none; the others keep theirs."""
    new = [one for one in proposals if one.user_id is None]
    names = Names(one.phone for one in new)
    wished = move.data.get("username", "") if len(proposals) == 1 else ""
    for one in new:
        username, login_phone = names.take(one.phone, one.role, one.area, wished)
        one.user = User(
            username=username,
            login_phone=login_phone,
            full_name=one.full_name,
            email=one.email,
            phone=as_phone(one.phone) or one.phone,
            rank=one.rank,
            nip=one.nip,
        )
        one.user.set_unusable_password()
    User.objects.bulk_create([one.user for one in new if one.user])
    for one in new:
        one.user_id = one.user.pk if one.user else None


def _hand_over(posts: list[Post], actor: User | None) -> None:
    """End what the present holders have on the day that the new ones begin."""
    starts = {(post.role, post.area_id, post.kind): post.starts for post in posts}
    same = Q(
        role__in={post.role for post in posts},
        area__in={post.area_id for post in posts},
        kind__in={post.kind for post in posts},
    )
    held = [
        post
        for post in Post.objects.filter(same).not_over().select_for_update(of=("self",))
        if (post.role, post.area_id, post.kind) in starts
    ]
    for post in held:
        day: date = starts[post.role, post.area_id, post.kind]
        if post.starts > day:
            raise WrongState(
                "Jabatan ini sudah diterbitkan untuk orang lain yang mulai pada hari yang sama "
                "atau sesudahnya. Akhiri jabatan itu dahulu."
            )
        if post.until is None or post.until > day:
            post.until, post.ending, post.ended_by = day, Post.Ending.HANDOVER, actor
    Post.objects.bulk_update(held, ["until", "ending", "ended_by"])
