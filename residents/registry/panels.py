"""What other rooms put on a resident's page, and do there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from django import forms
from django.http import HttpRequest, HttpResponse

from accounts.rules import Action
from residents.registry.models import Resident

# The name of the action whose form came back with errors, and that form.
Bound = tuple[str, forms.Form] | None


@dataclass(frozen=True)
class Panel:
    """A part of the page: its template with its context, which is all that the template sees.

    ``first``: to be read before a draft is reported or a report judged.
    """

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    first: bool = False


class Page(Protocol):
    """What a deed may ask of the page: to be shown again, with a form that has errors."""

    def show(
        self, request: HttpRequest, resident: Resident, status: int = 200, **extra: Any
    ) -> HttpResponse: ...


MakePanel = Callable[[HttpRequest, Resident, Bound], Panel | None]
Deed = Callable[[Page, HttpRequest, Resident], HttpResponse]
# The posted ``action``, the rule that it needs, and what does it.
Deeds = dict[str, tuple[Action, Deed]]
