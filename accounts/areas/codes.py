"""Codes of areas as they come in addresses, where anything may be written."""

from __future__ import annotations

import re

from django.http import Http404

_CODE = re.compile(r"[0-9]{2}(\.[0-9]{2,4}){1,4}")


def code_from(text: str) -> str:
    """*text*, when it can be an area's code. Raises Http404, as for one that does not exist."""
    if not _CODE.fullmatch(text):
        raise Http404
    return text
