"""Offices by letter: given, ended, and the letter itself (Perwali 33/2020 Pasal 7, 9, 10)."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import ActionView, user_of
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.issuing.sheets import order, ordered
from accounts.posts.appointing import OFFICES, appointed_with
from accounts.posts.ending import OVER, end_post, is_over, refusal
from accounts.posts.forms import AppointForm, EndForm
from accounts.posts.letters import area_of, letters_in_reach
from accounts.posts.models import Post
from accounts.posts.reinstating import handing_over_to
from accounts.rules import Action
from wacat.clock import today
from wacat.keys import sent_key
from wacat.uploads import as_download
from wacat.words import tanggal
from wacat.workflow import WrongState


class PostAppoint(ActionView):
    """An office given on the strength of a letter: first which, then where, when and to whom."""

    action = Action.POST_APPOINT

    def get(self, request: HttpRequest) -> HttpResponse:
        name = request.GET.get("office", "")
        if not name:
            return render(request, "accounts/posts/office.html", {"offices": OFFICES.items()})
        return self._show(request, name, self._form(request, name))

    def post(self, request: HttpRequest) -> HttpResponse:
        name, user = request.POST.get("office", ""), user_of(request)
        form = self._form(request, name, request.POST, request.FILES)
        key = sent_key(request)
        known = appointed_with(user, key) if key else None
        if known is not None:
            return self._after(request, known, key)
        if form.is_valid() and (post := self._give(form, key)):
            return self._announced(request, form, post, key or uuid4())
        return self._show(request, name, form, 422)

    def _form(self, request: HttpRequest, name: str, *data: Any) -> AppointForm:
        if name not in OFFICES:
            raise BadRequest("Jabatan tidak dikenal.")
        return AppointForm(*data, user=user_of(request), office=OFFICES[name])

    def _give(self, form: AppointForm, key: UUID | None) -> Post | None:
        """The new post; None when the form now says why not."""
        try:
            with transaction.atomic():
                return form.give(key)
        except WrongState as error:
            form.add_error(None, str(error))
        except IntegrityError as error:  # the same press, at the same moment
            if "mandate_form_once" not in str(error) or key is None:
                raise
            return appointed_with(form.user, key)
        return None

    def _announced(
        self, request: HttpRequest, form: AppointForm, post: Post, key: UUID
    ) -> HttpResponse:
        if form.is_for_new_person:
            order([post.user], user_of(request), key)
            text = f"Akun dibuat. Nama pengguna: {post.user.username}. Slipnya sedang digambar."
            messages.success(request, text)
            if post.user.login_phone is None:
                text = "Nomor telepon itu sudah dipakai akun lain: ia masuk dengan nama pengguna."
                messages.warning(request, text)
        else:
            messages.success(request, f"Jabatan {post.label} dicatat.")
        return self._after(request, post, key)

    def _after(self, request: HttpRequest, post: Post, key: UUID | None) -> HttpResponse:
        """The slip of a new account, else the person's page."""
        sheets = ordered(user_of(request), key) if key else []
        if sheets:
            return redirect("slip_sheet", sheets[0].pk)
        return redirect("account_detail", post.user_id)

    def _show(
        self, request: HttpRequest, name: str, form: AppointForm, status: int = 200
    ) -> HttpResponse:
        context = {"form": form, "name": name, "office": OFFICES[name]}
        return render(request, "accounts/posts/appoint.html", context, status=status)


class PostEnd(ActionView):
    """Somebody's post ended by the administrator, today or on a later day."""

    action = Action.POST_APPOINT

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        post = self._find(pk)
        reason = OVER if is_over(post) else refusal(post, user_of(request), today())
        if reason:
            raise WrongState(reason)
        return self._show(request, post, EndForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        post, form = self._find(pk), EndForm(request.POST)
        if not form.is_valid():
            return self._show(request, post, form, 422)
        day, reason = form.cleaned_data["date"], form.cleaned_data["reason"]
        staying = _staying(post)
        end_post(post, day, Post.Ending.ENDED, user_of(request), reason)
        if post.until == post.starts > today():
            messages.success(request, _said_of(post, staying))
            return redirect("account_detail", post.user_id)
        ends = "berakhir hari ini" if post.until == today() else f"berakhir {tanggal(post.until)}"
        messages.success(request, f"Jabatan {post.label} {ends}.")
        return redirect("account_detail", post.user_id)

    def _find(self, pk: int) -> Post:
        posts = self.reachable(Post.objects).select_related("user", "area__parent")
        return get_object_or_404(posts, pk=pk)

    def _show(
        self, request: HttpRequest, post: Post, form: EndForm, status: int = 200
    ) -> HttpResponse:
        rows = [
            ("Nama", post.user.full_name),
            ("Jabatan", post.label),
            ("Mulai", tanggal(post.starts)),
            ("Akhir masa bakti", tanggal(post.term_ends) or "Tidak dicatat"),
        ]
        if post.until:
            rows.append(("Sudah ditetapkan berakhir", tanggal(post.until)))
        context = {"post": post, "form": form, "rows": rows, "staying": _staying(post)}
        return render(request, "accounts/posts/end.html", context, status=status)


def _staying(post: Post) -> list[str]:
    """Who goes on in office when a post that has not begun is ended."""
    return [held.user.full_name for held in handing_over_to(post)] if post.starts > today() else []


def _said_of(post: Post, staying: list[str]) -> str:
    text = f"Jabatan {post.label} tidak jadi dimulai."
    return f"{text} Pemegang sebelumnya tetap menjabat." if staying else text


class MandateScan(ActionView):
    """The scan of a letter on which a post, a proposal or a list rests.

    For those only who record letters: one letter may name people of the whole city.
    """

    action = Action.POST_APPOINT

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        letter = get_object_or_404(letters_in_reach(user_of(request), Action.POST_APPOINT), pk=pk)
        if not letter.scan:
            raise Http404
        record(request, Access.Kind.DOWNLOAD, letter, area_of(letter))
        return as_download(letter.scan, f"surat-{letter.pk}")
