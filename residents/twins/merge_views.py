"""Merging two records of one person: which other one, then which is kept and what it takes."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import ActionView, user_of
from accounts.rules import Action
from residents.registry.models import Resident
from residents.registry.states import GONE
from residents.twins.comparing import compare
from residents.twins.forms import NO_DETAILS
from residents.twins.merging import better_kept, hindrance, keepable, merge, merged_before, offered
from residents.twins.similar import called, similar_to
from residents.twins.words import label_of, value_of
from wacat.forms import Keyed
from wacat.keys import row_key, sent_key
from wacat.workflow import InputMissing

MOST_FOUND = 10
OTHER = "dengan"  # ?dengan=<key>: the record beside this one


class MergeForm(Keyed):
    """Which of the two is kept, what it takes from the other, and why."""

    keep = forms.TypedChoiceField(
        label="Catatan mana yang dipertahankan?", coerce=int, widget=forms.RadioSelect
    )
    fill = forms.MultipleChoiceField(
        label="Lengkapi dari catatan yang digabung",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Hanya isian yang masih kosong pada catatan yang dipertahankan.",
    )
    reason = forms.CharField(
        label="Mengapa keduanya orang yang sama?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *data: Any, one: Resident, other: Resident, **more: Any) -> None:
        super().__init__(*data, **more)
        shown: dict[str, Any] = self.fields
        if one.area_id != other.area_id:
            shown["reason"].help_text = NO_DETAILS
        pair = ((one, "Catatan 1"), (other, "Catatan 2"))
        kept = keepable(one, other)
        shown["keep"].choices = [
            (row.pk, f"{word}: {row.full_name}") for row, word in pair if row in kept
        ]
        shown["keep"].initial = better_kept(one, other).pk
        ways = ((other, one, "catatan 2"), (one, other, "catatan 1"))
        shown["fill"].choices = [
            (name, f"{label_of(name)}: {value_of(giver, name)} (dari {word})")
            for giver, taker, word in ways
            if taker in kept
            for name in offered(taker, giver)
        ]
        if not shown["fill"].choices:
            del shown["fill"]


class Merge(ActionView):
    """Both records lie in the actor's scope. A search is a POST: it holds a name or a NIK."""

    action = Action.RESIDENT_MERGE

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        one = self._find(pk)
        other = self._other(one)
        if other is None:
            return self._ask_which(request, one)
        return self._show(request, one, other, MergeForm(one=one, other=other))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        one = self._find(pk)
        other = self._other(one)
        if other is None:
            return self._ask_which(request, one, request.POST.get("q", ""))
        if kept := merged_before(one, other, sent_key(request)):
            return redirect("resident_detail", kept)
        form = MergeForm(request.POST, one=one, other=other)
        if not form.is_valid() or not self._merged(form, one, other):
            return self._show(request, one, other, form, 422)
        messages.success(request, "Kedua catatan sudah digabung.")
        return redirect("resident_detail", form.cleaned_data["keep"])

    def _merged(self, form: MergeForm, one: Resident, other: Resident) -> bool:
        """Whether it was done; if not, the form says why."""
        kept, away = (one, other) if form.cleaned_data["keep"] == one.pk else (other, one)
        try:
            move = form.move(user_of(self.request))
            merge(kept.pk, away.pk, form.cleaned_data.get("fill", ()), move)
        except InputMissing as error:
            for name, text in error.errors.items():
                form.add_error(name if name in form.fields else None, text)
        return form.is_valid()

    def _find(self, pk: int | None) -> Resident:
        rows = self._rows().select_related("area__parent__parent", "lodging")
        resident: Resident = get_object_or_404(rows, pk=pk)
        return resident

    def _rows(self) -> Any:
        """Whom the user sees, and may merge."""
        seen = self.reachable(Resident.objects, Action.RESIDENT_VIEW)
        return self.reachable(seen)

    def _other(self, one: Resident) -> Resident | None:
        told = self.request.GET.get(OTHER, "")
        if told and row_key(told) == one.pk:
            raise Http404
        return self._find(row_key(told)) if told else None

    def _ask_which(self, request: HttpRequest, one: Resident, text: str = "") -> HttpResponse:
        rows = self._rows().exclude(pk=one.pk).exclude(status__in=GONE)
        context: dict[str, Any] = {"resident": one, "similar": similar_to(rows, one)}
        if text := " ".join(text.replace("\0", " ").split())[:100]:
            found = called(rows, text).select_related("area__parent").order_by("-pk")
            context |= {"text": text, "found": list(found[:MOST_FOUND])}
        return render(request, "residents/twins/merge_which.html", context)

    def _show(
        self,
        request: HttpRequest,
        one: Resident,
        other: Resident,
        form: MergeForm,
        status: int = 200,
    ) -> HttpResponse:
        context = {
            "resident": one,
            "other": other,
            "lines": compare(one, other),
            "hindrance": hindrance(one, other, user_of(request)),
            "form": form,
            "key": str(uuid4()),
        }
        return render(request, "residents/twins/merge.html", context, status=status)
