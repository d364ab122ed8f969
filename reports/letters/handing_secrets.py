"""The token and the PIN of a link: made from its seed and a key that is not in the database.

So neither lies anywhere, the worker can still write the mail, and who presses twice is shown the
same PIN. What was read from the database alone opens no letter.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64encode

from wacat.sealing.crypto import blind_index

PIN_DIGITS = 6
_TOKEN_BYTES = 16
Seed = bytes | memoryview  # as the database gives it


def new_seed() -> bytes:
    """128 random bits for a new link."""
    return secrets.token_bytes(16)


def token_of(seed: Seed) -> str:
    """What stands in the link's address: 128 bits."""
    made = blind_index(bytes(seed).hex(), "letter_link.token")[:_TOKEN_BYTES]
    return urlsafe_b64encode(made).decode().rstrip("=")


def digest_of(token: str) -> bytes:
    """By which the link of a token is found."""
    return blind_index(token, "letter_link.digest")


def pin_of(seed: Seed) -> str:
    """The six digits that the person is told by another way."""
    made = blind_index(bytes(seed).hex(), "letter_link.pin")
    return f"{int.from_bytes(made[:8], 'big') % 10**PIN_DIGITS:0{PIN_DIGITS}}"


def is_pin(seed: Seed, typed: str) -> bool:
    """Whether *typed* is the link's PIN; takes as long for any."""
    return hmac.compare_digest(pin_of(seed).encode(), typed.encode())
