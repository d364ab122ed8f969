"""Letters chosen for the printer: as they are issued, or from the list the next morning."""

from __future__ import annotations

from datetime import timedelta
from subprocess import Popen
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.rules import Role
from reports.letters.batch_models import PrintBatch
from reports.letters.handing_models import Handing
from reports.letters.models import Letter
from tests import factories
from tests.factories import (
    FOREIGN_KELURAHAN,
    FOREIGN_RT,
    KELURAHAN,
    client_of,
    user_with,
)
from tests.reports.letters_to_draw import inked, page_texts
from tests.residents.pages import ketua_rt, lurah, petugas, shown

ADD = "/surat/cetak/"


@pytest.mark.django_db
class TestChoosing:
    def test_the_issued_are_printed_together(self) -> None:
        letters = [factories.letter_ready(), factories.letter_ready()]
        client, key = lurah(), str(uuid4())
        data = {"letter": [letter.pk for letter in letters], "key": key}
        first = client.post("/surat/siap/", data)
        again = client.post("/surat/siap/", data)
        batch = PrintBatch.objects.get()
        assert first.headers["Location"] == again.headers["Location"] == f"{ADD}{batch.pk}/"
        assert batch.area_id == KELURAHAN
        assert set(batch.letters.all()) == set(letters)
        assert "Cetak 2 surat" in shown(client.get(first.headers["Location"]))

    def test_what_was_refused_is_told_beside_the_way_to_the_print(self) -> None:
        good, bad = factories.letter_ready(), factories.letter_ready()
        lurah().post(f"/surat/{bad.pk}/", {"action": "issue"})
        answer = lurah().post("/surat/siap/", {"letter": [good.pk, bad.pk], "key": str(uuid4())})
        batch = PrintBatch.objects.get()
        assert answer.status_code == 200
        assert f'href="{ADD}{batch.pk}/"' in answer.content.decode()
        assert list(batch.letters.all()) == [good]

    def test_from_the_list(self) -> None:
        issued, ready = factories.letter_issued(), factories.letter_ready()
        client = petugas()
        page = client.get("/surat/").content.decode()
        assert f'name="letter" value="{issued.pk}"' in page
        assert f'name="letter" value="{ready.pk}"' not in page
        data = {"letter": [issued.pk, ready.pk], "key": str(uuid4())}
        first, again = client.post(ADD, data), client.post(ADD, data)
        assert first.status_code == 302
        assert first.headers["Location"] == again.headers["Location"]
        assert list(PrintBatch.objects.get().letters.all()) == [issued]

    def test_nothing_or_nothing_printable(self) -> None:
        client = petugas()
        answer = client.post(ADD, follow=True)
        assert "Belum ada surat yang dipilih" in shown(answer)
        assert client.post(ADD, {"letter": [factories.letter_revoked().pk]}).status_code == 409
        assert client.get(ADD).status_code == 405
        assert not PrintBatch.objects.exists()

    def test_a_foreign_one_is_missing_and_a_ketua_rt_chooses_none(self) -> None:
        foreign = factories.letter_issued(factories.reported(FOREIGN_RT))
        own = factories.letter_issued()
        assert petugas().post(ADD, {"letter": [own.pk, foreign.pk]}).status_code == 404
        assert ketua_rt().post(ADD, {"letter": [own.pk]}).status_code == 403
        assert 'name="letter"' not in ketua_rt().get("/surat/").content.decode()
        assert not PrintBatch.objects.exists()

    def test_two_kelurahan_become_two_batches_that_lead_to_each_other(self) -> None:
        here, there = (
            factories.letter_issued(),
            factories.letter_issued(factories.reported(FOREIGN_RT)),
        )
        both = user_with((Role.LURAH, KELURAHAN, "plt"), (Role.LURAH, FOREIGN_KELURAHAN, "plt"))
        client = client_of(both)
        answer = client.post(ADD, {"letter": [here.pk, there.pk], "key": str(uuid4())})
        first, second = PrintBatch.objects.order_by("area")
        assert answer.headers["Location"] == f"{ADD}{first.pk}/"
        assert f"{ADD}{second.pk}/" in client.get(f"{ADD}{first.pk}/").content.decode()
        assert {first.letters.get(), second.letters.get()} == {here, there}


@pytest.mark.django_db
class TestUnprinted:
    def test_it_lists_what_nobody_of_the_kelurahan_has_printed(self) -> None:
        printed, looked_at, fresh = (factories.letter_drawn() for _ in range(3))
        revoked, ready = factories.letter_revoked(), factories.letter_ready()
        petugas().get(f"/surat/{printed.pk}/pdf/")
        ketua_rt().get(f"/surat/{looked_at.pk}/pdf/")
        answer = petugas().get("/surat/?status=unprinted")
        listed = {letter.pk for letter in answer.context["page"].rows}
        assert listed == {looked_at.pk, fresh.pk}
        assert answer.content.decode().count(" checked>") == 2
        assert {revoked.pk, ready.pk}.isdisjoint(listed)
        kinds = dict(Handing.objects.values_list("letter", "kind"))
        assert kinds == {printed.pk: "printed", looked_at.pk: "downloaded"}

    def test_expired_ones_are_nobodys_work_and_none_left_is_said(self) -> None:
        letter = factories.letter_issued()
        assert letter.valid_until is not None
        with factories.on_day(letter.valid_until + timedelta(days=1)):
            assert "Semua surat yang berlaku sudah dicetak" in shown(
                petugas().get("/surat/?status=unprinted")
            )

    def test_it_is_the_kelurahans(self) -> None:
        assert ketua_rt().get("/surat/?status=unprinted").status_code == 400
        assert "Belum dicetak" not in shown(ketua_rt().get("/surat/"))
        assert "Belum dicetak" in shown(petugas().get("/surat/"))


class TestWorker:
    def test_the_last_letter_drawn_begins_the_merging(self, real_worker: Popen[bytes]) -> None:
        letters = [factories.letter_ready() for _ in range(3)]
        client = lurah()
        answer = client.post(
            "/surat/siap/", {"letter": [one.pk for one in letters], "key": str(uuid4())}
        )
        batch = PrintBatch.objects.get()
        deadline = timezone.now() + timedelta(seconds=30)
        while batch.state == "waiting" and timezone.now() < deadline:
            batch.refresh_from_db()
        assert batch.state == "done"
        texts = page_texts(client.get(f"{answer.headers['Location']}pdf/").content)
        numbers = Letter.objects.order_by("number_serial").values_list("number", flat=True)
        for text, number in zip(texts, numbers, strict=True):
            assert inked(number) in inked(text)
