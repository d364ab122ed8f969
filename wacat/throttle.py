"""Counting attempts in Redis, each before it is made, so that none slips through beside others.

A window begins with its first attempt. While the server is away every process counts for
itself: attempts are neither unlimited nor closed to everybody.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any

import redis
from django.conf import settings
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)

# Both run as one step on the server. The first gives the milliseconds to wait, 0 when admitted.
_TAKE = """
local taken = redis.call('INCR', KEYS[1])
if taken == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
if taken <= tonumber(ARGV[1]) then return 0 end
redis.call('DECR', KEYS[1])
return math.max(redis.call('PTTL', KEYS[1]), 1)
"""
_GIVE_BACK = """
if tonumber(redis.call('GET', KEYS[1]) or '0') > 0 then redis.call('DECR', KEYS[1]) end
return 0
"""
SILENCE_SECONDS = 5.0  # a server that was away is not asked again at once
MOST_KEYS = 10_000


@dataclass(frozen=True)
class Limit:
    """At most ``most`` attempts of ``name`` by one and the same within ``seconds``."""

    name: str
    most: int
    seconds: int


@dataclass(frozen=True)
class Claim:
    """One attempt under a limit; ``who`` is whatever it is counted for."""

    limit: Limit
    who: str

    @property
    def key(self) -> str:
        """Where it is counted: keyed, because ``who`` may be somebody's telephone number."""
        digest = salted_hmac("wacat.throttle", self.who, algorithm="sha256").hexdigest()[:32]
        return f"wacat:throttle:{self.limit.name}:{digest}"


class TooMany(Exception):
    """A limit is reached. ``wait`` are the seconds until the next attempt is admitted."""

    def __init__(self, wait: float) -> None:
        super().__init__(f"{wait:.0f} s")
        self.wait = wait


def reserve(*claims: Claim) -> None:
    """Count an attempt under all of these limits. Raises TooMany, and then counts it nowhere."""
    for number, claim in enumerate(claims):
        wait = _counter.take(claim)
        if wait:
            refund(*claims[:number])
            raise TooMany(wait)


def refund(*claims: Claim) -> None:
    """Uncount an attempt that turned out to be a good one."""
    for claim in claims:
        _counter.give_back(claim)


def admits(name: str, who: str, limit: int, seconds: int) -> bool:
    """Whether *who* is still within *limit* attempts of *name* in *seconds*; counts this one."""
    try:
        reserve(Claim(Limit(name, limit, seconds), who))
    except TooMany:
        return False
    return True


@cache
def _server() -> Any:
    return redis.Redis.from_url(
        settings.REDIS_URL,
        socket_connect_timeout=settings.BROKER_TIMEOUT,
        socket_timeout=settings.BROKER_TIMEOUT,
    )


class _Counter:
    """The server's counts, or this process's own while the server is away."""

    def __init__(self) -> None:
        self._own = _OwnCounts()
        self._silent_until = 0.0

    def take(self, claim: Claim) -> float:
        """Seconds to wait; 0 when the attempt is admitted and counted."""
        limit = claim.limit
        return self._ask(
            lambda: _server().eval(_TAKE, 1, claim.key, limit.most, limit.seconds * 1000) / 1000,
            lambda: self._own.take(claim),
        )

    def give_back(self, claim: Claim) -> None:
        self._ask(
            lambda: float(_server().eval(_GIVE_BACK, 1, claim.key)),
            lambda: self._own.give_back(claim),
        )

    def _ask(self, server: Callable[[], float], own: Callable[[], float]) -> float:
        if time.monotonic() < self._silent_until:
            return own()
        try:
            return server()
        except redis.RedisError as error:
            self._silent_until = time.monotonic() + SILENCE_SECONDS
            logger.warning("counting attempts alone: %s", type(error).__name__)
            return own()


class _OwnCounts:
    """Counts of this process only, of a bounded number of keys."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts: dict[str, tuple[int, float]] = {}

    def take(self, claim: Claim) -> float:
        moment = time.monotonic()
        with self._lock:
            taken, ends = self._counts.get(claim.key, (0, 0.0))
            if ends <= moment or not taken:
                taken, ends = 0, moment + claim.limit.seconds
            if taken >= claim.limit.most:
                return ends - moment
            self._make_room(moment)
            self._counts[claim.key] = (taken + 1, ends)
            return 0.0

    def give_back(self, claim: Claim) -> float:
        with self._lock:
            taken, ends = self._counts.get(claim.key, (0, 0.0))
            if taken:
                self._counts[claim.key] = (taken - 1, ends)
            return 0.0

    def _make_room(self, moment: float) -> None:
        if len(self._counts) < MOST_KEYS:
            return
        self._counts = {key: one for key, one in self._counts.items() if one[1] > moment}
        while len(self._counts) >= MOST_KEYS:
            self._counts.pop(next(iter(self._counts)))


_counter = _Counter()
