"""Entering and correcting a resident."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import user_of
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.login.models import User
from accounts.rules import Action
from residents.drafts.keeping import (
    OpenDraft,
    TooLong,
    correction_key,
    drop,
    keep,
    open_drafts,
    typed_of,
)
from residents.drafts.tickets import Ticket, phone_key, ticket_for
from residents.drafts.typing import TypingView, typed_in
from residents.registry.forms import ResidentForm
from residents.registry.models import Resident
from residents.registry.registration import (
    already_entered,
    correct,
    enter,
    identity_of,
    version_of,
)
from residents.registry.starting import Start, start_of
from residents.registry.states import GONE, Status
from wacat.keys import sent_key
from wacat.workflow import WrongState

TEMPLATE = "residents/registry/form.html"
GOES_ON = "Yang tadi diketik tersimpan, tetapi belum terkirim. Periksa, lalu lanjutkan."
NOT_THERE = "Isian itu tidak ada lagi di akun ini: sudah terkirim, dibuang, atau terlalu lama."


class ResidentAdd(TypingView):
    """One form; its hidden key makes a repeated POST answer like the first.

    ``?tempat=`` and ``?keluarga=`` begin with a known lodging or family, ``?isian=`` goes on
    with a draft.
    """

    action = Action.RESIDENT_ENTER

    def get(self, request: HttpRequest) -> HttpResponse:
        user, key = user_of(request), _key_in(request)
        typed = typed_of(user, key) if key else None
        if typed is not None and key is not None:
            form = ResidentForm(user=user, initial=typed)
            return self._show(request, form, key, Start({}), goes_on=True)
        start = self._start(request)
        if start.shows:
            record(request, Access.Kind.REVEAL, start.shows)
        form = ResidentForm(user=user, initial=start.initial)
        return self._show(request, form, uuid4(), start)

    def post(self, request: HttpRequest) -> HttpResponse:
        user, key = user_of(request), sent_key(request, "form_key")
        resident = already_entered(user, key)
        if resident is None:
            form = ResidentForm(request.POST, user=user)
            if not form.is_valid():
                kept = key or uuid4()
                _keep(user, kept, request)
                return self._show(request, form, kept, self._start(request), 422)
            resident = enter(form, user, key)
        if key:
            drop(user, key)
        return redirect("resident_detail", resident.pk)

    def _start(self, request: HttpRequest) -> Start:
        asked = request.GET
        return start_of(user_of(request), asked.get("tempat", ""), asked.get("keluarga", ""))

    def _show(
        self,
        request: HttpRequest,
        form: ResidentForm,
        key: UUID,
        start: Start,
        status: int = 200,
        goes_on: bool = False,
    ) -> HttpResponse:
        form.hide(start.known)
        others = [one for one in open_drafts(user_of(request)) if one.key != key]
        context = {
            "form": form,
            "form_key": str(key),
            "title": "Tambah warga",
            "start": start,
            "drafts": others,
            "draft_said": _said_of_draft(request, goes_on),
            **_keeping(user_of(request), key),
        }
        return render(request, TEMPLATE, context, status=status)


class ResidentEdit(TypingView):
    """Correcting, and *Lengkapi nanti*. ``?isian=`` goes on with what was typed before."""

    action = Action.RESIDENT_ENTER

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        resident, user = self._find(self.reachable(Resident.objects), pk), user_of(request)
        if resident.nik or resident.no_kk:  # the form shows them whole
            record(request, Access.Kind.REVEAL, resident)
        typed = typed_of(user, correction_key(pk), pk) if "isian" in request.GET else None
        form = ResidentForm(instance=resident, user=user, initial=typed)
        # What was typed on an older version is told so when it is sent.
        version = (typed or {}).get("version") or version_of(resident)
        return self._show(request, form, version, goes_on=typed is not None)

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
            _keep(user, correction_key(pk), request, pk)
            return self._show(request, form, version, 422)
        drop(user, correction_key(pk))
        messages.success(request, "Data warga disimpan.")
        return redirect("resident_detail", pk)

    def _find(self, rows: Any, pk: int) -> Resident:
        resident = get_object_or_404(rows, pk=pk)
        if resident.status == Status.ENDED:
            raise WrongState("Masa tinggal warga ini sudah berakhir; datanya tidak diubah lagi.")
        if resident.status in GONE:
            raise WrongState("Catatan ini tidak dipakai lagi; datanya tidak diubah lagi.")
        return resident

    def _show(
        self,
        request: HttpRequest,
        form: ResidentForm,
        version: str,
        status: int = 200,
        goes_on: bool = False,
    ) -> HttpResponse:
        user, resident = user_of(request), form.instance
        begun = request.method == "GET" and not goes_on
        context = {
            "form": form,
            "title": "Ubah data warga",
            "resident": resident,
            "version": version,
            "drafts": _drafts_of(user, resident) if begun else [],
            "draft_said": _said_of_draft(request, goes_on),
            **_keeping(user, correction_key(resident.pk), resident.pk),
        }
        return render(request, TEMPLATE, context, status=status)


def _said_of_draft(request: HttpRequest, goes_on: bool) -> str:
    """A word to whoever comes back to a form, as after a login that had ended."""
    if request.method != "GET" or "isian" not in request.GET:
        return ""
    return GOES_ON if goes_on else NOT_THERE


def _key_in(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("isian", ""))
    except ValueError:
        return None


def _drafts_of(user: User, resident: Resident) -> list[OpenDraft]:
    key = correction_key(resident.pk)
    return [one for one in open_drafts(user) if one.key == key]


def _keep(user: User, key: UUID, request: HttpRequest, resident: int | None = None) -> None:
    """What came back with errors is kept as well, should its page be closed."""
    try:
        keep(user, key, typed_in(request.POST), resident)
    except TooLong:
        return


def _keeping(user: User, key: UUID, resident: int | None = None) -> dict[str, Any]:
    """What the page needs to keep what is typed."""
    return {
        "keep_key": key,
        "ticket": ticket_for(Ticket(user.pk, key, resident)),
        "phone_key": phone_key(user.pk),
    }
