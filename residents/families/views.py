"""A family's own page, and the page on which it is put together."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import ActionView
from accounts.rules import Action
from residents.families.arranging import CHANGED, arrange, lock
from residents.families.forms import RelationsForm
from residents.families.members import LIVING, candidates_for, head_among, members_of
from residents.families.models import Family
from residents.grouping.pages import GroupPage
from residents.registry.models import Resident
from residents.registry.states import ACTIVE, REPORTABLE, Status
from wacat.workflow import WrongState

NOT_HERE = "Warga ini sudah tidak tercatat tinggal di sini; keluarganya tidak diubah lagi."
FORMER_SHOWN = 50


class FamilyPage(GroupPage):
    """A family with its members, on whom the deeds of a group can be done."""

    model, shared, address = Family, "family", "family_detail"

    def around(self, thing: Family) -> dict[str, Any]:
        head = head_among(list(members_of(self.all_people(thing), thing.pk)))
        return {"whose": title_of(head), "home": reverse(self.address, args=[thing.pk])}

    def show(self, thing: Family, status: int = 200, error: str = "") -> HttpResponse:
        everybody = self.all_people(thing).select_related("lodging")
        living = list(members_of(everybody, thing.pk))
        head = head_among(living)
        former = everybody.filter(status=Status.ENDED).order_by("-ended_on", "-pk")
        context = {
            **self.listing(one for one in living if one.status in ACTIVE),
            "family": thing,
            "title": title_of(head),
            "head": head,
            "someone": head or (living[0] if living else None),
            "waiting": [one for one in living if one.status in REPORTABLE],
            "former": list(former[: FORMER_SHOWN + 1]),
            "former_shown": FORMER_SHOWN,
            "may_enter": self.may_enter(thing),
            "error": error,
        }
        return render(self.request, "residents/families/detail.html", context, status=status)


class FamilyOf(ActionView):
    """Founding the family of a resident, and changing who is of it and how."""

    action = Action.RESIDENT_ENTER

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        resident = self._find(pk)
        return self._show(request, resident, self._form(resident))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        resident = self._find(pk)
        rows = self.reachable(Resident.objects)
        locked = lock(rows, resident, self._people(resident))
        resident = locked[pk]  # as it is now that nobody else changes it
        form = self._form(resident, request.POST)
        if form.asks_not(request.POST):
            raise WrongState(CHANGED)
        if not form.is_valid():
            return self._show(request, resident, form, 422)
        family = arrange(resident, locked, form.relations())
        messages.success(request, "Susunan keluarga disimpan.")
        return redirect("family_detail", family.pk)

    def _find(self, pk: int) -> Resident:
        rows = self.reachable(Resident.objects).select_related("area__parent", "lodging")
        resident = get_object_or_404(rows, pk=pk)
        if resident.status not in LIVING:
            raise WrongState(NOT_HERE)
        return resident

    def _people(self, resident: Resident) -> list[Resident]:
        return [*self._members(resident), *self._candidates(resident)]

    def _members(self, resident: Resident) -> list[Resident]:
        if resident.family_id is None:
            return [resident]
        return list(members_of(self.reachable(Resident.objects), resident.family_id))

    def _candidates(self, resident: Resident) -> list[Resident]:
        return list(candidates_for(self.reachable(Resident.objects), resident))

    def _form(self, resident: Resident, posted: Any = None) -> RelationsForm:
        return RelationsForm(
            posted,
            members=self._members(resident),
            candidates=self._candidates(resident),
            founder=None if resident.family_id else resident,
        )

    def _show(
        self, request: HttpRequest, resident: Resident, form: RelationsForm, status: int = 200
    ) -> HttpResponse:
        context = {
            "form": form,
            "resident": resident,
            "title": "Ubah susunan keluarga" if resident.family_id else "Catat keluarga",
            "home": _home(resident),
        }
        return render(request, "residents/families/relations.html", context, status=status)


def title_of(head: Resident | None) -> str:
    """The family by its head's name."""
    return f"Keluarga {head.full_name}" if head else "Keluarga tanpa kepala"


def _home(resident: Resident) -> str:
    if resident.family_id:
        return reverse("family_detail", args=[resident.family_id])
    return reverse("resident_detail", args=[resident.pk])
