"""What the pages about one account have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import ActionView, user_of
from accounts.closing.presenting import posts_of
from accounts.closing.rules import refusal
from accounts.login.models import User
from accounts.rules import Action
from wacat.forms import Keyed
from wacat.workflow import Move, WrongState


class OfAccount(ActionView):
    """A page about a user in reach."""

    def find(self, pk: int) -> User:
        """The user with this key. Raises Http404 out of reach."""
        user: User = get_object_or_404(self.reachable(User.objects), pk=pk)
        return user


class AccountDeed(OfAccount, ABC):
    """What an administrator does to an account on one page: asked by GET, done by POST."""

    action = Action.ACCOUNT_CLOSE
    form_class: ClassVar[type[Keyed]]
    template: ClassVar[str]

    @abstractmethod
    def hindrance(self, user: User) -> str:
        """Why there is nothing to do here; empty when there is."""

    @abstractmethod
    def do(self, pk: int, move: Move) -> None:
        """Do it, or nothing when it was done before. Raises WrongState."""

    @abstractmethod
    def done(self, user: User) -> str:
        """What is said when it is done."""

    @abstractmethod
    def facts(self, user: User) -> dict[str, Any]:
        """What the page shows beside the person."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = self.find(pk)
        if reason := self.hindrance(user) or refusal(user_of(request), user):
            raise WrongState(reason)
        return self._show(request, user, self.form_class())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user, form = self.find(pk), self.form_class(request.POST)
        if not form.is_valid():
            return self._show(request, user, form, 422)
        self.do(pk, form.move(user_of(request)))
        messages.success(request, self.done(user))
        return redirect("account_detail", pk)

    def _show(
        self, request: HttpRequest, user: User, form: Keyed, status: int = 200
    ) -> HttpResponse:
        context = {"account": user, "posts": posts_of(user), "form": form, **self.facts(user)}
        return render(request, self.template, context, status=status)
