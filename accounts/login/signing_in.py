"""What is noted of a login: that it was, from where, and a word to the user about a new device."""

from __future__ import annotations

from allauth.account.authentication import get_authentication_records
from django.db import connection
from django.http import HttpRequest, HttpResponse

from accounts.login.address import client_address
from accounts.login.devices import device_label, remember_device
from accounts.login.models import SignIn, User
from accounts.notices.sending import notify


def signed_in(request: HttpRequest, user: User, way: str, response: HttpResponse) -> None:
    """Note the login of *user*, and know this browser from now on by a cookie of *response*."""
    logged_in_before = SignIn.objects.filter(user=user, succeeded=True).exists()
    is_new = remember_device(request, user, response)
    _note(request, user, way, succeeded=True)
    if is_new and logged_in_before:
        notify("new_device", [(user, {"device": device_label(request)})])


def failed(request: HttpRequest, user: User, way: str) -> None:
    """Note that somebody failed to prove being *user*.

    Without waiting for the disk: the answer about a name that nobody has would be quicker.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")
    _note(request, user, way, succeeded=False)


def way_of(request: HttpRequest, user: User) -> str:
    """How *user*, who is logging in, has proved who they are."""
    records = get_authentication_records(request, user)
    if any(record.get("passwordless") for record in records):
        return SignIn.Way.PASSKEY
    return password_way(user)


def password_way(user: User) -> str:
    """Which kind of password the user has."""
    return SignIn.Way.PASSWORD if user.has_own_password else SignIn.Way.ONE_TIME


def _note(request: HttpRequest, user: User, way: str, *, succeeded: bool) -> None:
    SignIn.objects.create(
        user=user,
        way=way,
        succeeded=succeeded,
        device=device_label(request),
        address=client_address(request),
    )
