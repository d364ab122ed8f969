"""What a browser sends of a form while it is being typed, and forms that turn up too late."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse

from accounts.access import ActionView
from accounts.login.models import User
from accounts.rules import Action
from accounts.scope import may
from residents.drafts.keeping import TooLong, correction_key, keep
from residents.drafts.tickets import read_ticket
from residents.registry.models import Resident
from residents.registry.questions import HIDDEN, LATER, STAY, WHERE, WHO
from wacat.keys import sent_key

BAD_REQUEST, UNPROCESSABLE = 400, 422
# What the form asks, and by which version of the record it was opened.
TYPED = (*WHO, *WHERE, *STAY, *LATER, *HIDDEN, "version")


def typed_in(posted: QueryDict) -> dict[str, str]:
    """The form's values as they were typed."""
    return {name: str(posted[name]) for name in TYPED if name in posted}


def may_correct(user: User, resident: int) -> bool:
    """Whether the record is one that the user may enter."""
    rows = Resident.objects.visible_to(user, Action.RESIDENT_ENTER)
    return bool(rows.filter(pk=resident).exists())


class TypingView(ActionView):
    """A view to which a form is sent: what it does not take is not lost (``TypingMiddleware``)."""

    keeps_typing: ClassVar[bool] = True

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        if response.status_code < BAD_REQUEST or response.status_code == UNPROCESSABLE:
            request.took_typing = True
        return response


class TypingMiddleware:
    """Keeps a form that its view did not take: the login had ended, or an RT was just merged.

    The answer is the same whether something was kept or not: with any ticket, a good one or none,
    the login leads back to the form. Stands outside the check of the form's token, because that
    token is another one after a new login: the ticket vouches instead.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        taken = getattr(request, "took_typing", False)
        if request.method == "POST" and not taken and _is_sent_here(request):
            keep_by_ticket(request.POST)
            if "ticket" in request.POST and _leads_to_login(response):
                response["Location"] = redirect_to_login(_form_of(request)).url
        return response


def _leads_to_login(response: HttpResponse) -> bool:
    return urlsplit(response.get("Location", "")).path == reverse("account_login")


def _form_of(request: HttpRequest) -> str:
    """Where the form goes on with what was typed, should that have been kept."""
    match = request.resolver_match
    record = match.kwargs.get("pk") if match else None
    key = correction_key(record) if record else sent_key(request, "form_key")
    return f"{request.path}?isian={key}" if key else request.path


def _is_sent_here(request: HttpRequest) -> bool:
    match = request.resolver_match
    return bool(match and getattr(getattr(match.func, "view_class", None), "keeps_typing", False))


def keep_by_ticket(posted: QueryDict) -> None:
    """Lay what was posted among the drafts of the user whom its ticket names.

    Nothing happens without a good ticket, or when that user enters nobody any more.
    """
    ticket = read_ticket(posted.get("ticket", ""))
    user = User.objects.filter(pk=ticket.user, is_active=True).first() if ticket else None
    if ticket is None or user is None or not may(user, Action.RESIDENT_ENTER):
        return
    if ticket.resident and not may_correct(user, ticket.resident):
        return
    typed = typed_in(posted)
    try:
        if any(value.strip() for value in typed.values()):
            keep(user, ticket.key, typed, ticket.resident)
    except TooLong:
        return
