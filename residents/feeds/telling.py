"""Who is told of a file: whoever uploaded it, and the Lurah whose addresses wait."""

from __future__ import annotations

from collections.abc import Mapping

from accounts.notices.sending import notify
from accounts.posts.holders import holders
from accounts.rules import RULES, Action, Role
from residents.feeds.models import FeedFile

BIG = 10_000  # rows: nobody waits for these before the screen


def tell_read(of: FeedFile) -> None:
    """A big file is read, and waits for a look or for its columns."""
    if of.rows >= BIG:
        _tell("feed_read", of)


def tell_refused(of: FeedFile) -> None:
    """The file cannot be read."""
    _tell("feed_refused", of)


def tell_done(of: FeedFile, waiting: Mapping[str, int]) -> None:
    """A big file is entered; and to each kelurahan how many services wait for an RT there."""
    if of.rows >= BIG:
        _tell("feed_done", of)
    for kelurahan, count in sorted(waiting.items()):
        own = [user for user in holders(Action.SERVICE_PLACE, kelurahan) if _decides(user)]
        notify("places_waiting", [(user, {"count": count}) for user in own])


def _decides(user: object) -> bool:
    """Operators have the same action, and see the file itself."""
    posts = getattr(user, "todays_posts", [])
    return any(
        post.role in RULES[Action.SERVICE_PLACE] and post.role != Role.OPERATOR for post in posts
    )


def _tell(kind: str, of: FeedFile) -> None:
    notify(kind, [(of.uploaded_by, {"feed": of.pk})])
