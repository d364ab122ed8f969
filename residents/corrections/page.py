"""/koreksi/<id>/: both sides, the conversation, and what the visitor may do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import ActionView, user_of
from accounts.rules import Action
from accounts.scope import reach, require
from residents.corrections import deeds
from residents.corrections.claims import CLAIMS
from residents.corrections.codes import Reason, Status
from residents.corrections.forms import (
    AcceptForm,
    AskForm,
    PlacingForm,
    RejectForm,
    ReplyForm,
    SeenForm,
    WithdrawForm,
    WithdrawOldForm,
)
from residents.corrections.models import Correction, CorrectionPhoto
from residents.corrections.showing import age, both_sides, conversation, newer_version
from residents.corrections.words import latest_step
from residents.corrections.workflow import WORKFLOW
from residents.services.codes import Status as ServiceStatus
from residents.services.models import Service
from wacat.keys import pressed_key, row_key
from wacat.workflow import InputMissing, Move

LOOK = "foto"  # ?foto=<key> shows that photograph on the page


@dataclass(frozen=True)
class Deed:
    """A posted action: its words, the form, the rule it needs and what does it."""

    label: str
    hint: str
    kind: str
    action: Action
    form: Callable[[Correction], type[SeenForm]]
    do: Callable[[int, Move], Any]
    done: str


def _accepting(correction: Correction) -> type[SeenForm]:
    """The address is wrong: it may be another RT's to know of."""
    is_misplaced = correction.reason == Reason.WRONG_ADDRESS
    return PlacingForm if is_misplaced and not correction.service.superseded_at else AcceptForm


def _withdrawing(correction: Correction) -> type[SeenForm]:
    return WithdrawOldForm if correction.service.superseded_at else WithdrawForm


def _reply(pk: int, move: Move) -> Any:
    return deeds.reply(pk, move, move.data["photos"])


_ANSWER, _RT = Action.CORRECTION_ANSWER, Action.SERVICE_ANSWER
DEEDS = {
    "accept": Deed(
        "Terima koreksi",
        "RT benar: tulis apa yang dilakukan.",
        "primary",
        _ANSWER,
        _accepting,
        deeds.accept,
        "Koreksi diterima. RT diberi tahu.",
    ),
    "ask": Deed(
        "Tanya kembali",
        "RT menjawab; batas waktu berhenti.",
        "secondary",
        _ANSWER,
        lambda one: AskForm,
        lambda pk, move: deeds.advance(pk, "ask", move),
        "Pertanyaan dikirim kepada RT.",
    ),
    "reject": Deed(
        "Tolak koreksi",
        "Data sudah benar: jelaskan alasannya.",
        "danger",
        _ANSWER,
        lambda one: RejectForm,
        lambda pk, move: deeds.advance(pk, "reject", move),
        "Koreksi ditolak. RT diberi tahu.",
    ),
    "reply": Deed(
        "Jawab operator",
        "Boleh disertai foto.",
        "primary",
        _RT,
        lambda one: ReplyForm,
        _reply,
        "Jawaban dikirim kepada operator.",
    ),
    "withdraw": Deed(
        "Tarik koreksi",
        "Bila koreksinya ternyata keliru.",
        "secondary",
        _RT,
        _withdrawing,
        deeds.withdraw,
        "Koreksi ditarik. Operator diberi tahu.",
    ),
}
CLAIMING = ("claim", "release")


class CorrectionDetail(ActionView):
    """By role and state; whoever is at the correction holds it for longer by opening it."""

    action = Action.SERVICE_VIEW

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(request, self._find(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        name = request.POST.get("action", "")
        if name in CLAIMING:
            return self._claim(request, pk, name)
        deed = DEEDS.get(name)
        if deed is None:
            raise BadRequest("Tindakan tidak dikenal.")
        require(user_of(request), deed.action)
        correction = self._find(pk, deed.action)
        form = deed.form(correction)(request.POST, request.FILES, auto_id=f"id_{name}_%s")
        if not form.is_valid() or not self._done(pk, deed, form):
            return self._show(request, self._find(pk), (name, form))
        messages.success(request, deed.done)
        return redirect("correction_detail", pk)

    def _done(self, pk: int, deed: Deed, form: SeenForm) -> bool:
        try:
            deed.do(pk, form.move(user_of(self.request)))
        except InputMissing as error:
            for field, text in error.errors.items():
                form.add_error(field if field in form.fields else None, text)
        return form.is_valid()

    def _claim(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        user = user_of(request)
        require(user, Action.CORRECTION_ANSWER)
        self._find(pk, Action.CORRECTION_ANSWER)
        if name == "claim":
            CLAIMS.claim(user, pk, pressed_key(request))
        else:
            CLAIMS.release(user, pk)
            messages.success(request, "Koreksi dilepas; operator lain dapat memeriksanya.")
        return redirect("correction_detail", pk)

    def _find(self, pk: int, action: Action | None = None) -> Correction:
        rows = self.reachable(self.reachable(Correction.objects), action)
        rows = rows.select_related("service__area__parent", "area__parent")
        correction: Correction = get_object_or_404(rows, pk=pk)
        return correction

    def _show(
        self, request: HttpRequest, correction: Correction, bound: tuple[str, Any] | None = None
    ) -> HttpResponse:
        lines, others = both_sides(correction)
        context = {
            "correction": correction,
            "age": age(correction),
            "lines": lines,
            "others": others,
            "history": conversation(user_of(request), correction),
            "newer": newer_version(user_of(request), correction),
            "looked_at": _looked_at(request, correction),
            "offers": self._offers(correction, bound),
            "opened": bound[0] if bound else "",
            "form": bound[1] if bound else None,
            **self._claimed(correction),
            **self._next_steps(correction),
        }
        status = 422 if bound else 200
        return render(request, "residents/corrections/detail.html", context, status=status)

    def _offers(self, correction: Correction, bound: tuple[str, Any] | None) -> list[Any]:
        """What the visitor may do to it now: name, deed, form."""
        user, seen = user_of(self.request), latest_step(correction).pk
        names = WORKFLOW.allowed(correction, DEEDS)
        offered = [one for one in names if correction.lies_within(reach(user, DEEDS[one].action))]
        blank = {
            name: DEEDS[name].form(correction)(auto_id=f"id_{name}_%s", initial={"seen": seen})
            for name in offered
        }
        if bound and bound[0] in blank:
            blank[bound[0]] = bound[1]
        return [(name, DEEDS[name], form) for name, form in blank.items()]

    def _claimed(self, correction: Correction) -> dict[str, Any]:
        user = user_of(self.request)
        if not correction.lies_within(reach(user, Action.CORRECTION_ANSWER)):
            return {"answers": False}
        held = CLAIMS.holder_of(correction)
        is_own = held is not None and held.operator_id == user.pk
        if held and is_own:
            CLAIMS.renew(held)
        waits = correction.status == Status.SENT
        return {"answers": True, "claim": held, "is_own": is_own, "waits": waits}

    def _next_steps(self, correction: Correction) -> dict[str, Any]:
        """Where the service stands, and whether it may be corrected anew."""
        user = user_of(self.request)
        rows = Service.objects.in_force().visible_to(user, Action.SERVICE_VIEW)
        service = rows.filter(pk=correction.service_id).first()
        untrue = (
            service is not None and service.is_alive and service.status == ServiceStatus.CORRECTED
        )
        anew = untrue and correction.status == Status.REJECTED
        answering = correction.lies_within(reach(user, Action.SERVICE_ANSWER))
        return {
            "service_url": reverse("service_detail", args=[service.pk]) if service else "",
            "may_answer_anew": anew and answering,
        }


def _looked_at(request: HttpRequest, correction: Correction) -> CorrectionPhoto | None:
    wanted = row_key(request.GET.get(LOOK, ""))
    if wanted is None:
        return None
    photos = CorrectionPhoto.objects.filter(correction=correction, pk=wanted)
    return photos.exclude(file="").first()
