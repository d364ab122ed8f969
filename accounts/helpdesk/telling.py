"""Who is told of a change: the other side, by fixed words and a link, never by the text."""

from __future__ import annotations

from accounts.helpdesk.codes import HANDLING
from accounts.helpdesk.models import Ticket
from accounts.login.models import User
from accounts.notices.sending import notify
from accounts.posts.models import Post


def tell_opener(kind: str, ticket: Ticket) -> None:
    notify(kind, [(ticket.opened_by, {"ticket": ticket.pk})])


def tell_answerers(kind: str, ticket: Ticket, but: User | None = None) -> None:
    """All whose work the category is, but the opener and *but*."""
    told = [user for user in answerers(ticket) if user != but]
    notify(kind, [(user, {"ticket": ticket.pk}) for user in told])


def tell_answerer(kind: str, ticket: Ticket) -> None:
    """Whoever wrote to the opener last; all whose work it is where nobody has, or cannot now."""
    written = ticket.messages.filter(is_internal=False).exclude(by=ticket.opened_by_id)
    last = written.order_by("-pk").values_list("by", flat=True).first()
    able = answerers(ticket)
    told = [user for user in able if user.pk == last] or able
    notify(kind, [(user, {"ticket": ticket.pk}) for user in told])


def answerers(ticket: Ticket) -> list[User]:
    """Those whose work the category is today; their offices are all the city's."""
    posts = Post.objects.today().filter(role__in=HANDLING[ticket.category].roles)
    users = User.objects.filter(pk__in=posts.values("user"), is_active=True)
    return list(users.exclude(pk=ticket.opened_by_id).order_by("pk"))
