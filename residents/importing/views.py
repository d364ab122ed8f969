"""Lists of residents from spreadsheets: upload, what was read, confirmation, progress."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import ActionView, user_of
from accounts.areas.models import Area
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.rules import Action
from residents.importing import presenting, staging, writing
from residents.importing.forms import UploadForm, posts_for
from residents.importing.models import Import, ImportPart
from residents.importing.uploading import SameFile, take, uploaded_before
from residents.importing.workflow import WORKFLOW
from residents.tasks import enter_import_part, read_import
from wacat.keys import pressed_key, sent_key
from wacat.pages import page_of
from wacat.sheets import as_download
from wacat.throttle import admits
from wacat.work import hasten
from wacat.workflow import Move, WrongState

# Each is read whole by a worker, for whom others wait.
UPLOADS_A_DAY = 40
_DAY = 24 * 60 * 60
TOO_OFTEN = "Sudah {} berkas diunggah hari ini. Coba lagi besok."
SAME = "Berkas yang sama sudah diunggah untuk wilayah ini. Tidak ada yang dimasukkan dua kali."


class ImportList(ActionView):
    """The upload, and the imports so far in reach."""

    action = Action.RESIDENT_IMPORT
    earlier: Import | None = None

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, self._form(request), str(uuid4()))

    def post(self, request: HttpRequest) -> HttpResponse:
        key = sent_key(request, "form_key")
        imported = uploaded_before(user_of(request), key)
        if imported is None:
            form = self._form(request, request.POST, request.FILES)
            imported = self._take(form) if form.is_valid() else None
            if imported is None:
                return self._show(request, form, str(key or uuid4()), 422)
        return redirect("import_detail", imported.pk)

    def _take(self, form: UploadForm) -> Import | None:
        user, file = user_of(self.request), form.cleaned_data["file"]
        if not admits("resident_import", str(user.pk), UPLOADS_A_DAY, _DAY):
            form.add_error("file", TOO_OFTEN.format(UPLOADS_A_DAY))
            return None
        key = pressed_key(self.request, "form_key")
        try:
            imported = take(form.chosen, user, key, file.name, file.read(), form.defaults)
        except SameFile as error:
            form.add_error("file", SAME)
            self.earlier = error.earlier
            return None
        hasten(read_import, imported.reading.pk)
        return imported

    def _form(self, request: HttpRequest, *data: Any) -> UploadForm:
        return UploadForm(*data, posts=posts_for(user_of(request)))

    def _show(
        self, request: HttpRequest, form: UploadForm, key: str, status: int = 200
    ) -> HttpResponse:
        rows = self.reachable(Import.objects).select_related("area__parent", "uploaded_by")
        page = page_of(request, rows)
        context = {
            "form": form,
            "form_key": key,
            "page": page,
            "lines": [(one, presenting.mark_of(one)) for one in page.rows],
            "earlier": self.earlier,
            "posts": list(form.posts.values()),
        }
        return render(request, "residents/importing/list.html", context, status=status)


class ImportTemplate(ActionView):
    """A spreadsheet to fill in for the area of one of the user's posts, ``?jabatan=<post>``."""

    action = Action.RESIDENT_IMPORT

    def get(self, request: HttpRequest) -> HttpResponse:
        posts = posts_for(user_of(request))
        wanted = request.GET.get("jabatan", "")
        post = next((one for one in posts if str(one.pk) == wanted), posts[0])
        area = get_object_or_404(Area.objects.select_related("parent"), pk=post.area_id)
        return as_download(writing.template(area), "contoh-daftar-warga")


class ImportDetail(ActionView):
    """One import: progress, what was read, *Masukkan*; afterwards what became of it."""

    action = Action.RESIDENT_IMPORT

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        imported = self._find(pk)
        progress = presenting.progress_of(imported)
        asks_again = request.headers.get("HX-Request") == "true"
        context = {"imported": imported, "progress": progress, "mark": presenting.mark_of(imported)}
        if asks_again and progress.is_working:
            return render(request, "residents/importing/_progress.html", context)
        context |= {
            "notes": presenting.notes_of(imported),
            "key": uuid4(),
            "tells_rejected": presenting.tells_rejected(imported),
            "is_own": imported.uploaded_by_id == user_of(request).pk,
        }
        response = render(request, "residents/importing/detail.html", context)
        if asks_again:  # the rest of the page changes with the state
            response["HX-Refresh"] = "true"
        return response

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        name = request.POST.get("action", "")
        if name not in ("confirm", "discard"):
            raise BadRequest("Tindakan tidak dikenal.")
        imported = self._find(pk)
        move = Move(user_of(request), key=sent_key(request))
        with transaction.atomic():
            outcome = WORKFLOW.advance(imported.pk, name, move)
            if name == "confirm" and not outcome.repeated:
                self._hasten(outcome.row)
        if name == "discard":
            messages.success(request, "Impor dibatalkan; berkasnya dihapus.")
            return redirect("import_list")
        return redirect("import_detail", pk)

    def _hasten(self, imported: Import) -> None:
        for part in ImportPart.objects.filter(of=imported).order_by("number"):
            hasten(enter_import_part, part.pk)

    def _find(self, pk: int) -> Import:
        rows = self.reachable(Import.objects).select_related("area__parent", "uploaded_by")
        imported: Import = get_object_or_404(rows, pk=pk)
        return imported


class ImportRejected(ActionView):
    """The rejected rows as they came: for whoever uploaded them, and in the trail."""

    action = Action.RESIDENT_IMPORT

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = self.reachable(Import.objects).filter(uploaded_by=user_of(request))
        imported = get_object_or_404(rows, pk=pk)
        if imported.cleared_at or not presenting.tells_rejected(imported):
            raise WrongState("Baris yang ditolak belum selesai diperiksa, atau sudah dihapus.")
        rejected = (row for row in staging.all_rows_of(imported) if row.errors)
        content = writing.rejected(rejected)
        record(request, Access.Kind.EXPORT, imported)
        return as_download(content, f"warga-ditolak-{imported.pk}")
