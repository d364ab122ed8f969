"""Fetching a letter by its link: opened without a trace, with a PIN, ended."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import IntegrityError, connections, transaction
from django.test import Client

from accounts.rules import Role
from reports.letters.handing_models import Handing, LetterLink
from reports.letters.handing_scans import scan_of
from reports.letters.handing_secrets import pin_of
from reports.letters.models import Letter
from tests.factories import KELURAHAN, holder
from tests.reports.handed import (
    EMAIL,
    fetch_url,
    fetched,
    fetched_by,
    kinds_of,
    page_of,
    pin_in,
    scanned,
    send,
    wrong_for,
)
from tests.residents.pages import lurah, petugas, shown
from wacat.clock import now


@pytest.mark.django_db
class TestFetching:
    def test_opening_it_changes_nothing_and_names_nobody(self) -> None:
        letter = scanned()
        send(letter)
        before = list(LetterLink.objects.values()), Handing.objects.count()
        for method in ("get", "head", "get"):
            answer = getattr(Client(), method)(fetch_url(letter))
            assert answer.status_code == 200
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
            assert not answer.cookies
        assert (list(LetterLink.objects.values()), Handing.objects.count()) == before
        text = shown(Client().get(fetch_url(letter)))
        for secret in (letter.number, letter.holder_name, EMAIL, "Sepinggan"):
            assert secret not in text

    def test_the_right_pin_gives_the_letter_and_is_logged(self) -> None:
        letter = scanned()
        answer = fetched_by(letter, send(letter))
        kept = scan_of(letter)
        assert kept is not None
        assert answer.status_code == 200
        assert len(answer.content) == kept.size
        assert answer.headers["Content-Disposition"].startswith("attachment; ")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert kinds_of(letter) == ["email", "fetched"]
        text = shown(petugas().get(page_of(letter)))
        assert "Sudah diambil" in text
        assert "Diambil lewat tautan" in text

    def test_spaces_in_a_pin_do_not_matter_and_other_shapes_are_no_attempt(self) -> None:
        letter = scanned()
        pin, url = pin_in(send(letter)), fetch_url(letter)
        for shape in ("", "12345", "1234567", "abcdef", "１２３４５６"):
            assert fetched(url, shape).status_code == 422
        assert LetterLink.objects.get().wrong == 0
        assert fetched(url, f" {pin[:3]} {pin[3:]} ").status_code == 200

    def test_five_wrong_ones_end_it_even_for_the_right_one(self) -> None:
        letter = scanned()
        pin, url = pin_in(send(letter)), fetch_url(letter)
        answers = [fetched(url, wrong_for(pin)) for _ in range(5)]
        assert [one.status_code for one in answers] == [422] * 4 + [410]
        assert "PIN salah. Masih dapat dicoba 1 kali" in shown(answers[3])
        assert "ditutup karena PIN salah" in shown(answers[4])
        assert fetched(url, pin).status_code == 410
        assert kinds_of(letter) == ["email", "guessed"]

    def test_the_database_keeps_count(self) -> None:
        send(scanned())
        for wrong in ({"wrong": 6}, {"wrong": 5, "ended_at": None}):
            with pytest.raises(IntegrityError, match="letter_link"), transaction.atomic():
                LetterLink.objects.update(**wrong)

    def test_who_tries_often_waits(self) -> None:
        letter = scanned()
        pin = pin_in(send(letter))
        answers = [fetched(f"/surat/ambil/{'x' * 22}/", pin).status_code for _ in range(11)]
        assert answers == [404] * 10 + [429]

    @pytest.mark.parametrize("token", ["x" * 22, "%00", "%F0%9F%98%80", "a" * 500])
    def test_an_unknown_one_is_missing(self, token: str) -> None:
        assert Client().get(f"/surat/ambil/{token}/").status_code == 404
        assert fetched(f"/surat/ambil/{token}/", "123456").status_code == 404

    @pytest.mark.parametrize("how", ["ended", "expired", "revoked", "letter expired"])
    def test_a_dead_one_says_so_and_names_nobody(self, how: str) -> None:
        letter = scanned()
        pin, url = pin_in(send(letter)), fetch_url(letter)
        if how == "ended":
            link = LetterLink.objects.get()
            petugas().post(page_of(letter, "penyerahan/"), {"action": "end_link", "link": link.pk})
        elif how == "expired":
            LetterLink.objects.update(until=now() - timedelta(seconds=1))
        elif how == "revoked":
            lurah().post(page_of(letter), {"action": "revoke", "reason": "Salah."})
        else:
            Letter.objects.update(valid_until=now().date() - timedelta(days=1))
        words = {
            "ended": "sudah diakhiri",
            "expired": "sudah kedaluwarsa",
            "revoked": "sudah dicabut",
            "letter expired": "Masa berlaku surat ini sudah habis",
        }
        for answer in (Client().get(url), fetched(url, pin)):
            assert answer.status_code == 410
            text = shown(answer)
            assert words[how] in text
            assert letter.number not in text
            assert letter.holder_name not in text
        assert "fetched" not in kinds_of(letter)

    def test_ending_is_logged_once_and_only_of_this_letter(self) -> None:
        letter, other = scanned(), scanned()
        send(letter)
        link = LetterLink.objects.get()
        data = {"action": "end_link", "link": link.pk}
        assert petugas().post(page_of(other, "penyerahan/"), data).status_code == 404
        assert (
            petugas().post(page_of(other, "penyerahan/"), {**data, "link": "x"}).status_code == 404
        )
        for _ in range(2):
            assert petugas().post(page_of(letter, "penyerahan/"), data).status_code == 302
        assert kinds_of(letter) == ["email", "ended"]
        assert "Diakhiri" in shown(petugas().get(page_of(letter)))


class TestAtOnce:
    def test_wrong_pins_are_committed_and_no_more_than_five_are_heard(
        self, committed_db: None
    ) -> None:
        letter = scanned()
        pin, url = pin_in(send(letter)), fetch_url(letter)

        def guess(_number: int) -> int:
            try:
                with patch("reports.letters.handing_fetch.count_pin"):
                    return int(fetched(url, wrong_for(pin)).status_code)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(8) as pool:
            codes = sorted(pool.map(guess, range(16)))
        assert codes == [410] * 12 + [422] * 4
        link = LetterLink.objects.get()
        assert (link.wrong, link.ended_at is None) == (5, False)
        assert Handing.objects.filter(kind="guessed").count() == 1

    def test_a_form_pressed_twice_at_once_makes_one_link(self, committed_db: None) -> None:
        letter, key = scanned(), str(uuid4())
        holder(Role.PETUGAS_KELURAHAN, KELURAHAN)

        def press(_number: int) -> str:
            try:
                return pin_in(send(letter, key=key))
            finally:
                connections.close_all()

        with ThreadPoolExecutor(4) as pool:
            pins = set(pool.map(press, range(4)))
        assert len(pins) == 1
        assert pins == {pin_of(LetterLink.objects.get().seed)}
