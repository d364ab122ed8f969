"""How often anybody may try the links of letters: beside the five PINs that a link bears."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.login.address import client_address
from accounts.login.limits import network_of
from wacat.throttle import Claim, Limit, reserve

MINUTE = 60
VISITS = Limit("letter_link", 60, MINUTE)  # pages and PINs of one address together
PINS = Limit("letter_link.pin", 10, MINUTE)
PINS_IN_ALL = Limit("letter_link.pin.all", 300, MINUTE)


def count_visit(request: HttpRequest) -> None:
    """Count the opening of a link. Raises TooMany."""
    reserve(Claim(VISITS, _who(request)))


def count_pin(request: HttpRequest) -> None:
    """Count a typed PIN before it is compared. Raises TooMany."""
    who = _who(request)
    reserve(Claim(VISITS, who), Claim(PINS, who), Claim(PINS_IN_ALL, "all"))


def _who(request: HttpRequest) -> str:
    return network_of(client_address(request))
