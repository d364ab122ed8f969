"""The registry's pages: list, entering, and a resident's own page with what is done to one."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import ActionView, user_of
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.rules import Action
from accounts.scope import may, reach, require
from residents.registry import forms as small
from residents.registry.finding import Finder
from residents.registry.forms import ResidentForm
from residents.registry.models import Resident
from residents.registry.presenting import actions_for, history_of, summary_of
from residents.registry.registration import (
    already_entered,
    correct,
    enter,
    identity_of,
    version_of,
)
from residents.registry.states import Status
from residents.registry.warnings import warnings_of
from residents.registry.workflow import WORKFLOW, report
from wacat.keys import sent_key
from wacat.pages import PAGE_SIZE, Page, page_of
from wacat.workflow import InputMissing, Move, WrongState


class ResidentList(ActionView):
    """Those in reach, the latest first. A search is a POST: names do not belong in addresses."""

    action = Action.RESIDENT_VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, Finder(request.GET))

    def post(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, Finder(request.GET, request.POST.get("q", "")))

    def _show(self, request: HttpRequest, finder: Finder) -> HttpResponse:
        rows = finder.narrow(self.reachable(Resident.objects)).select_related("area__parent")
        context = {
            "finder": finder,
            "page": self._found(request, rows) if finder.text else page_of(request, rows),
            "may_enter": may(user_of(request), Action.RESIDENT_ENTER),
        }
        return render(request, "residents/registry/list.html", context)

    def _found(self, request: HttpRequest, rows: Any) -> Page:
        """One page: the address of a next one would have to hold what was searched for."""
        found = list(rows.order_by("-pk")[: PAGE_SIZE + 1])
        if len(found) > PAGE_SIZE:
            messages.info(request, f"Lebih dari {PAGE_SIZE} warga cocok. Ketik nama lebih lengkap.")
        return Page(found[:PAGE_SIZE], next_url="", previous_url="")


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


class ResidentPage(ActionView):
    """A resident: the check page of a draft, afterwards the record with its actions.

    ``handlers`` maps the posted ``action`` to the rule it needs and the method that does it;
    a room above may extend it.
    """

    action = Action.RESIDENT_VIEW
    template = "residents/registry/detail.html"
    handlers: ClassVar[dict[str, tuple[Action, str]]] = {
        "report": (Action.RESIDENT_ENTER, "do_report"),
        "return": (Action.RESIDENT_JUDGE, "do_return"),
        "verify": (Action.RESIDENT_JUDGE, "do_verify"),
        "end": (Action.RESIDENT_ENTER, "do_end"),
        "extend": (Action.RESIDENT_ENTER, "do_extend"),
        "reveal": (Action.RESIDENT_REVEAL, "do_reveal"),
    }

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(request, self.find(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        name = request.POST.get("action", "")
        if name not in self.handlers:
            raise BadRequest("Tindakan tidak dikenal.")
        action, handler = self.handlers[name]
        require(user_of(request), action)
        resident = self.find(pk, action)
        try:
            return getattr(self, handler)(request, resident)
        except InputMissing as error:
            return self.show(request, resident, errors=error.errors, status=422)

    def find(self, pk: int, action: Action = Action.RESIDENT_VIEW) -> Resident:
        """The resident whom the user may see and on whom they have the action, or 404."""
        rows = self.reachable(self.reachable(Resident.objects), action)
        return get_object_or_404(rows.select_related("area__parent__parent", "lodging"), pk=pk)

    def show(
        self,
        request: HttpRequest,
        resident: Resident,
        status: int = 200,
        **extra: Any,
    ) -> HttpResponse:
        context = {
            "resident": resident,
            "rows": summary_of(resident, revealed=extra.get("revealed", False)),
            "warnings": warnings_of(resident),
            "history": history_of(resident),
            "actions": actions_for(user_of(request), resident, extra.get("bound")),
            "key": str(uuid4()),
            "may_edit": self._may(resident, Action.RESIDENT_ENTER)
            and resident.status != Status.ENDED,
            "may_reveal": self._may(resident, Action.RESIDENT_REVEAL)
            and bool(resident.nik or resident.no_kk),
            **self.more_context(request, resident),
            **extra,
        }
        return render(request, self.template, context, status=status)

    def more_context(self, request: HttpRequest, resident: Resident) -> dict[str, Any]:
        """What a room above adds to the page."""
        return {}

    def do_report(self, request: HttpRequest, resident: Resident) -> HttpResponse:
        overridden = " ".join(warnings_of(resident))[:500]
        outcome = report(resident.pk, self.move(request, note=overridden))
        if outcome.row.status == Status.HELD:
            messages.warning(
                request,
                "NIK ini sudah terdaftar di wilayah lain. Laporan ditahan; "
                "Lurah melihatnya di halamannya.",
            )
        else:
            messages.success(request, "Laporan terkirim ke kelurahan dan Disdukcapil.")
        return redirect("resident_detail", resident.pk)

    def do_verify(self, request: HttpRequest, resident: Resident) -> HttpResponse:
        return self._advance(request, resident, "verify", "Laporan diverifikasi.")

    def do_return(self, request: HttpRequest, resident: Resident) -> HttpResponse:
        return self._with(small.ReturnForm, request, resident, "return", "Laporan dikembalikan.")

    def do_end(self, request: HttpRequest, resident: Resident) -> HttpResponse:
        return self._with(small.EndForm, request, resident, "end", "Masa tinggal diakhiri.")

    def do_extend(self, request: HttpRequest, resident: Resident) -> HttpResponse:
        return self._with(
            small.ExtendForm, request, resident, "extend", "Masa tinggal diperpanjang."
        )

    def do_reveal(self, request: HttpRequest, resident: Resident) -> HttpResponse:
        record(request, Access.Kind.REVEAL, resident)
        return self.show(request, resident, revealed=True)

    def _may(self, resident: Resident, action: Action) -> bool:
        return resident.lies_within(reach(user_of(self.request), action))

    def move(self, request: HttpRequest, **data: Any) -> Move:
        return Move(user_of(request), data, sent_key(request))

    def _with(
        self,
        form_class: type[forms.Form],
        request: HttpRequest,
        resident: Resident,
        name: str,
        done: str,
    ) -> HttpResponse:
        form = form_class(request.POST, auto_id=f"id_{name}_%s")
        if not form.is_valid():
            return self.show(request, resident, status=422, bound=(name, form))
        data = dict(form.cleaned_data)
        if name == "end":
            data["end_reason"], data["reason"] = data["reason"], small.reason_label(data["reason"])
        try:
            return self._advance(request, resident, name, done, **data)
        except InputMissing as error:
            for field, text in error.errors.items():
                form.add_error(field if field in form.fields else None, text)
            return self.show(request, resident, status=422, bound=(name, form))

    def _advance(
        self, request: HttpRequest, resident: Resident, name: str, done: str, **data: Any
    ) -> HttpResponse:
        WORKFLOW.advance(resident.pk, name, self.move(request, **data))
        messages.success(request, done)
        return redirect(reverse("resident_detail", args=[resident.pk]))
