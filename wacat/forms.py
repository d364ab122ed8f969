"""How forms look: fields are drawn by ``components/field.html``, widgets by our templates.

``{{ form.full_name.as_field_group }}`` draws label, help, error and input. A width is told
by ``maxlength`` (a NIK's field is sixteen digits wide). Optional fields say so in their
label, unless the form sets ``mark_optional = False`` (a search, say).
"""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.forms.renderers import TemplatesSetting

from wacat.workflow import Move


class Renderer(TemplatesSetting):
    """Draws all forms from the project's own templates (set as ``FORM_RENDERER``)."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


class DateInput(forms.DateInput):
    """A date picker: always ISO, whatever the locale, because browsers accept nothing else."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class DigitsInput(forms.TextInput):
    """Digits that are a name, not a quantity (NIK, No. KK): numeric keypad, no spinner."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", **(attrs or {})})


class PhoneInput(forms.TextInput):
    """A telephone number: the phone's dialling keypad."""

    input_type = "tel"


class Keyed(forms.Form):
    """A form whose hidden key makes a repeated POST answer like the first."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)

    @property
    def sent_key(self) -> UUID:
        """The valid form's key; a new one where none was sent."""
        key: UUID | None = self.cleaned_data["key"]
        return key or uuid4()

    def move(self, actor: Any, **more: Any) -> Move:
        """What the valid form asks a workflow to do."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        return Move(actor, {**data, **more}, self.sent_key)
