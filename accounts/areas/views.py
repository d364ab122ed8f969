"""The administrator's pages of the areas. Merging stands in the room of those who move."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.access import ActionView
from accounts.areas import changing, listing
from accounts.areas.changing import Order
from accounts.areas.codes import code_from
from accounts.areas.forms import NumberForm, RenumberForm
from accounts.areas.models import Area, AreaChange, AreaStatus, Level
from accounts.areas.pages import ChangeArea, place
from accounts.audit.models import Access
from accounts.audit.record import record
from accounts.rules import Action
from wacat.uploads import as_download

Kind = AreaChange.Kind
NO_HEAD = "Jabatan Ketua RT berakhir hari ini, dan usulan untuk RT ini yang belum selesai ditarik."


class AreaList(ActionView):
    """Every kelurahan with how many RTs it has, and how many are without a Ketua RT."""

    action = Action.AREA_CHANGE

    def get(self, request: HttpRequest) -> HttpResponse:
        areas = self.reachable(Area.objects)
        groups = listing.kelurahan_of(areas, areas.filter(level=Level.RT))
        return render(request, "accounts/areas/list.html", {"groups": groups})


class AreaDetail(ActionView):
    """An RT with its history and what can be done to it, or an area with its parts."""

    action = Action.AREA_CHANGE

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        areas = listing.with_heads(self.reachable(Area.objects)).select_related("parent__parent")
        area = get_object_or_404(areas, code=code_from(code))
        if area.level == Level.RT:
            return self._rt(area)
        if area.level == Level.KELURAHAN:
            return self._kelurahan(area)
        below: Any = self.reachable(Area.objects)
        below = below.under((area.code,))
        groups = listing.kelurahan_of(below, below.filter(level=Level.RT))
        return render(request, "accounts/areas/list.html", {"groups": groups, "area": area})

    def _kelurahan(self, area: Area) -> HttpResponse:
        rts = self.reachable(Area.objects).filter(parent=area, level=Level.RT)
        context = {"area": area, "rows": listing.rows_of(rts)}
        return render(self.request, "accounts/areas/kelurahan.html", context)

    def _rt(self, area: Area) -> HttpResponse:
        context = {
            "area": area,
            "mark": listing.MARKS[AreaStatus(area.state)],
            "rows": listing.summary_of(area),
            "periods": listing.periods_of(area),
            "history": listing.history_of(area),
            "may": {kind: area.state in states for kind, states in changing.SOURCES.items()},
        }
        return render(self.request, "accounts/areas/rt.html", context)


class AreaLetter(ActionView):
    """The scan of the letter on which a change rests, as a download."""

    action = Action.AREA_CHANGE

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        changes = self.reachable(AreaChange.objects).exclude(mandate__scan="")
        change = get_object_or_404(changes.select_related("mandate"), pk=pk)
        record(request, Access.Kind.DOWNLOAD, change)
        return as_download(change.mandate.scan, f"surat-{change.area_id}")


class CreateArea(ChangeArea):
    level, kind = Level.KELURAHAN, Kind.CREATED
    question = NumberForm
    title, button, done = "Bentuk RT baru", "Bentuk RT", "RT baru sudah dibentuk."

    def rows(self, area: Area, question: Any) -> list[tuple[str, str]]:
        number = ("Nomor RT baru", question.cleaned_data["number"])
        return [("Kelurahan", area.name), number, self.day_row(question)]

    def consequences(self, area: Area, question: Any) -> list[str]:
        return [
            "RT ini mendapat kode baru yang tetap dan tidak pernah dipakai RT lain.",
            "Lurah dapat mengusulkan Ketua RT-nya.",
        ]

    def change(self, area: Area, question: Any, order: Order) -> AreaChange:
        return changing.create(area, question.cleaned_data["number"], order)


class FreezeArea(ChangeArea):
    kind = Kind.FROZEN
    title, button, done = "Bekukan RT", "Bekukan RT", "RT sudah dibekukan."

    def consequences(self, area: Area, question: Any) -> list[str]:
        return [
            NO_HEAD,
            "Warganya tetap tercatat di RT ini dan dilayani oleh kelurahan.",
            "RT ini dapat diaktifkan lagi.",
        ]

    def change(self, area: Area, question: Any, order: Order) -> AreaChange:
        return changing.freeze(area, order)


class ThawArea(ChangeArea):
    kind = Kind.THAWED
    title, button, done = "Aktifkan RT lagi", "Aktifkan RT", "RT sudah aktif lagi."

    def consequences(self, area: Area, question: Any) -> list[str]:
        return ["Nomor RT tetap.", "Lurah perlu mengusulkan Ketua RT yang baru."]

    def change(self, area: Area, question: Any, order: Order) -> AreaChange:
        return changing.thaw(area, order)


class RenumberArea(ChangeArea):
    kind = Kind.RENUMBERED
    question = RenumberForm
    title, button, done = "Ganti nomor RT", "Ganti nomor", "Nomor RT sudah diganti."

    def rows(self, area: Area, question: Any) -> list[tuple[str, str]]:
        number = ("Nomor baru", question.cleaned_data["number"])
        rows = [("RT", place(area)), number, self.day_row(question)]
        if question.other is not None:
            rows.insert(2, ("Bertukar dengan", place(question.other)))
        return rows

    def consequences(self, area: Area, question: Any) -> list[str]:
        follows = ["Kode, warga, dan Ketua RT-nya tetap.", "Surat yang sudah terbit tetap berlaku."]
        if question.other is None:
            return follows
        return [f"RT dengan kode {question.other.code} menjadi RT {area.name}.", *follows]

    def change(self, area: Area, question: Any, order: Order) -> AreaChange:
        data = question.cleaned_data
        return changing.renumber(area, data["number"], order, swap=data["swap"])
