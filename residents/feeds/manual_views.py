"""Manual entry of a service by an operator."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import ActionView, user_of
from accounts.rules import Action
from residents.feeds.manual import ServiceForm, enter
from residents.services.models import Service
from residents.services.recording import CHANGED, KNOWN

KNOWN_TEXT = "Layanan ini sudah ada; tidak ada yang dicatat dua kali."
CHANGED_TEXT = "Layanan ini sudah ada dengan isi lain: versi barunya dicatat."
NEW_TEXT = "Layanan dicatat."


class ServiceAdd(ActionView):
    """The form, and where the entered service is found. Sent twice, it answers that it is there."""

    action = Action.SERVICE_RECEIVE

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, ServiceForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ServiceForm(request.POST)
        if not form.is_valid():
            return self._show(request, form, 422)
        became = enter(form, user_of(request))
        texts = {KNOWN: KNOWN_TEXT, CHANGED: CHANGED_TEXT}
        messages.success(request, texts.get(became.outcome, NEW_TEXT))
        identity = UUID(form.services[0].identity)
        service = self.reachable(Service.objects.in_force()).get(identity=identity)
        if service.told_at is None:
            return redirect("place_group", service.place_key)
        return redirect("service_detail", service.pk)

    def _show(self, request: HttpRequest, form: ServiceForm, status: int = 200) -> HttpResponse:
        return render(request, "residents/feeds/add.html", {"form": form}, status=status)
