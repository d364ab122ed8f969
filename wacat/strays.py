"""Files that a crash between storing and committing has left: stored, and known to no row.

Rooms that keep files in a folder for each day have the last days' looked through.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.utils import timezone

from wacat.clock import today

STRAY = timedelta(days=1)  # a file without a row may belong to a transaction that is still open
LOOKED_BACK = 3  # days


def folder_of_today(folder: str) -> str:
    """Where *folder*'s files of today are kept."""
    return f"{folder}/{today():%Y%m%d}"


def erase_strays(folder: str, rows: Any) -> None:
    """Delete the old files below *folder* that are no ``file`` of *rows*, a queryset."""
    for days in range(1, LOOKED_BACK + 1):
        day = today() - timedelta(days=days)
        erase_unknown(f"{folder}/{day:%Y%m%d}", rows)


def files_in(folder: str) -> list[str]:
    """The names within it; none where there is no such folder."""
    return default_storage.listdir(folder)[1] if default_storage.exists(folder) else []


def are_old(names: Iterable[str]) -> bool:
    """Whether all are, by the machine's clock, as the file system has it."""
    before = timezone.now() - STRAY
    return all(default_storage.get_modified_time(name) < before for name in names)


def erase_unknown(folder: str, rows: Any) -> None:
    """Delete the old files right within *folder* that are no ``file`` of *rows*."""
    stored = {f"{folder}/{name}" for name in files_in(folder)}
    known = set(rows.filter(file__in=stored).values_list("file", flat=True))
    for name in stored - known:
        if are_old([name]):
            default_storage.delete(name)
