"""Sessions: whose they are, how long they last, and how they are ended.

Their ages are measured by the machine's clock, not by ``wacat.clock``: moving that by a year
must not log everybody out.
"""

from __future__ import annotations

import time
from typing import Any

from allauth.account.signals import user_logged_in as allauth_logged_in
from allauth.usersessions.models import UserSession
from allauth.usersessions.signals import on_user_logged_in
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.login.address import client_address
from accounts.login.models import User

BEGAN, SEEN = "began", "seen"  # seconds since 1970, in the session
UNKNOWN_ADDRESS = "0.0.0.0"


def connect() -> None:
    """Let every login begin a session here; allauth's own way reads each older session anew."""
    allauth_logged_in.disconnect(on_user_logged_in)
    user_logged_in.connect(_begin)


def _begin(request: HttpRequest, user: User, **_: Any) -> None:
    if not request.session.session_key:
        request.session.save()
    request.session[BEGAN] = request.session[SEEN] = int(time.time())
    _tidy(user)
    UserSession.objects.update_or_create(
        session_key=request.session.session_key, defaults={"user": user, **_traits(request)}
    )


def is_over(request: HttpRequest) -> bool:
    """Whether the session has lasted, or lain idle, longer than one may."""
    moment = time.time()
    began, seen = request.session.get(BEGAN, moment), request.session.get(SEEN, moment)
    too_old = moment - began > settings.SESSION_ABSOLUTE_SECONDS
    return too_old or moment - seen > settings.SESSION_IDLE_SECONDS


def touch(request: HttpRequest) -> None:
    """Note that the session is in use; written every few minutes at most."""
    moment = int(time.time())
    if moment - request.session.get(SEEN, 0) < settings.SESSION_TOUCH_SECONDS:
        return
    request.session[SEEN] = moment
    request.session.setdefault(BEGAN, moment)
    row = UserSession.objects.filter(session_key=request.session.session_key)
    row.update(last_seen_at=timezone.now(), **_traits(request))


def follow(request: HttpRequest, old_key: str | None) -> None:
    """The session goes on under a new key."""
    row = UserSession.objects.filter(session_key=old_key)
    row.update(session_key=request.session.session_key)


def close_sessions(user: User, but: str | None = None) -> None:
    """End all of the user's sessions, or all *but* the one of that key, at once.

    Whose they were is kept until the next login, so that the browser which comes back with
    one can be told why it ended.
    """
    end(UserSession.objects.filter(user=user).exclude(session_key=but or ""))


def end(sessions: QuerySet[UserSession]) -> None:
    """End these sessions."""
    keys = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()


def open_sessions(user: User) -> QuerySet[UserSession]:
    """The user's sessions that have not ended, the latest first."""
    alive = Session.objects.filter(expire_date__gt=timezone.now())
    mine = UserSession.objects.filter(user=user, session_key__in=alive.values("session_key"))
    return mine.order_by("-last_seen_at", "-pk")


def whose(request: HttpRequest) -> User | None:
    """The user of a request that is nobody's: whose session was ended, or who was deactivated."""
    named = request.session.get(SESSION_KEY)
    if named:
        return User.objects.filter(pk=named).first()
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    if not key or request.session.session_key:
        return None
    return User.objects.filter(usersession__session_key=key).first()


def _tidy(user: User) -> None:
    mine = UserSession.objects.filter(user=user)
    dead = Session.objects.filter(expire_date__lte=timezone.now())
    dead.filter(session_key__in=mine.values("session_key")).delete()
    mine.exclude(session_key__in=Session.objects.values("session_key")).delete()


def _traits(request: HttpRequest) -> dict[str, str]:
    longest = UserSession._meta.get_field("user_agent").max_length
    return {
        "ip": client_address(request) or UNKNOWN_ADDRESS,
        "user_agent": request.headers.get("User-Agent", "")[:longest],
    }
