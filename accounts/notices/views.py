"""Everybody's own notices, and the administrator's log of what left the portal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import ActionView, user_of
from accounts.notices.grouping import alike, page_of_lines
from accounts.notices.models import Delivery, Notice
from accounts.notices.presenting import STATES, delivery_line, notice_lines, target_of
from accounts.notices.retrying import retry
from accounts.rules import Action
from accounts.scope import may
from wacat.clock import now
from wacat.keys import row_key
from wacat.pages import page_of
from wacat.work import Work


def _own(request: HttpRequest) -> QuerySet[Notice]:
    return Notice.objects.filter(recipient=user_of(request))


def _key(text: str) -> int:
    """Raises BadRequest when the text is no key."""
    key = row_key(text)
    if key is None:
        raise BadRequest("Isian tidak dikenal.")
    return key


class NoticeList(ActionView):
    """One's own notices, the latest first."""

    action = None

    def get(self, request: HttpRequest) -> HttpResponse:
        page = page_of_lines(request, _own(request))
        told = notice_lines(one.latest for one in page.rows)
        context = {
            "page": page,
            "lines": list(zip(told, page.rows, strict=True)),
            "latest": page.rows[0].latest.pk if page.rows else None,
            "any_unread": _own(request).filter(read_at=None).exists(),
            "may_see_log": may(user_of(request), Action.ACCOUNT_ISSUE),
        }
        return render(request, "accounts/notices/list.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Mark as read what was there when the page was opened, and nothing that came since."""
        latest = _key(request.POST.get("latest", ""))
        _own(request).filter(read_at=None, pk__lte=latest).update(read_at=now())
        messages.success(request, "Semua pemberitahuan ditandai sudah dibaca.")
        return redirect("notice_list")


class NoticeOpen(ActionView):
    """Marks one's own notice as read, with those in its line, and goes on to its matter."""

    action = None

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        notice = get_object_or_404(_own(request), pk=pk)
        alike(notice, _own(request)).filter(read_at=None).update(read_at=now())
        return redirect(target_of(notice))


class DeliveryLog(ActionView):
    """What was sent beyond the portal, what waits, what failed and why."""

    action = Action.ACCOUNT_ISSUE

    def get(self, request: HttpRequest) -> HttpResponse:
        state = request.GET.get("status", "")
        if state and state not in Work.State.values:
            raise BadRequest("Keadaan tidak dikenal.")
        rows = self.reachable(Delivery.objects)
        counts = _counts(rows)
        narrowed = rows.filter(state=state) if state else rows
        page = page_of(request, narrowed.select_related("notice__recipient"))
        context = {
            "page": page,
            "lines": [delivery_line(one) for one in page.rows],
            "counts": [(str(key), label, counts.get(key, 0)) for key, label in STATES.items()],
            "failed": counts.get(Work.State.FAILED, 0),
            "state": state,
            "choices": [(str(key), label) for key, label in STATES.items()],
        }
        return render(request, "accounts/notices/deliveries.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Try failed ones again: the one that is named, or all. A second press finds none."""
        rows = self.reachable(Delivery.objects)
        if named := request.POST.get("delivery", ""):
            rows = rows.filter(pk=get_object_or_404(rows, pk=_key(named)).pk)
        count = retry(rows)
        messages.success(request, f"{count} pesan dikirim ulang.")
        return redirect("delivery_log")


def _counts(rows: Any) -> dict[str, int]:
    return dict(rows.order_by().values_list("state").annotate(Count("pk")))
