"""Entering and correcting a resident."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import ActionView, user_of
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.rules import Action
from residents.registry.forms import ResidentForm
from residents.registry.models import Resident
from residents.registry.registration import (
    already_entered,
    correct,
    enter,
    identity_of,
    version_of,
)
from residents.registry.states import Status
from wacat.keys import sent_key
from wacat.workflow import WrongState


class ResidentAdd(ActionView):
    """One form; its hidden key makes a repeated POST answer like the first."""

    action = Action.RESIDENT_ENTER

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, ResidentForm(user=user_of(request)), str(uuid4()))

    def post(self, request: HttpRequest) -> HttpResponse:
        user, key = user_of(request), sent_key(request, "form_key")
        resident = already_entered(user, key)
        if resident is None:
            form = ResidentForm(request.POST, user=user)
            if not form.is_valid():
                return self._show(request, form, str(key or uuid4()), 422)
            resident = enter(form, user, key)
        return redirect("resident_detail", resident.pk)

    def _show(
        self, request: HttpRequest, form: ResidentForm, key: str, status: int = 200
    ) -> HttpResponse:
        context = {"form": form, "form_key": key, "title": "Tambah warga"}
        return render(request, "residents/registry/form.html", context, status=status)


class ResidentEdit(ActionView):
    """Correcting, and *Lengkapi nanti*."""

    action = Action.RESIDENT_ENTER

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        resident = self._find(self.reachable(Resident.objects), pk)
        if resident.nik or resident.no_kk:  # the form shows them whole
            record(request, Access.Kind.REVEAL, resident)
        form = ResidentForm(instance=resident, user=user_of(request))
        return self._show(request, form, version_of(resident))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = self.reachable(Resident.objects).select_for_update(of=("self",))
        resident, user = self._find(rows, pk), user_of(request)
        version, identity = version_of(resident), identity_of(resident)
        form = ResidentForm(request.POST, instance=resident, user=user)
        if request.POST.get("version", version) != version:
            form.add_error(
                None,
                "Data ini diubah orang lain sejak halaman dibuka. Periksa isian di bawah; "
                "bila sudah benar, tekan Simpan sekali lagi.",
            )
        if not form.is_valid() or correct(form, user, identity) is None:
            return self._show(request, form, version, 422)
        messages.success(request, "Data warga disimpan.")
        return redirect("resident_detail", pk)

    def _find(self, rows: Any, pk: int) -> Resident:
        resident = get_object_or_404(rows, pk=pk)
        if resident.status == Status.ENDED:
            raise WrongState("Masa tinggal warga ini sudah berakhir; datanya tidak diubah lagi.")
        return resident

    def _show(
        self, request: HttpRequest, form: ResidentForm, version: str, status: int = 200
    ) -> HttpResponse:
        context = {
            "form": form,
            "title": "Ubah data warga",
            "resident": form.instance,
            "version": version,
        }
        return render(request, "residents/registry/form.html", context, status=status)
