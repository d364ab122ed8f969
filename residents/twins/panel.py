"""What a resident's page says of the same person's other records, to whom it may be said."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.access import user_of
from accounts.login.models import User
from accounts.rules import Action
from accounts.scope import reach
from residents.registry.models import Resident
from residents.registry.panels import Bound, Deeds, Page, Panel
from residents.registry.states import GONE, Status
from residents.twins.declaring import declare
from residents.twins.forms import ObjectForm, ReceiveForm
from residents.twins.merged import merged_into
from residents.twins.models import Relocation
from residents.twins.similar import similar_to
from residents.twins.workflow import WORKFLOW
from wacat.keys import sent_key
from wacat.workflow import InputMissing, Move, WrongState

UNREPORTED = (Status.DRAFT, Status.RETURNED)


def panel(request: HttpRequest, resident: Resident, bound: Bound) -> Panel | None:
    """The held report, the declared move, the likely twins, and what was merged: what there is."""
    user = user_of(request)
    context = {
        **_receiving(user, resident, bound),
        **_leaving(user, resident, bound),
        **_resembling(user, resident),
        **_merged(user, resident),
    }
    if not any(context.values()):
        return None
    more = {"resident": resident, "key": str(uuid4())}
    to_report = resident.status in UNREPORTED and bool(context.get("similar"))
    return Panel("residents/twins/panel.html", {**context, **more}, first=to_report)


def _receiving(user: User, resident: Resident, bound: Bound) -> dict[str, Any]:
    """A held report: the Lurah's form; to the operator, the way to both records."""
    if resident.status != Status.HELD:
        return {}
    if _may(user, resident, Action.RESIDENT_JUDGE):
        return {"case_url": reverse("held_case", args=[resident.pk])}
    if not _may(user, resident, Action.RESIDENT_RECEIVE):
        return {}
    told = _bound(bound, "receive") or ReceiveForm(auto_id="id_receive_%s")
    return {"receive_form": told}


def _leaving(user: User, resident: Resident, bound: Bound) -> dict[str, Any]:
    """A declared move: to the RT that the person left, with the objection; to the operator."""
    judges = _may(user, resident, Action.RESIDENT_JUDGE)
    if not judges and not _may(user, resident, Action.RELOCATION_OBJECT):
        return {}
    if judges:
        found = resident.relocations.order_by("-pk").first() if _counts(resident) else None
        found = found or _departure(resident)
        return {"case_url": reverse("case_detail", args=[found.pk])} if found else {}
    found = _departure(resident)
    if found is None:
        return {}
    form = _bound(bound, "object") or ObjectForm(auto_id="id_object_%s")
    return {"departure": found, "object_form": form, "is_open": bool(_bound(bound, "object"))}


def _departure(resident: Resident) -> Relocation | None:
    """The move that ended this stay, if one did."""
    if resident.status != Status.ENDED:
        return None
    return resident.departures.order_by("-pk").first()


def _counts(resident: Resident) -> bool:
    return resident.status not in (*UNREPORTED, Status.HELD, *GONE)


def _resembling(user: User, resident: Resident) -> dict[str, Any]:
    """Before a report, to who enters it; to the operator before it is verified."""
    enters = resident.status in UNREPORTED and _may(user, resident, Action.RESIDENT_ENTER)
    judges = resident.status == Status.REPORTED and _may(user, resident, Action.RESIDENT_JUDGE)
    if not enters and not judges:
        return {}
    rows = Resident.objects.visible_to(user, Action.RESIDENT_VIEW)
    return {"similar": similar_to(rows, resident)}


def _merged(user: User, resident: Resident) -> dict[str, Any]:
    if resident.status == Status.MERGED and resident.merged_into_id:
        rows = Resident.objects.visible_to(user, Action.RESIDENT_VIEW)
        return {"kept": rows.filter(pk=resident.merged_into_id).first()}
    found = merged_into(user, resident) if resident.status not in GONE else []
    return {"merged": found}


def _may(user: User, resident: Resident, action: Action) -> bool:
    return resident.lies_within(reach(user, action))


def _bound(bound: Bound, name: str) -> Any:
    return bound[1] if bound and bound[0] == name else None


def _receive(page: Page, request: HttpRequest, resident: Resident) -> HttpResponse:
    form = ReceiveForm(request.POST, auto_id="id_receive_%s")
    if not form.is_valid() or not _received(request, resident, form):
        return page.show(request, resident, status=422, bound=("receive", form))
    messages.success(request, "Warga diterima sebagai pindahan dalam kota.")
    return redirect("resident_detail", resident.pk)


def _received(request: HttpRequest, resident: Resident, form: ReceiveForm) -> bool:
    """Whether it was done; if not, the form says why."""
    move = Move(user_of(request), {"date": form.cleaned_data["date"]}, sent_key(request))
    try:
        declare(resident.pk, move)
    except InputMissing as error:
        for field, text in error.errors.items():
            form.add_error(field if field in form.fields else None, text)
    return form.is_valid()


def _object(page: Page, request: HttpRequest, resident: Resident) -> HttpResponse:
    form = ObjectForm(request.POST, auto_id="id_object_%s")
    found = _departure(resident)
    if found is None:
        raise WrongState(WORKFLOW.wrong_state)
    if not form.is_valid():
        return page.show(request, resident, status=422, bound=("object", form))
    data = {"reason": form.cleaned_data["reason"]}
    WORKFLOW.advance(found.pk, "object", Move(user_of(request), data, sent_key(request)))
    messages.success(request, "Keberatan dikirim. Operator WaCAT memeriksanya.")
    return redirect("resident_detail", resident.pk)


DEEDS: Deeds = {
    "receive": (Action.RESIDENT_RECEIVE, _receive),
    "object": (Action.RELOCATION_OBJECT, _object),
}
