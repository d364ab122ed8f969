"""The one door to signing: PDF bytes in, PDF bytes out, by the mode a letter was issued under.

A signer either hands back what it signed or raises: nothing unsigned passes as signed. A new way
to sign (a national signing service, say) is one more line of ``SIGNERS``, and its class.
"""

from __future__ import annotations

from typing import Protocol

from django.utils.module_loading import import_string

INK, P12 = "ink", "p12"
# By dotted name: only the worker ever imports what holds a key.
SIGNERS = {
    INK: "reports.letters.signing.OnPaper",
    P12: "reports.letters.signing_p12.Pkcs12",
}


class SigningFailed(Exception):
    """The letter is not signed, and waits. The class's name says why; it is kept and shown."""


class ModeUnknown(SigningFailed):
    """The letter was issued for a way of signing that this installation does not know."""


class KeyMissing(SigningFailed):
    """The settings name no certificate file, or it cannot be read."""


class KeyNotOpened(SigningFailed):
    """The password is wrong, or the file is no PKCS#12 with a key and its certificate."""


class CertificateOutOfDate(SigningFailed):
    """The certificate has expired, or is not valid yet."""


class TimestampRefused(SigningFailed):
    """The timestamp server did not answer, or not with a timestamp."""


class BlockMissing(SigningFailed):
    """The document holds no place for the visible signature."""


class SignatureUnsound(SigningFailed):
    """What was signed does not stand up to the check that follows at once."""


# The names by which a work row keeps them.
SIGNING_FAILURES = frozenset(one.__name__ for one in SigningFailed.__subclasses__())


class Signer(Protocol):
    """One way to sign."""

    def sign(self, pdf: bytes, block: str) -> bytes:
        """*pdf*, signed. Raises SigningFailed.

        The visible signature stands where the document links to the address *block*.
        """


class OnPaper:
    """By hand and stamp, on the printed sheet: nothing is done to the PDF."""

    def sign(self, pdf: bytes, block: str) -> bytes:
        return pdf


def signer_of(mode: str) -> Signer:
    """The signer for letters issued under *mode*. Raises ModeUnknown."""
    if mode not in SIGNERS:
        raise ModeUnknown
    signer: Signer = import_string(SIGNERS[mode])()
    return signer
