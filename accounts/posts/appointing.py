"""Posts that rest on a letter: all offices but the Lurah's and the Ketua RT's."""

from __future__ import annotations

from datetime import date

from accounts.areas.models import Area
from accounts.login.models import User
from accounts.posts.models import Mandate, Post
from wacat.clock import today


def appoint(
    user: User,
    role: str,
    area: Area | str,
    mandate: Mandate,
    starts: date,
    *,
    kind: str = Post.Kind.DEFINITIF,
    until: date | None = None,
) -> Post:
    """Give *user* the post, on the strength of a letter.

    Raises IntegrityError when somebody else holds an office that has one holder.
    """
    return Post.objects.create(
        user=user,
        role=role,
        area_id=area if isinstance(area, str) else area.code,
        kind=kind,
        starts=starts,
        until=until,
        ending=Post.Ending.ENDED if until else "",
        mandate=mandate,
    )


def set_up_mandate(command: str) -> Mandate:
    """The record of the command that set up the first administrator, who has nobody above."""
    return Mandate.objects.create(
        kind=Mandate.Kind.BOOTSTRAP, number=command, date=today(), issuer="Pemasangan WaCAT"
    )
