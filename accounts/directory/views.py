"""Every account in reach: the list, the sheet of it, and an account's own page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.access import ActionView, user_of
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.directory.finding import Finder
from accounts.directory.paging import ORDER, page_by_area
from accounts.directory.presenting import (
    closures_of,
    history_of,
    person_rows,
    post_parts,
    sign_ins_of,
    state_of,
    use_rows,
)
from accounts.directory.sheet import xlsx_of
from accounts.directory.states import MARKS, State, posts_in_reach
from accounts.directory.steps import account_steps
from accounts.login.models import User
from accounts.menu import OF_ACCOUNTS, pages_for
from accounts.notices.whatsapp import whatsapp_link
from accounts.rules import Action
from accounts.scope import reach
from wacat.clock import today
from wacat.pages import PAGE_SIZE, Page
from wacat.sheets import as_download


class AccountList(ActionView):
    """The posts in reach with their holders. A search is a POST: it holds names and numbers."""

    action = Action.ACCOUNT_VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, Finder(user_of(request), request.GET))

    def post(self, request: HttpRequest) -> HttpResponse:
        text = request.POST.get("q", "")
        return self._show(request, Finder(user_of(request), request.GET, text))

    def _show(self, request: HttpRequest, finder: Finder) -> HttpResponse:
        rows = finder.rows().select_related("user", "area__parent")
        page = self._found(request, rows) if finder.text else page_by_area(request, rows)
        for post in page.rows:
            post.mark, post.state_label = MARKS[State(post.state)], State(post.state).label
        counts = [{**one, "mark": MARKS[State(one["state"])]} for one in finder.counts()]
        context = {
            "finder": finder,
            "page": page,
            "counts": counts,
            "pages": pages_for(user_of(request), OF_ACCOUNTS),
        }
        return render(request, "accounts/directory/list.html", context)

    def _found(self, request: HttpRequest, rows: Any) -> Page:
        """One page: the address of a next one would have to hold what was searched for."""
        found = list(rows.order_by(*ORDER)[: PAGE_SIZE + 1])
        if len(found) > PAGE_SIZE:
            messages.info(request, f"Lebih dari {PAGE_SIZE} akun cocok. Ketik nama lebih lengkap.")
        return Page(found[:PAGE_SIZE], next_url="", previous_url="")


class AccountXlsx(ActionView):
    """The same list as a spreadsheet; taking it is recorded."""

    action = Action.ACCOUNT_VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        finder = Finder(user_of(request), request.GET)
        area = finder.area.code if finder.area else finder.reach[0]
        content = xlsx_of(finder.rows())
        record(request, Access.Kind.EXPORT, "accounts.post", area)
        return as_download(content, f"akun-{area}-{today().isoformat()}")


class AccountPage(ActionView):
    """One account, as far as its posts lie within reach."""

    action = Action.ACCOUNT_VIEW

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        viewer = user_of(request)
        person = get_object_or_404(self.reachable(User.objects), pk=pk)
        posts = self._posts(viewer, person)
        held = [post for post in posts if post.state != State.ENDED]
        oversees_all = bool(reach(viewer, Action.ACCOUNT_ISSUE))
        shows_contacts = any(post.contacts_shown for post in posts)
        context: dict[str, Any] = {
            "person": person,
            "state": state_of(posts),
            "rows": person_rows(person, posts),
            "use": use_rows(person) if held or oversees_all else [],
            "posts": post_parts(viewer, posts),
            "steps": account_steps(viewer, person, posts),
            "whatsapp_url": whatsapp_link(person) if shows_contacts else "",
            "history": history_of(person, whole=oversees_all) if held or oversees_all else [],
        }
        if oversees_all:
            context |= {"closures": closures_of(person), "sign_ins": sign_ins_of(person)}
        return render(request, "accounts/directory/detail.html", context)

    def _posts(self, viewer: User, person: User) -> list[Any]:
        """The person's posts within reach, those of today first."""
        grounds = ("proposal", "mandate", "delegated_by__user", "delegated_by__area__parent")
        posts = posts_in_reach(viewer).filter(user=person).select_related("area__parent", *grounds)
        return sorted(posts, key=lambda post: (post.state == State.ENDED, -post.pk))
