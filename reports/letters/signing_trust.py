"""Whose signatures count: the root certificates that the settings name, and no others.

Nothing is fetched while a signature is checked, so nothing is known of certificates that their
issuer has withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path

from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificates
from django.conf import settings
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator.context import ValidationContext
from pyhanko_certvalidator.registry import SimpleTrustManager

# Certificates of either kind are given to officials for signing.
USAGE = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})


def configured_roots() -> tuple[x509.Certificate, ...]:
    """The certificates in the settings' file. Raises OSError or ValueError when it is none."""
    return _read(settings.SIGNING_ROOTS) if settings.SIGNING_ROOTS else ()


def trusting(
    roots: Iterable[x509.Certificate], moment: datetime | None = None
) -> ValidationContext:
    """What pyHanko checks by: these roots alone, as of *moment* (now)."""
    return ValidationContext(
        trust_manager=SimpleTrustManager.build(trust_roots=list(roots)),
        moment=moment,
        allow_fetching=False,
    )


@cache
def _read(path: str) -> tuple[x509.Certificate, ...]:
    found = load_pem_x509_certificates(Path(path).read_bytes())
    return tuple(x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in found)
