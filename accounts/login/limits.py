"""How often somebody may guess: strictly per account, widely per address.

A stranger who uses up an account's attempts locks out other strangers, not the owner: a
browser that the owner has logged in from is counted by itself. A mobile carrier puts
thousands behind one address, so an address is only stopped where a crowd would not reach.
"""

from __future__ import annotations

import ipaddress
import math
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from accounts.login.address import client_address
from accounts.login.devices import known_device
from accounts.login.models import User
from accounts.login.phones import as_phone
from wacat.throttle import Claim, Limit, TooMany, refund, reserve

if TYPE_CHECKING:
    from collections.abc import Iterator

MINUTES = 60
PASSWORD = Limit("password", 5, 5 * MINUTES)
CODE = Limit("code", 5, 5 * MINUTES)
ADDRESS = Limit("address", 300, 5 * MINUTES)
PASSKEY = Limit("passkey", 60, MINUTES)
TOO_MANY = "too_many"


class Attempt:
    """A guess that is counted already; ``was_right`` uncounts it."""

    def __init__(self, *claims: Claim) -> None:
        self._claims = claims

    def was_right(self) -> None:
        refund(*self._claims)


def password_attempt(request: HttpRequest, user: User | None, text: str = "") -> Attempt:
    """Count a password for *user*, or for the name *text* that nobody has, before it is checked.

    Raises ValidationError (code ``TOO_MANY``) when there were too many.
    """
    return _attempt(PASSWORD, request, user, text)


def code_attempt(request: HttpRequest, user: User) -> Attempt:
    """The same for a code of the second factor."""
    return _attempt(CODE, request, user)


def passkey_attempt(request: HttpRequest) -> Attempt:
    """The same for a passkey, which names nobody before it is checked."""
    return _counted(Claim(PASSKEY, network_of(client_address(request))))


def _attempt(limit: Limit, request: HttpRequest, user: User | None, text: str = "") -> Attempt:
    return _counted(
        Claim(limit, _account(request, user, text)),
        Claim(ADDRESS, network_of(client_address(request))),
    )


def _counted(*claims: Claim) -> Attempt:
    with _told_in_words():
        reserve(*claims)
    return Attempt(*claims)


@contextmanager
def _told_in_words() -> Iterator[None]:
    try:
        yield
    except TooMany as error:
        message = f"Terlalu banyak percobaan. Tunggu {in_words(error.wait)}, lalu coba lagi."
        raise ValidationError(message, code=TOO_MANY, params={"wait": error.wait}) from error


def _account(request: HttpRequest, user: User | None, text: str) -> str:
    """A name that nobody has is counted like one that somebody has."""
    if user is None:
        return f"name:{as_phone(text) or text.strip().lower()}"
    device = known_device(request, user)
    return f"device:{device.pk}" if device else f"user:{user.pk}"


def network_of(address: str | None) -> str:
    """What one subscriber has: the address, or the /64 network of an IPv6 one."""
    if not address:
        return "unknown"
    found = ipaddress.ip_address(address)
    if found.version == 4:
        return address
    return str(ipaddress.ip_network(f"{address}/64", strict=False))


def in_words(seconds: float) -> str:
    """As in "40 detik" or "5 menit", never less than it is."""
    if seconds <= MINUTES:
        return f"{max(math.ceil(seconds), 1)} detik"
    return f"{math.ceil(seconds / MINUTES)} menit"
