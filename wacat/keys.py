"""Keys in what a browser sends: a form's hidden key, by which a repeated press is known.

A page that shows such a form puts a new key into it; see also ``wacat.forms.Keyed``.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid4

from django.http import HttpRequest


def sent_key(request: HttpRequest, name: str = "key") -> UUID | None:
    """The posted hidden key, or None when it is missing or damaged."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return None


def pressed_key(request: HttpRequest, name: str = "key") -> UUID:
    """The same; a new one where there is none, so that each press counts."""
    return sent_key(request, name) or uuid4()


def row_key(text: str) -> int | None:
    """The key of a row as it was sent, or None when it is none."""
    is_key = text.isascii() and text.isdigit() and len(text) < 19  # as many digits as fit
    return int(text) if is_key else None


def row_keys(texts: Iterable[str]) -> list[int]:
    """The keys of rows that were ticked, each once; what is no key is passed over."""
    keys = (row_key(text) for text in texts)
    return list(dict.fromkeys(key for key in keys if key is not None))
