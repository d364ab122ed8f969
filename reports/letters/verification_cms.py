"""Reading one signature (CMS) against the bytes that it covers."""

from __future__ import annotations

import asyncio
import binascii
import logging
import re
from datetime import datetime
from typing import Any

from asn1crypto import cms, x509
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
from pyhanko.sign.validation.status import StandardCMSSignatureStatus
from pyhanko_certvalidator.context import ValidationContext

from reports.letters.signing_trust import USAGE, configured_roots, trusting
from reports.letters.verification_signature import Signature

MOST_CERTIFICATES = 8  # a chain is three or four; paths among hundreds take for ever to search
LONGEST = 100
# D:20261122162006+08'00', the signs also by their numbers in base eight.
_TIME = re.compile(
    rb"/M\s{0,9}\(D(?::|\\072)(\d{14})(?:([+-]|\\053|\\055)(\d\d)(?:'|\\047)(\d\d))?"
)

logger = logging.getLogger(__name__)
for name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(name).setLevel(logging.CRITICAL)  # a stranger's file is no news


def read(signed: bytes, packed: bytes, moment: datetime | None) -> Signature:
    """What the signature *packed* (hexadecimal digits, filled up with zeros) says of *signed*."""
    context = trusting(_roots(), moment)
    try:
        bare = binascii.unhexlify(packed)
        whole = cms.ContentInfo.load(bare)
        content = whole["content"]
        is_padded = not bare[len(whole.dump()) :].strip(b"\0")
        if len(content["certificates"]) > MOST_CERTIFICATES or not is_padded:
            return Signature()
        return _said(asyncio.run(_status(signed, content, context)), signed)
    except Exception as error:  # what strangers send breaks wherever it was made to
        logger.info("a signature cannot be read: %s", type(error).__name__)
        return Signature()


def _said(status: StandardCMSSignatureStatus, signed: bytes) -> Signature:
    certificate, stamp = status.signing_cert, status.timestamp_validity
    is_sound = status.intact and status.valid
    return Signature(
        name=_part(certificate.subject, "common_name"),
        organisation=_part(certificate.subject, "organization_name"),
        issuer=_part(certificate.issuer, "common_name"),
        at=stamp.timestamp if stamp else status.signer_reported_dt or _written_time(signed),
        is_sound=is_sound,
        is_trusted=is_sound and status.trusted,
        is_stamped=bool(stamp and stamp.intact and stamp.valid),
    )


def _written_time(signed: bytes) -> datetime | None:
    """When it was signed by the signer's own clock, which PAdES writes beside the signature."""
    found = _TIME.search(signed)
    if not found:
        return None
    digits, sign, *east = found.groups()
    behind = "-" if sign in (b"-", rb"\055") else "+"
    offset = behind + "".join(part.decode() for part in east) if sign else "+0000"
    return datetime.strptime(digits.decode() + offset, "%Y%m%d%H%M%S%z")


async def _status(
    signed: bytes, content: cms.SignedData, context: ValidationContext
) -> StandardCMSSignatureStatus:
    return await async_validate_detached_cms(signed, content, context, key_usage_settings=USAGE)


def _roots() -> tuple[x509.Certificate, ...]:
    """None while their file is unreadable: nobody is trusted then, and pages still open."""
    try:
        return configured_roots()
    except (OSError, ValueError) as error:
        logger.error("SIGNING_ROOTS cannot be read: %s", type(error).__name__)
        return ()


def _part(name: x509.Name, part: str) -> str:
    value: Any = name.native.get(part, "")
    return str(value[0] if isinstance(value, list) else value)[:LONGEST]
