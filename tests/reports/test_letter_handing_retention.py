"""What goes with a letter's people: scans, addresses, links, merged PDFs."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.storage import default_storage

from accounts.rules import Role
from reports.letters.batch_making import batch_of
from reports.letters.batch_merging import merge_batch
from reports.letters.batch_models import PrintBatch
from reports.letters.handing_models import Handing, LetterLink, LetterScan
from reports.letters.models import Letter
from residents.registry.models import Resident
from residents.registry.workflow import WORKFLOW
from tests import factories
from tests.factories import KELURAHAN, holder
from tests.reports.handed import page_of, scan, send
from tests.residents.pages import petugas, shown
from tests.residents.retained import LONG_AGO, a_rule, again, anonymise, days_ago, tables_with
from wacat.workflow import Move

pytestmark = pytest.mark.usefixtures("committed_db")
ADDRESS = "rahasia.sekali@contoh.id"


def _old_letter() -> Letter:
    stay = {"arrived_on": days_ago(LONG_AGO + 90), "stays_until": days_ago(-90)}
    resident: Resident = factories.reported(**stay)
    letter = factories.letter_drawn(resident)
    scan(letter)
    send(letter, email=ADDRESS)
    batch = batch_of(holder(Role.LURAH, KELURAHAN), [letter], uuid4())
    assert merge_batch(batch.pk)
    Letter.objects.update(valid_until=days_ago(1))
    WORKFLOW.advance(resident.pk, "end", Move(None, {"date": days_ago(LONG_AGO), "end_reason": 1}))
    return letter


def test_scan_address_link_and_merged_pdf_go_and_the_log_stays() -> None:
    letter = _old_letter()
    files = [LetterScan.objects.get().file, PrintBatch.objects.get().file]
    assert all(default_storage.exists(name) for name in files)
    assert tables_with(ADDRESS) == ["reports_letterlink"]
    a_rule()
    said = anonymise("--do")
    assert again(letter).erased_on is not None, said
    assert not any(default_storage.exists(name) for name in files)
    assert tables_with(ADDRESS) == []
    link = LetterLink.objects.get()
    assert (link.sealed_address, link.ended_at is None) == ("", False)
    assert LetterScan.objects.get().file == ""
    assert Handing.objects.get().kind == "email"
    text = shown(petugas().get(page_of(letter)))
    assert "Dikirim lewat surel" in text
    assert "Hasil pindai" not in text
    batch = PrintBatch.objects.get()
    assert petugas().get(f"/surat/cetak/{batch.pk}/pdf/").status_code == 409
    assert petugas().get(f"/surat/cetak/{batch.pk}/").status_code == 200


def test_a_letter_that_is_kept_keeps_all_of_it() -> None:
    letter = _old_letter()
    Letter.objects.update(valid_until=days_ago(-30))
    a_rule()
    anonymise("--do")
    assert again(letter).erased_on is None
    assert LetterLink.objects.get().sealed_address == ADDRESS
    assert default_storage.exists(LetterScan.objects.get().file)
