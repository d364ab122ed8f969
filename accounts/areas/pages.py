"""What every change of an RT has in common: a question, a page to check, and the deed.

The question is a GET form, so its answers stand in the address of the page that checks them;
that page asks for the letter and does it, by a POST whose hidden key makes a repeated one
answer like the first.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import ActionView, user_of
from accounts.areas import changing
from accounts.areas.changing import Order
from accounts.areas.codes import code_from
from accounts.areas.forms import DayForm, LetterForm
from accounts.areas.models import Area, AreaChange, Level
from accounts.posts.models import Mandate
from accounts.rules import Action
from wacat.keys import pressed_key
from wacat.words import tanggal
from wacat.workflow import InputMissing

AGAIN = "ubah"  # in the address: the answers are to be changed


class ChangeArea(ActionView, ABC):
    """One kind of change. Subclasses say what is asked, what will follow, and what is done."""

    action = Action.AREA_CHANGE
    level: ClassVar[str] = Level.RT
    kind: ClassVar[str]
    question: ClassVar[type[DayForm]] = DayForm
    title: ClassVar[str]
    button: ClassVar[str]
    done: ClassVar[str]

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        area = self.find(code)
        if not request.GET:
            return self._ask(area, self.question(area=area))
        if AGAIN in request.GET:
            return self._ask(area, self.question(initial=request.GET.dict(), area=area))
        question = self.question(request.GET, area=area)
        if not question.is_valid():
            return self._ask(area, question, 422)
        return self._check(area, question, LetterForm(), uuid4())

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        key = pressed_key(request)
        user = user_of(request)
        if made := AreaChange.objects.filter(by=user, key=key).first():
            return self._answer(made)
        area = self.find(code)
        question = self.question(request.POST, area=area)
        letter = LetterForm(request.POST, request.FILES)
        if not question.is_valid():
            return self._ask(area, question, 422)
        if not letter.is_valid():
            return self._check(area, question, letter, key, 422)
        try:
            return self._answer(self._do(area, question, letter, key))
        except InputMissing as error:  # somebody changed something meanwhile
            question.refuse(error)
            return self._ask(area, question, 422)

    def find(self, code: str) -> Area:
        """The area in reach to which this can be done. Raises Http404 and WrongState."""
        areas = self.reachable(Area.objects).filter(level=self.level)
        area: Area = get_object_or_404(areas.select_related("parent__parent"), code=code_from(code))
        if self.kind in changing.SOURCES:
            changing.must_allow(area, self.kind)
        return area

    def rows(self, area: Area, question: Any) -> list[tuple[str, str]]:
        """The answers, to be checked."""
        return [(area.get_level_display(), place(area)), self.day_row(question)]

    def day_row(self, question: Any) -> tuple[str, str]:
        return "Berlaku sejak", tanggal(question.cleaned_data["date"])

    @abstractmethod
    def consequences(self, area: Area, question: Any) -> list[str]:
        """What will follow, a sentence each."""

    @abstractmethod
    def change(self, area: Area, question: Any, order: Order) -> AreaChange:
        """Do it. Raises WrongState and InputMissing."""

    @transaction.atomic
    def _do(self, area: Area, question: DayForm, letter: LetterForm, key: UUID) -> AreaChange:
        """All of it, with the letter, or nothing; once per key also at the same moment."""
        user = user_of(self.request)
        if made := changing.begin(area.kelurahan_code, user, key):
            return made
        mandate = letter.mandate(Mandate.Kind.AREA, user, key)
        order = Order(user, mandate, question.cleaned_data["date"], key)
        return self.change(area, question, order)

    def _answer(self, change: AreaChange) -> HttpResponse:
        messages.success(self.request, self.done)
        return redirect("area_detail", change.area_id)

    def _ask(self, area: Area, question: DayForm, status: int = 200) -> HttpResponse:
        context = {"area": area, "place": place(area), "form": question, "title": self.title}
        return render(self.request, "accounts/areas/question.html", context, status=status)

    def _check(
        self, area: Area, question: Any, letter: LetterForm, key: UUID, status: int = 200
    ) -> HttpResponse:
        given = {name: question.data.get(name, "") for name in question.fields}
        answers = {name: value for name, value in given.items() if value}
        context = {
            "area": area,
            "title": self.title,
            "rows": self.rows(area, question),
            "consequences": self.consequences(area, question),
            "form": letter,
            "answers": answers,
            "change_url": f"?{urlencode({**answers, AGAIN: 1})}",
            "key": key,
            "button": self.button,
        }
        return render(self.request, "accounts/areas/check.html", context, status=status)


def place(area: Area) -> str:
    """As in "RT 012, Kel. Sepinggan" or "Kelurahan Sepinggan"; with the code of an RT."""
    if area.level != Level.RT:
        return area.label
    return f"{area.label}, Kel. {area.containing.name} (kode {area.code})"
