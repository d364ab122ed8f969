"""Asking for a report: of which area and period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.areas.models import Area
from reports.summaries.periods import Period
from reports.summaries.report_asking import ended
from reports.summaries.report_calendar import is_known
from wacat.clock import today

MONTHS_BACK = 36


class ReportForm(forms.Form):
    """``areas`` are those that the asker may have a report of; there is at least one."""

    wilayah = forms.ChoiceField(label="Wilayah")
    jangka = forms.ChoiceField(
        label="Bulan atau semester",
        help_text="Hanya bulan dan semester yang sudah berakhir.",
    )

    def __init__(self, *data: Any, areas: Sequence[Area], **more: Any) -> None:
        super().__init__(*data, **more)
        periods = ended(MONTHS_BACK, today())
        self._areas = {area.code: area for area in areas}
        self._periods = {spelled(period): period for period in periods}
        is_month = {key: one.first.month == one.last.month for key, one in self._periods.items()}
        self._choose("wilayah", [(code, area.label) for code, area in self._areas.items()])
        self._choose(
            "jangka",
            [
                (label, [(k, str(p)) for k, p in self._periods.items() if is_month[k] is month])
                for label, month in (("Bulan", True), ("Semester", False))
            ],
        )

    def clean_jangka(self) -> str:
        chosen: str = self.cleaned_data["jangka"]
        if not is_known(self._periods[chosen]):
            raise forms.ValidationError(
                "Sampai akhir jangka waktu ini belum ada penduduk yang tercatat."
            )
        return chosen

    @property
    def area(self) -> Area:
        """The valid form's."""
        return self._areas[self.cleaned_data["wilayah"]]

    @property
    def period(self) -> Period:
        """The valid form's."""
        return self._periods[self.cleaned_data["jangka"]]

    def _choose(self, name: str, choices: Any) -> None:
        field: Any = self.fields[name]
        field.choices = choices


def spelled(period: Period) -> str:
    """The period as the form sends it."""
    return f"{period.first.isoformat()}/{period.last.isoformat()}"
