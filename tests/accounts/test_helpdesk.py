"""Telling a problem: its number, its files, who sees it, and the way it goes."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.audit.models import Access
from accounts.helpdesk.codes import HANDLING, Category, due
from accounts.helpdesk.discretion import check_discreet
from accounts.helpdesk.models import Ticket, TicketFile, TicketMessage, TicketStep
from accounts.helpdesk.opening import MOST_A_DAY
from accounts.notices.models import Delivery, Notice
from accounts.rules import RULES, Action, Role
from tests import factories
from tests.accounts import tickets
from tests.officials import KELURAHAN, RT, SIBLING_RT, client_of, holder, user_with
from wacat.clock import today
from wacat.uploads import DAMAGED, NOT_ONLY_PAGES, TOO_MANY_BYTES, WRONG_TYPE

pytestmark = pytest.mark.django_db
SECRET = "Warung Bu Sri di gang tiga"


def form(**changes: Any) -> dict[str, Any]:
    words = {"category": "other", "subject": SECRET, "text": f"{SECRET}.\n\nTidak bisa."}
    return {**words, "key": str(uuid4()), **changes}


def picture(name: str = "foto.png") -> SimpleUploadedFile:
    written = io.BytesIO()
    Image.new("RGB", (30, 20), "white").save(written, "PNG")
    return SimpleUploadedFile(name, written.getvalue(), "image/png")


def pdf(content: bytes = b"", name: str = "bukti.pdf") -> SimpleUploadedFile:
    whole = b"%PDF-1.4\n" + content + b"\nstartxref\n0\n%%EOF\n"
    return SimpleUploadedFile(name, whole, "application/pdf")


def told(user: Any) -> list[str]:
    return list(Notice.objects.filter(recipient=user).order_by("pk").values_list("kind", flat=True))


def page(name: str, ticket: Ticket) -> str:
    return reverse(name, args=[ticket.pk])


def press(client: Client, name: str, ticket: Ticket, action: str, **data: Any) -> int:
    sent = {"action": action, "key": str(uuid4()), **data}
    return client.post(page(name, ticket), sent).status_code


@pytest.mark.parametrize("role", Role)
def test_every_role_tells_a_problem_and_reads_the_answer(role: Role) -> None:
    user = user_with((role, factories.area_for(role)), email="pengguna@contoh.invalid")
    client, helper = client_of(user), client_of(user_with((Role.OPERATOR, "64.71")))
    sent = form()
    answer = client.post(reverse("ticket_add"), sent)
    ticket = Ticket.objects.get()
    assert answer["Location"] == page("ticket_detail", ticket)
    assert client.post(reverse("ticket_add"), sent)["Location"] == answer["Location"]
    assert (Ticket.objects.count(), TicketMessage.objects.count()) == (1, 1)
    assert ticket.number == f"B-{today().year}-000001"
    assert (ticket.area_id, ticket.status, ticket.subject) == (
        factories.area_for(role),
        "open",
        SECRET,
    )
    assert (ticket.opened_on, ticket.due_on) == (today(), due("other", today()))
    listed = client.get(reverse("ticket_list")).content.decode()
    assert SECRET in listed
    assert "Balasan baru" not in listed
    assert f'href="{reverse("ticket_list")}" aria-current="page"' in listed
    assert reverse("contact_list") in listed
    assert press(helper, "ticket_answer", ticket, "answer", text="Coba lagi.") == 302
    assert "Balasan baru" in client.get(reverse("ticket_list")).content.decode()
    assert "Coba lagi." in client.get(page("ticket_detail", ticket)).content.decode()
    assert "Balasan baru" not in client.get(reverse("ticket_list")).content.decode()
    assert told(user) == ["ticket_answered"]
    assert SECRET not in str(list(Notice.objects.values())) + str(list(Delivery.objects.values()))


def test_who_holds_two_offices_says_in_which() -> None:
    client = client_of(user_with((Role.KETUA_RT, RT), (Role.LURAH, KELURAHAN)))
    assert client.post(reverse("ticket_add"), form()).status_code == 422
    assert client.post(reverse("ticket_add"), form(area=SIBLING_RT)).status_code == 422
    assert client.post(reverse("ticket_add"), form(area=KELURAHAN)).status_code == 302
    assert Ticket.objects.get().area_id == KELURAHAN


def test_only_its_opener_and_who_answers_it_find_it() -> None:
    """Each category by each role; to all others it is missing, with the same body."""
    opener = tickets.opener()
    mine = {one: tickets.opened(category=one, by=opener) for one in Category}
    files = {
        one: TicketFile.objects.create(message=ticket.messages.get(), file="x.pdf", size=1)
        for one, ticket in mine.items()
    }
    for role in Role:
        client = client_of(user_with((role, factories.area_for(role), "plt")))
        missing = client.get(reverse("ticket_detail", args=[99_999])).content
        answers = role in RULES[Action.TICKET_ANSWER]
        for category in Category if answers else [Category.OTHER]:
            ticket, helps = mine[category], role in HANDLING[category].roles
            own = client.get(page("ticket_detail", ticket))
            assert (own.status_code, own.content) == (404, missing)
            code = 200 if helps else 404 if answers else 403
            assert client.get(page("ticket_answer", ticket)).status_code == code, (role, category)
            if not helps:
                address = reverse("ticket_file", args=[files[category].pk])
                assert client.get(address).status_code == 404
        assert press(client, "ticket_detail", mine[Category.OTHER], "reply", text="Ikut.") == 404
    client = client_of(opener)
    assert {client.get(page("ticket_detail", one)).status_code for one in mine.values()} == {200}
    assert client.get(page("ticket_answer", mine[Category.OTHER])).status_code == 403


def test_nobody_answers_oneself() -> None:
    one, other = tickets.administrator(), user_with((Role.ADMINISTRATOR, "64.71"))
    ticket = tickets.opened("64.71", "account", by=one)
    assert client_of(one).get(page("ticket_answer", ticket)).status_code == 404
    assert client_of(other).get(page("ticket_answer", ticket)).status_code == 200
    assert (told(one), told(other)) == ([], ["ticket_opened"])


def test_what_is_written_lies_sealed() -> None:
    client_of(tickets.opener()).post(reverse("ticket_add"), form(attached=[picture()]))
    with connection.cursor() as cursor:
        for table in ("ticket", "ticketevent", "ticketmessage", "ticketstep"):
            cursor.execute(f"SELECT row_to_json(one)::text FROM accounts_{table} AS one")
            rows = cursor.fetchall()
            assert rows
            assert SECRET.encode().hex() not in str(rows)
            assert SECRET not in str(rows)
    stored = default_storage.path(TicketFile.objects.get().file)
    assert b"JFIF" not in Path(stored).read_bytes()


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("NIK 9971051205900001 salah", True),
        ("9971 0512 0590 0001", True),
        ("997105-120590-0001", True),
        ("9971.0512.0590.0001", True),
        ("9971051205900001 9971051205900002", True),
        ("kode 99710512059000011", False),
        ("telepon 0812 3456 7890", False),
        ("sejak 22-11-2026 22-11-2026", False),
        ("surat 470/012/1002/XI/2026, B-2026-000123", False),
        ("", False),
    ],
)
def test_what_looks_like_a_nik_is_to_be_left_out(text: str, holds: bool) -> None:
    if not holds:
        return check_discreet(text)
    client = client_of(tickets.opener())
    for name in ("subject", "text"):
        answer = client.post(reverse("ticket_add"), form(**{name: f"Tolong: {text}"}))
        assert answer.status_code == 422
        shown = answer.content.decode()
        assert "Hapus dahulu nomornya" in shown
        assert f"Tolong: {text}" in shown, "what was typed is kept"
    assert not Ticket.objects.exists()
    return None


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ([picture(), picture(), picture(), picture()], "Paling banyak 3 berkas."),
        ([SimpleUploadedFile("a.jpg", b"<script>alert(1)</script>")], WRONG_TYPE),
        ([SimpleUploadedFile("a.pdf.exe", b"MZ" + bytes(200))], WRONG_TYPE),
        ([picture(), pdf(b"/JavaScript (app.alert(1))")], NOT_ONLY_PAGES),
        ([pdf(b"/Java#53cript")], NOT_ONLY_PAGES),
        ([SimpleUploadedFile("a.pdf", b"%PDF-1.4 halb")], DAMAGED),
        ([SimpleUploadedFile("a.png", bytes(5_000_001))], TOO_MANY_BYTES),
        ([SimpleUploadedFile("a.svg", b"<svg onload='x()'/>")], WRONG_TYPE),
    ],
    ids=lambda one: one[:20] if isinstance(one, str) else None,
)
def test_hostile_files_are_refused_and_nothing_is_opened(files: list[Any], why: str) -> None:
    client = client_of(tickets.opener())
    for file in files:
        file.seek(0)
    answer = client.post(reverse("ticket_add"), form(attached=files))
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert SECRET in answer.content.decode()
    assert not Ticket.objects.exists()


def test_files_come_along_and_leave_as_recorded_downloads() -> None:
    client, helper = client_of(tickets.opener()), client_of(tickets.operator())
    sent = form(attached=[picture("<b>.png"), pdf()])
    client.post(reverse("ticket_add"), sent)
    ticket = Ticket.objects.get()
    assert press(helper, "ticket_answer", ticket, "ask", text="Foto lain?", attached=[pdf()]) == 302
    assert press(client, "ticket_detail", ticket, "reply", text="Ini.", attached=[picture()]) == 302
    files = list(TicketFile.objects.order_by("pk"))
    assert [file.file.rpartition(".")[2] for file in files] == ["jpg", "pdf", "pdf", "jpg"]
    for reader in (client, helper):
        for file in files:
            got = reader.get(reverse("ticket_file", args=[file.pk]))
            assert got.status_code == 200
            assert got["Content-Disposition"] == (
                f'attachment; filename="{ticket.number}-{file.pk}.{file.file[-3:]}"'
            )
            assert got["X-Content-Type-Options"] == "nosniff"
    looked = Access.objects.filter(kind="download", subject=f"accounts.ticket:{ticket.pk}")
    assert looked.count() == 8
    assert looked.filter(area=ticket.area_id).count() == 8


def test_it_ends_and_is_opened_again_within_fourteen_days() -> None:
    ticket, client = tickets.closed(), client_of(tickets.opener())
    assert (ticket.settled_on, ticket.first_answered_at is None) == (today(), False)
    first = ticket.first_answered_at
    assert press(client, "ticket_detail", ticket, "reply", text="Masih.") == 409
    with factories.on_day(today() + timedelta(days=14)):
        assert 'value="reopen"' in client.get(page("ticket_detail", ticket)).content.decode()
        with transaction.atomic():
            assert press(client, "ticket_detail", ticket, "reopen", text="Muncul lagi.") == 302
            again = Ticket.objects.get()
            assert (again.status, again.settled_on, again.settled_at) == ("open", None, None)
            assert again.due_on == due("other", today())
            assert again.first_answered_at == first
            transaction.set_rollback(True)
    with factories.on_day(today() + timedelta(days=15)):
        assert 'value="reopen"' not in client.get(page("ticket_detail", ticket)).content.decode()
        assert press(client, "ticket_detail", ticket, "reopen", text="Muncul lagi.") == 409
    assert Ticket.objects.get().status == "closed"


def test_a_further_word_moves_the_deadline_only_after_an_answer() -> None:
    ticket, opener = tickets.opened(), tickets.opener()
    begun = today()
    with factories.on_day(begun + timedelta(days=2)):
        ticket = tickets.done(ticket, "reply", opener)
        assert ticket.due_on == due("other", begun)
        tickets.done(ticket, "answer", tickets.operator())
        ticket = tickets.done(ticket, "reply", opener)
        assert (ticket.status, ticket.due_on) == ("open", due("other", begun + timedelta(days=2)))


def test_each_change_is_told_to_the_other_side() -> None:
    opener, one = tickets.opener(), tickets.operator()
    other = user_with((Role.OPERATOR, "64.71"))
    chief, lurah = tickets.administrator(), holder(Role.LURAH, KELURAHAN)
    ticket = tickets.opened(category="resident")
    assert (told(one), told(other), told(chief)) == (["ticket_opened"], ["ticket_opened"], [])
    ticket = tickets.done(ticket, "ask", one)
    ticket = tickets.done(ticket, "reply", opener)
    ticket = tickets.done(ticket, "answer", one)
    ticket = tickets.done(ticket, "settle", one)
    ticket = tickets.done(ticket, "reopen", opener)
    ticket = tickets.done(ticket, "transfer", one, category="account")
    tickets.done(ticket, "note", chief)
    tickets.done(ticket, "close", opener)
    mine = ["ticket_asked", "ticket_answered", "ticket_settled", "ticket_handed_on"]
    assert told(opener) == mine
    assert told(one) == ["ticket_opened", "ticket_replied", "ticket_replied"]
    assert told(other) == ["ticket_opened"]
    assert told(chief) == ["ticket_opened", "ticket_closed"]
    assert told(lurah) == []


def test_a_day_has_room_for_so_many() -> None:
    client = client_of(tickets.opener())
    for _ in range(MOST_A_DAY):
        tickets.opened()
    answer = client.post(reverse("ticket_add"), form())
    assert answer.status_code == 422
    assert SECRET in answer.content.decode()
    assert Ticket.objects.count() == MOST_A_DAY == TicketStep.objects.count()
