"""PDFs that somebody asks for: drawn by a worker, handed out once, deleted a day later.

A table of figures, a filled form: what it says may have changed by the next time, so nothing is
kept for others. The one who asks waits a little; then a page says that it is being made.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from wacat.uploads import as_download
from wacat.work import Work

KEPT = timedelta(days=1)
FRESH = timedelta(minutes=2)
PATIENCE = 8.0  # seconds that an answer may wait for its file
LOOK_EVERY = 0.1
AT_ONCE = 500


class DrawnFile(Work):
    """Base: the file for one reader. ``delivered_at``: the next one is to be drawn anew."""

    may_be_deleted = True

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    file = models.CharField(max_length=100, blank=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta(Work.Meta):
        abstract = True


Unit = TypeVar("Unit", bound=DrawnFile)


def wanted(model: type[Unit], reader: Any, **asked: Any) -> tuple[Unit, bool]:
    """The reader's undelivered file of what is *asked*, or a new work; and whether it is new.

    One drawn longer ago than ``FRESH`` is passed over: what it says may have changed since.
    """
    values = {**asked, "asked_by": reader, "delivered_at": None}
    undelivered = model._default_manager.filter(**values).exclude(state=Work.State.FAILED)
    old = timezone.now() - FRESH
    work = undelivered.exclude(done_at__lt=old).order_by("-pk").first()
    return (work, False) if work else (model._default_manager.create(**values), True)


def is_drawn(work: DrawnFile) -> bool:
    """Whether the file is there, after waiting for it a little.

    Belongs outside a transaction: the worker begins only when the work is committed.
    """
    deadline = time.monotonic() + PATIENCE
    while work.state == Work.State.WAITING and time.monotonic() < deadline:
        time.sleep(LOOK_EVERY)
        work.refresh_from_db()
    return work.state == Work.State.DONE


def not_yet(request: HttpRequest, work: DrawnFile, back_url: str, back_label: str) -> HttpResponse:
    """202: the page that says so, and asks again when pressed."""
    context = {"work": work, "back_url": back_url, "back_label": back_label}
    return render(request, "202.html", context, status=202)


def hand_out(work: DrawnFile, name: str) -> HttpResponse:
    """The file as a download called *name*. Raises FileNotFoundError and SealBroken."""
    type(work)._default_manager.filter(pk=work.pk).update(delivered_at=timezone.now())
    return as_download(work.file, name)


def forget_old(model: type[DrawnFile]) -> None:
    """Delete what was asked for more than a day ago: it can be asked for again."""
    old = model._default_manager.filter(wanted_at__lt=timezone.now() - KEPT)
    for work in old[:AT_ONCE]:
        if work.file:
            default_storage.delete(work.file)
        work.delete()
