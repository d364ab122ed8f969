"""Signing with a PKCS#12 certificate (PAdES), in the worker. The web never imports this.

The key is read once for each process: to open it costs five times what a signature does. After
any failure it is read anew, so that a renewed file is taken up without a restart.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto import keys, x509
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps.aiohttp_client import HTTPTimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.stamp import NoOpStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from reports.letters.signing import (
    BlockMissing,
    CertificateOutOfDate,
    KeyMissing,
    KeyNotOpened,
    SignatureUnsound,
    SigningFailed,
    TimestampRefused,
)
from reports.letters.signing_check import must_be_sound
from wacat.clock import now

FIELD = "TandaTangan"
REASON = "Surat keterangan domisili"
PLACE = "Balikpapan"
TIMESTAMP_SECONDS = 10

logging.getLogger("pyhanko").setLevel(logging.ERROR)


class KeptKey(SimpleSigner):
    """A signer that opens its key once; pyHanko's own does for every signature."""

    def __init__(self, key: Any, certificate: x509.Certificate, others: list[Any]) -> None:
        store = SimpleCertificateStore.from_certs(others)
        der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        super().__init__(certificate, keys.PrivateKeyInfo.load(der), store)
        self._key = key

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        hashing = get_pyca_cryptography_hash(digest_algorithm)
        if isinstance(self._key, RSAPrivateKey):
            return self._key.sign(data, PKCS1v15(), hashing)
        if isinstance(self._key, EllipticCurvePrivateKey):
            return self._key.sign(data, ECDSA(hashing))
        return super().sign_raw(data, digest_algorithm)


@dataclass(frozen=True)
class Identity:
    """A key with its certificate, and when that is valid."""

    signer: KeptKey
    begins: datetime
    ends: datetime


class Pkcs12:
    """Signs with the certificate that the settings name."""

    def sign(self, pdf: bytes, block: str) -> bytes:
        try:
            return self._signed(pdf, block)
        except SigningFailed:
            _identity.cache_clear()
            raise

    def _signed(self, pdf: bytes, block: str) -> bytes:
        identity = _identity()
        if not identity.begins <= now() <= identity.ends:
            raise CertificateOutOfDate
        try:
            signed = _write(pdf, block, identity.signer)
        except TimestampRequestError as error:
            raise TimestampRefused from error
        except (SigningError, PdfError) as error:
            raise SignatureUnsound from error
        must_be_sound(signed, identity.signer, is_stamped=bool(settings.SIGNING_TIMESTAMP_URL))
        return signed


@cache
def _identity() -> Identity:
    """What the settings name. Raises KeyMissing or KeyNotOpened, and then is asked again."""
    if not settings.SIGNING_P12:
        raise KeyMissing
    try:
        content = Path(settings.SIGNING_P12).read_bytes()
    except OSError as error:
        raise KeyMissing from error
    try:
        opened = pkcs12.load_pkcs12(content, settings.SIGNING_PASSWORD.encode())
    except (ValueError, TypeError) as error:
        raise KeyNotOpened from error
    if opened.key is None or opened.cert is None:
        raise KeyNotOpened
    found = [opened.cert, *opened.additional_certs]
    first, *others = [
        x509.Certificate.load(one.certificate.public_bytes(Encoding.DER)) for one in found
    ]
    certificate = opened.cert.certificate
    return Identity(
        KeptKey(opened.key, first, others),
        certificate.not_valid_before_utc,
        certificate.not_valid_after_utc,
    )


def _write(pdf: bytes, block: str, signer: KeptKey) -> bytes:
    """Add the signature as a later part of the same file: what was drawn stays as it is."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    page, box = next(_blocks(writer, block), (0, None))
    if box is None:
        raise BlockMissing
    what = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        reason=REASON,
        location=PLACE,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    # What is seen of it is drawn on the page, in its fonts: some readers hide a field's own look.
    field = SigFieldSpec(FIELD, page, box, readable_field_name="Tanda tangan elektronik")
    append_signature_field(writer, field)
    pen = PdfSigner(what, signer, timestamper=_timestamper(), stamp_style=NoOpStampStyle())
    return bytes(pen.sign_pdf(writer, existing_fields_only=True).getvalue())


def _timestamper() -> HTTPTimeStamper | None:
    server = settings.SIGNING_TIMESTAMP_URL
    return HTTPTimeStamper(server, timeout=TIMESTAMP_SECONDS) if server else None


def _blocks(writer: IncrementalPdfFileWriter, address: str) -> Iterator[tuple[int, Any]]:
    """Where the document links to the address: page (from 0) and rectangle, in points."""
    for number in range(int(writer.root["/Pages"]["/Count"])):
        page = writer.find_page_for_modification(number)[0].get_object()
        for one in page.get("/Annots", ()):
            link = one.get_object()
            if str(link.get("/A", {}).get("/URI", "")) == address:
                across, up = list(link["/Rect"])[::2], list(link["/Rect"])[1::2]
                corners = (min(across), min(up), max(across), max(up))
                yield number, tuple(round(float(corner)) for corner in corners)
