"""How much anybody may ask of the public pages: together per address, and guesses in all.

A letter's code is one of 31^8. Wrong pairs are held to 300 a minute over all addresses: whoever
knows a number would need thousands of years for even chances. Right ones are not counted.
"""

from __future__ import annotations

from django.http import HttpRequest

from accounts.login.address import client_address
from accounts.login.limits import in_words, network_of
from wacat.throttle import Claim, Limit, TooMany, refund, reserve

MINUTE = 60
ASKED = Limit("verification", 60, MINUTE)  # pages, pairs and files of one address together
TYPED = Limit("verification.typed", 10, MINUTE)
TYPED_IN_ALL = Limit("verification.typed.all", 300, MINUTE)
FILES = Limit("verification.file", 10, MINUTE)
FILES_IN_ALL = Limit("verification.file.all", 120, MINUTE)
EVERYBODY = "all"


def count_page(request: HttpRequest) -> None:
    """Count the opening of a letter's page. Raises TooMany."""
    reserve(Claim(ASKED, _who(request)))


def count_pair(request: HttpRequest) -> tuple[Claim, ...]:
    """Count a number with its code before it is looked up; what to uncount when it was right.

    Raises TooMany.
    """
    who = _who(request)
    guesses = Claim(TYPED, who), Claim(TYPED_IN_ALL, EVERYBODY)
    reserve(Claim(ASKED, who), *guesses)
    return guesses


def count_file(request: HttpRequest) -> None:
    """Count a file before it is read. Raises TooMany."""
    who = _who(request)
    reserve(Claim(ASKED, who), Claim(FILES, who), Claim(FILES_IN_ALL, EVERYBODY))


def was_right(guesses: tuple[Claim, ...]) -> None:
    """Uncount a pair that was right."""
    refund(*guesses)


def told(error: TooMany) -> str:
    """The refusal in words."""
    return f"Terlalu banyak pemeriksaan. Tunggu {in_words(error.wait)}, lalu coba lagi."


def _who(request: HttpRequest) -> str:
    return network_of(client_address(request))
