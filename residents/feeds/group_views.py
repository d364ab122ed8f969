"""Addresses that no RT is known for: rows with the same text together, decided in one press."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import ActionView, user_of
from accounts.areas.models import Area, AreaStatus, Level
from accounts.rules import Action
from residents.feeds import grouping
from residents.feeds.deciding import Answer, decide, group, work_left
from residents.feeds.models import PlaceDecision
from residents.services.models import Service
from residents.tasks import carry_out_place
from wacat.keys import pressed_key
from wacat.pages import page_of
from wacat.work import hasten
from wacat.workflow import InputMissing

REASONS = (
    "Di luar Kota Balikpapan",
    "Alamat tidak lengkap",
    "Alamat tidak dikenal",
)


class PlaceGroups(ActionView):
    """One line for each address text, with how many services wait for it."""

    action = Action.SERVICE_PLACE

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = self.reachable(Service.objects)
        page = grouping.page_of(request, rows)
        context = {"groups": page.groups, "next_url": page.next_url, "back_url": page.previous_url}
        return render(request, "residents/feeds/groups.html", context)


class PlaceDecided(ActionView):
    """What was decided so far, to be changed."""

    action = Action.SERVICE_PLACE

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = self.reachable(PlaceDecision.objects).select_related("rt__parent", "decided_by")
        page = page_of(request, rows)
        return render(request, "residents/feeds/decided.html", {"page": page})


class PlaceGroup(ActionView):
    """One address: its services, and the decision. Two steps: the kelurahan, then the RT."""

    action = Action.SERVICE_PLACE

    def get(self, request: HttpRequest, key: UUID) -> HttpResponse:
        return self._show(request, key, *self._find(key))

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        name = request.POST.get("action", "")
        if name not in ("place", "set_aside"):
            raise BadRequest("Tindakan tidak dikenal.")
        sample, decision = self._find(key)
        try:
            decided = decide(decision or sample, self._answer(request, name))
        except InputMissing as error:
            [text] = error.errors.values()
            return self._show(request, key, sample, decision, text)
        for work in decided.works.filter(state="waiting"):
            hasten(carry_out_place, work.pk)
        messages.success(request, "Keputusan disimpan dan dipakai juga untuk data berikutnya.")
        return redirect("place_groups")

    def _answer(self, request: HttpRequest, name: str) -> Answer:
        sent = request.POST
        seen = sent.get("seen", "0")
        reason = " ".join((sent.get("other") or sent.get("reason", "")).split())[:200]
        return Answer(
            by=user_of(request),
            key=pressed_key(request),
            seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 5 else -1,
            rt=sent.get("area", "")[:17] if name == "place" else "",
            reason=reason if name == "set_aside" else "",
        )

    def _find(self, key: UUID) -> tuple[Any, PlaceDecision | None]:
        """One service that waits, or the decision; 404 where neither is in reach."""
        decision = self.reachable(PlaceDecision.objects).filter(place_key=key)
        found = decision.select_related("rt__parent", "decided_by").first()
        sample = group(self.reachable(Service.objects), key).order_by("pk").first()
        if sample is None and found is None:
            raise Http404
        return sample or found, found

    def _show(
        self,
        request: HttpRequest,
        key: UUID,
        sample: Any,
        decision: PlaceDecision | None,
        error: str = "",
    ) -> HttpResponse:
        choices = self._choices()
        chosen = request.GET.get("kelurahan") or request.POST.get("kelurahan") or sample.area_id
        kelurahan = next((one for one in choices if one.code == chosen), None)
        context = {
            "error": error,
            "key": uuid4(),
            "group": grouping.summary(group(self.reachable(Service.objects), key), sample),
            "decision": decision,
            "is_working": decision is not None and work_left(decision),
            "kelurahan": kelurahan,
            "choices": choices,
            "rts": self._rts(kelurahan),
            "reasons": REASONS,
        }
        status = 422 if error else 200
        return render(request, "residents/feeds/group.html", context, status=status)

    def _choices(self) -> list[Area]:
        rows = self.reachable(Area.objects).filter(level=Level.KELURAHAN)
        return list(rows.select_related("parent").order_by("name"))

    def _rts(self, kelurahan: Area | None) -> list[Area]:
        if kelurahan is None:
            return []
        rows = Area.objects.filter(parent=kelurahan, level=Level.RT)
        return list(rows.exclude(state=AreaStatus.MERGED).order_by("name"))
