"""The trail: who did what to what, when and from where. For the administrator, city-wide.

It tells states, days and names of officials, never what a resident's record holds.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import ActionView, user_of
from accounts.areas.models import Area, Level
from accounts.audit.looking import cleaned, people_called, subjects_of
from accounts.audit.models import Access
from accounts.audit.presenting import people_named, present
from accounts.audit.questions import KINDS, Question
from accounts.audit.reading import Place, place_of, read
from accounts.audit.record import record
from accounts.audit.sheet import xlsx_of
from accounts.rules import Action
from wacat.clock import today
from wacat.pages import PAGE_SIZE
from wacat.sheets import as_download

TRAIL = "accounts.trail"


class Trail(ActionView):
    """The latest entries, narrowed by the address. A search is a POST: it holds names or a NIK."""

    action = Action.TRAIL_VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, Question.from_query(user_of(request), request.GET))

    def post(self, request: HttpRequest) -> HttpResponse:
        question = Question.from_query(user_of(request), request.GET)
        text = cleaned(request.POST.get("q", ""))
        subjects = subjects_of(text)
        for subject in subjects:
            record(request, Access.Kind.LOOKUP, subject)
        if subjects:
            return redirect(f"{reverse('trail')}?{question.about(subjects).query}")
        return self._show(request, question, text=text, found=people_called(text))

    def _show(self, request: HttpRequest, question: Question, **extra: Any) -> HttpResponse:
        after = Place.parse(request.GET.get("sebelum", ""))
        rows = read(question, PAGE_SIZE + 1, after)
        shown = rows[:PAGE_SIZE]
        more = place_of(shown[-1]) if len(rows) > PAGE_SIZE else None
        context = {
            "entries": present(shown),
            "question": question,
            "person": self._person(question),
            "kinds": KINDS.items(),
            "areas": self._areas(question),
            "next_url": self._address(question, more) if more else "",
            "previous_url": self._address(question, None) if after else "",
            **extra,
        }
        return render(request, "accounts/audit/trail.html", context)

    def _address(self, question: Question, after: Place | None) -> str:
        parts = [question.query, f"sebelum={after}" if after else ""]
        query = "&".join(part for part in parts if part)
        return f"{reverse('trail')}?{query}" if query else reverse("trail")

    def _person(self, question: Question) -> str:
        if question.person is None:
            return ""
        return people_named([question.person]).get(question.person, "")

    def _areas(self, question: Question) -> list[Area]:
        """Those to choose from: kecamatan and kelurahan, and the one that is chosen."""
        visible = self.reachable(Area.objects)
        listed = visible.filter(level__in=(Level.KECAMATAN, Level.KELURAHAN))
        chosen = visible.filter(code=question.area)
        return list((listed | chosen).order_by("code"))


class TrailXlsx(ActionView):
    """The same as a spreadsheet; taking it is in the trail itself."""

    action = Action.TRAIL_VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        question = Question.from_query(user_of(request), request.GET)
        content = xlsx_of(question)
        record(request, Access.Kind.EXPORT, TRAIL, question.area)
        return as_download(content, f"jejak-{today().isoformat()}")
