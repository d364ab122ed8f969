"""/surat/pengaturan/: a kelurahan's letterhead, validity, paper and numbers, with a preview."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import ActionView, user_of
from accounts.areas.models import Area, Level
from accounts.rules import Action
from accounts.scope import may
from reports.letters.drawing import preview_letter
from reports.letters.gathering import office_in
from reports.letters.office_forms import OfficeForm, values_of
from reports.letters.office_logo import stored_logo
from reports.letters.office_models import LetterOffice
from reports.letters.office_numbers import next_number
from reports.letters.office_specimen import specimen
from wacat.drawing.raster import one_below_the_other

WIDTH = 900  # pixels of the preview
HEIGHTS = {"A4": 1273, "F4": 1381}
SAVED = "Pengaturan surat disimpan. Surat yang sudah terbit tidak berubah."
UNCHANGED = "Tidak ada yang berubah."


class LetterOfficeSettings(ActionView):
    """The settings of one kelurahan: the own one, or the one in ``?kelurahan=``.

    What is typed is saved by the action ``save`` and only shown by ``preview``.
    """

    action = Action.LETTER_OFFICE_SET

    def get(self, request: HttpRequest) -> HttpResponse:
        kelurahan = self._kelurahan()
        if kelurahan is None:
            return self._choose(request)
        return self._show(request, kelurahan, OfficeForm(instance=office_in(kelurahan)))

    def post(self, request: HttpRequest) -> HttpResponse:
        kelurahan = self._kelurahan()
        if kelurahan is None:
            raise BadRequest("Pilih kelurahannya dahulu.")
        deed = request.POST.get("action", "")
        if deed not in ("save", "preview"):
            raise BadRequest("Tindakan tidak dikenal.")
        form = OfficeForm(request.POST, request.FILES, instance=office_in(kelurahan))
        if not form.is_valid():
            return self._show(request, kelurahan, form, status=422)
        if deed == "preview":
            return self._show(request, kelurahan, form, preview=form.instance)
        is_changed = save(kelurahan, form.instance)
        messages.success(request, SAVED if is_changed else UNCHANGED)
        return redirect(_address(kelurahan))

    def _kelurahan(self) -> Area | None:
        """The one that is meant; None where there are several. Raises Http404 out of reach."""
        rows = self.reachable(Area.objects).filter(level=Level.KELURAHAN).select_related("parent")
        if code := self.request.GET.get("kelurahan", ""):
            if not code.isprintable():  # the database would refuse a NUL
                raise Http404
            found: Area = get_object_or_404(rows, code=code)
            return found
        some = list(rows[:2])
        return some[0] if len(some) == 1 else None

    def _choose(self, request: HttpRequest) -> HttpResponse:
        rows = self.reachable(Area.objects).filter(level=Level.KELURAHAN)
        areas = list(rows.select_related("parent").order_by("code"))
        offices = LetterOffice.objects.in_bulk([area.code for area in areas])
        lines = [(area, offices.get(area.code), _address(area)) for area in areas]
        return render(request, "reports/letters/office_list.html", {"lines": lines})

    def _show(
        self,
        request: HttpRequest,
        kelurahan: Area,
        form: OfficeForm,
        preview: LetterOffice | None = None,
        status: int = 200,
    ) -> HttpResponse:
        saved = office_in(kelurahan)
        shown = preview or saved
        context = {
            "kelurahan": kelurahan,
            "form": form,
            "address": _address(kelurahan),
            "logo": form.logo,
            "logo_shown": _as_data(stored_logo(form.logo)) if form.logo else "",
            "example": next_number(shown.number_template, kelurahan.code),
            "preview": _picture(kelurahan, preview) if preview else "",
            "size": (WIDTH, HEIGHTS[shown.paper]),
            "leads_to_letters": may(user_of(request), Action.LETTER_VIEW),
        }
        return render(request, "reports/letters/office.html", context, status=status)


def save(kelurahan: Area, typed: LetterOffice) -> bool:
    """Make these the kelurahan's settings; whether that changed anything."""
    values: dict[str, Any] = values_of(typed)
    known = LetterOffice.objects.select_for_update().filter(kelurahan=kelurahan).first()
    if known is not None and values_of(known) == values:
        return False
    LetterOffice.objects.update_or_create(kelurahan=kelurahan, defaults=values)
    return True


def _picture(kelurahan: Area, office: LetterOffice) -> str:
    pages = preview_letter(specimen(kelurahan, office), WIDTH)
    return _as_data(one_below_the_other(pages))


def _as_data(png: bytes) -> str:
    """The picture within the page: what is not saved has no address of its own."""
    return f"data:image/png;base64,{b64encode(png).decode()}"


def _address(kelurahan: Area) -> str:
    return f"{reverse('letter_office')}?kelurahan={kelurahan.code}"
