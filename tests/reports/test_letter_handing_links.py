"""Links by which a letter is fetched: made by the kelurahan, and mailed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection

from reports.letters import printing
from reports.letters.handing_mail import address_of
from reports.letters.handing_models import LetterLink, LinkMail
from reports.letters.handing_secrets import token_of
from reports.letters.models import Drawing
from reports.tasks import mail_link
from tests import factories
from tests.reports import certificates
from tests.reports.handed import (
    EMAIL,
    fetched_by,
    kinds_of,
    page_of,
    pin_in,
    scan,
    scanned,
    send,
)
from tests.residents.pages import beside, ketua_rt, lurah, petugas, shown
from wacat.clock import now


@pytest.mark.django_db
class TestMaking:
    def test_by_mail(self) -> None:
        letter = scanned()
        answer = send(letter)
        pin = pin_in(answer)
        assert answer.headers["Cache-Control"] == "no-store"
        link = LetterLink.objects.get()
        assert timedelta(days=7) <= link.until - link.made_at + timedelta(seconds=1)
        assert link.until - link.made_at < timedelta(days=7, seconds=1)
        assert "Sedang dikirim" in shown(petugas().get(page_of(letter)))
        mail_link(link.pk)
        [sent] = mail.outbox
        assert sent.to == [EMAIL]
        assert sent.subject == "Surat dari Kelurahan Sepinggan"
        assert address_of(link) in sent.body
        person = letter.lines.get().resident
        for secret in (pin, letter.number, person.full_name, person.nik, letter.code, EMAIL):
            assert secret not in sent.body
        text = shown(petugas().get(page_of(letter)))
        assert "Dikirim lewat surel ke w•••@contoh.id Terkirim" in text
        assert EMAIL not in text
        assert pin not in text

    def test_by_whatsapp_as_a_message_that_a_person_sends(self) -> None:
        letter = scanned()
        answer = send(letter, "whatsapp")
        [address] = re.findall(r'href="(https://wa\.me/[^"]+)"', answer.content.decode())
        parts = urlsplit(address.replace("&amp;", "&"))
        [text] = parse_qs(parts.query)["text"]
        assert parts.path == "/6280000001234"
        assert address_of(LetterLink.objects.get()) in text
        person = letter.lines.get().resident
        for secret in (pin_in(answer), letter.number, person.full_name, person.nik):
            assert secret not in text
        assert kinds_of(letter) == ["whatsapp"]
        assert not LinkMail.objects.exists()
        told = shown(petugas().get(page_of(letter)))
        assert "Tautan dibuat untuk WhatsApp ke 0800•••34 Belum diambil" in told

    @pytest.mark.parametrize("phone", ["", "12345", "bukan nomor", "0812 3456 7890 123 456"])
    def test_what_is_no_number_is_said(self, phone: str) -> None:
        answer = send(scanned(), "whatsapp", phone=phone)
        assert answer.status_code == 422
        assert "Tulis satu nomor telepon lengkap" in beside(answer, "phone")
        assert not LetterLink.objects.exists()

    def test_what_is_no_address_is_said(self) -> None:
        for email in ("", "a@", "a@b\nBcc: c@contoh.id"):
            answer = send(scanned(), email=email)
            assert (answer.status_code, bool(beside(answer, "email"))) == (422, True)
        assert send(scanned(), "fax").status_code == 422
        assert not LetterLink.objects.exists()

    def test_pressed_twice_it_is_one_link_with_the_same_pin(self) -> None:
        letter, key = scanned(), str(uuid4())
        first, again = send(letter, key=key), send(letter, key=key)
        assert pin_in(first) == pin_in(again)
        assert kinds_of(letter) == ["email"]
        LetterLink.objects.update(made_at=now() - timedelta(hours=1))
        assert send(letter, key=key).status_code == 302, "the PIN is not shown another day"

    def test_wet_ink_needs_a_scan_first(self) -> None:
        letter = factories.letter_drawn()
        text = shown(petugas().get(page_of(letter)))
        assert "pindai lembarnya dan unggah di sini" in text
        assert "Kirim lewat surel" not in text
        assert petugas().get(page_of(letter, "kirim/")).status_code == 409
        assert send(letter).status_code == 409

    def test_a_signed_one_is_sent_as_it_is_once_it_is_drawn(
        self, own: certificates.Made, settings: Any
    ) -> None:
        settings.SIGNING_MODE = "p12"
        waiting = factories.letter_issued()
        assert "Tunggu sampai PDF-nya ada" in shown(petugas().get(page_of(waiting)))
        assert send(waiting).status_code == 409
        letter = factories.letter_drawn()
        answer = fetched_by(letter, send(letter))
        assert answer.content == printing.stored_pdf(Drawing.objects.get(letter=letter))
        assert answer.headers["Content-Type"] == "application/pdf"

    def test_not_what_is_revoked_or_expired(self) -> None:
        letter, revoked = scanned(), factories.letter_revoked()
        assert send(revoked).status_code == 409
        assert letter.valid_until is not None
        with factories.on_day(letter.valid_until + timedelta(days=1)):
            assert send(letter).status_code == 409

    def test_three_at_a_time(self) -> None:
        letter = scanned()
        assert [send(letter).status_code for _ in range(4)] == [200, 200, 200, 409]

    def test_a_ketua_rt_sees_and_does_not_send(self) -> None:
        letter = scanned()
        send(letter)
        text = shown(ketua_rt().get(page_of(letter)))
        assert "Dikirim lewat surel ke w•••@contoh.id" in text
        assert "Kirim lewat" not in text
        assert "Akhiri tautan" not in text
        for end in ("kirim/", "penyerahan/"):
            assert ketua_rt().post(page_of(letter, end), {}).status_code == 403

    def test_nothing_of_it_can_be_read_in_the_database(self) -> None:
        answer = send(scanned())
        link = LetterLink.objects.get()
        with connection.cursor() as cursor:
            cursor.execute("SELECT l::text FROM reports_letterlink l")
            row = cursor.fetchone()[0]
        hexed = (text.encode().hex() for text in (token_of(link.seed), EMAIL, pin_in(answer)))
        for secret in (token_of(link.seed), EMAIL, "contoh.id", *hexed):
            assert secret not in row

    def test_the_address_of_the_record_is_proposed(self) -> None:
        resident = factories.reported(email="dari.data@contoh.id")
        letter = factories.letter_issued(resident)
        scan(letter)
        assert "dari.data@contoh.id" in petugas().get(page_of(letter, "kirim/")).content.decode()


@pytest.mark.django_db
class TestMail:
    def test_that_it_failed_is_seen(self) -> None:
        letter = scanned()
        send(letter)
        LinkMail.objects.update(state="failed", failure="AddressRefused 550")
        assert "Gagal terkirim" in shown(petugas().get(page_of(letter)))

    def test_a_mail_server_that_is_away_is_tried_again(self) -> None:
        send(scanned())
        work = LinkMail.objects.get()
        with patch("reports.letters.handing_mail.mail", side_effect=OSError(EMAIL)):
            mail_link(work.pk)
        work.refresh_from_db()
        assert (work.state, work.failure) == ("waiting", "OSError")
        mail_link(work.pk)
        assert len(mail.outbox) == 1

    @pytest.mark.parametrize("how", ["ended", "revoked"])
    def test_a_link_that_has_ended_is_not_mailed(self, how: str) -> None:
        letter = scanned()
        send(letter)
        if how == "revoked":
            lurah().post(page_of(letter), {"action": "revoke", "reason": "Salah."})
        else:
            LetterLink.objects.update(ended_at=now())
        mail_link(LinkMail.objects.get().pk)
        assert (LinkMail.objects.get().failure, mail.outbox) == ("LinkEnded", [])
