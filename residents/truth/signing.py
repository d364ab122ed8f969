"""Signing a statement: a frozen copy, once for what it says; after a change the next revision."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from django.db import transaction

from accounts.areas.models import Area, AreaStatus
from accounts.login.models import User
from accounts.posts.models import Post
from accounts.rules import RULES, Action, Role
from residents.services.months import Month
from residents.truth.gathering import gather
from residents.truth.models import TruthReport
from residents.truth.standing import Standing
from wacat.workflow import WrongState

NO_DATA = "Belum ada data layanan untuk bulan ini, jadi belum ada yang ditandatangani."
CHANGED = (
    "Data bulan ini berubah sejak halaman ini dibuka. Periksa dahulu yang terbaru, lalu "
    "tandatangani."
)
THE_HEAD_SIGNS = "Laporan ini ditandatangani Ketua RT."


def signing_post(user: User, area: Area) -> Post | None:
    """The post of today in which *user* signs for the RT; None where that is somebody else's.

    Its head does; the kelurahan's staff only where there is none today, or the RT is frozen.
    """
    posts = [post for post in user.todays_posts if post.role in RULES[Action.TRUTH_SIGN]]
    for post in posts:
        if post.role == Role.KETUA_RT and post.area_id == area.code:
            return post
    stands_in = area.state != AreaStatus.ACTIVE or not _has_head(area)
    staff = (post for post in posts if post.role != Role.KETUA_RT)
    found = (post for post in staff if area.code.startswith(f"{post.area_id}."))
    return next(found, None) if stands_in else None


def sign(user: User, area: Area, month: Month, key: UUID, seen: str = "") -> TruthReport:
    """Freeze what is known now under *user*'s name; the same, signed already, is left as it is.

    *seen* is the fingerprint that the page showed: nobody signs what they have not seen. Raises
    WrongState where that has changed, there is nothing to sign, or somebody else is to sign.
    """
    with transaction.atomic():
        # Two who sign at once make one revision after the other.
        Area.objects.select_for_update(of=("self",), no_key=True).get(pk=area.pk)
        reports = TruthReport.objects.filter(area=area, month=month.first)
        if earlier := reports.filter(by=user, key=key).first():
            done: TruthReport = earlier
            return done
        post = signing_post(user, area)
        if post is None:
            raise WrongState(THE_HEAD_SIGNS)
        return _signed(post, area, month, key, seen)


def _signed(post: Post, area: Area, month: Month, key: UUID, seen: str) -> TruthReport:
    facts, fingerprint = gather(area, month)
    if fingerprint is None:
        raise WrongState(NO_DATA)
    if seen and seen != str(fingerprint):
        raise WrongState(CHANGED)
    last = TruthReport.objects.filter(area=area, month=month.first).order_by("revision").last()
    if last and Standing(month, facts.sums, fingerprint, last).is_signed:
        return last
    report = TruthReport(
        area=area,
        month=month.first,
        revision=last.revision + 1 if last else 1,
        until=facts.until,
        **asdict(facts.sums),
        fingerprint=fingerprint,
        by=post.user,
        signer_name=post.user.full_name,
        signer_title=post.title,
        signer_office=post.place,
        key=key,
    )
    report.facts = facts
    report.save()
    return report


def _has_head(area: Area) -> bool:
    return Post.objects.today().filter(role=Role.KETUA_RT, area=area).exists()
