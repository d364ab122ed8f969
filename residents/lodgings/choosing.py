"""Choosing a lodging in a form: from a short list, or where there are many by what is typed.

What is typed is completed by the browser from a list; without that its words are looked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join

from residents.lodgings.models import Lodging
from wacat.keys import row_key

MOST_LISTED = 30  # in a select; beyond, one types
MOST_COMPLETED = 200  # for the browser to complete from: those that were used last
MOST_NAMED = 5
TYPE_IT = "Ketik sebagian namanya, lalu pilih. Kosongkan bila bukan di salah satu tempat ini."


class LodgingChoice(forms.ModelChoiceField):
    """A lodging by its key from a list, or by what it is called. ``offer`` says which there are.

    Where one types, digits are a name: by chance they would be the key of another lodging.
    """

    def __init__(self, **told: Any) -> None:
        self._offered: Any = Lodging._default_manager.none()
        super().__init__(self._offered, required=False, **told)

    def offer(self, lodgings: Any) -> None:
        """Let one of *lodgings* (a queryset) be chosen, by one query."""
        self.queryset = self._offered = lodgings.order_by("name", "pk")
        listed = list(self._offered[: MOST_LISTED + 1])
        if len(listed) > MOST_LISTED:
            self.widget, self.help_text = LodgingInput(self._offered), TYPE_IT
            return
        self.choices = [("", self.empty_label), *((one.pk, str(one)) for one in listed)]

    def to_python(self, value: Any) -> Any:
        text = " ".join(str(value or "").replace("\0", " ").split())
        is_typed = isinstance(self.widget, LodgingInput)
        if not text or (row_key(text) is not None and not is_typed):
            return super().to_python(text)
        named = self._offered.annotate(told=Concat("name", Value(", "), "address"))
        exact = list(named.filter(Q(told__iexact=text) | Q(name__iexact=text))[:2])
        if len(exact) == 1:
            return exact[0]
        for word in text.split()[:MOST_NAMED]:
            named = named.filter(told__icontains=word)
        raise ValidationError(_which([str(one) for one in exact or named[: MOST_NAMED + 1]]))


class LodgingInput(forms.TextInput):
    """A field to type into, with what it may be completed to."""

    def __init__(self, lodgings: Any) -> None:
        super().__init__({"autocomplete": "off", "maxlength": 310})
        self._lodgings = lodgings

    def format_value(self, value: Any) -> str:
        """What was typed, or what the lodging is called with which the form begins (a key)."""
        known = self._lodgings.filter(pk=value).first() if isinstance(value, int) else None
        return str(known or value or "")

    def render(
        self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, renderer: Any = None
    ) -> Any:
        drawn = self.build_attrs(self.attrs, dict(attrs or {}))
        listed = f"{drawn.get('id', name)}_list"
        given = {**drawn, "name": name, "value": self.format_value(value), "list": listed}
        latest = self._lodgings.order_by("-pk")[:MOST_COMPLETED]
        options = format_html_join("", '<option value="{}">', ((str(one),) for one in latest))
        field = format_html('<input type="text" class="form-control"{}>', flatatt(given))
        return format_html('{}<datalist id="{}">{}</datalist>', field, listed, options)


def _which(fitting: list[str]) -> str:
    """What to do about a text that fits none or several."""
    if not fitting:
        return "Tempat ini tidak ada di daftar. Periksa ejaannya, atau kosongkan."
    more = "; dan lainnya" if len(fitting) > MOST_NAMED else ""
    return f"Maksudnya yang mana? Tulis lengkap: {'; '.join(fitting[:MOST_NAMED])}{more}."
