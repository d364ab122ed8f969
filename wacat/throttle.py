"""Counting attempts in the cache; a missing cache lets everybody through."""

from django.core.cache import cache


def admits(name: str, who: str, limit: int, seconds: int) -> bool:
    """Whether *who* is still within *limit* attempts of *name* in a window of *seconds*."""
    key = f"throttle:{name}:{who}"
    if cache.add(key, 1, seconds):
        return True
    try:
        return cache.incr(key) <= limit
    except ValueError:  # the window closed in between
        return True
