"""Into which RT another one is merged."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.areas import periods
from accounts.areas.forms import DayForm
from accounts.areas.models import Area, AreaStatus, Level
from wacat.workflow import InputMissing


class RtChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label)


class MergeForm(DayForm):
    """The RT of the same kelurahan that takes in the RT *area*."""

    into = RtChoice(Area.objects.none(), label="Gabungkan ke RT", empty_label="Pilih RT")
    field_order = ("into", "date")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        others = Area.objects.filter(
            parent=self.area.containing, level=Level.RT, state=AreaStatus.ACTIVE
        )
        fields["into"].queryset = others.exclude(pk=self.area.pk).order_by("name")

    def check_change(self, data: dict[str, Any]) -> None:
        if not periods.existed(data["into"], data["date"]):
            raise InputMissing({"date": f"{data['into'].label} belum ada pada tanggal itu."})
