"""Certificates of the tests' own: made anew for each run, of nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PASSWORD = "rahasia-uji"
SIGNER = "Pejabat Contoh"


class Made(NamedTuple):
    """A certificate with its key."""

    certificate: x509.Certificate
    key: Any

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)


def elliptic_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def rsa_key(bits: int = 3072) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


def authority(name: str = "Otoritas Contoh") -> Made:
    """A root that signs others' certificates."""
    return _made(name, elliptic_key(), is_authority=True)


def certificate(
    by: Made | None = None,
    *,
    key: Any = None,
    begins: int = -1,
    ends: int = 30,
    stamps: bool = False,
) -> Made:
    """An official's certificate, self-signed without an authority; valid between these days."""
    return _made(SIGNER, key or elliptic_key(), by, begins=begins, ends=ends, stamps=stamps)


def p12_file(folder: Path, made: Made, *others: Made, password: str = PASSWORD) -> Path:
    """The file as a certificate authority hands it over."""
    path = folder / "pejabat.p12"
    content = pkcs12.serialize_key_and_certificates(
        b"pejabat",
        made.key,
        made.certificate,
        [one.certificate for one in others],
        BestAvailableEncryption(password.encode()),
    )
    path.write_bytes(content)
    return path


def _made(
    name: str,
    key: Any,
    by: Made | None = None,
    *,
    is_authority: bool = False,
    begins: int = -1,
    ends: int = 3650,
    stamps: bool = False,
) -> Made:
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Kelurahan Contoh"),
        ]
    )
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=begins))
        .not_valid_after(now + timedelta(days=ends))
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        .add_extension(_usage(is_authority), critical=True)
    )
    if stamps:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(purpose, critical=True)
    return Made(builder.sign(by.key if by else key, hashes.SHA256()), key)


def _usage(is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )
