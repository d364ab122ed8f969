"""Issuing: from proposals to accounts and posts (Perwali 33/2020 Pasal 5(2), 10a)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import prefetch_related_objects

from accounts.areas.models import AreaStatus
from accounts.issuing.handing_over import hand_over
from accounts.issuing.usernames import Candidate, Names
from accounts.login.models import AccountStatus, User
from accounts.login.phones import as_phone
from accounts.notices.sending import notify
from accounts.posts.models import Post, place_of
from wacat.clock import today
from wacat.workflow import Move, WrongState, refusing

if TYPE_CHECKING:
    from accounts.proposals.models import Proposal

# Two who issue at once may choose the same names: the later one then chooses again.
ATTEMPTS = 3
BUSY = "Akun lain sedang diterbitkan pada saat yang sama. Coba lagi."
OVERLAPS = (
    "Ada orang yang sudah memegang jabatan yang sama pada hari-hari itu. Akhiri jabatan itu dahulu."
)


def issue_all(proposals: list[Proposal], move: Move) -> None:
    """Give each proposed person an account and the post, on the day that their decree names.

    Whoever holds the post until then hands it over that day; a day long past counts as today,
    for nobody has held power unseen. ``move.data["username"]`` overrides the name of a single
    one. The statements do not grow with the proposals.

    Raises WrongState when somebody else is to take the same post on a later day, or an account
    that is to be kept is inactive, and InputMissing when the user name cannot be had.
    """
    prefetch_related_objects(proposals, "area__parent", "proposed_by", "user")
    _must_be_active([one.user for one in proposals if one.user])
    _must_not_be_frozen(proposals)
    posts = [_post_of(one) for one in proposals]
    ended = hand_over(posts, move.actor)
    _give_accounts([one for one in proposals if one.user_id is None], move)
    for post, proposal in zip(posts, proposals, strict=True):
        if proposal.user is not None:
            post.user = proposal.user
    _store(posts)
    _tell(proposals, move.actor)
    _take_leave(ended, posts)


def _post_of(proposal: Proposal) -> Post:
    return Post(
        role=proposal.role,
        area=proposal.area,
        kind=proposal.kind,
        starts=max(proposal.starts, today()),
        term_ends=proposal.term_ends,
        proposal=proposal,
    )


def _must_be_active(users: list[User]) -> None:
    closed = [user.full_name for user in users if user.status != AccountStatus.ACTIVE]
    if closed:
        raise WrongState(f"Akun ini nonaktif: {', '.join(closed[:5])}. Aktifkan kembali dahulu.")


def _must_not_be_frozen(proposals: list[Proposal]) -> None:
    """A frozen RT has no Ketua RT: the kelurahan's staff serve its people."""
    frozen = [place_of(one.area) for one in proposals if one.area.state == AreaStatus.FROZEN]
    if frozen:
        raise WrongState(f"Wilayah ini dibekukan: {'; '.join(frozen[:5])}. Aktifkan dahulu.")


def _give_accounts(new: list[Proposal], move: Move) -> None:
    """An account for each of these, who have none."""
    wished = move.data.get("username", "")
    for _ in range(ATTEMPTS):
        users = _accounts_for(new, wished if len(new) == 1 else "")
        try:
            with transaction.atomic():
                User.objects.bulk_create(users)
        except IntegrityError:
            continue
        break
    else:
        raise WrongState(BUSY)
    for proposal, user in zip(new, users, strict=True):
        proposal.user = user


def _accounts_for(new: list[Proposal], wished: str) -> list[User]:
    people = [Candidate(one.phone, one.role, one.area) for one in new]
    names, users = Names(people), []
    for proposal, person in zip(new, people, strict=True):
        username, login_phone = names.take(person, wished)
        user = User(
            username=username,
            login_phone=login_phone,
            full_name=proposal.full_name,
            email=proposal.email,
            phone=as_phone(proposal.phone) or proposal.phone,
            rank=proposal.rank,
            nip=proposal.nip,
        )
        user.set_unusable_password()
        users.append(user)
    return users


def _store(posts: list[Post]) -> None:
    with refusing({"post_one_holder": OVERLAPS, "post_not_twice": OVERLAPS}):
        Post.objects.bulk_create(posts)


def _tell(proposals: list[Proposal], actor: User | None) -> None:
    """A word to each holder, and to who proposed them, unless he has just issued them himself."""
    by_others = Counter(one.proposed_by for one in proposals if one.proposed_by != actor)
    notify(
        "account_issued",
        [(one.user, {"title": one.title, "area": one.area_id}) for one in proposals],
    )
    notify(
        "proposals_issued", [(proposer, {"count": count}) for proposer, count in by_others.items()]
    )


def _take_leave(ended: list[Post], posts: list[Post]) -> None:
    """A word to whoever held the posts, unless they hold them anew."""
    anew = {(post.role, post.area_id, post.user_id) for post in posts}
    notify(
        "post_ended",
        [
            (one.user, {"title": one.title, "area": one.area_id, "on": one.until.isoformat()})
            for one in ended
            if one.until and (one.role, one.area_id, one.user_id) not in anew
        ],
    )
