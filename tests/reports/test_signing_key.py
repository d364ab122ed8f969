"""The key that letters are signed with: opened once, and what happens when it cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from reports.letters import signing
from reports.letters.drawing import draw_letter
from reports.letters.printing import printed
from reports.letters.verification_reading import signature_of
from tests.reports import certificates
from tests.reports.certificates import PASSWORD, Made
from tests.reports.letters_to_draw import LETTER

SIGNED = replace(LETTER, signing="p12")


def test_the_key_is_opened_once(own: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []

    def load(*args: Any) -> Any:
        opened.append(args)
        return real(*args)

    real = pkcs12.load_pkcs12
    monkeypatch.setattr(pkcs12, "load_pkcs12", load)
    for _ in range(3):
        printed(SIGNED)
    assert len(opened) == 1


def _without_file(settings: Any, folder: Path) -> None:
    settings.SIGNING_P12 = ""


def _with_a_lost_file(settings: Any, folder: Path) -> None:
    settings.SIGNING_P12 = str(folder / "hilang.p12")


def _with_a_wrong_password(settings: Any, folder: Path) -> None:
    settings.SIGNING_PASSWORD = "salah"


def _with_rubbish(settings: Any, folder: Path) -> None:
    Path(settings.SIGNING_P12).write_bytes(b"rubbish")


def _expired(settings: Any, folder: Path) -> None:
    certificates.p12_file(folder, certificates.certificate(begins=-30, ends=-1))


def _too_early(settings: Any, folder: Path) -> None:
    certificates.p12_file(folder, certificates.certificate(begins=1))


def _of_another_root(settings: Any, folder: Path) -> None:
    (folder / "akar.pem").write_bytes(certificates.authority().pem)
    settings.SIGNING_ROOTS = str(folder / "akar.pem")


def _with_broken_roots(settings: Any, folder: Path) -> None:
    (folder / "rusak.pem").write_bytes(b"rubbish")
    settings.SIGNING_ROOTS = str(folder / "rusak.pem")


def _without_a_timestamp(settings: Any, folder: Path) -> None:
    settings.SIGNING_TIMESTAMP_URL = "http://127.0.0.1:9/"


FAILURES = (
    (_without_file, signing.KeyMissing),
    (_with_a_lost_file, signing.KeyMissing),
    (_with_a_wrong_password, signing.KeyNotOpened),
    (_with_rubbish, signing.KeyNotOpened),
    (_expired, signing.CertificateOutOfDate),
    (_too_early, signing.CertificateOutOfDate),
    (_of_another_root, signing.SignatureUnsound),
    (_with_broken_roots, signing.SignatureUnsound),
    (_without_a_timestamp, signing.TimestampRefused),
)


@pytest.mark.parametrize(("spoil", "reason"), FAILURES)
def test_what_cannot_be_signed_is_not_handed_out(
    spoil: Any, reason: type[Exception], own: Made, settings: Any, tmp_path: Path
) -> None:
    before = settings.SIGNING_P12
    spoil(settings, tmp_path)
    with pytest.raises(reason):
        printed(SIGNED)
    assert reason.__name__ in signing.SIGNING_FAILURES
    settings.SIGNING_P12, settings.SIGNING_PASSWORD = before, PASSWORD
    settings.SIGNING_ROOTS = settings.SIGNING_TIMESTAMP_URL = ""
    certificates.p12_file(tmp_path, certificates.certificate())
    assert signature_of(printed(SIGNED)), "mended, without a restart"


def test_a_document_without_a_place_for_it_is_not_signed(own: Made) -> None:
    with pytest.raises(signing.BlockMissing):
        signing.signer_of("p12").sign(draw_letter(SIGNED), "https://elsewhere.invalid/")
    with pytest.raises(signing.SignatureUnsound):
        signing.signer_of("p12").sign(b"%PDF-1.7 rubbish", "https://elsewhere.invalid/")


def test_configured_roots_vouch(fresh_key: None, settings: Any, tmp_path: Path) -> None:
    root = certificates.authority()
    made = certificates.certificate(root, ends=10)
    settings.SIGNING_P12 = str(certificates.p12_file(tmp_path, made, root))
    settings.SIGNING_PASSWORD = PASSWORD
    (tmp_path / "akar.pem").write_bytes(certificates.authority("Lain").pem + root.pem)
    settings.SIGNING_ROOTS = str(tmp_path / "akar.pem")
    pdf = printed(SIGNED)
    said = signature_of(pdf)
    assert said is not None
    assert (said.is_trusted, said.issuer) == (True, "Otoritas Contoh")
    late = datetime.now(UTC) + timedelta(days=20)
    expired = signature_of(pdf, late)
    assert expired is not None
    assert (expired.is_sound, expired.is_trusted) == (True, False)


class _Stamps(BaseHTTPRequestHandler):
    stamper: DummyTimeStamper

    def do_POST(self) -> None:
        asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
        answer = self.stamper.request_tsa_response(asked).dump()
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args: object) -> None:
        return


@pytest.fixture
def timestamp_server() -> Iterator[str]:
    root = certificates.authority("Waktu Contoh")
    made = certificates.certificate(root, key=certificates.rsa_key(2048), stamps=True)
    der = made.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    chain = [
        asn1_x509.Certificate.load(one.certificate.public_bytes(Encoding.DER))
        for one in (made, root)
    ]
    _Stamps.stamper = DummyTimeStamper(
        tsa_cert=chain[0],
        tsa_key=asn1_keys.PrivateKeyInfo.load(der),
        certs_to_embed=SimpleCertificateStore.from_certs(chain),
    )
    with HTTPServer(("127.0.0.1", 0), _Stamps) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_timestamp_server_vouches_for_the_time(
    own: Made, settings: Any, timestamp_server: str
) -> None:
    settings.SIGNING_TIMESTAMP_URL = timestamp_server
    said = signature_of(printed(SIGNED))
    assert said is not None
    assert (said.is_sound, said.is_stamped) == (True, True)
