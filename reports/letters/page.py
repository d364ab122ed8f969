"""A letter's own page: facts, preview, what can be done to it, and its PDF."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import ActionView, user_of
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.rules import Action
from accounts.scope import reach, require
from reports.letters.drawing import preview_letter
from reports.letters.forms import ReasonForm, ReplaceForm
from reports.letters.gathering import gather, people_of
from reports.letters.handing_log import note_download
from reports.letters.handing_panel import panel
from reports.letters.models import NUMBERED, Drawing, Letter, LetterStep, Status
from reports.letters.queries import warnings_by_letter, with_people
from reports.letters.readiness import gaps, is_ready, must_be_drawable, must_be_ready
from reports.letters.replacing import pending
from reports.letters.signatory import signing_post
from reports.letters.void import reasons_to_revoke
from reports.letters.workflow import WORKFLOW
from residents.registry.models import Resident
from wacat.drawing.raster import one_below_the_other
from wacat.history import latest_first, line_of
from wacat.keys import sent_key
from wacat.uploads import as_download
from wacat.workflow import Move, WrongState

OFFERS = (
    ("introduce", "Antar surat ini", "primary", False),
    ("issue", "Terbitkan surat", "primary", False),
    ("return", "Kembalikan", "secondary", True),
    ("replace", "Ganti dengan surat baru", "secondary", True),
    ("revoke", "Cabut surat", "danger", True),
)
# What the page says is missing or in the way stands in for these until it is mended.
NEEDING_READINESS = ("introduce", "issue")
DONE = {
    "introduce": "Pengantar dibuat. Surat menunggu diterbitkan oleh Lurah.",
    "issue": "Surat terbit. PDF sedang digambar.",
    "return": "Surat dikembalikan.",
    "revoke": "Surat dicabut.",
    "replace": "Surat pengganti disiapkan. Periksa isinya, lalu terbitkan; surat yang lama "
    "berlaku sampai saat itu.",
}
STEP_LABELS = {
    "introduce": "Diantar",
    "issue": "Diterbitkan",
    "return": "Dikembalikan",
    "revoke": "Dicabut",
    "replace": "Penggantian diminta",
}


# The action whose form is open, and that form where it came back with errors.
Bound = tuple[str, ReasonForm | None]


class LetterPage(ActionView):
    """A letter: facts, warnings, preview, what can be done, and the progress of its PDF."""

    action = Action.LETTER_VIEW
    forms: ClassVar[dict[str, type[ReasonForm]]] = {
        "return": ReasonForm,
        "revoke": ReasonForm,
        "replace": ReplaceForm,
    }

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        letter = self._find(pk)
        if request.headers.get("HX-Request"):
            return render(request, "reports/letters/drawing.html", self._drawing(letter))
        return self._show(request, letter)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        name = request.POST.get("action", "")
        if name not in WORKFLOW.transitions:
            raise BadRequest("Tindakan tidak dikenal.")
        action = WORKFLOW.transitions[name].action
        require(user_of(request), action)
        letter, data = self._find(pk, action), {}
        if form_class := self.forms.get(name):
            form = form_class(request.POST, auto_id=f"id_{name}_%s")
            if not form.is_valid():
                return self._show(request, letter, bound=(name, form), status=422)
            data = form.cleaned_data
        key = sent_key(request)
        WORKFLOW.advance(letter.pk, name, Move(user_of(request), data, key))
        messages.success(request, DONE[name])
        coming = pending(letter) if name == "replace" else None
        return redirect("letter_detail", coming.pk if coming else pk)

    def _find(self, pk: int, action: Action | None = None) -> Letter:
        return get_object_or_404(with_people(self.reachable(Letter.objects, action)), pk=pk)

    def _show(
        self,
        request: HttpRequest,
        letter: Letter,
        bound: Bound | None = None,
        status: int = 200,
    ) -> HttpResponse:
        void, waiting = self._void(request, letter), self._waiting(letter)
        offers = self._offers(request, letter, bound or (("revoke", None) if void else None))
        replacing = self._replacing(request, letter)
        hindered: tuple[str, ...] = () if waiting.get("is_ready") else NEEDING_READINESS
        if replacing["coming"] or letter.is_expired or void:
            hindered += ("replace",)
        context = {
            **waiting,
            **replacing,
            "letter": letter,
            "void": void,
            "people": self._people(letter),
            "offers": [one for one in offers if one["name"] not in hindered],
            "history": self._history(letter),
            "key": str(uuid4()),
            "is_numbered": letter.status in NUMBERED,
            **self._drawing(letter),
            **panel(letter, user_of(request)),
        }
        return render(request, "reports/letters/detail.html", context, status=status)

    def _waiting(self, letter: Letter) -> dict[str, Any]:
        """What matters only until the issue; afterwards the letter says what it says."""
        if letter.status in NUMBERED:
            return {}
        people = people_of(letter)
        here = [one for one in people if one.area_id == letter.area_id]
        return {
            "missing": {person: gaps(person) for person in here if gaps(person)},
            "warnings": warnings_by_letter([letter])[letter.pk],
            "is_ready": is_ready(letter, people),
        }

    def _void(self, request: HttpRequest, letter: Letter) -> list[str]:
        """Why it is to be revoked, for whoever may."""
        may_revoke = letter.lies_within(reach(user_of(request), Action.LETTER_DECIDE))
        return reasons_to_revoke(letter) if may_revoke else []

    def _replacing(self, request: HttpRequest, letter: Letter) -> dict[str, Any]:
        """The letters before and after it, as far as the user reaches them."""
        codes, old, new = reach(user_of(request), self.action), letter.replaces, letter.successor
        return {
            "coming": pending(letter) if letter.status == Status.ISSUED else None,
            "old_in_reach": old is not None and old.lies_within(codes),
            "new_in_reach": new is not None and new.lies_within(codes),
        }

    def _people(self, letter: Letter) -> list[tuple[Resident | None, str]]:
        """Each one's name, with the record where the user reaches it."""
        codes = reach(user_of(self.request), Action.RESIDENT_VIEW)
        people = [one if one.lies_within(codes) else None for one in people_of(letter)]
        return list(zip(people, letter.names, strict=True))

    def _drawing(self, letter: Letter) -> dict[str, Any]:
        if letter.erased_on:
            return {"letter": letter, "drawing": None}
        return {"letter": letter, "drawing": Drawing.objects.filter(letter=letter).first()}

    def _offers(
        self, request: HttpRequest, letter: Letter, bound: Bound | None
    ) -> list[dict[str, Any]]:
        """What the user may do to it; *bound* is unfolded, with its form where that has errors."""
        user, found = user_of(request), []
        for name, label, kind, asks_reason in OFFERS:
            transition = WORKFLOW.transitions[name]
            within = letter.lies_within(reach(user, transition.action))
            if not within or letter.status not in transition.sources:
                continue
            is_open = bound is not None and bound[0] == name
            form = None
            if asks_reason:
                known = {"purpose": letter.purpose}
                form = self.forms[name](auto_id=f"id_{name}_%s", initial=known)
            shown = (bound[1] if bound and is_open else None) or form
            found.append(
                {"name": name, "label": label, "kind": kind, "form": shown, "is_open": is_open}
            )
        return found

    def _history(self, letter: Letter) -> list[dict[str, Any]]:
        steps = LetterStep.objects.filter(subject=letter)
        return [line_of(step, STEP_LABELS[step.name]) for step in latest_first(steps)]


class LetterPreview(ActionView):
    """The page as it will be printed, as a picture, since old phones show no PDF in a page."""

    action = Action.LETTER_VIEW

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        letter = get_object_or_404(with_people(self.reachable(Letter.objects)), pk=pk)
        if letter.status in NUMBERED:
            raise WrongState("Pratinjau hanya untuk surat yang belum terbit.")
        must_be_ready(letter, people_of(letter))
        record(request, Access.Kind.PREVIEW, letter)
        facts = gather(letter, signing_post(user_of(request), letter))
        must_be_drawable(facts)
        pages = preview_letter(facts)
        return HttpResponse(one_below_the_other(pages), content_type="image/png")


class LetterPdf(ActionView):
    """The stored PDF, through the scope, as a download."""

    action = Action.LETTER_VIEW

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        letter = get_object_or_404(self.reachable(Letter.objects), pk=pk)
        if letter.status not in NUMBERED:
            raise WrongState("Surat ini belum terbit.")
        if letter.erased_on:
            raise WrongState("Isi dan PDF surat ini sudah dihapus sesuai masa simpan.")
        work = Drawing.objects.get(letter=letter)
        if work.state != Drawing.State.DONE:
            context = {"letter": letter, "drawing": work}
            return render(request, "reports/letters/waiting.html", context, status=202)
        record(request, Access.Kind.DOWNLOAD, letter)
        note_download(letter, user_of(request))
        return as_download(work.file, letter.file_name)
