"""Slips: drawn by a worker, fetched once by whoever asked, and readable nowhere else."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.test import Client, override_settings
from pypdf import PdfReader

from accounts.audit.models import Access
from accounts.issuing.models import OneTimePassword, SlipSheet
from accounts.issuing.one_time import ALPHABET, consume
from accounts.issuing.sheets import order
from accounts.issuing.slips import discard_old, draw, take
from accounts.login.models import User
from accounts.rules import Role
from tests.accounts.issued import administrator, days, drawn, issued, proposed, user_of
from tests.officials import (
    FOREIGN_RT,
    KELURAHAN,
    PASSWORD,
    RT,
    SIBLING_RT,
    client_of,
    holder,
    user_with,
)
from tests.residents.at_once import at_once
from wacat.words import tanggal

PASSWORDS = re.compile(rf"(?:[{ALPHABET}]{{4}}-){{2}}[{ALPHABET}]{{4}}")


@pytest.fixture(autouse=True)
def sealed_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for sealed files."""
    monkeypatch.setattr(default_storage, "base_location", tmp_path)
    monkeypatch.setattr(default_storage, "location", str(tmp_path))
    return tmp_path


def sheet_of(*areas: str) -> SlipSheet:
    """The undrawn sheet of accounts that were just issued."""
    [sheet] = issued(*[proposed(area, full_name=f"Ketua {area[-3:]}") for area in areas])
    return sheet


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def stored(sheet: SlipSheet) -> bytes:
    with default_storage.open(sheet.file) as file:
        return bytes(file.read())


def passwords_of(pdf: bytes) -> list[str]:
    return PASSWORDS.findall(text_of(pdf))


def client() -> Client:
    return client_of(administrator())


@pytest.mark.django_db
class TestDrawn:
    def test_what_a_slip_says(self) -> None:
        sheet = drawn(sheet_of(RT))
        text = text_of(stored(sheet))
        user = User.objects.get(full_name="Ketua 001")
        assert user.username in text
        assert "Ketua RT 001 · Kel. Sepinggan" in text
        assert f"{settings.PUBLIC_URL}/masuk/" in text
        assert "Jangan dipotret" in text
        assert "DATA CONTOH" not in text
        [password] = passwords_of(stored(sheet))
        assert consume(user, password, b"")

    def test_each_has_its_own_in_the_order_of_the_rts(self) -> None:
        sheet = drawn(sheet_of(SIBLING_RT, RT))
        text = text_of(stored(sheet))
        assert text.index("Ketua 001") < text.index("Ketua 002")
        users = [User.objects.get(full_name=f"Ketua {n}") for n in ("001", "002")]
        passwords = passwords_of(stored(sheet))
        assert not consume(users[0], passwords[1], b"")
        assert [consume(*one, b"") for one in zip(users, passwords, strict=True)] == [True, True]

    def test_who_has_a_name_and_a_telephone_may_use_either(self) -> None:
        user = user_with((Role.KETUA_RT, RT), username="pak.rt", login_phone="080077777777")
        [sheet] = order([user], administrator(), uuid4())
        text = text_of(stored(drawn(sheet)))
        assert "pak.rt" in text
        assert "nomor telepon 080077777777" in text

    def test_a_post_that_is_to_come_names_its_day(self) -> None:
        [sheet] = issued(proposed(RT, starts=days(3)))
        assert f"mulai {tanggal(days(3))}" in text_of(stored(drawn(sheet)))

    def test_the_demo_says_that_it_is_one(self) -> None:
        with override_settings(DEMO=True):
            assert "DATA CONTOH" in text_of(stored(drawn(sheet_of(RT))))

    def test_a_name_that_the_fonts_lack_keeps_nobody_waiting(self) -> None:
        [sheet] = issued(proposed(RT, full_name="Nama 漢 <b>Contoh</b>"))
        assert "Nama ? <b>Contoh</b>" in text_of(stored(drawn(sheet)))

    def test_who_has_set_an_own_password_meanwhile_keeps_it(self) -> None:
        sheet = sheet_of(RT, SIBLING_RT)
        early = User.objects.get(full_name="Ketua 001")
        early.set_password(PASSWORD)
        early.save()
        assert "Ketua 001" not in text_of(stored(drawn(sheet)))
        early.refresh_from_db()
        assert early.check_password(PASSWORD)

    def test_when_nobody_is_left_there_is_no_file(self) -> None:
        sheet = sheet_of(RT)
        User.objects.filter(full_name="Ketua 001").update(status="inactive")
        assert drawn(sheet).file == ""
        page = client().get(f"/akun/slip/{sheet.pk}/")
        assert "Tidak perlu slip" in page.text

    def test_drawn_again_after_a_crash_the_first_passwords_are_dead(self) -> None:
        sheet = sheet_of(RT)
        draw(sheet)  # and its worker dies before the row says so
        [first] = passwords_of(stored(sheet))
        [second] = passwords_of(stored(drawn(sheet)))
        user = User.objects.get(full_name="Ketua 001")
        assert not consume(user, first, b"")
        assert consume(user, second, b"")


@pytest.mark.django_db
class TestReadableNowhere:
    def test_not_on_the_disk(self, sealed_root: Path) -> None:
        sheet = drawn(sheet_of(RT))
        [password] = passwords_of(stored(sheet))
        files = [path for path in sealed_root.rglob("*") if path.is_file()]
        assert len(files) == 1
        assert b"%PDF" not in files[0].read_bytes()
        assert password.encode() not in files[0].read_bytes()

    def test_not_on_any_page_or_in_the_log(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level("DEBUG")
        sheet = drawn(sheet_of(RT))
        [password] = passwords_of(stored(sheet))
        for path in ("/akun/slip/", f"/akun/slip/{sheet.pk}/"):
            assert password not in client().get(path).text
        assert password not in caplog.text
        assert password not in str(list(OneTimePassword.objects.values()))


class TestFetched:
    def test_once(
        self, db: None, django_capture_on_commit_callbacks: Any, sealed_root: Path
    ) -> None:
        sheet = drawn(sheet_of(RT))
        browser, url = client(), f"/akun/slip/{sheet.pk}/pdf/"
        with django_capture_on_commit_callbacks(execute=True):
            answer = browser.post(url)
        assert answer.content.startswith(b"%PDF")
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["Cache-Control"] == "no-store"
        assert not [path for path in sealed_root.rglob("*") if path.is_file()]
        for again in (browser.post(url), browser.get(url)):
            assert again.status_code == 410
            assert "sudah diunduh" in again.text
            assert "Cetak ulang" in again.text
        assert Access.objects.filter(subject=f"accounts.slipsheet:{sheet.pk}").count() == 1

    def test_not_by_following_a_link(self, db: None) -> None:
        sheet = drawn(sheet_of(RT))
        answer = client().get(f"/akun/slip/{sheet.pk}/pdf/")
        assert (answer.status_code, answer["Location"]) == (302, f"/akun/slip/{sheet.pk}/")
        assert SlipSheet.objects.get(pk=sheet.pk).file

    def test_not_before_it_is_drawn(self, db: None) -> None:
        sheet = sheet_of(RT)
        assert client().post(f"/akun/slip/{sheet.pk}/pdf/").status_code == 302

    def test_by_who_asked_only(self, db: None) -> None:
        sheet = drawn(sheet_of(RT))
        others = [user_with((Role.ADMINISTRATOR, "64.71")), holder(Role.LURAH, KELURAHAN)]
        for other in others:
            for page in ("", "pdf/"):
                url = f"/akun/slip/{sheet.pk}/{page}"
                assert client_of(other).get(url).status_code == 404
                assert client_of(other).post(url).status_code == 404
            assert client_of(other).get("/akun/slip/").context["lines"] == []
        neighbour = user_with((Role.KETUA_RT, SIBLING_RT))
        assert client_of(neighbour).get("/akun/slip/").status_code == 403

    def test_of_two_at_the_same_moment_one_gets_it(self, committed_db: None) -> None:
        sheet = drawn(sheet_of(RT))
        browsers = [client() for _ in range(6)]
        jobs = [lambda b=b: b.post(f"/akun/slip/{sheet.pk}/pdf/").status_code for b in browsers]
        assert sorted(at_once(*jobs)) == [200, *[410] * 5]

    def test_a_file_that_is_lost_can_be_printed_again(self, db: None) -> None:
        sheet = drawn(sheet_of(RT))
        default_storage.delete(sheet.file)
        answer = client().post(f"/akun/slip/{sheet.pk}/pdf/")
        assert answer.status_code == 410
        assert "Cetak ulang" in answer.text


@pytest.mark.django_db
class TestPrintedAgain:
    def test_with_new_passwords_for_those_who_have_none_of_their_own(self) -> None:
        sheet = drawn(sheet_of(RT, SIBLING_RT))
        pdf = take(sheet.pk) or b""
        settled, late = (User.objects.get(full_name=f"Ketua {n}") for n in ("001", "002"))
        settled.set_password(PASSWORD)
        settled.save()
        browser, key = client(), {"key": str(uuid4())}
        answer = browser.post(f"/akun/slip/{sheet.pk}/", key)
        again = browser.post(f"/akun/slip/{sheet.pk}/", key)
        assert answer["Location"] == again["Location"] != f"/akun/slip/{sheet.pk}/"
        new = drawn(SlipSheet.objects.latest("pk"))
        assert list(new.entries.values_list("user", flat=True)) == [late.pk]
        assert not any(consume(late, password, b"") for password in passwords_of(pdf))
        [password] = passwords_of(stored(new))
        assert consume(late, password, b"")

    def test_when_one_of_them_has_left_office_meanwhile(self) -> None:
        sheet = drawn(sheet_of(RT, SIBLING_RT))
        take(sheet.pk)
        gone = User.objects.get(full_name="Ketua 001")
        gone.posts.update(starts=days(-2), until=days(-1), ending="ended")
        assert client().get(f"/akun/slip/{sheet.pk}/").status_code == 200
        assert client().post(f"/akun/slip/{sheet.pk}/").status_code == 302
        people = SlipSheet.objects.latest("pk").entries.values_list("user__full_name", flat=True)
        assert list(people) == ["Ketua 002"]

    def test_not_while_the_first_lies_ready(self) -> None:
        sheet = drawn(sheet_of(RT))
        assert client().post(f"/akun/slip/{sheet.pk}/").status_code == 409
        assert SlipSheet.objects.count() == 1

    def test_not_when_everybody_has_an_own_password(self) -> None:
        sheet = drawn(sheet_of(RT))
        take(sheet.pk)
        User.objects.filter(slips__sheet=sheet).update(password="md5$x$y")
        assert client().post(f"/akun/slip/{sheet.pk}/").status_code == 409
        assert SlipSheet.objects.count() == 1


@pytest.mark.django_db
class TestDiscarded:
    def test_what_nobody_fetched_while_it_was_good(
        self, django_capture_on_commit_callbacks: Any
    ) -> None:
        sheet = drawn(sheet_of(RT))
        name = sheet.file
        assert discard_old() == 0
        late = timedelta(days=settings.ONE_TIME_PASSWORD_DAYS, minutes=1)
        with override_settings(CLOCK_OFFSET=late), django_capture_on_commit_callbacks(execute=True):
            assert discard_old() == 1
        assert not default_storage.exists(name)
        page = client().get(f"/akun/slip/{sheet.pk}/pdf/")
        assert page.status_code == 410
        assert "Slip sudah dihapus" in page.text

    def test_what_a_crash_has_left(self) -> None:
        fetched, kept = drawn(sheet_of(RT)), drawn(sheet_of(FOREIGN_RT))
        name = fetched.file
        take(fetched.pk)  # and the process dies before it deletes the file
        drawing = sheet_of(SIBLING_RT)
        draw(drawing)  # at this moment: its row does not say so yet
        SlipSheet.objects.filter(pk=drawing.pk).update(file="")
        discard_old()
        assert not default_storage.exists(name)
        assert default_storage.exists(kept.file)
        assert default_storage.exists(f"slips/{drawing.pk}.pdf")


@pytest.mark.django_db
class TestList:
    def test_states_and_polling_until_all_are_drawn(self) -> None:
        browser = client()
        sheet = sheet_of(RT)
        page = browser.get("/akun/slip/")
        assert [state for _, state in page.context["lines"]] == ["waiting"]
        assert "hx-trigger" in page.text
        drawn(sheet)
        page = browser.get("/akun/slip/")
        assert [state for _, state in page.context["lines"]] == ["ready"]
        assert "hx-trigger" not in page.text
        part = browser.get(f"/akun/slip/{sheet.pk}/", headers={"HX-Request": "true"})
        assert "<html" not in part.text
        assert "Unduh slip" in part.text

    def test_a_lurahs_own(self) -> None:
        lurah = holder(Role.LURAH, KELURAHAN)
        order([user_of(p) for p in _issued_here()], lurah, uuid4())
        assert len(client_of(lurah).get("/akun/slip/").context["lines"]) == 1


def _issued_here() -> list[Any]:
    proposals = [proposed(RT)]
    issued(*proposals)
    return proposals
