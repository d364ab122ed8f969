"""A Lurah who is away names a Plh. for some days; for longer it takes the Camat's letter."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from accounts.login.models import AccountStatus, User
from accounts.notices.sending import notify
from accounts.posts.models import DELEGATION_DAYS, Post
from accounts.rules import RULES, Action, Role
from accounts.scope import KECAMATAN
from wacat.workflow import WrongState, refusing

TAKEN = "Pada hari-hari itu sudah ada Plh. Pilih tanggal lain, atau akhiri penunjukan itu dahulu."
HOLDS_IT = "Orang ini sudah memegang jabatan Lurah di kelurahan ini pada hari-hari itu."
TOO_LONG = (
    f"Plh. yang ditunjuk Lurah paling lama {DELEGATION_DAYS} hari, yang berturut-turut dihitung "
    "bersama. Untuk lebih lama mintalah surat Camat; administrator yang mencatatnya."
)
OWN_END = "Jabatan Bapak/Ibu sendiri sudah berakhir sebelum tanggal itu."


def own_offices(user: User) -> list[Post]:
    """Today's posts whose holder may name a Plh.; a Plh. passes nothing on."""
    roles = RULES[Action.POST_DELEGATE]
    return [post for post in user.todays_posts if post.role in roles and post.kind != Post.Kind.PLH]


def stand_ins(office: Post) -> QuerySet[Post]:
    """The Plh. of this office, today's and coming ones, whoever named them."""
    posts: Any = Post.objects
    found = posts.not_over().filter(role=office.role, area=office.area_id, kind=Post.Kind.PLH)
    return found.select_related("user", "delegated_by").order_by("starts", "pk")


def candidates(office: Post) -> list[Post]:
    """Today's posts of who may stand in: the kelurahan's officials, Lurah of its kecamatan."""
    staff = Q(role__in=(Role.PETUGAS_KELURAHAN, Role.PENANDA_TANGAN), area=office.area_id)
    lurah = Q(role=Role.LURAH, kecamatan=office.area_id[:KECAMATAN])
    lurah &= ~Q(area=office.area_id) & ~Q(kind=Post.Kind.PLH)
    posts: Any = Post.objects.today().filter(staff | lurah, user__status=AccountStatus.ACTIVE)
    found = posts.exclude(user=office.user_id).select_related("user", "area__parent")
    return list(found.order_by("user__full_name", "pk"))


def delegate(office: Post, to: User, starts: date, until: date) -> Post:
    """Make *to* Plh. of *office* from *starts* until *until* (the first day without power).

    The same once more changes nothing. Raises WrongState where that cannot be.
    """
    with transaction.atomic():
        # One at a time for each office, so that the days of two at once are counted together.
        Post.objects.select_for_update(of=("self",)).get(pk=office.pk)
        wanted = {"user": to, "starts": starts, "until": until, "delegated_by": office}
        known = stand_ins(office).filter(**wanted).first()
        if known is not None:
            return known
        if reason := _obstacle(office, starts, until):
            raise WrongState(reason)
        post = _stored(office, wanted)
        told = {"area": post.area_id, "starts": starts.isoformat(), "until": until.isoformat()}
        notify("delegated", [(to, told)])
    return post


def _obstacle(office: Post, starts: date, until: date) -> str:
    if office.until is not None and until > office.until:
        return OWN_END
    if stand_ins(office).filter(starts__lt=until, until__gt=starts).exists():
        return TAKEN
    return TOO_LONG if _days_on_end(office, starts, until) > DELEGATION_DAYS else ""


def _days_on_end(office: Post, starts: date, until: date) -> int:
    """For how many days on end a Plh. without a letter would lead the kelurahan."""
    delegated = Post.objects.filter(
        area=office.area_id, delegated_by__isnull=False, until__gt=F("starts")
    )
    before = dict(delegated.filter(until__lte=starts).values_list("until", "starts"))
    after = dict(delegated.filter(starts__gte=until).values_list("starts", "until"))
    while starts in before:
        starts = before[starts]
    while until in after:
        until = after[until]
    return (until - starts).days


def _stored(office: Post, wanted: dict[str, Any]) -> Post:
    with refusing({"post_not_twice": HOLDS_IT, "post_one_holder": TAKEN}):
        post: Post = Post.objects.create(
            role=office.role,
            area_id=office.area_id,
            kind=Post.Kind.PLH,
            ending=Post.Ending.DELEGATION,
            **wanted,
        )
    return post


def in_words(post: Post) -> str:
    """How a candidate stands in the list: the name and the office held today."""
    return f"{post.user.full_name}, {post.label}"
