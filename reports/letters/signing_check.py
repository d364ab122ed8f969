"""The check of a signature that was just made, before the letter is stored."""

from __future__ import annotations

from io import BytesIO

from asn1crypto import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel

from reports.letters.signing import SignatureUnsound
from reports.letters.signing_trust import USAGE, configured_roots, trusting


def must_be_sound(pdf: bytes, signer: SimpleSigner, *, is_stamped: bool) -> None:
    """Raise SignatureUnsound unless pyHanko's own validator finds just this signature, whole.

    Where roots are configured, they must vouch for the certificate: the public page would call
    the letter's signature untrusted otherwise, and an issued letter is never signed again.
    """
    own: x509.Certificate = signer.signing_cert
    try:
        status = _status(pdf, own)
    except (PdfError, SignatureValidationError, OSError, ValueError) as error:
        raise SignatureUnsound from error
    stamp = status.timestamp_validity
    if not (
        status.intact
        and status.valid
        and status.trusted
        and status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        and status.docmdp_ok
        and status.signing_cert.dump() == own.dump()
        and ((stamp is not None and stamp.intact and stamp.valid) or not is_stamped)
    ):
        raise SignatureUnsound


def _status(pdf: bytes, own: x509.Certificate) -> PdfSignatureStatus:
    signatures = PdfFileReader(BytesIO(pdf)).embedded_signatures
    if len(signatures) != 1:
        raise SignatureUnsound
    roots = configured_roots() or (own,)
    return validate_pdf_signature(signatures[0], trusting(roots), key_usage_settings=USAGE)
