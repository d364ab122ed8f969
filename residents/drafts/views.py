"""Where a form sends what is being typed, every few moments."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from accounts.access import ActionView, user_of
from accounts.rules import Action
from residents.drafts.keeping import TooLong, correction_key, drop, keep
from residents.drafts.typing import typed_in
from residents.registry.models import Resident
from residents.registry.registration import already_entered, version_of
from wacat.clock import now
from wacat.keys import row_key
from wacat.throttle import admits

MOST_A_MINUTE = 120
TOO_LARGE, TOO_MANY = 413, 429


class DraftKeep(ActionView):
    """POST: keep the typed values; with ``drop``, throw the draft away.

    ``?warga=`` names the record that the form corrects. The answer is JSON: ``at``, the time, or
    nothing where the form had arrived whole. A browser that asks this says ``sent``: it had sent
    the form, and never saw the answer.
    """

    action = Action.RESIDENT_ENTER

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        resident = self._corrected(request, key)
        if "drop" in request.POST:
            return self._drop(request, key, resident)
        return self._keep(request, key, resident)

    def _corrected(self, request: HttpRequest, key: UUID) -> Resident | None:
        if "warga" not in request.GET:
            return None
        pk = row_key(request.GET["warga"])
        if pk is None or correction_key(pk) != key:
            raise Http404
        return get_object_or_404(self.reachable(Resident.objects), pk=pk)

    def _drop(self, request: HttpRequest, key: UUID, resident: Resident | None) -> HttpResponse:
        drop(user_of(request), key)
        messages.success(request, "Isian dibuang.")
        return redirect("resident_detail", resident.pk) if resident else redirect("resident_list")

    def _keep(self, request: HttpRequest, key: UUID, resident: Resident | None) -> HttpResponse:
        user = user_of(request)
        if not admits("draft", str(user.pk), MOST_A_MINUTE, 60):
            return JsonResponse({}, status=TOO_MANY)
        if _has_arrived(request, key, resident):
            drop(user, key)
            return JsonResponse({})
        try:
            keep(user, key, typed_in(request.POST), resident.pk if resident else None)
        except TooLong:
            return JsonResponse({}, status=TOO_LARGE)
        return JsonResponse({"at": f"{timezone.localtime(now()):%H.%M}"})


def _has_arrived(request: HttpRequest, key: UUID, resident: Resident | None) -> bool:
    """Whether the form was sent and stored: its record is there, or is another by now."""
    if resident is None:
        return already_entered(user_of(request), key) is not None
    return "sent" in request.POST and request.POST.get("version") != version_of(resident)
