"""A new one-time password for who has forgotten theirs: from the Lurah, or the administrator."""

from __future__ import annotations

from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import ActionView, user_of
from accounts.closing.credentials import ONE_TIME, note
from accounts.issuing.may_renew import hindrance, may_renew
from accounts.issuing.sheets import order, ordered
from accounts.login.models import User
from accounts.notices.sending import notify
from accounts.rules import Action
from wacat.keys import pressed_key
from wacat.workflow import WrongState


class PasswordRenew(ActionView):
    """Asks once more, then ends what the user logs in with and has a slip drawn."""

    action = Action.ACCOUNT_RENEW

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        target = self._find(request, pk)
        context = {"target": target, "hindrance": hindrance(target), "key": str(uuid4())}
        return render(request, "accounts/issuing/renew.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        target, user, key = self._find(request, pk), user_of(request), pressed_key(request)
        User.objects.select_for_update(no_key=True).get(pk=pk)  # two presses, one after the other
        sheets = ordered(user, key)
        if not sheets:
            if words := hindrance(target):
                raise WrongState(words)
            sheets = order([target], user, key)
            note([target], ONE_TIME, user)
            notify("password_renewed", [(target, {})])
        return redirect("slip_sheet", sheets[0].pk)

    def _find(self, request: HttpRequest, pk: int) -> User:
        seen = self.reachable(User.objects, Action.ACCOUNT_VIEW)
        target: User = get_object_or_404(self.reachable(seen), pk=pk)
        if not may_renew(user_of(request), target):
            raise PermissionDenied
        return target
