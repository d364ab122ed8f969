"""One's own notices, those that say the same on one day as one line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from accounts.notices.models import Notice
from wacat.pages import LATEST, PAGE_SIZE, Page, following

LOOKED_THROUGH = 500  # notices for one page; a line that is longer goes on with the next page


@dataclass(frozen=True)
class Alike:
    """Notices that say the same on one day, from the latest on."""

    notices: list[Notice] = field(default_factory=list)

    @property
    def latest(self) -> Notice:
        return self.notices[0]

    @property
    def count(self) -> int:
        return len(self.notices)

    @property
    def is_unread(self) -> bool:
        return any(one.read_at is None for one in self.notices)


def page_of_lines(request: HttpRequest, notices: Any) -> Page:
    """The page of lines (``Alike``) that follows ``?sebelum=<key>``.

    By one query. Raises BadRequest when that is no place.
    """
    text = request.GET.get("sebelum", "")
    found = following(notices, LATEST.read(text), LOOKED_THROUGH + 1)
    lines = _lines(found[:LOOKED_THROUGH])
    shown = sum(one.count for one in lines)
    return Page(
        rows=lines,
        next_url=f"?sebelum={found[shown - 1].pk}" if len(found) > shown else "",
        previous_url=request.path if text else "",
    )


def alike(notice: Notice, notices: Any) -> Any:
    """Those of *notices* that stand in one line with *notice*, itself and earlier ones."""
    begins = datetime.combine(timezone.localdate(notice.at), time.min)
    day = timezone.make_aware(begins)
    same = notices.filter(kind=notice.kind, values=notice.values, pk__lte=notice.pk)
    return same.filter(at__gte=day, at__lt=day + timedelta(days=1))


def _lines(notices: Iterable[Notice]) -> list[Alike]:
    """In their order, as many as a page holds."""
    lines: dict[tuple[Any, ...], Alike] = {}
    for one in notices:
        said = timezone.localdate(one.at), one.kind, json.dumps(one.values, sort_keys=True)
        if said not in lines and len(lines) == PAGE_SIZE:
            break
        lines.setdefault(said, Alike()).notices.append(one)
    return list(lines.values())
