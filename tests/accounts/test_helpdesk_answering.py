"""Answering tickets: the queue, claims, other categories, deadlines that pass."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.helpdesk.cards import cards
from accounts.helpdesk.claims import LASTS
from accounts.helpdesk.codes import HANDLING, Category, due
from accounts.helpdesk.models import Ticket, TicketMessage
from accounts.helpdesk.reminding import remind
from accounts.notices.models import Notice
from accounts.rules import RULES, Action, Role
from tests import factories
from tests.accounts import tickets
from tests.house.test_queries import queries_of
from tests.officials import RT, client_of, user_as, user_with
from wacat.clock import now, today
from wacat.workflow import WrongState

pytestmark = pytest.mark.django_db
QUEUE = "ticket_queue"


def many(count: int, **changes: Any) -> list[Ticket]:
    """Written past the workflow, one category after the other, due one day after the other."""
    opener, first = tickets.opener(), Ticket.objects.count()
    names = list(Category)
    made = Ticket.objects.bulk_create(
        Ticket(
            area_id=RT,
            category=names[number % len(names)],
            year=2001,
            serial=first + number + 1,
            subject=f"Perihal {number}",
            opened_by=opener,
            due_on=today() + timedelta(days=number),
            form_key=uuid4(),
            **changes,
        )
        for number in range(count)
    )
    TicketMessage.objects.bulk_create(
        TicketMessage(ticket=one, by=opener, text="Contoh") for one in made
    )
    return made


def listed(client: Any, query: str = "") -> list[Ticket]:
    answer = client.get(reverse(QUEUE) + query)
    assert answer.status_code == 200
    return [line["ticket"] for line in answer.context["lines"]]


def test_every_category_is_somebodys_who_may_answer() -> None:
    assert set(HANDLING) == set(Category)
    assert set().union(*(one.roles for one in HANDLING.values())) == RULES[Action.TICKET_ANSWER]
    assert all(one.roles and 1 <= one.days <= 7 for one in HANDLING.values())


def test_the_queue_goes_by_deadline_and_is_narrowed() -> None:
    for role in (Role.OPERATOR, Role.ADMINISTRATOR):
        client = client_of(user_as(role))
        assert listed(client) == []
    made = many(16)
    client, boss = client_of(tickets.operator()), client_of(tickets.administrator())
    for one, role in ((client, Role.OPERATOR), (boss, Role.ADMINISTRATOR)):
        own = [ticket for ticket in made if role in HANDLING[ticket.category].roles]
        assert listed(one) == own
    assert [one.category for one in listed(client, "?kategori=letter")] == ["letter"] * 2
    assert listed(client, "?kategori=account") == []
    ticket = listed(client)[0]
    tickets.done(ticket, "claim", tickets.operator())
    assert listed(client, "?bagian=saya") == [ticket]
    assert "Bapak/Ibu tangani" in client.get(reverse(QUEUE)).content.decode()
    tickets.done(ticket, "answer", tickets.operator())
    assert ticket not in listed(client)
    assert listed(client, "?bagian=saya") == []
    assert listed(client, "?bagian=dijawab") == [ticket]
    tickets.done(ticket, "close", tickets.opener())
    assert listed(client, "?bagian=selesai") == [ticket]
    with factories.on_day(today() + timedelta(days=8)):
        assert (
            len(listed(client, "?bagian=lewat"))
            == len([one for one in made[:8] if "operator" in HANDLING[one.category].roles]) - 1
        )
    for wrong in ("?bagian=x", "?kategori=x", "?sesudah=x"):
        assert client.get(reverse(QUEUE) + wrong).status_code == 400


def test_pages_follow_each_other_and_cost_the_same_however_many_there_are() -> None:
    operator, opener = client_of(tickets.operator()), client_of(tickets.opener())
    addresses = [(operator, reverse(QUEUE)), (operator, reverse(QUEUE) + "?bagian=dijawab")]
    addresses += [(opener, reverse("ticket_list")), (operator, "/"), (opener, "/")]
    many(10)
    many(10, status="answered", first_answered_at=now())
    few = [len(queries_of(client, address)) for client, address in addresses]
    many(490)
    many(490, status="answered", first_answered_at=now())
    assert [len(queries_of(client, address)) for client, address in addresses] == few
    assert max(few[:3]) <= 12, few
    seen, address = [], reverse(QUEUE)
    while address:
        answer = operator.get(address)
        seen += [line["ticket"].pk for line in answer.context["lines"]]
        step = answer.context["page"].next_url
        address = reverse(QUEUE) + step if step else ""
    waiting = Ticket.objects.visible_to(tickets.operator(), Action.TICKET_ANSWER).waiting()
    assert seen == list(waiting.order_by("due_on", "pk").values_list("pk", flat=True))


def test_a_long_conversation_costs_as_much_as_a_short_one() -> None:
    ticket, client = tickets.answered(), client_of(tickets.operator())
    own = client_of(tickets.opener())
    pages = [(own, "ticket_detail"), (client, "ticket_answer")]
    addresses = [(one, reverse(name, args=[ticket.pk])) for one, name in pages]
    own.get(addresses[0][1])  # what is new is now seen
    few = [len(queries_of(one, address)) for one, address in addresses]
    TicketMessage.objects.bulk_create(
        TicketMessage(ticket=ticket, by=tickets.operator(), text=f"Kata {n}") for n in range(60)
    )
    assert [len(queries_of(one, address)) for one, address in addresses] == few
    shown = own.get(addresses[0][1]).content.decode()
    assert "Kata 59" in shown
    assert "Kata 0<" not in shown


def test_a_claim_keeps_others_away_for_a_day() -> None:
    ticket, one = tickets.opened(), tickets.operator()
    other = user_with((Role.OPERATOR, "64.71"))
    tickets.done(ticket, "claim", one)
    for name in ("answer", "ask", "claim", "release", "transfer"):
        with pytest.raises(WrongState, match="Sedang ditangani oleh"):
            tickets.done(ticket, name, other, category="suggestion")
    page = reverse("ticket_answer", args=[ticket.pk])
    assert 'value="answer"' not in client_of(other).get(page).content.decode()
    answer = client_of(other).post(page, {"action": "answer", "text": "Saya saja."})
    assert answer.status_code == 409
    tickets.done(ticket, "note", other)
    assert 'value="answer"' in client_of(one).get(page).content.decode()
    Ticket.objects.filter(pk=ticket.pk).update(claimed_at=now() - LASTS)
    assert tickets.done(ticket, "claim", other).claimed_by == other
    assert tickets.done(ticket, "release", other).claimed_by is None
    tickets.done(ticket, "claim", one)
    assert tickets.done(ticket, "answer", one).claimed_by is None


def test_handed_on_it_is_others_and_still_seen_by_who_handed_it_on() -> None:
    ticket, one = tickets.opened(category="resident"), tickets.operator()
    third = user_with((Role.OPERATOR, "64.71"))
    page = reverse("ticket_answer", args=[ticket.pk])
    client = client_of(one)
    same = client.post(page, {"action": "transfer", "category": "resident"})
    assert same.status_code == 422
    with factories.on_day(today() + timedelta(days=2)):
        answer = client.post(page, {"action": "transfer", "category": "account"})
        assert (answer.status_code, answer["Location"]) == (302, page)
        ticket.refresh_from_db()
        assert (ticket.category, ticket.due_on) == ("account", due("account", today()))
    codes = [client_of(user).get(page).status_code for user in (one, third)]
    assert codes == [200, 404]
    assert client_of(tickets.administrator()).get(page).status_code == 200


def test_notes_are_for_who_answers() -> None:
    ticket = tickets.opened()
    client = client_of(tickets.operator())
    page = reverse("ticket_answer", args=[ticket.pk])
    assert client.post(page, {"action": "note", "text": "Tanya bidang lain"}).status_code == 302
    assert "Tanya bidang lain" in client.get(page).content.decode()
    own = client_of(tickets.opener())
    shown = own.get(reverse("ticket_detail", args=[ticket.pk])).content.decode()
    assert "Tanya bidang lain" not in shown
    assert Ticket.objects.get().first_answered_at is None
    nik = client.post(page, {"action": "note", "text": "NIK 9971051205900001"})
    assert nik.status_code == 422
    wrong = {"action": "answer", "text": "Jawaban", "key": "bukan kunci"}
    assert client.post(page, wrong).status_code == 422
    assert client.post(page, {"action": "hapus"}).status_code == 400


def test_a_page_is_told_in_plain_text() -> None:
    ticket = tickets.done(
        tickets.opened(), "answer", tickets.operator(), text="<b>x</b>\n\n{{ y }}"
    )
    shown = client_of(tickets.opener()).get(reverse("ticket_detail", args=[ticket.pk]))
    assert "<p>&lt;b&gt;x&lt;/b&gt;</p>\n\n<p>{{ y }}</p>" in shown.content.decode()


def counts_told(user: Any, kind: str) -> list[int]:
    rows = Notice.objects.filter(recipient=user, kind=kind).order_by("pk")
    return [values["count"] for values in rows.values_list("values", flat=True)]


def test_a_deadline_that_passes_is_told_once_to_who_answers_and_who_leads() -> None:
    operator, boss, head = tickets.operator(), tickets.administrator(), user_as(Role.PIMPINAN)
    begun = today()
    tickets.opened(category="letter")
    tickets.opened(category="complaint")
    both = tickets.opened(category="other")
    assert remind() == 0
    with factories.on_day(begun + timedelta(days=3)):
        assert (remind(), remind()) == (1, 0)  # the letter: within two days
        late = [card.count for card in cards(operator)]
        assert late == [1, 2]
        assert [card.count for card in cards(head)] == [1]
        assert [card.count for card in cards(boss)] == [2]
    with factories.on_day(begun + timedelta(days=6)):
        assert (remind(), remind()) == (2, 0)
        tickets.done(both, "answer", operator)
        tickets.done(both, "reply", tickets.opener())
        assert remind() == 0
    with factories.on_day(begun + timedelta(days=10)):
        assert remind() == 1  # asked again, and late again
    assert counts_told(operator, "tickets_overdue") == [1, 1, 1]
    assert counts_told(boss, "tickets_overdue") == [2, 1]
    assert counts_told(head, "tickets_late") == [1, 2, 1]
    assert not Notice.objects.filter(
        recipient=tickets.opener(), kind__startswith="tickets"
    ).exists()
    assert cards(tickets.opener()) == []


def test_what_an_evaluation_asks_is_answered_by_plain_columns() -> None:
    ticket = tickets.closed()
    with CaptureQueriesContext(connection) as asked:
        row = Ticket.objects.values_list(
            "category", "kelurahan", "opened_on", "due_on", "settled_on"
        ).get()
    assert row == ("other", RT[:13], today(), due("other", today()), today())
    assert len(asked) == 1
    assert ticket.first_answered_at is not None
    assert ticket.first_answered_at >= ticket.opened_at
