"""Where somebody goes on after an answer: to the list or month that they came from."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def address_in(text: str) -> str:
    """The address of a page of this room that a browser sent along; nothing for any other."""
    ours = text.startswith(reverse("service_list"))
    return text if ours and url_has_allowed_host_and_scheme(text, None) else ""
