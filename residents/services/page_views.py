"""A service's own page: the record as it came, what was said of it, and the answers."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import ActionView, user_of
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.login.models import User
from accounts.rules import Action
from accounts.scope import may, reach, require
from residents.corrections.models import Correction
from residents.services.answering import ANONYMISED, answer
from residents.services.codes import ANSWERED, Status
from residents.services.consequences import begin_draft, consequence_of
from residents.services.models import Service
from residents.services.presenting import line_of, mark_of, record_of, story_of
from residents.services.reading import readings_of, seen
from residents.services.returning import address_in
from wacat.keys import pressed_key
from wacat.workflow import WrongState

SAID = {"confirm": "Dicatat: benar.", "take_back": "Jawaban dibatalkan."}


class ServicePage(ActionView):
    """``handlers`` maps the posted ``action`` to the rule it needs and the method that does it."""

    action = Action.SERVICE_VIEW
    handlers: ClassVar[dict[str, tuple[Action, str]]] = {
        "confirm": (Action.SERVICE_ANSWER, "do_answer"),
        "take_back": (Action.SERVICE_ANSWER, "do_answer"),
        "reveal": (Action.RESIDENT_REVEAL, "do_reveal"),
        "draft": (Action.RESIDENT_ENTER, "do_draft"),
    }

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        service = self.find(pk)
        seen(user_of(request), [service])
        return self.show(request, service)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        known = self.handlers.get(request.POST.get("action", ""))
        if known is None:
            raise BadRequest("Tindakan tidak dikenal.")
        action, method = known
        require(user_of(request), action)
        service = self.find(pk, action)
        done: HttpResponse = getattr(self, method)(request, service)
        return done

    def find(self, pk: int, action: Action = Action.SERVICE_VIEW) -> Service:
        """The service that the user may see and on which they have the action, or 404."""
        rows = self.reachable(self.reachable(Service.objects), action)
        return get_object_or_404(rows.select_related("area__parent__parent", "answered_by"), pk=pk)

    def do_answer(self, request: HttpRequest, service: Service) -> HttpResponse:
        user, name = user_of(request), request.POST["action"]
        in_place = bool(request.headers.get("HX-Request"))
        try:
            answer(user, service.pk, name, pressed_key(request))
        except WrongState as error:
            if not in_place:
                raise
            messages.warning(request, str(error))
            # The list is read anew; htmx would not show the page of a 409.
            return HttpResponse(status=409, headers={"HX-Refresh": "true"})
        if in_place:
            context = {"line": line_of(user, service.pk), "fresh": True}
            return render(request, "residents/services/_card.html", context)
        messages.success(request, SAID[name])
        back = address_in(request.POST.get("from", ""))
        return redirect(back or reverse("service_detail", args=[service.pk]))

    def do_reveal(self, request: HttpRequest, service: Service) -> HttpResponse:
        if service.anonymised_on:
            raise WrongState(ANONYMISED)
        record(request, Access.Kind.REVEAL, service)
        return self.show(request, service, revealed=True)

    def do_draft(self, request: HttpRequest, service: Service) -> HttpResponse:
        address = begin_draft(user_of(request), service)
        record(request, Access.Kind.REVEAL, service)  # the form shows its numbers whole
        return redirect(address)

    def show(self, request: HttpRequest, service: Service, revealed: bool = False) -> HttpResponse:
        user = user_of(request)
        reads = service.lies_within(reach(user, Action.SERVICE_PLACE))
        context = {
            "service": service,
            "mark": mark_of(service),
            "rows": record_of(service, revealed),
            "revealed": revealed,
            "has_numbers": bool(service.nik or service.no_kk),
            "history": story_of(user, service),
            "readings": readings_of(service) if reads and service.told_on else [],
            "key": str(uuid4()),
            "may_place": service.is_alive and may(user, Action.SERVICE_PLACE),
            **_versions(user, service),
            **_answers(user, service),
            "offer": consequence_of(user, service),
        }
        return render(request, "residents/services/page.html", context)


def _versions(user: User, service: Service) -> dict[str, Any]:
    """Its other versions in reach, and the corrections of any; two queries."""
    seen_by = Service.objects.visible_to(user, Action.SERVICE_VIEW)
    versions = list(seen_by.filter(identity=service.identity).order_by("-version"))
    corrections = Correction.objects.visible_to(user, Action.SERVICE_VIEW)
    corrections = corrections.filter(service__in=versions).order_by("-pk")
    return {
        "versions": [(one, mark_of(one)) for one in versions if one.pk != service.pk],
        "newer": next((one for one in versions if one.superseded_at is None), None),
        "corrections": list(corrections.select_related("service")),
    }


def _answers(user: User, service: Service) -> dict[str, Any]:
    """Which answers the reader may give now; one query."""
    may_answer = service.is_alive and service.lies_within(reach(user, Action.SERVICE_ANSWER))
    is_disputed = Correction.objects.open().filter(service=service).exists()
    is_free = may_answer and not is_disputed
    answered = service.status in ANSWERED
    return {
        "may_answer": may_answer,
        "is_disputed": is_disputed,
        "may_confirm": is_free and service.status in (Status.TOLD, Status.CORRECTED),
        "may_correct": is_free and (answered or service.status == Status.TOLD),
        "may_take_back": is_free and answered,
    }
