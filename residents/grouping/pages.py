"""A page of people who live together, and what is done to all of the ticked ones at once.

The page lists them; ``?lakukan=end|move|extend&resident=…`` asks what is needed and shows the
names once more; a POST of that form does it, to all of them or to none.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import ActionView, user_of
from accounts.rules import Action
from accounts.scope import reach, require
from residents.families.members import hold_families
from residents.grouping.deeds import carry_out, was_done
from residents.grouping.forms import FORMS, MoveForm, Together
from residents.grouping.presenting import lines_of
from residents.registry.models import Resident
from residents.registry.states import ACTIVE
from wacat.keys import row_keys, sent_key
from wacat.workflow import InputMissing, WrongState

NOBODY = "Belum ada orang yang dicentang."
CHANGED = "Seorang dari mereka sudah tidak tercatat di sini. Muat ulang daftarnya, lalu ulangi."
UNTICKED = "kosong"  # ?centang=


class GroupPage(ActionView, ABC):
    """Subclasses say what the people share, and show it. The posted ``action`` names the deed."""

    action = Action.RESIDENT_VIEW
    model: ClassVar[type[models.Model]]
    shared: ClassVar[str]  # the resident's column that leads to it
    address: ClassVar[str]  # the name of this page

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if "lakukan" not in request.GET:
            return self.show(self.find(pk))
        form_class = _form_of(request.GET["lakukan"])
        require(user_of(request), Action.RESIDENT_ENTER)
        thing = self.find(pk, Action.RESIDENT_ENTER)
        ticked = row_keys(request.GET.getlist("resident"))
        people = list(self.people(thing).filter(pk__in=ticked).order_by("full_name", "pk"))
        if not people:
            return self.show(thing, status=422, error=NOBODY)
        return ask(request, form_class(people=people, user=user_of(request)), self.around(thing))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form_class = _form_of(request.POST.get("action", ""))
        user, key = user_of(request), sent_key(request)
        require(user, Action.RESIDENT_ENTER)
        thing = self.find(pk, Action.RESIDENT_ENTER)
        ticked = row_keys(request.POST.getlist("resident"))
        if not ticked:
            return self.show(thing, status=422, error=NOBODY)
        if form_class is MoveForm:
            hold_families(self._reached(ticked))
        people = self._locked(ticked)
        if was_done(people, user, form_class.name, key):
            return redirect(self.address, pk)
        self._must_be_there(thing, people)
        form = form_class(request.POST, people=people, user=user)
        return answer(request, form, self.around(thing))

    def find(self, pk: int, action: Action = Action.RESIDENT_VIEW) -> Any:
        """What they share, in reach for seeing and for the action, or 404."""
        seen = self.reachable(self.reachable(self.model._default_manager), action)
        return get_object_or_404(seen.select_related("area__parent"), pk=pk)

    def people(self, thing: Any) -> Any:
        """Those who live there by the record."""
        return self.all_people(thing).active()

    def all_people(self, thing: Any) -> Any:
        """Whoever was ever entered there, as far as the user sees them."""
        return self.reachable(Resident.objects).filter(**{self.shared: thing.pk})

    def may_enter(self, thing: Any) -> bool:
        return thing.lies_within(reach(user_of(self.request), Action.RESIDENT_ENTER))

    def listing(self, people: Iterable[Resident]) -> dict[str, Any]:
        """What ``residents/grouping/_people.html`` needs."""
        ticked = self.request.GET.get("centang") != UNTICKED
        lines = lines_of(people, ticked=ticked)
        deeds = [(name, form.title) for name, form in FORMS.items()]
        return {"lines": lines, "all_ticked": ticked, "deeds": deeds}

    @abstractmethod
    def around(self, thing: Any) -> dict[str, Any]:
        """For the page that asks: ``whose``, and the address ``home`` of the group's own page."""

    @abstractmethod
    def show(self, thing: Any, status: int = 200, error: str = "") -> HttpResponse:
        """The page itself; *error* is what was wrong with the ticks."""

    def _locked(self, ticked: list[int]) -> list[Resident]:
        """The ticked people, whom nobody else changes meanwhile. Raises Http404."""
        rows = self._enterable(ticked)
        people = list(rows.select_for_update(of=("self",)).order_by("pk"))
        if len(people) != len(ticked):
            raise Http404
        return sorted(people, key=lambda one: (one.full_name, one.pk))

    def _reached(self, ticked: list[int]) -> list[int]:
        """Their keys: nobody waits for people out of reach. Raises Http404."""
        keys = list(self._enterable(ticked).values_list("pk", flat=True))
        if len(keys) != len(ticked):
            raise Http404
        return keys

    def _enterable(self, ticked: list[int]) -> Any:
        return self.reachable(Resident.objects, Action.RESIDENT_ENTER).filter(pk__in=ticked)

    def _must_be_there(self, thing: Any, people: list[Resident]) -> None:
        """Raises WrongState when one has left, or lives elsewhere now."""
        gone = (one.status not in ACTIVE for one in people)
        elsewhere = (getattr(one, f"{self.shared}_id") != thing.pk for one in people)
        if any(gone) or any(elsewhere):
            raise WrongState(CHANGED)


def ask(
    request: HttpRequest, form: Together, around: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The page that asks, with the names of those whom it concerns."""
    context = {"form": form, "lines": lines_of(form.people, form.notes), **around}
    return render(request, "residents/grouping/ask.html", context, status=status)


def answer(request: HttpRequest, form: Together, around: dict[str, Any]) -> HttpResponse:
    """Do what the sent form asks and go home, or ask again."""
    if not form.is_valid():
        return ask(request, form, around, 422)
    try:
        done = carry_out(form, user_of(request))
    except InputMissing as error:
        form.refuse(error)
        return ask(request, form, around, 422)
    if done:
        messages.success(request, form.done())
    return redirect(around["home"])


def _form_of(name: str) -> type[Together]:
    """Raises BadRequest for what is no deed."""
    if name not in FORMS:
        raise BadRequest("Tindakan tidak dikenal.")
    return FORMS[name]
