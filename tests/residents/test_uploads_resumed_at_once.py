"""Uploads that were given up, and pieces that arrive at the same moment."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage

from accounts.rules import Role
from residents.attachments.forgetting import erase_strays, forget_uploads
from residents.attachments.models import Attachment, Upload
from tests import factories
from tests.factories import RT, holder, on_day
from tests.residents.at_once import at_once
from tests.residents.pages import ketua_rt
from tests.residents.papers import photo
from tests.residents.senders import Sender, assert_whole, piece_of, stored
from wacat.clock import today


@pytest.fixture
def sender(db: None) -> Sender:
    return Sender(ketua_rt(), factories.reported())


class TestForgetting:
    def test_after_two_days_without_apiece_of(self, sender: Sender) -> None:
        sender.send(0, 100)
        upload = Upload.objects.get()
        with on_day(today() + timedelta(days=1)):
            assert forget_uploads() == 0
            sender.send(100, 200)
        with on_day(today() + timedelta(days=2)):
            assert forget_uploads() == 0
        with on_day(today() + timedelta(days=4)):
            assert forget_uploads() == 1
        assert not Upload.objects.exists()
        assert stored(upload) == []

    def test_the_document_outlives_its_upload(self, sender: Sender) -> None:
        sender.finish()
        with on_day(today() + timedelta(days=3)):
            assert forget_uploads() == 1
        assert_whole(sender)

    def test_pieces_that_no_upload_knows(
        self, sender: Sender, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sender.send(0, 100)
        upload = Upload.objects.get()
        default_storage.save("uploads/987654/0", piece_of(b"stray"))
        erase_strays()
        assert default_storage.exists("uploads/987654/0")
        monkeypatch.setattr("wacat.strays.STRAY", -timedelta(1))
        erase_strays()
        assert not default_storage.exists("uploads/987654")
        assert len(stored(upload)) == 1


class TestAtOnce:
    def test_the_same_pieces_twice_at_the_same_moment(self, committed_db: None) -> None:
        resident = factories.reported()
        user = holder(Role.KETUA_RT, RT)
        content, key = photo(size=(300, 200)), uuid4()
        step = len(content) // 3

        def run() -> list[int]:
            sender = Sender(factories.client_of(user), resident, content, key=key)
            steps = [(0, step), (step, 2 * step), (2 * step, len(content))]
            return [sender.send(*one).status_code for one in steps]

        for codes in at_once(run, run, run):
            assert codes[-1] == 201
        assert Attachment.objects.count() == Upload.objects.count() == 1
        assert stored(Upload.objects.get()) == []
        assert_whole(Sender(factories.client_of(user), resident, content))

    def test_two_files_when_there_is_room_for_one(
        self, committed_db: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("residents.attachments.keeping.MOST", 1)
        resident, user = factories.reported(), holder(Role.KETUA_RT, RT)
        senders = [Sender(factories.client_of(user), resident, photo(one)) for one in (10, 90)]
        codes = at_once(*(lambda sender=sender: sender.finish().status_code for sender in senders))
        assert sorted(codes) == [201, 422]
        assert Attachment.objects.count() == 1
