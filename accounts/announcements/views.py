"""Announcements as their readers see them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.access import ActionView, user_of
from accounts.announcements.codes import Status
from accounts.announcements.models import Announcement, ReadMark
from accounts.rules import Action
from accounts.scope import may
from wacat.pages import Order, page_of
from wacat.workflow import WrongState

LATEST = Order("published_on")
GONE = "Pengumuman ini sudah ditarik, atau belum atau tidak lagi berlaku."


class AnnouncementList(ActionView):
    """What is told today to the user's posts, the latest first."""

    action = None

    def get(self, request: HttpRequest) -> HttpResponse:
        user = user_of(request)
        rows: Any = Announcement.objects.current().addressed_to(user).marked(user)
        context = {
            "page": page_of(request, rows.defer("text"), order=LATEST),
            "may_write": may(user, Action.ANNOUNCE),
        }
        return render(request, "accounts/announcements/list.html", context)


class AnnouncementDetail(ActionView):
    """One of them; that it was opened is noted once."""

    action = None

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = user_of(request)
        told = Announcement.objects.filter(status__in=(Status.PUBLISHED, Status.WITHDRAWN))
        found: Announcement = get_object_or_404(told.addressed_to(user), pk=pk)
        if not found.is_current:
            raise WrongState(GONE)
        mark = ReadMark(announcement=found, user=user)
        ReadMark.objects.bulk_create([mark], ignore_conflicts=True)
        return render(request, "accounts/announcements/detail.html", {"announcement": found})
