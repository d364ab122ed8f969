"""Asking for slips: which accounts stand on which sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.issuing.models import SlipEntry, SlipSheet
from accounts.issuing.one_time import void
from accounts.login.models import User
from accounts.posts.models import Post
from accounts.scope import KELURAHAN
from accounts.tasks import draw_slips
from wacat.work import hasten


def order(users: Iterable[User], asked_by: User, key: UUID) -> list[SlipSheet]:
    """A sheet of slips for each kelurahan (else kecamatan, else city) that *users* hold posts in.

    What they log in with until now ends at once; who holds no post any more is left out. The
    same *key* answers with the same sheets.
    """
    known = ordered(asked_by, key)
    if known:
        return known
    try:
        with transaction.atomic():
            return _order(list(users), asked_by, key)
    except IntegrityError as error:  # the same press, at the same moment
        if "slip_sheet_once" not in str(error):
            raise
        return ordered(asked_by, key)


def ordered(asked_by: User, key: UUID) -> list[SlipSheet]:
    """The sheets that were asked for with this key."""
    return list(SlipSheet.objects.filter(asked_by=asked_by, key=key).order_by("pk"))


def _order(users: list[User], asked_by: User, key: UUID) -> list[SlipSheet]:
    areas = _areas_of(users)
    sheets = SlipSheet.objects.bulk_create(
        SlipSheet(area_id=area, asked_by=asked_by, key=key) for area in sorted(set(areas.values()))
    )
    by_area = {sheet.area_id: sheet for sheet in sheets}
    SlipEntry.objects.bulk_create(
        SlipEntry(sheet=by_area[area], user_id=pk) for pk, area in areas.items()
    )
    void(user for user in users if user.pk in areas)
    for sheet in sheets:
        hasten(draw_slips, sheet.pk)
    return list(sheets)


def _areas_of(users: list[User]) -> dict[int, str]:
    """Each user's sheet, by the post that lies lowest; of several, the first by code."""
    held: dict[int, list[str]] = defaultdict(list)
    posts = Post.objects.not_over().filter(user__in=[user.pk for user in users])
    for user, area in posts.values_list("user", "area"):
        held[user].append(area[:KELURAHAN])
    return {user: min(areas, key=lambda area: (-len(area), area)) for user, areas in held.items()}
