"""Handing over: a Plh. named by the Lurah, a Ketua RT who leaves, the list confirmed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import ActionView, user_of
from accounts.areas.models import Area, Level
from accounts.handover import roster
from accounts.handover.delegating import delegate, own_offices, stand_ins
from accounts.handover.forms import RIGHT, WRONG, DelegateForm, ResignForm, RosterForm, name_of
from accounts.notices.sending import notify
from accounts.posts.ending import end_post
from accounts.posts.holders import offices_above
from accounts.posts.models import Post
from accounts.rules import RULES, Action
from accounts.scope import reach
from wacat.clock import today
from wacat.keys import row_key, sent_key
from wacat.words import tanggal
from wacat.workflow import WrongState


def _chosen(codes: list[str], wanted: str) -> str:
    """The kelurahan asked for, else the first. Raises Http404 when it is none of them."""
    if wanted and wanted not in codes:
        raise Http404
    return wanted or codes[0]


class Plh(ActionView):
    """The Lurah's own Plh.: named, seen, taken back. A Plh. only sees."""

    action = Action.POST_DELEGATE

    def get(self, request: HttpRequest) -> HttpResponse:
        offices = own_offices(user_of(request))
        if not offices:
            return render(request, "accounts/handover/plh.html", {})
        office = self._office(offices, request.GET.get("area", ""))
        return self._show(request, office, DelegateForm(office=office))

    def post(self, request: HttpRequest) -> HttpResponse:
        offices = own_offices(user_of(request))
        if not offices:
            raise PermissionDenied
        office = self._office(offices, request.POST.get("area", ""))
        name = request.POST.get("action", "delegate")
        if name == "end":
            return self._end(request, office)
        if name != "delegate":
            raise BadRequest("Tindakan tidak dikenal.")
        form = DelegateForm(request.POST, office=office)
        if not form.is_valid() or not self._delegated(request, office, form):
            return self._show(request, office, form, 422)
        return self._back(office)

    def _delegated(self, request: HttpRequest, office: Post, form: DelegateForm) -> bool:
        data = form.cleaned_data
        try:
            delegate(office, data["user"], data["starts"], data["until"])
        except WrongState as error:
            form.add_error(None, str(error))
            return False
        messages.success(
            request,
            f"Plh. dicatat sejak {tanggal(data['starts'])}, "
            f"sampai Bapak/Ibu bertugas kembali pada {tanggal(data['until'])}.",
        )
        return True

    def _end(self, request: HttpRequest, office: Post) -> HttpResponse:
        """Take back what the Lurah's word gave; what a letter gave is the administrator's."""
        posts = self.reachable(Post.objects).filter(area=office.area_id, kind=Post.Kind.PLH)
        posts = posts.filter(delegated_by__isnull=False).select_related("user", "area__parent")
        post = get_object_or_404(posts, pk=row_key(request.POST.get("post", "")))
        end_post(post, today(), Post.Ending.DELEGATION, user_of(request))
        messages.success(request, "Tugas Plh. sudah diakhiri.")
        return self._back(office)

    def _office(self, offices: list[Post], wanted: str) -> Post:
        code = _chosen([post.area_id for post in offices], wanted)
        return next(post for post in offices if post.area_id == code)

    def _back(self, office: Post) -> HttpResponse:
        return redirect(f"{reverse('plh')}?area={office.area_id}")

    def _show(
        self, request: HttpRequest, office: Post, form: DelegateForm, status: int = 200
    ) -> HttpResponse:
        others = [post for post in own_offices(user_of(request)) if post != office]
        context = {
            "office": office,
            "others": others,
            "stand_ins": stand_ins(office),
            "form": form,
            "today": today(),
        }
        return render(request, "accounts/handover/plh.html", context, status=status)


class Resign(ActionView):
    """*Saya tidak lagi menjabat*: a Ketua RT ends the own post, and the Lurah is told."""

    action = Action.POST_RESIGN

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Who has left has no action any more; the same press once more answers as the first did.
        if request.method == "POST" and self._has_left(request):
            return redirect("start")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, ResignForm(posts=self._posts(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ResignForm(request.POST, posts=self._posts(request))
        if not form.is_valid() or not self._resigned(request, form):
            return self._show(request, form, 422)
        return redirect("start")

    def _resigned(self, request: HttpRequest, form: ResignForm) -> bool:
        post, day, note = (form.cleaned_data[name] for name in ("post", "date", "note"))
        try:
            ended = end_post(post, day, Post.Ending.RESIGNED, user_of(request), note)
        except WrongState as error:
            form.add_error(None, str(error))
            return False
        if ended:
            office = (post.role, post.area_id)
            told = offices_above([office])[office]
            notify("post_resigned", [(user, {"post": post.pk}) for user in told])
        ends = "sudah berakhir" if day == today() else f"berakhir {tanggal(day)}"
        messages.success(
            request, f"Jabatan {post.label} {ends}. Lurah diberi tahu. Terima kasih, Bapak/Ibu."
        )
        return True

    def _has_left(self, request: HttpRequest) -> bool:
        pk = row_key(request.POST.get("post", ""))
        own = Post.objects.filter(user=user_of(request), ended_by=user_of(request))
        left = own.filter(ending=Post.Ending.RESIGNED, until__lte=today())
        return pk is not None and left.filter(pk=pk).exists()

    def _posts(self, request: HttpRequest) -> list[Post]:
        roles = RULES[Action.POST_RESIGN]
        return [post for post in user_of(request).todays_posts if post.role in roles]

    def _show(self, request: HttpRequest, form: ResignForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "posts": self._posts(request)}
        return render(request, "accounts/handover/resign.html", context, status=status)


class Roster(ActionView):
    """The list of Ketua RT: every RT, who holds it, and whether that is still right."""

    action = Action.ROSTER_CONFIRM

    def get(self, request: HttpRequest) -> HttpResponse:
        kelurahan = self._kelurahan(request.GET.get("area", ""))
        return self._show(request, kelurahan)

    def post(self, request: HttpRequest) -> HttpResponse:
        kelurahan = self._kelurahan(request.POST.get("area", ""))
        name = request.POST.get("action", "confirm")
        if name == "end":
            return self._end(request, kelurahan)
        if name != "confirm":
            raise BadRequest("Tindakan tidak dikenal.")
        key = sent_key(request)
        if key is None or not roster.is_confirmed(user_of(request), key):
            form = self._form(roster.lines_of(kelurahan), kelurahan, request.POST)
            if not form.is_valid():
                return self._show(request, kelurahan, request.POST, status=422)
            self._confirm(request, kelurahan, form)
        return self._back(kelurahan)

    def _confirm(self, request: HttpRequest, kelurahan: Area, form: RosterForm) -> None:
        wrong = form.said(WRONG)
        key: UUID = form.cleaned_data["key"]
        roster.confirm(user_of(request), kelurahan, form.said(RIGHT), wrong, key)
        messages.success(request, "Daftar Ketua RT dikonfirmasi. Terima kasih.")
        if wrong:
            messages.warning(request, "Usulkan pengganti Ketua RT yang sudah berganti.")

    def _end(self, request: HttpRequest, kelurahan: Area) -> HttpResponse:
        """End the post of one whom the last confirmation says to be over."""
        said = roster.latest(kelurahan)
        pk = row_key(request.POST.get("post", ""))
        posts = self.reachable(Post.objects).filter(area__parent=kelurahan)
        posts = posts.filter(pk__in=said.wrong if said else [], pk=pk)
        post = get_object_or_404(posts.select_related("user", "area__parent"))
        end_post(post, today(), Post.Ending.REPLACED, user_of(request))
        messages.success(request, f"Akses Ketua {post.area.label} itu berhenti.")
        return self._back(kelurahan)

    def _kelurahan(self, wanted: str) -> Area:
        code = _chosen(list(reach(user_of(self.request), Action.ROSTER_CONFIRM)), wanted)
        return get_object_or_404(self.reachable(Area.objects), pk=code)

    def _form(self, lines: list[roster.Line], kelurahan: Area, *data: Any) -> RosterForm:
        posts, said = roster.posts_in(lines), roster.latest(kelurahan)
        doubted = {post.pk for post in roster.said_to_be_over(posts, said)}
        return RosterForm(*data, posts=posts, doubted=doubted)

    def _back(self, kelurahan: Area) -> HttpResponse:
        return redirect(f"{reverse('roster')}?area={kelurahan.code}")

    def _show(
        self, request: HttpRequest, kelurahan: Area, *data: Any, status: int = 200
    ) -> HttpResponse:
        lines, said = roster.lines_of(kelurahan), roster.latest(kelurahan)
        form = self._form(lines, kelurahan, *data)
        due = roster.due_days([kelurahan.code]).get(kelurahan.code)
        areas = self.reachable(Area.objects).filter(level=Level.KELURAHAN)
        context = {
            "kelurahan": kelurahan,
            "others": areas.exclude(pk=kelurahan.pk),
            "form": form,
            "lines": [
                (line.area, [(post, form[name_of(post)]) for post in line.posts]) for line in lines
            ],
            "said": said,
            "over": roster.said_to_be_over(roster.posts_in(lines), said),
            "due": due,
            "is_due": roster.is_due(due),
        }
        return render(request, "accounts/handover/roster.html", context, status=status)
