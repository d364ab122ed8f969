"""Letters for the printer: waited for, merged into one PDF, taken."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.audit.models import Access
from accounts.rules import Role
from reports.letters import printing
from reports.letters.batch_making import batch_of
from reports.letters.batch_models import BatchLetter, PrintBatch
from reports.letters.handing_models import Handing
from reports.letters.models import Drawing, Letter
from reports.tasks import draw_letter, forget_batches, merge_batch
from tests import factories
from tests.drawn_files import stored
from tests.factories import (
    FOREIGN_KELURAHAN,
    KELURAHAN,
    SIBLING_RT,
    client_of,
    holder,
)
from tests.reports import certificates
from tests.reports.letters_to_draw import inked, page_texts
from tests.residents.pages import ketua_rt, lurah, petugas, shown
from wacat.drawing.raster import pages_as_png

ADD = "/surat/cetak/"


def _batch(*letters: Letter) -> PrintBatch:
    return batch_of(holder(Role.LURAH, KELURAHAN), letters, uuid4())


def _merged(*letters: Letter) -> PrintBatch:
    batch = _batch(*letters)
    merge_batch(batch.pk)
    batch.refresh_from_db()
    return batch


def _fails(letter: Letter) -> None:
    Drawing.objects.filter(letter=letter).update(state="failed", failure="ValueError", attempts=8)


@pytest.mark.django_db
class TestMerging:
    def test_each_letter_by_its_number_and_page_by_page_as_stored(self) -> None:
        family = [factories.reported() for _ in range(16)]
        letters = [factories.letter_drawn(), factories.letter_drawn(*family)]
        letters.append(factories.letter_drawn())
        batch = _merged(*reversed(letters))
        expected = []
        for letter in letters:
            work = Drawing.objects.get(letter=letter)
            pdf = printing.stored_pdf(work)
            assert hashlib.sha256(pdf).hexdigest() == work.sha256
            expected += page_texts(pdf)
        assert len(expected) > 3, "one of them should have several pages"
        assert page_texts(stored(batch.file)) == expected

    def test_a_signed_one_is_printed_as_it_looks(
        self, own: certificates.Made, settings: Any
    ) -> None:
        settings.SIGNING_MODE = "p12"
        letter = factories.letter_drawn()
        pdf = printing.stored_pdf(Drawing.objects.get(letter=letter))
        together = stored(_merged(letter).file)
        assert pages_as_png(together) == pages_as_png(pdf)
        [text] = page_texts(together)
        assert inked("Ditandatangani secara elektronik") in inked(text)

    def test_it_waits_for_the_last_one(self) -> None:
        drawn, other = factories.letter_drawn(), factories.letter_issued()
        batch = _merged(drawn, other)
        assert (batch.state, batch.attempts) == ("waiting", 0)
        with patch("reports.tasks.hasten") as hastened:
            draw_letter(other.pk)
        hastened.assert_called_once_with(merge_batch, batch.pk)
        merge_batch(batch.pk)
        batch.refresh_from_db()
        assert batch.state == "done"
        assert len(page_texts(stored(batch.file))) == 2

    def test_one_that_fails_or_waits_for_its_signature_is_named_and_can_be_left_out(self) -> None:
        drawn, failed, unsigned = (
            factories.letter_drawn(),
            factories.letter_issued(),
            factories.letter_issued(),
        )
        _fails(failed)
        Drawing.objects.filter(letter=unsigned).update(failure="KeyMissing")
        batch = _merged(drawn, failed, unsigned)
        client, page = lurah(), f"{ADD}{batch.pk}/"
        text = shown(client.get(page))
        assert "1 dari 3 surat sudah digambar" in text
        assert f"{failed.number}, {failed.holder_name} : PDF belum dapat digambar" in text
        assert f"{unsigned.number}, {unsigned.holder_name} : Belum dapat ditandatangani" in text
        assert "Cetak 1 surat yang sudah siap" in text
        assert client.post(page, {"action": "rest"}).status_code == 302
        merge_batch(batch.pk)
        assert "Unduh satu PDF (1 surat)" in shown(client.get(page))
        assert client.get(f"{page}pdf/").status_code == 200
        assert list(Handing.objects.values_list("letter", flat=True)) == [drawn.pk]

    def test_without_any_drawn_there_is_no_rest_to_print(self) -> None:
        failed = factories.letter_issued()
        _fails(failed)
        batch = _merged(failed)
        page = f"{ADD}{batch.pk}/"
        assert "yang sudah siap" not in shown(lurah().get(page))
        assert lurah().post(page, {"action": "rest"}).status_code == 409
        assert lurah().post(page, {"action": "x"}).status_code == 400

    def test_a_revoked_one_is_left_out_and_said(self) -> None:
        kept, revoked = factories.letter_drawn(), factories.letter_issued()
        batch = _batch(kept, revoked)
        lurah().post(f"/surat/{revoked.pk}/", {"action": "revoke", "reason": "Salah."})
        merge_batch(batch.pk)
        assert "Sudah dicabut, jadi tidak ikut dicetak" in shown(lurah().get(f"{ADD}{batch.pk}/"))
        assert BatchLetter.objects.get(is_merged=True).letter == kept

    def test_one_revoked_after_merging_is_not_handed_out(self) -> None:
        letter = factories.letter_drawn()
        batch = _merged(letter)
        lurah().post(f"/surat/{letter.pk}/", {"action": "revoke", "reason": "Salah."})
        assert lurah().get(f"{ADD}{batch.pk}/pdf/").status_code == 409
        assert not Handing.objects.exists()

    def test_all_revoked_gives_up(self) -> None:
        letter = factories.letter_revoked()
        batch = PrintBatch.objects.create(
            area_id=KELURAHAN, key=uuid4(), asked_by=holder(Role.LURAH, KELURAHAN)
        )
        BatchLetter.objects.create(batch=batch, letter=letter)
        merge_batch(batch.pk)
        batch.refresh_from_db()
        assert (batch.state, batch.failure) == ("failed", "NothingToPrint")
        assert "belum dapat dibuat" in shown(lurah().get(f"{ADD}{batch.pk}/"))

    def test_it_is_forgotten_a_day_later(self) -> None:
        batch = _merged(factories.letter_drawn())
        path = Path(default_storage.path(batch.file))
        forget_batches()
        assert path.exists()
        PrintBatch.objects.update(wanted_at=timezone.now() - timedelta(days=2))
        forget_batches()
        assert not path.exists()
        assert not PrintBatch.objects.exists()
        assert not BatchLetter.objects.exists()


@pytest.mark.django_db
class TestTaking:
    def test_it_is_recorded_of_each_letter_and_counts_as_printing(self) -> None:
        letters = [factories.letter_drawn(), factories.letter_drawn()]
        client = petugas()
        waiting = _batch(*letters)
        answer = client.get(f"{ADD}{waiting.pk}/pdf/")
        assert answer.headers["Location"] == f"{ADD}{waiting.pk}/"
        assert not Handing.objects.exists()
        merge_batch(waiting.pk)
        answer = client.get(f"{ADD}{waiting.pk}/pdf/")
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "surat-2-64.71.05.1002-" in answer.headers["Content-Disposition"]
        seen = {f"reports.letter:{letter.pk}" for letter in letters}
        assert set(Access.objects.values_list("subject", flat=True)) == seen
        user = holder(Role.PETUGAS_KELURAHAN, KELURAHAN)
        kinds = set(Handing.objects.values_list("letter", "kind", "actor"))
        assert kinds == {(letter.pk, "printed", user.pk) for letter in letters}

    def test_progress_is_asked_for_without_the_page_around_it(self) -> None:
        batch = _batch(factories.letter_issued(), factories.letter_drawn())
        whole = lurah().get(f"{ADD}{batch.pk}/")
        assert "1 dari 2 surat sudah digambar" in shown(whole)
        assert "Lihat lagi" in shown(whole)
        assert f'hx-get="{ADD}{batch.pk}/"' in whole.content.decode()
        part = lurah().get(f"{ADD}{batch.pk}/", headers={"HX-Request": "true"})
        assert "<html" not in part.content.decode()
        merge_batch(batch.pk)
        draw_letter(Letter.objects.get(drawing__state="waiting").pk)
        merge_batch(batch.pk)
        done = lurah().get(f"{ADD}{batch.pk}/", headers={"HX-Request": "true"})
        assert "hx-get" not in done.content.decode()
        assert "Unduh satu PDF (2 surat)" in shown(done)

    def test_only_the_kelurahan_finds_it(self) -> None:
        batch = _merged(factories.letter_drawn(factories.reported(SIBLING_RT)))
        for end in ("", "pdf/"):
            assert petugas().get(f"{ADD}{batch.pk}/{end}").status_code == 200
            assert ketua_rt().get(f"{ADD}{batch.pk}/{end}").status_code == 403
            foreign = client_of(holder(Role.LURAH, FOREIGN_KELURAHAN))
            assert foreign.get(f"{ADD}{batch.pk}/{end}").status_code == 404

    def test_many_cost_no_more_queries_than_two(self) -> None:
        client = petugas()

        def asked(count: int) -> int:
            batch = _batch(*(factories.letter_issued() for _ in range(count)))
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"{ADD}{batch.pk}/").status_code == 200
            return len(queries)

        assert asked(2) == asked(12) <= 12
