"""Signing PDFs: what stands up to others' tools, and what never passes as signed."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
)
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature

from reports.letters import signing
from reports.letters.drawing import draw_letter
from reports.letters.printing import printed
from reports.letters.signing_trust import USAGE, trusting
from reports.letters.verification_reading import signature_of
from reports.letters.verification_signature import Signature
from tests.programs import needed
from tests.reports import certificates
from tests.reports.certificates import PASSWORD, SIGNER, Made
from tests.reports.letters_to_draw import (
    LETTER,
    ONE,
    PREVIEWED,
    catalog_of,
    family_of,
    inked,
    reader_of,
    text_of,
)
from wacat.environment import SIGNING_MODES

SIGNED = replace(LETTER, signing="p12")
LARGEST = 40_000
FOOTNOTE = inked("Dokumen ini telah ditandatangani secara elektronik")


def _pages_beside(pdf: bytes, place: int) -> bytes:
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]


def test_the_modes_are_those_that_the_settings_know() -> None:
    assert set(signing.SIGNERS) == set(SIGNING_MODES)


def test_on_paper_nothing_is_done_to_it() -> None:
    assert printed(LETTER) == draw_letter(LETTER)
    assert signature_of(printed(LETTER)) is None


def test_a_mode_that_nobody_knows_signs_nothing() -> None:
    with pytest.raises(signing.ModeUnknown):
        printed(replace(LETTER, signing="bsre"))


def test_what_is_signed_says_by_whom_and_when(own: Made) -> None:
    pdf = printed(SIGNED)
    said = signature_of(pdf)
    assert said is not None
    assert (said.name, said.organisation, said.issuer) == (SIGNER, "Kelurahan Contoh", SIGNER)
    assert (said.is_sound, said.is_trusted, said.is_stamped) == (True, False, False)
    assert said.at is not None
    assert abs(datetime.now(UTC) - said.at) < timedelta(minutes=1)
    assert len(pdf) <= LARGEST


@pytest.mark.parametrize("make_key", [certificates.elliptic_key, certificates.rsa_key])
def test_pyhankos_own_validator_agrees(
    fresh_key: None, make_key: Any, settings: Any, tmp_path: Path
) -> None:
    root = certificates.authority()
    made = certificates.certificate(root, key=make_key())
    settings.SIGNING_P12 = str(certificates.p12_file(tmp_path, made, root))
    settings.SIGNING_PASSWORD = PASSWORD
    [found] = PdfFileReader(io.BytesIO(printed(SIGNED))).embedded_signatures
    anchor = asn1_x509.Certificate.load(root.certificate.public_bytes(Encoding.DER))
    status = validate_pdf_signature(found, trusting([anchor]), key_usage_settings=USAGE)
    assert status.bottom_line
    assert found.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert found.sig_object["/Filter"] == "/Adobe.PPKLite"


def test_pdfsig_agrees(own: Made, tmp_path: Path) -> None:
    pdfsig, path = needed("poppler-utils", "pdfsig"), tmp_path / "surat.pdf"
    path.write_bytes(printed(SIGNED))
    told = subprocess.run([pdfsig, path], capture_output=True, text=True, check=False).stdout
    for line in (
        f"Signer Certificate Common Name: {SIGNER}",
        "Signature Type: ETSI.CAdES.detached",
        "Total document signed",
        "Signature Validation: Signature is Valid.",
    ):
        assert line in told
    path.write_bytes(_pages_beside(path.read_bytes(), 9000))
    told = subprocess.run([pdfsig, path], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" not in told


def test_qpdf_finds_nothing_wrong(own: Made, tmp_path: Path) -> None:
    qpdf, path = needed("qpdf", "qpdf"), tmp_path / "surat.pdf"
    for facts in (LETTER, SIGNED):
        path.write_bytes(printed(facts))
        assert subprocess.run([qpdf, "--check", path], capture_output=True).returncode == 0


def test_a_byte_that_is_changed_breaks_it(own: Made) -> None:
    """Anywhere that it covers, and in the unused room behind it; the digest finds the others."""
    pdf = printed(SIGNED)
    opens, closes = pdf.rindex(b"/Contents <") + 11, pdf.rindex(b">\n/ByteRange")
    chance, room = random.Random(3), range(closes - 200, closes)
    covered = [*range(opens), *range(closes, len(pdf))]
    for place in (*chance.sample(covered, 120), *chance.sample(room, 20)):
        said = signature_of(_pages_beside(pdf, place))
        assert said is None or not said.is_sound, place


def test_what_is_added_behind_breaks_it(own: Made) -> None:
    pdf = printed(SIGNED)
    for changed in (pdf + b"\n", pdf + pdf, pdf[:-1]):
        assert signature_of(changed) == Signature()


def test_it_stays_archivable_and_its_block_covers_the_qr_code(own: Made) -> None:
    pdf = printed(SIGNED)
    catalog, page = catalog_of(pdf), reader_of(pdf).pages[0]
    metadata = catalog["/Metadata"].get_data().decode()
    assert 'part="3"' in metadata
    assert 'conformance="A"' in metadata
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/OutputIntents"]
    annotations: Any = page["/Annots"]
    link, field = (one.get_object() for one in annotations)
    assert link["/A"]["/URI"] == LETTER.verification_url
    assert field["/FT"] == "/Sig"
    assert "/N" in field["/AP"]
    assert field["/F"] & 4, "printed"
    edges = sorted(float(one) for one in link["/Rect"])
    assert [round(one) for one in edges] == sorted(int(one) for one in field["/Rect"])
    assert field["/V"]["/Reference"][0]["/TransformParams"]["/P"] == 1, "no changes allowed"


def test_what_was_drawn_stays_as_it_was_drawn(own: Made) -> None:
    assert printed(SIGNED).startswith(draw_letter(SIGNED))


def test_only_what_is_signed_claims_to_be(own: Made) -> None:
    assert FOOTNOTE in inked(text_of(printed(SIGNED)))
    for facts in (LETTER, PREVIEWED, replace(PREVIEWED, signing="p12")):
        text = inked(text_of(draw_letter(facts))).lower()
        assert "elektronik" not in text
        assert "alatbuktihukum" not in text
    assert "tandatanganbasah" in inked(text_of(draw_letter(LETTER)))
    assert "tandatanganbasah" not in inked(text_of(printed(SIGNED)))


def test_a_family_is_signed_on_its_last_page(own: Made) -> None:
    pdf = printed(replace(family_of([f"Anggota {n}" for n in range(19)]), signing="p12"))
    *_, last = reader_of(pdf).pages
    annotations: Any = last["/Annots"]
    assert [one.get_object().get("/FT") for one in annotations] == [None, "/Sig"]
    said = signature_of(pdf)
    assert said is not None
    assert said.is_sound


@pytest.mark.parametrize("word", ["Wahyuningsih ", "W"])
def test_one_person_is_always_one_page(word: str) -> None:
    def filled(length: int) -> str:
        return (word * length)[:length].strip()

    person = replace(ONE, full_name=filled(120), birth_place=filled(80), origin_address=filled(322))
    facts = replace(SIGNED, subjects=(person,), address=filled(200), purpose=filled(200))
    assert len(reader_of(draw_letter(facts)).pages) == 1


def test_the_web_never_imports_the_key_holder() -> None:
    """Nor pyHanko at all, until somebody sends a signed file."""
    script = (
        "import django, json, sys; django.setup(); from django.urls import get_resolver; "
        "get_resolver().url_patterns; print(json.dumps([n for n in sys.modules "
        "if n.startswith('pyhanko') or n == 'reports.letters.signing_p12']))"
    )
    found = subprocess.run(
        [sys.executable, "-c", script], env=os.environ, capture_output=True, text=True, check=True
    )
    assert json.loads(found.stdout) == []
