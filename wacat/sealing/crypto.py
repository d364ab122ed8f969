"""Sealing: AES-256-GCM with the key's id in front, and blind indexes to find what is sealed.

A sealed value is ``id length (1 byte) | key id | nonce (12) | ciphertext and tag``. The
*place* (a column's or a file's name) is authenticated with it, so that a value copied to
another place does not open.
"""

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12


class SealBroken(Exception):
    """The value is not ours, was altered, moved, or sealed with a key that is gone."""


def seal(plain: bytes, place: str) -> bytes:
    """*plain* sealed for *place* with the first of ``FIELD_KEYS``."""
    key_id, key = next(iter(settings.FIELD_KEYS.items()))
    nonce = os.urandom(NONCE_BYTES)
    head = bytes([len(key_id)]) + key_id.encode()
    return head + nonce + AESGCM(key).encrypt(nonce, plain, place.encode())


def unseal(sealed: bytes, place: str) -> bytes:
    """What was sealed for *place*. Raises SealBroken."""
    size = sealed[0] if sealed else 0
    key = settings.FIELD_KEYS.get(sealed[1 : 1 + size].decode("ascii", "replace"))
    if key is None:
        raise SealBroken("sealed with an unknown key")
    start = 1 + size + NONCE_BYTES
    try:
        return AESGCM(key).decrypt(sealed[1 + size : start], sealed[start:], place.encode())
    except (InvalidTag, ValueError) as error:
        raise SealBroken("altered or moved") from error


def blind_index(value: str, purpose: str) -> bytes:
    """A keyed digest by which equal values of one *purpose* are found.

    Keyed, because all plain digests of a 16-digit number can be tried within minutes.
    """
    return hmac.digest(settings.INDEX_KEY, f"{purpose}\0{value}".encode(), hashlib.sha256)
