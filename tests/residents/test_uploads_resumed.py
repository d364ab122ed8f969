"""Files that arrive piece by piece: whole, once, and only their owner's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.audit.models import Access
from residents.attachments import arriving
from residents.attachments.models import Attachment, Upload
from tests import factories
from tests.factories import SIBLING_RT
from tests.residents.pages import Answer, ketua_rt, lurah, petugas, shown
from tests.residents.papers import PDF, attached, photo
from tests.residents.senders import Sender, assert_whole, piece_of, stored
from wacat.clock import today
from wacat.uploads import DAMAGED, MOST_BYTES, TOO_MANY_BYTES, WRONG_TYPE


@pytest.fixture
def sender(db: None) -> Sender:
    return Sender(ketua_rt(), factories.reported())


class TestArriving:
    def test_piece_bypiece_of(self, sender: Sender) -> None:
        assert sender.ask().json() == {"received": 0}
        assert sender.send(0, 100).json() == {"received": 100}
        upload = Upload.objects.get()
        assert sender.content[:20] not in b"".join(stored(upload))
        assert not Attachment.objects.exists()
        answer = sender.finish(100)
        assert answer.status_code == 201
        page = f"/warga/{sender.resident.pk}/#lampiran"
        assert answer.json() == {"received": len(sender.content), "next": page}
        assert_whole(sender)
        assert "Foto KTP-el disimpan." in shown(sender.client.get(page))

    def test_in_one_piece_and_as_a_pdf(self, sender: Sender) -> None:
        sender.content, sender.kind = PDF, "owner"
        assert sender.finish().status_code == 201
        assert Attachment.objects.get().file.endswith(".pdf")

    def test_a_piece_that_is_here_is_acknowledged_and_an_overlap_completed(
        self, sender: Sender
    ) -> None:
        sender.send(0, 100)
        assert sender.send(0, 100).json() == {"received": 100}
        assert sender.send(40, 90).json() == {"received": 100}
        assert sender.send(50, 200).json() == {"received": 200}
        assert sender.finish(150).status_code == 201
        assert_whole(sender)

    def test_a_gap_is_refused_with_where_to_go_on(self, sender: Sender) -> None:
        sender.send(0, 100)
        answer = sender.send(101, 200)
        assert (answer.status_code, answer.json()) == (409, {"received": 100})
        assert sender.send(100, 200).json() == {"received": 200}

    def test_it_goes_on_after_a_reload_and_says_so(self, sender: Sender) -> None:
        sender.send(0, len(sender.content) // 2)
        page = sender.client.get(f"/warga/{sender.resident.pk}/lampiran/")
        assert "Foto KTP-el: 49 % sudah terkirim." in shown(page) or "50 %" in shown(page)
        assert "belum selesai" not in shown(petugas().get(page.request["PATH_INFO"]))
        again = Sender(ketua_rt(), sender.resident, sender.content, key=sender.key)
        there = again.ask().json()["received"]
        assert there == len(sender.content) // 2
        assert again.finish(there).status_code == 201
        assert_whole(sender)

    def test_the_last_answer_was_lost(self, sender: Sender) -> None:
        first = sender.finish()
        for again in (sender.ask(), sender.finish(), sender.finish(10)):
            assert (again.status_code, again.json()) == (201, first.json())
        assert Attachment.objects.count() == 1

    def test_the_same_file_again_is_one_also_for_another_purpose(self, sender: Sender) -> None:
        sender.finish()
        other = Sender(sender.client, sender.resident, sender.content, kind="kk")
        assert other.finish().status_code == 201
        assert Attachment.objects.get().kind == "ktp"

    def test_what_was_removed_can_be_sent_again(
        self, sender: Sender, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            sender.finish()
            data = {"action": "attachment_remove", "attachment": Attachment.objects.get().pk}
            sender.client.post(f"/warga/{sender.resident.pk}/", data)
        assert sender.ask().json() == {"received": 0}
        assert sender.finish().status_code == 201
        assert Attachment.objects.present().count() == 1

    def test_its_pieces_are_deleted_when_it_is_done(
        self, sender: Sender, django_capture_on_commit_callbacks: Any
    ) -> None:
        sender.send(0, 100)
        upload = Upload.objects.get()
        with django_capture_on_commit_callbacks(execute=True):
            sender.finish(100)
        assert stored(upload) == []
        assert not default_storage.exists(f"uploads/{upload.pk}")

    @pytest.mark.django_db
    @settings(
        max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(cuts=st.lists(st.tuples(st.integers(0, 600), st.integers(0, 700)), max_size=12))
    def test_whatever_order_pieces_come_in(self, cuts: list[tuple[int, int]]) -> None:
        sender = Sender(ketua_rt(), factories.reported(), photo() + b"\0" * 100)
        received = 0
        for start, length in cuts:
            answer = sender.send(start, start + length)
            if start + length > len(sender.content) and start <= len(sender.content):
                length = len(sender.content) - start
            if start > len(sender.content):
                assert answer.status_code in (409, 422, 201)
            elif start > received:
                assert (answer.status_code, answer.json()["received"]) == (409, received)
            else:
                received = max(received, start + length)
                assert answer.json()["received"] == received
        assert sender.finish(received).status_code == 201
        assert_whole(sender)


class TestRefusing:
    def refused(self, sender: Sender, answer: Answer, text: str) -> None:
        assert (answer.status_code, answer.json()) == (422, {"error": text})
        assert not Attachment.objects.exists()

    def test_a_file_that_is_none_of_ours(self, sender: Sender) -> None:
        sender.content = b"MZ this is a program"
        sender.send(0, 5)
        self.refused(sender, sender.finish(5), WRONG_TYPE)
        assert not Upload.objects.exists()
        sender.content = photo()[:-40]
        self.refused(sender, sender.finish(), DAMAGED)

    def test_a_file_that_changed_on_the_way(self, sender: Sender) -> None:
        sender.send(0, 100, piece=piece_of(b"x" * 100))
        self.refused(sender, sender.finish(100), arriving.NOT_WHOLE)
        assert sender.ask().json() == {"received": 0}
        assert sender.finish().status_code == 201

    def test_a_piece_that_was_damaged_at_rest(self, sender: Sender) -> None:
        sender.send(0, 100)
        name = f"uploads/{Upload.objects.get().pk}/0"
        Path(default_storage.path(name)).write_bytes(b"something else")
        self.refused(sender, sender.finish(100), arriving.NOT_WHOLE)

    def test_what_is_too_large(self, sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
        self.refused(sender, sender.send(0, 10, size=MOST_BYTES + 1), TOO_MANY_BYTES)
        monkeypatch.setattr("residents.attachments.forms.MOST_PIECE", 50)
        self.refused(sender, sender.send(0, 51), "Potongan berkas terlalu besar.")
        self.refused(sender, sender.send(0, 10, size=9), "Potongan berkas terlalu besar.")
        assert not Upload.objects.exists()

    def test_another_file_under_the_same_key(self, sender: Sender) -> None:
        sender.send(0, 100)
        for changes in ({"size": 5000}, {"sha256": "0" * 64}):
            self.refused(sender, sender.send(100, 200, **changes), arriving.OTHER_FILE)
        other = factories.reported()
        self.refused(sender, sender.send(100, 200, resident=other.pk), arriving.OTHER_FILE)
        assert Upload.objects.get().received == 100

    @pytest.mark.parametrize(
        "changes",
        [
            {"kind": "x"},
            {"size": "0"},
            {"size": "x"},
            {"sha256": "x"},
            {"offset": "-1"},
            {"resident": "x"},
            {"resident": ""},
        ],
    )
    def test_nonsense(self, sender: Sender, changes: dict[str, str]) -> None:
        answer = sender.send(0, 10, **changes)
        assert answer.status_code == 422
        assert answer.json()["error"]
        assert not Upload.objects.exists()

    def test_too_many_at_a_time(self, sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(arriving, "MOST_OPEN", 1)
        sender.send(0, 10)
        more = Sender(sender.client, sender.resident)
        self.refused(more, more.send(0, 10), arriving.TOO_MANY_OPEN)
        assert sender.send(10, 20).json() == {"received": 20}

    def test_too_many_documents(self, sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("residents.attachments.keeping.MOST", 1)
        attached(sender.resident, photo(10))
        answer = sender.finish()
        assert answer.status_code == 422
        assert "Hapus dahulu" in answer.json()["error"]
        assert not Upload.objects.exists()

    @pytest.mark.django_db
    def test_a_record_that_went_out_of_use_meanwhile(self) -> None:
        sender = Sender(petugas(), factories.draft())
        sender.send(0, 100)
        sender.client.post(f"/warga/{sender.resident.pk}/", {"action": "discard"})
        answer = sender.finish(100)
        assert answer.status_code == 422
        assert "tidak dipakai" in answer.json()["error"]
        assert not Upload.objects.exists()


class TestWhose:
    def test_each_one_has_keys_of_their_own(self, sender: Sender) -> None:
        sender.send(0, 100)
        other = Sender(petugas(), sender.resident, sender.content, key=sender.key)
        assert other.ask().json() == {"received": 0}
        assert (other.send(100, 200).status_code, Upload.objects.count()) == (409, 2)
        assert sender.send(100, 200).json() == {"received": 200}

    def test_outside_one_s_area_there_is_nobody(self, sender: Sender) -> None:
        sender.send(0, 100)
        factories.move(sender.resident, SIBLING_RT, today())
        missing = sender.send(100, 200, resident=987654)
        answer = sender.send(100, 200)
        assert answer.status_code == missing.status_code == 404
        assert answer.content == missing.content
        assert Sender(lurah(), sender.resident).ask().status_code == 403

    def test_only_posts(self, sender: Sender) -> None:
        sender.send(0, 100)
        assert sender.client.get(f"/unggahan/{sender.key}/").status_code == 405

    def test_who_is_logged_out_is_led_to_the_login_and_goes_on_afterwards(
        self, sender: Sender
    ) -> None:
        sender.send(0, 100)
        sender.client.logout()
        answer = sender.send(100, 200)
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/masuk/")
        sender.client = ketua_rt()
        assert sender.send(100, 200).json() == {"received": 200}
        assert not Access.objects.exists()
