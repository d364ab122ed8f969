"""Announcements as the administrator writes, publishes and withdraws them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import ActionView, user_of
from accounts.announcements.addressing import addressees, readers
from accounts.announcements.codes import Status
from accounts.announcements.forms import AnnouncementForm, PlainForm, WithdrawForm
from accounts.announcements.models import Announcement
from accounts.announcements.workflow import WORKFLOW, write
from accounts.rules import Action
from wacat.forms import Keyed
from wacat.history import latest_first, line_of
from wacat.pages import page_of
from wacat.words import tanggal
from wacat.workflow import WrongState

# The marks of components/status.html.
MARKS = {
    Status.DRAFT: "draft",
    Status.PUBLISHED: "issued",
    Status.WITHDRAWN: "revoked",
    Status.DISCARDED: "ended",
}
STEP_LABELS = {
    "write": "Ditulis",
    "amend": "Diubah",
    "publish": "Diterbitkan",
    "withdraw": "Ditarik",
    "discard": "Dibuang",
}
STANDS = "Yang sudah terbit tidak diubah lagi. Tarik, lalu tulis yang baru."
# What is done here, by the form that it takes, and what is said then.
DEEDS: dict[str, tuple[type[Keyed], str]] = {
    "publish": (PlainForm, "Pengumuman terbit."),
    "discard": (PlainForm, "Draf dibuang."),
    "withdraw": (WithdrawForm, "Pengumuman ditarik."),
}


class AnnouncementDesk(ActionView):
    """All that was written, the latest first; ``?status=`` narrows."""

    action = Action.ANNOUNCE

    def get(self, request: HttpRequest) -> HttpResponse:
        status = request.GET.get("status", "")
        if status and status not in Status.values:
            raise BadRequest("Keadaan tidak dikenal.")
        rows = self.reachable(Announcement.objects).defer("text")
        page = page_of(request, rows.filter(status=status) if status else rows)
        context = {
            "page": page,
            "lines": [(one, MARKS[Status(one.status)]) for one in page.rows],
            "status": status,
            "choices": Status.choices,
        }
        return render(request, "accounts/announcements/desk.html", context)


class AnnouncementAdd(ActionView):
    action = Action.ANNOUNCE

    def get(self, request: HttpRequest) -> HttpResponse:
        return _form(request, AnnouncementForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = AnnouncementForm(request.POST)
        if not form.is_valid():
            return _form(request, form, status=422)
        draft = write(user_of(request), form.sent_key, form.cleaned_data)
        return redirect("announcement_case", draft.pk)


class _OfOne(ActionView):
    action = Action.ANNOUNCE

    def find(self, pk: int) -> Announcement:
        found: Announcement = get_object_or_404(self.reachable(Announcement.objects), pk=pk)
        return found


class AnnouncementEdit(_OfOne):
    """A draft, as long as it is one."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        draft = self._draft(pk)
        return _form(request, AnnouncementForm(draft=draft), draft)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        draft, form = self._draft(pk), AnnouncementForm(request.POST)
        if not form.is_valid():
            return _form(request, form, draft, 422)
        WORKFLOW.advance(pk, "amend", form.move(user_of(request)))
        return redirect("announcement_case", pk)

    def _draft(self, pk: int) -> Announcement:
        found = self.find(pk)
        if found.status != Status.DRAFT:
            raise WrongState(STANDS)
        return found


class AnnouncementCase(_OfOne):
    """As its readers see it, for whom it is, and how many have read it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(request, self.find(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        name = request.POST.get("action", "")
        if name not in DEEDS:
            raise BadRequest("Tindakan tidak dikenal.")
        make, said = DEEDS[name]
        found, form = self.find(pk), make(request.POST)
        if not form.is_valid():
            return self._show(request, found, form, 422)
        WORKFLOW.advance(pk, name, form.move(user_of(request)))
        messages.success(request, said)
        return redirect("announcement_case", pk)

    def _show(
        self, request: HttpRequest, found: Announcement, sent: Any = None, status: int = 200
    ) -> HttpResponse:
        everyone, by_role = readers(found)
        steps = latest_first(found.steps.all())[:25]
        context = {
            "announcement": found,
            "mark": MARKS[Status(found.status)],
            "rows": _rows(found, everyone.addressed),
            "everyone": everyone,
            "by_role": by_role,
            "history": [line_of(step, STEP_LABELS[step.name]) for step in steps],
            "sent": sent,
            "plain": PlainForm(auto_id=False),
            "withdraw": sent if isinstance(sent, WithdrawForm) else WithdrawForm(),
        }
        return render(request, "accounts/announcements/case.html", context, status=status)


def _rows(found: Announcement, addressed: int) -> list[tuple[str, str | int]]:
    roles, areas = addressees(found)
    return [
        ("Untuk", roles),
        ("Wilayah", areas),
        ("Berlaku", f"{tanggal(found.starts)} sampai dengan {tanggal(found.until)}"),
        ("Penting", "Ya, dikabarkan lewat surel" if found.is_important else "Tidak"),
        ("Pengguna yang dituju hari ini", addressed),
    ]


def _form(
    request: HttpRequest,
    form: AnnouncementForm,
    draft: Announcement | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "draft": draft}
    return render(request, "accounts/announcements/form.html", context, status=status)
