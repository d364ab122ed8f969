"""Proposing somebody, and mending an open proposal: one pair of pages for each office."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import ActionView, user_of
from accounts.proposals.cautions import holders_of
from accounts.proposals.choosing import areas_for
from accounts.proposals.entering import (
    correct,
    enter,
    form_for,
    initial_of,
    made_before,
    says_the_same,
    version_of,
)
from accounts.proposals.forms import (
    KetuaRtByLetterForm,
    KetuaRtForm,
    LurahByLetterForm,
    LurahForm,
    ProposalForm,
)
from accounts.proposals.models import OPEN, Proposal, Status
from accounts.proposals.offices import KETUA_RT, LURAH, Office, by_letter, is_from_office_of
from accounts.rules import Action
from wacat.keys import sent_key
from wacat.workflow import Move, WrongState

TEMPLATE = "accounts/proposals/form.html"
OVER = "Usulan ini sudah selesai; isinya tidak diubah lagi."
NOT_YOURS = "Usulan ini dari {office}. Bila ada yang keliru, kembalikan kepadanya dengan alasan."
MOVED_ON = (
    "Usulan ini diubah orang lain sejak halaman dibuka. Periksa isian di bawah; "
    "bila sudah benar, tekan tombol sekali lagi."
)


class ProposalAdd(ActionView):
    """One form; its hidden key makes a repeated POST answer like the first."""

    office: ClassVar[Office]
    forms: ClassVar[dict[bool, type[ProposalForm]]]

    def get(self, request: HttpRequest) -> HttpResponse:
        area = request.GET.get("area", "")
        form = self._form(near=area, initial={"area": area})
        if form is None:
            return redirect("proposal_missing")  # where a kelurahan is chosen first
        return self._show(request, form, str(uuid4()))

    def post(self, request: HttpRequest) -> HttpResponse:
        user, key = user_of(request), sent_key(request, "form_key")
        proposal = made_before(self.office, user, key)
        if proposal is None:
            near = request.POST.get("area", "")
            form = self._form(request.POST, request.FILES, near=near)
            if form is None:
                return redirect("proposal_missing")
            # An open proposal that makes the form invalid may be what this very form just made.
            fits = form.is_valid()
            proposal = enter(form, user, key) if fits else made_before(self.office, user, key)
            if proposal is None:
                return self._show(request, form, str(key or uuid4()), 422)
            messages.success(request, "Usulan terkirim ke administrator WaCAT.")
        return redirect(self.office.detail_url(proposal.pk))

    def _form(self, *data: Any, near: str, **more: Any) -> ProposalForm | None:
        user = user_of(self.request)
        areas = areas_for(user, self.office, near)
        if areas is None:
            return None
        form: ProposalForm = form_for(self.office, user, self.forms)(
            *data, user=user, areas=areas, **more
        )
        return form

    def _show(
        self, request: HttpRequest, form: ProposalForm, key: str, status: int = 200
    ) -> HttpResponse:
        area: Any = form.fields["area"]
        chosen = area.queryset.filter(pk=str(form["area"].value() or "").replace("\0", "")).first()
        context = {
            "form": form,
            "title": f"Usulkan {self.office.role.label}",
            "form_key": key,
            "send": "Kirim usulan",
            "back_url": reverse("proposal_list"),
            "holders": holders_of(self.office.role, chosen.pk) if chosen else [],
            "chosen": chosen,
            "by_letter": by_letter(user_of(request), self.office.action),
        }
        return render(request, TEMPLATE, context, status=status)


class ProposalEdit(ActionView):
    """Mending an open proposal, by the office that made it; a returned one is proposed again."""

    office: ClassVar[Office]
    form: ClassVar[type[ProposalForm]]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        proposal = self._find(self._rows(), pk)
        self._must_be_open(proposal)
        return self._show(request, self._form(proposal), proposal, version_of(proposal))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        proposal = self._find(self._rows().select_for_update(of=("self",)), pk)
        self._must_be_open(proposal)
        form, version = self._form(proposal, request.POST), version_of(proposal)
        fits = form.is_valid()
        done = redirect(self.office.detail_url(pk))
        if fits and proposal.status == Status.PROPOSED and says_the_same(form, proposal):
            return done
        if request.POST.get("version", version) != version:
            form.add_error(None, MOVED_ON)
        move = Move(user_of(request), key=sent_key(request, "form_key"))
        if not form.is_valid() or not correct(form, proposal, move):
            return self._show(request, form, proposal, version, 422)
        again = proposal.status == Status.RETURNED
        messages.success(request, "Usulan dikirim lagi." if again else "Perubahan disimpan.")
        return done

    def _rows(self) -> Any:
        rows = Proposal.objects.filter(role=self.office.role)
        return self.reachable(rows).select_related("area__parent", "by_post__area__parent", "user")

    def _find(self, rows: Any, pk: int) -> Proposal:
        found: Proposal = get_object_or_404(rows, pk=pk)
        return found

    def _must_be_open(self, proposal: Proposal) -> None:
        if proposal.status not in OPEN:
            raise WrongState(OVER)
        if not is_from_office_of(user_of(self.request), proposal):
            raise WrongState(NOT_YOURS.format(office=proposal.by_post.label))

    def _form(self, proposal: Proposal, *data: Any) -> ProposalForm:
        areas = type(proposal.area).objects.filter(pk=proposal.area_id).select_related("parent")
        return self.form(
            *data,
            user=user_of(self.request),
            areas=areas,
            proposal=proposal,
            initial=initial_of(proposal),
        )

    def _show(
        self,
        request: HttpRequest,
        form: ProposalForm,
        proposal: Proposal,
        version: str,
        status: int = 200,
    ) -> HttpResponse:
        returned = proposal.status == Status.RETURNED
        context = {
            "form": form,
            "title": "Perbaiki usulan" if returned else "Ubah usulan",
            "form_key": str(uuid4()),
            "version": version,
            "send": "Simpan dan usulkan lagi" if returned else "Simpan",
            "back_url": self.office.detail_url(proposal.pk),
        }
        return render(request, TEMPLATE, context, status=status)


class LurahAdd(ProposalAdd):
    action = Action.LURAH_PROPOSE
    office = LURAH
    forms = {True: LurahByLetterForm, False: LurahForm}


class KetuaRtAdd(ProposalAdd):
    action = Action.KETUA_RT_PROPOSE
    office = KETUA_RT
    forms = {True: KetuaRtByLetterForm, False: KetuaRtForm}


class LurahEdit(ProposalEdit):
    action = Action.LURAH_PROPOSE
    office = LURAH
    form = LurahForm


class KetuaRtEdit(ProposalEdit):
    action = Action.KETUA_RT_PROPOSE
    office = KETUA_RT
    form = KetuaRtForm
