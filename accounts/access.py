"""The door of every view: it declares its action, or that any logged-in user may come."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django.db import connection, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from accounts.login.models import User
from accounts.rules import Action
from accounts.scope import require
from wacat.workflow import WrongState


def user_of(request: HttpRequest) -> User:
    """The logged-in user. Raises Http404 for anonymous ones, who never get this far."""
    if not request.user.is_authenticated:
        raise Http404
    return request.user


class ActionView(View):
    """A view for those who have ``action``: 403 before any look-up for the others.

    ``action`` None admits every logged-in user.
    """

    action: ClassVar[Action | None]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.action is not None:
            require(user_of(request), self.action)
        try:
            response = super().dispatch(request, *args, **kwargs)
        except WrongState as error:
            response = wrong_state(request, str(error))
            if connection.in_atomic_block:
                transaction.set_rollback(True)  # what came before it in the request, too
        # Kept in no cache, so that after the logout the back button shows nobody's data.
        response.setdefault("Cache-Control", "no-store")
        return response

    def reachable(self, rows: Any, action: Action | None = None) -> QuerySet[Any]:
        """Those of *rows* (a manager or queryset) in the user's scope for the action."""
        return rows.visible_to(user_of(self.request), action or self.action)


def wrong_state(request: HttpRequest, message: str) -> HttpResponse:
    """409: the thing exists, but this cannot be done to it any more."""
    context = {"message": message, "back_url": _page_of_the_thing(request)}
    return render(request, "409.html", context, status=409)


def _page_of_the_thing(request: HttpRequest) -> str:
    """``/surat/12/`` for ``/surat/12/pdf/``; the start page where that is what was refused."""
    thing = re.match(r"/[a-z]+/\d+/", request.path)
    refused = request.path if request.method == "GET" else ""
    return thing[0] if thing and thing[0] != refused else reverse("start")
