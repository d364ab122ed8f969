"""The questions that a change of an RT asks, and the letter on which it rests."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.areas import changing, periods
from accounts.areas.models import Area
from accounts.posts.mandates import MandateFields
from wacat.clock import today
from wacat.forms import DateInput, DigitsInput
from wacat.workflow import InputMissing


class DayForm(forms.Form):
    """From which day on a change of *area* holds."""

    date = forms.DateField(
        label="Berlaku sejak tanggal",
        widget=DateInput,
        help_text=f"Hari ini, atau paling jauh {periods.DAYS_BACK} hari yang lalu.",
    )

    def __init__(self, *args: Any, area: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.area = area
        self.fields["date"].initial = today

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        try:
            if "date" in data:
                self.check_day(data["date"])
            if not self.errors:
                self.check_change(data)
        except InputMissing as error:
            self.refuse(error)
        return data

    def check_day(self, day: Any) -> None:
        """Raise InputMissing when the change cannot hold from *day* on."""
        periods.must_be_a_day_for_it(day)
        periods.must_follow([self.area], day)

    def check_change(self, data: dict[str, Any]) -> None:
        """Raise InputMissing when the answers, each right by itself, do not go together."""

    def refuse(self, error: InputMissing) -> None:
        """Show what was missing beside its field."""
        for field, text in error.errors.items():
            self.add_error(field if field in self.fields else None, text)


class NumberForm(DayForm):
    """The number of a new RT of the kelurahan *area*."""

    number = forms.CharField(
        label="Nomor RT", max_length=5, widget=DigitsInput, help_text="Paling banyak tiga angka."
    )
    field_order: tuple[str, ...] = ("number", "date")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_number()

    def offer_number(self) -> None:
        """Fill in the number that comes next."""
        self.fields["number"].initial = changing.next_number(self.area, today())

    def clean_number(self) -> str:
        typed = self.cleaned_data["number"].strip()
        if not re.fullmatch(r"[0-9]{1,3}", typed) or int(typed) == 0:
            raise ValidationError("Tulis nomor dengan angka, dari 1 sampai 999.")
        return f"{int(typed):03}"

    def check_change(self, data: dict[str, Any]) -> None:
        changing.must_be_free(self.area.code, data["number"], data["date"])


class RenumberForm(NumberForm):
    """The new number of the RT *area*; ``other`` is then the RT that it swaps with."""

    swap = forms.BooleanField(
        label="Bila nomor itu milik RT lain, tukar nomor kedua RT",
        required=False,
    )
    field_order = ("number", "swap", "date")
    other: Area | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["swap"].mark_optional = False

    def offer_number(self) -> None:
        pass  # only whoever renumbers knows the new one

    def check_change(self, data: dict[str, Any]) -> None:
        self.other = changing.bearer(self.area, data["number"], data["date"], swap=data["swap"])
        if self.other is not None:
            periods.must_follow([self.other], data["date"])


class LetterForm(MandateFields):
    """The letter that ordered the change."""
