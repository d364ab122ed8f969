"""What becomes of an RT's office when the RT is frozen or merged, and who is told of a change."""

from __future__ import annotations

from accounts.areas.models import Area
from accounts.login.models import User
from accounts.notices.sending import notify
from accounts.posts.ending import end_post
from accounts.posts.holders import holders
from accounts.posts.models import Post
from accounts.proposals.models import Proposal
from accounts.proposals.workflow import WORKFLOWS
from accounts.rules import Action, Role
from wacat.clock import today
from wacat.workflow import Move


def close(rt: Area, ending: str, reason: str, by: User) -> None:
    """End the office of Ketua RT, and withdraw what is proposed for it, for *reason*.

    The office ends today, however long ago the RT was changed: until now its holder had the
    power, and used it. Proposals come first, in the order in which issuing locks them.
    """
    waiting = Proposal.objects.filter(area=rt, role=Role.KETUA_RT).open()
    found = waiting.values_list("pk", flat=True)
    WORKFLOWS[Role.KETUA_RT].advance_many(found, "withdraw", Move(by, {"reason": reason}))
    for post in Post.objects.filter(area=rt, role=Role.KETUA_RT).not_over().order_by("pk"):
        end_post(post, today(), ending, by, reason)


def holders_of(*rts: Area) -> set[User]:
    """Today's Ketua RT of *rts* and the Lurah above."""
    actions = (Action.POST_RESIGN, Action.ROSTER_CONFIRM)
    return {user for rt in rts for action in actions for user in holders(action, rt.code)}


def tell(users: set[User], rt: Area, what: str) -> None:
    """A notice to each of *users* of what was done to the RT."""
    told = sorted(users, key=lambda user: user.pk)
    notify("area_changed", [(user, {"area": rt.code, "what": what}) for user in told])
