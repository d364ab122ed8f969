"""The list of proposals, and the RTs that are still without an account."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import ActionView, user_of
from accounts.proposals.missing import Coverage, coverage, without_account
from accounts.proposals.models import Status
from accounts.proposals.offices import KETUA_RT, offices_of, proposals_for
from accounts.proposals.presenting import lines_of
from accounts.rules import Action
from accounts.scope import may
from wacat.pages import page_of


class ProposalList(ActionView):
    """The proposals that the user may make or issue, the latest first."""

    action = Action.PROPOSAL_VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        user, status = user_of(request), request.GET.get("status", "")
        if status and status not in Status.values:
            raise BadRequest("Keadaan tidak dikenal.")
        rows = proposals_for(user).select_related("area__parent")
        page = page_of(request, rows.filter(status=status) if status else rows)
        context = {
            "page": page,
            "lines": lines_of(page.rows),
            "status": status,
            "choices": Status.choices,
            "offices": offices_of(user),
            "may_issue": may(user, Action.ACCOUNT_ISSUE),
            "may_propose_rt": may(user, KETUA_RT.action),
        }
        return render(request, "accounts/proposals/list.html", context)


class MissingRts(ActionView):
    """*38 dari 40 RT belum punya akun*, and each of them with *Usulkan* beside it."""

    action = Action.KETUA_RT_PROPOSE

    def get(self, request: HttpRequest) -> HttpResponse:
        user, wanted = user_of(request), request.GET.get("wilayah", "")
        kelurahan = coverage(user, KETUA_RT)
        chosen = _chosen(kelurahan, wanted)
        areas = without_account(user, KETUA_RT)
        context = {
            "kelurahan": kelurahan,
            "chosen": chosen,
            "areas": list(areas.filter(parent=chosen.code).order_by("name")) if chosen else [],
            "several": len(kelurahan) > 1,
            "total": sum(one.total for one in kelurahan),
            "missing": sum(one.missing for one in kelurahan),
        }
        return render(request, "accounts/proposals/missing.html", context)


def _chosen(kelurahan: list[Coverage], wanted: str) -> Coverage | None:
    """The kelurahan asked for, or the only one. Raises Http404 for one out of reach."""
    if not wanted:
        return kelurahan[0] if len(kelurahan) == 1 else None
    for one in kelurahan:
        if one.code == wanted:
            return one
    raise Http404
