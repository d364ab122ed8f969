"""A form's hidden key, by which a press that is repeated is known."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import HttpRequest

from accounts.proposals.keys import key_from


def pressed_key(request: HttpRequest) -> UUID:
    """The posted ``key``; a new one where it is missing or damaged, so that each press counts."""
    return key_from(request.POST.get("key", "")) or uuid4()
