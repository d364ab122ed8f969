"""Counting attempts in the cache; a missing cache lets everybody through."""

import time

from django.core.cache import cache


def admits(name: str, who: str, limit: int, seconds: int) -> bool:
    """Whether *who* is still within *limit* attempts of *name* in this window of *seconds*."""
    window = int(time.time()) // seconds
    key = f"throttle:{name}:{window}:{who}"
    cache.add(key, 0, 2 * seconds)
    try:
        return cache.incr(key) <= limit
    except ValueError:  # the cache was emptied in between
        return True
