"""Lists of proposals: the template, the upload, what was read, and the confirmation."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import ActionView, user_of
from accounts.areas.models import Area, Level
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.posts.mandates import MandateFields
from accounts.posts.models import Mandate, Post
from accounts.proposals.cautions import NO_EMAIL
from accounts.proposals.lists import staging, writing
from accounts.proposals.lists.columns import ALWAYS
from accounts.proposals.lists.forms import ListForm, form_class_for, posts_for
from accounts.proposals.lists.judging import roles_for
from accounts.proposals.lists.opening import ListRefused
from accounts.proposals.lists.parsing import Judged
from accounts.proposals.lists.reading import Row, read
from accounts.proposals.missing import to_propose
from accounts.proposals.models import ProposalList
from accounts.proposals.offices import KETUA_RT, OFFICES, Office, offices_of
from accounts.rules import Action, Role
from accounts.scope import KELURAHAN
from wacat.keys import sent_key
from wacat.sheets import as_download

SHOWN = 100  # rows of each kind on the page; the files hold all
GOOD_SHOWN = 25
WAITING_SHOWN = 5


class ListTemplate(ActionView):
    """A spreadsheet to fill in, with what nobody holds or is proposed for yet."""

    action = Action.PROPOSAL_VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        office = self._office(request)
        areas = to_propose(user_of(request), office).order_by("parent", "name")
        rows = [_prefilled(area, office) for area in areas.select_related("parent")]
        kelurahan = self.reachable(Area.objects, office.action).filter(level=Level.KELURAHAN)
        names = sorted(kelurahan.values_list("name", flat=True))
        return as_download(writing.template(office, rows, names), f"daftar-usulan-{office.role}")

    def _office(self, request: HttpRequest) -> Office:
        """The one asked for by ``?jabatan=``, else the first. Raises Http404 for another's."""
        offices = offices_of(user_of(request))
        if not offices:
            raise PermissionDenied
        wanted = request.GET.get("jabatan", "") or offices[0].role
        office = OFFICES.get(wanted)
        if office not in offices or office is None:
            raise Http404
        return office


class ListAdd(ActionView):
    """The upload: refused as a whole with a reason, or read and shown."""

    action = Action.PROPOSAL_VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, self._form(request), str(uuid4()))

    def post(self, request: HttpRequest) -> HttpResponse:
        key = sent_key(request, "form_key")
        staged = staging.staged_before(user_of(request), key)
        if staged is None:
            form = self._form(request, request.POST, request.FILES)
            staged = self._read(form, key) if form.is_valid() else None
            if staged is None:
                return self._show(request, form, str(key or uuid4()), 422)
        return redirect("proposal_lists_detail", staged.pk)

    def _read(self, form: ListForm, key: UUID | None) -> ProposalList | None:
        content, post = form.cleaned_data["file"].read(), form.chosen
        try:
            digest = staging.digest_of(content, post)
            rows = read(content, _required(post)).rows
        except ListRefused as error:
            form.add_error("file", str(error))
            return None
        return self._stage(form, rows, digest, key)

    def _stage(
        self, form: ListForm, rows: list[Row], digest: str, key: UUID | None
    ) -> ProposalList:
        user, mandate = user_of(self.request), None
        try:
            with transaction.atomic():
                if form.chosen.role == Role.ADMINISTRATOR and isinstance(form, MandateFields):
                    mandate = form.mandate(Mandate.Kind.PROPOSAL, user, key)
                return staging.stage(form.chosen, rows, digest, mandate, key)
        except IntegrityError:  # the same form at the same moment
            staged = staging.staged_before(user, key)
            if staged is None:
                raise
            return staged

    def _form(self, request: HttpRequest, *data: Any) -> ListForm:
        posts = posts_for(user_of(request))
        return form_class_for(posts)(*data, posts=posts)

    def _show(
        self, request: HttpRequest, form: ListForm, key: str, status: int = 200
    ) -> HttpResponse:
        user = user_of(request)
        unconfirmed = self.reachable(ProposalList.objects).filter(
            uploaded_by=user, confirmed_at=None
        )
        context = {
            "form": form,
            "form_key": key,
            "offices": offices_of(user),
            "waiting": unconfirmed.order_by("-pk")[:WAITING_SHOWN],
        }
        return render(request, "accounts/proposals/upload.html", context, status=status)


class ListPage(ActionView):
    """What was read, row by row; confirming it proposes all good rows at once."""

    action = Action.PROPOSAL_VIEW

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        staged = self._find(self.reachable(ProposalList.objects), pk)
        rows = staging.rows_of(staged)
        good = [row for row in rows if not row.errors]
        bad = [row for row in rows if row.errors]
        odd = sorted((row for row in good if row.warnings), key=_is_only_without_email)
        context = {
            "staged": staged,
            "good": good[:GOOD_SHOWN],
            "good_more": max(0, len(good) - GOOD_SHOWN),
            "bad": bad[:SHOWN],
            "bad_more": max(0, len(bad) - SHOWN),
            "odd": odd[:SHOWN],
            "odd_count": len(odd),
            "odd_more": max(0, len(odd) - SHOWN),
            "by_kelurahan": _by_kelurahan(good),
        }
        return render(request, "accounts/proposals/preview.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if request.POST.get("action") != "confirm":
            raise BadRequest("Tindakan tidak dikenal.")
        with transaction.atomic():
            rows = self.reachable(ProposalList.objects).select_for_update(of=("self",))
            staged = self._find(rows, pk)
            count = staging.confirm(staged, user_of(request))
        messages.success(request, f"{count} usulan terkirim ke administrator WaCAT.")
        return redirect("proposal_lists_detail", pk)

    def _find(self, rows: Any, pk: int) -> ProposalList:
        """One's own: a list is nobody else's business before its rows are proposed."""
        found: ProposalList = get_object_or_404(rows, pk=pk, uploaded_by=user_of(self.request))
        return found


class ListRejected(ActionView):
    """The rejected rows with their reasons, to be mended and uploaded again."""

    action = Action.PROPOSAL_VIEW

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = self.reachable(ProposalList.objects)
        staged = get_object_or_404(rows, pk=pk, uploaded_by=user_of(request))
        record(request, Access.Kind.EXPORT, staged)
        bad = [row for row in staging.rows_of(staged) if row.errors]
        return as_download(writing.rejected(bad), f"usulan-ditolak-{pk}")


def _required(post: Post) -> tuple[str, ...]:
    """The columns without which no row of this post's could be read."""
    found: tuple[str, ...] = ALWAYS
    if len(post.area_id) < KELURAHAN:
        found = ("kelurahan", *found)
    return ("rt", *found) if roles_for(post) == {Role.KETUA_RT} else found


def _prefilled(area: Area, office: Office) -> dict[str, str]:
    if office is KETUA_RT:
        return {"kelurahan": area.containing.name, "rt": area.name}
    return {"kelurahan": area.name, "kind": "Definitif"}


def _is_only_without_email(row: Judged) -> bool:
    """So that what the list says on purpose, many times over, comes after what may be wrong."""
    return row.warnings == [NO_EMAIL]


def _by_kelurahan(rows: list[Judged]) -> list[tuple[str, int]]:
    """Names of kelurahan with the number of rows for each, where there are several."""
    codes = Counter(row.fields["area"][:KELURAHAN] for row in rows)
    if len(codes) < 2:
        return []
    names = dict(Area.objects.filter(pk__in=codes).values_list("pk", "name"))
    return [(names[code], count) for code, count in sorted(codes.items())]
