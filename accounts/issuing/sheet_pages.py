"""The slips that somebody asked for: a list, a sheet's own page, and its one download."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import ActionView, user_of
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.closing.credentials import ONE_TIME, note
from accounts.issuing.may_renew import hindrance, may_renew
from accounts.issuing.models import SlipSheet
from accounts.issuing.sheets import order, ordered
from accounts.issuing.slips import take
from accounts.login.models import User
from accounts.posts.models import Post
from accounts.rules import Action
from wacat.keys import pressed_key
from wacat.pages import page_of
from wacat.workflow import WrongState

GONE = 410
NOT_YET = "Slip di lembar ini belum diunduh. Unduh dahulu; mencetak ulang membuat kata sandi baru."
NOBODY = "Semua orang di lembar ini sudah memakai kata sandi sendiri."


class SlipView(ActionView):
    """Base: the sheets in reach that the user asked for; nobody else's exist."""

    action = Action.ACCOUNT_RENEW

    def sheets(self) -> Any:
        mine = self.reachable(SlipSheet.objects).filter(asked_by=user_of(self.request))
        return mine.select_related("area__parent")

    def show(self, request: HttpRequest, sheet: SlipSheet, status: int = 200) -> HttpResponse:
        """The sheet's page; for the browser's repeated question only its progress."""
        if request.headers.get("HX-Request"):
            context = {"sheet": sheet, "state": state_of(sheet)}
            return render(request, "accounts/issuing/_progress.html", context)
        people = _people_of(sheet)
        again = _again(user_of(request), people)
        context = {
            "sheet": sheet,
            "state": state_of(sheet),
            "people": people,
            "again": len(again),
            "key": str(uuid4()),
        }
        return render(request, "accounts/issuing/sheet.html", context, status=status)


class SlipList(SlipView):
    def get(self, request: HttpRequest) -> HttpResponse:
        page = page_of(request, self.sheets().annotate(people=Count("entries")))
        context = {
            "page": page,
            "lines": [(sheet, state_of(sheet)) for sheet in page.rows],
            "waiting": any(sheet.state == SlipSheet.State.WAITING for sheet in page.rows),
        }
        return render(request, "accounts/issuing/sheets.html", context)


class SlipSheetPage(SlipView):
    """A sheet: whom it is for, its progress, and printing again with new passwords."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(request, get_object_or_404(self.sheets(), pk=pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Print again, for those who have set no password of their own yet."""
        sheet = get_object_or_404(self.sheets(), pk=pk)
        user, key = user_of(request), pressed_key(request)
        sheets = ordered(user, key)
        if not sheets:
            if state_of(sheet) in ("waiting", "ready"):
                raise WrongState(NOT_YET)
            again = _again(user, _people_of(sheet))
            sheets = order(again, user, key)
            note(again, ONE_TIME, user)
        if not sheets:
            raise WrongState(NOBODY)
        return redirect("slip_sheet", sheets[0].pk)


class SlipPdf(SlipView):
    """The download, by a press only: it deletes the file. Afterwards there is nothing to fetch."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        sheet = get_object_or_404(self.sheets(), pk=pk)
        if state_of(sheet) in ("downloaded", "discarded"):
            return self.show(request, sheet, GONE)
        return redirect("slip_sheet", pk)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        sheet = get_object_or_404(self.sheets(), pk=pk)
        pdf = take(sheet.pk)
        if pdf is None:
            sheet.refresh_from_db()
            return self.get(request, pk)
        record(request, Access.Kind.DOWNLOAD, sheet)
        response = HttpResponse(pdf, content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="slip-akun-{sheet.area_id}.pdf"'
        return response


def state_of(sheet: SlipSheet) -> str:
    """``waiting``, ``failed``, ``ready``, ``downloaded``, ``discarded`` or ``empty``."""
    if sheet.state != SlipSheet.State.DONE:
        return str(sheet.state)
    if sheet.downloaded_at or sheet.discarded_at:
        return "downloaded" if sheet.downloaded_at else "discarded"
    return "ready" if sheet.file else "empty"


def _people_of(sheet: SlipSheet) -> list[User]:
    """Whom the sheet is for, with their posts, in the order of the slips."""
    posts = Post.objects.not_over().select_related("area__parent").order_by("area", "pk")
    users = User.objects.filter(slips__sheet=sheet)
    found = list(users.prefetch_related(Prefetch("posts", posts, to_attr="posts_to_show")))
    for user in found:
        user.posts_not_over = user.posts_to_show
    return sorted(found, key=_place_of_slip)


def _place_of_slip(user: User) -> tuple[str, int]:
    """Whoever has left office meanwhile comes first."""
    return user.posts_not_over[0].area_id if user.posts_not_over else "", user.pk


def _again(actor: User, people: list[User]) -> list[User]:
    """Those for whom printing again makes sense: the others have a password of their own."""
    return [
        user
        for user in people
        if not user.has_own_password and not hindrance(user) and may_renew(actor, user)
    ]
