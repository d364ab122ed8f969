"""Merging an RT into another of its kelurahan, with everybody who lives there."""

from __future__ import annotations

from typing import Any

from accounts.areas.changing import Order
from accounts.areas.models import Area, AreaChange
from accounts.areas.pages import ChangeArea, place
from accounts.areas.views import NO_HEAD
from residents.regrouping.forms import MergeForm
from residents.regrouping.moving import merge_rts
from wacat.words import tanggal


class MergeArea(ChangeArea):
    """A room above may extend ``change`` to let its own rows follow."""

    kind = AreaChange.Kind.MERGED
    question = MergeForm
    title, button, done = "Gabungkan RT", "Gabungkan RT", "RT sudah digabung."

    def rows(self, area: Area, question: Any) -> list[tuple[str, str]]:
        into = ("Digabung ke", place(question.cleaned_data["into"]))
        return [("RT", place(area)), into, self.day_row(question)]

    def consequences(self, area: Area, question: Any) -> list[str]:
        into, day = question.cleaned_data["into"], question.cleaned_data["date"]
        return [
            f"Warga dan tempat kos {area.label} pindah ke {into.label} sejak {tanggal(day)}.",
            f"Rekap sebelum tanggal itu tetap menghitung mereka di {area.label}.",
            NO_HEAD,
            "Penggabungan tidak dapat dibatalkan.",
        ]

    def change(self, area: Area, question: Any, order: Order) -> AreaChange:
        return merge_rts(area, question.cleaned_data["into"], order)
