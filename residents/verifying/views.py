"""The operator's queue: reports verified by the page, and the exceptions one by one."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import ActionView, user_of
from accounts.cards import said
from accounts.rules import Action
from residents.verifying.bulk import Outcome, verify_many
from residents.verifying.claims import CLAIMS
from residents.verifying.queue import Queue, for_lines, lines_of
from wacat.keys import pressed_key, row_keys
from wacat.keyset import page_from_oldest
from wacat.words import angka

PLAIN_SIZE, ODD_SIZE = 50, 25
PARTS = ("", "peringatan")


class VerifyQueue(ActionView):
    """``?bagian=peringatan`` shows those with something to look at, else those without."""

    action = Action.RESIDENT_JUDGE

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        match request.POST.get("action", ""):
            case "verify":
                return self._verify(request)
            case "next":
                return self._next(request)
        raise BadRequest("Tindakan tidak dikenal.")

    def _verify(self, request: HttpRequest) -> HttpResponse:
        keys = row_keys(request.POST.getlist("resident"))[:PLAIN_SIZE]
        if not keys:
            messages.warning(request, "Belum ada laporan yang dicentang.")
            return redirect(_here(request))
        outcome = verify_many(user_of(request), keys, pressed_key(request))
        if outcome.left_out:  # told on the page itself: names belong in no message that waits
            return self._show(request, outcome)
        messages.success(request, f"{angka(outcome.verified)} laporan diverifikasi.")
        return redirect(_here(request))

    def _next(self, request: HttpRequest) -> HttpResponse:
        queue = Queue(user_of(request), request.GET)
        resident = CLAIMS.next_for(user_of(request), queue.odd(), pressed_key(request))
        if resident is None:
            messages.info(request, "Tidak ada laporan yang bebas untuk diperiksa.")
            return redirect(_here(request))
        return redirect("resident_detail", resident.pk)

    def _show(self, request: HttpRequest, outcome: Outcome | None = None) -> HttpResponse:
        queue = Queue(user_of(request), request.GET)
        part = request.GET.get("bagian", "")
        if part not in PARTS:
            raise BadRequest("Bagian tidak dikenal.")
        rows, size = (queue.odd(), ODD_SIZE) if part else (queue.plain(), PLAIN_SIZE)
        page = page_from_oldest(request, for_lines(rows, bool(part)), "reported_at", size)
        lines, mine = lines_of(user_of(request), page.rows)
        context = {
            "queue": queue,
            "part": part,
            "page": page,
            "lines": lines,
            "ticked": sum(self._is_ticked(line) for line in lines),
            "counts": {part: said(count) for part, count in queue.counts().items() if count},
            "mine": mine,
            "outcome": outcome,
            "key": str(uuid4()),
        }
        return render(request, "residents/verifying/queue.html", context)

    def _is_ticked(self, line: Any) -> bool:
        return line.claim is None or line.claim.operator_id == user_of(self.request).pk


def _here(request: HttpRequest) -> str:
    """The same part and area, from its beginning."""
    query = request.GET.copy()
    query.pop("sesudah", None)
    address = reverse("verify_queue")
    return f"{address}?{query.urlencode()}" if query else address
