"""Announcements: written, published, read by those they name, and withdrawn."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.announcements.addressing import plainly, readers, recipients
from accounts.announcements.cards import cards
from accounts.announcements.models import Announcement, ReadMark
from accounts.announcements.telling import tell_begun
from accounts.login.models import AccountStatus
from accounts.notices.models import Delivery, Notice
from accounts.rules import RULES, Action, Role
from tests import factories
from tests.accounts import announced
from tests.house.test_queries import queries_of
from tests.officials import (
    FOREIGN_KECAMATAN,
    FOREIGN_KELURAHAN,
    FOREIGN_RT,
    KECAMATAN,
    KELURAHAN,
    RT,
    SIBLING_KELURAHAN,
    client_of,
    holder,
    user_as,
    user_with,
)
from wacat.clock import today

pytestmark = pytest.mark.django_db
CITY = "64.71"
LIST = "announcement_list"


def at(name: str, one: Announcement) -> str:
    return reverse(name, args=[one.pk])


def form(**changes: Any) -> dict[str, Any]:
    told = announced.written(**changes)
    days = {name: told[name].isoformat() for name in ("starts", "until")}
    return {**told, **days, "key": str(uuid4())}


def seen_by(user: Any) -> set[int]:
    return {one.pk for one in client_of(user).get(reverse(LIST)).context["page"].rows}


def test_it_reaches_just_the_offices_that_it_names_there_and_then() -> None:
    """Every role by every area by every day; as the reader asks, and as it is counted."""
    users = [user_as(role) for role in Role]
    users += [holder(Role.KETUA_RT, FOREIGN_RT), holder(Role.LURAH, SIBLING_KELURAHAN)]
    # Two offices in one hand never mix: neither is a Lurah here nor a Ketua RT there.
    users.append(user_with((Role.KETUA_RT, RT, "plt"), (Role.LURAH, FOREIGN_KELURAHAN)))
    areas = (CITY, KECAMATAN, KELURAHAN, SIBLING_KELURAHAN, FOREIGN_KECAMATAN)
    made = {
        (role, area): announced.published(roles=[role], areas=[area])
        for role, area in product(Role, areas)
    }
    day = timedelta(days=1)
    announced.published(starts=today() + day)
    over = announced.published(until=today())
    named = {one.pk: recipients(one) for one in made.values()}
    for user in users:
        posts = [(post.role, f"{post.area_id}.") for post in user.posts.all()]
        expected = {
            one.pk
            for (role, area), one in made.items()
            if any(held == role and place.startswith(f"{area}.") for held, place in posts)
        }
        found = Announcement.objects.current().exclude(pk=over.pk).addressed_to(user)
        assert set(found.values_list("pk", flat=True)) == expected, posts
        assert {pk for pk, told in named.items() if user in told} == expected, posts
    head = users[0]
    assert over.pk in seen_by(head)
    with factories.on_day(today() + day):
        assert over.pk not in seen_by(head)
        assert client_of(head).get(at("announcement_detail", over)).status_code == 409


def test_only_readers_open_it_and_that_is_noted_once() -> None:
    one, lurah = announced.published(), user_as(Role.LURAH)
    client, stranger = client_of(lurah), client_of(user_as(Role.CAMAT))
    missing = stranger.get(reverse("announcement_detail", args=[99_999]))
    for hidden in (one, announced.draft(), announced.discarded()):
        answer = stranger.get(at("announcement_detail", hidden))
        assert (answer.status_code, answer.content) == (404, missing.content)
    assert client.get(at("announcement_detail", announced.draft())).status_code == 404
    assert "Belum dibaca" in client.get(reverse(LIST)).content.decode()
    assert [(card.count, card.text, card.url) for card in cards(lurah)] == [
        (1, "Judul contoh", at("announcement_detail", one))
    ]
    for _ in range(2):
        assert client.get(at("announcement_detail", one)).status_code == 200
    assert ReadMark.objects.get().user == lurah
    assert "Belum dibaca" not in client.get(reverse(LIST)).content.decode()
    assert cards(lurah) == []
    announced.done(one, "withdraw", reason="Keliru.")
    assert client.get(at("announcement_detail", one)).status_code == 409
    assert one.pk not in seen_by(lurah)


def test_the_latest_important_one_leads_the_card() -> None:
    user = user_as(Role.KETUA_RT)
    important = announced.published(title="Penting lama", is_important=True)
    announced.published(title="Penting baru", is_important=True)
    announced.published(title="Biasa")
    [card] = cards(user)
    assert (card.count, card.text) == (3, "Penting baru")
    assert card.title == "Pengumuman penting belum dibaca"
    client_of(user).get(card.url)
    assert cards(user)[0].text == "Penting lama"
    announced.done(important, "withdraw", reason="Keliru.")
    assert (cards(user)[0].title, cards(user)[0].text) == ("Pengumuman belum dibaca", "Biasa")
    for _ in range(12):
        announced.published()
    assert cards(user)[0].said == "lebih dari 9"


def test_text_is_plain_and_links_are_links() -> None:
    text = (
        "Baca <script>alert(1)</script>\nhttps://contoh.go.id/a?b=1&c=2\n\n"
        "javascript:alert(1) dan \"onclick='x()'\" {{ user }}"
    )
    one = announced.published(title="<b>Judul</b>", text=text)
    pages = [
        client_of(user_as(Role.LURAH)).get(at("announcement_detail", one)).content.decode(),
        client_of(announced.administrator()).get(at("announcement_case", one)).content.decode(),
    ]
    for page in pages:
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert 'href="https://contoh.go.id/a?b=1&amp;c=2"' in page
        assert 'rel="nofollow"' in page
        assert 'href="javascript' not in page
        assert "onclick='" not in page
        assert "{{ user }}" in page
        assert "&lt;b&gt;Judul&lt;/b&gt;" in page


def test_an_administrator_writes_looks_and_publishes() -> None:
    client = client_of(announced.administrator())
    reader = user_as(Role.LURAH)
    sent = form(areas=[KELURAHAN, KECAMATAN, FOREIGN_KELURAHAN])
    answer = client.post(reverse("announcement_add"), sent)
    one = Announcement.objects.get()
    assert client.post(reverse("announcement_add"), sent)["Location"] == answer["Location"]
    assert answer["Location"] == at("announcement_case", one)
    assert one.areas == [FOREIGN_KELURAHAN, KECAMATAN]
    shown = client.get(at("announcement_case", one)).content.decode()
    assert "Pratinjau" in shown
    assert "Isi contoh." in shown
    assert seen_by(reader) == set()
    changed = form(title="Judul baru")
    assert client.post(at("announcement_edit", one), changed).status_code == 302
    one.refresh_from_db()
    assert (one.title, one.areas) == ("Judul baru", [KELURAHAN])
    assert client.post(at("announcement_case", one), {"action": "publish"}).status_code == 302
    assert seen_by(reader) == {one.pk}
    for refused in (client.get, client.post):
        assert refused(at("announcement_edit", one), form()).status_code == 409
    assert client.post(at("announcement_case", one), {"action": "withdraw"}).status_code == 422
    reason = {"action": "withdraw", "reason": "Salah tanggal."}
    assert client.post(at("announcement_case", one), reason).status_code == 302
    assert seen_by(reader) == set()
    names = list(one.steps.order_by("pk").values_list("name", flat=True))
    assert names == ["write", "amend", "publish", "withdraw"]
    listed = client.get(reverse("announcement_desk"), {"status": "withdrawn"}).content.decode()
    assert "Judul baru" in listed
    assert client.get(reverse("announcement_desk"), {"status": "x"}).status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"roles": []},
        {"roles": ["presiden"]},
        {"areas": []},
        {"areas": ["64.72"]},
        {"areas": [RT]},
        {"until": today() - timedelta(days=1)},
        {"starts": today() + timedelta(days=11)},
        {"text": "x" * 4001},
    ],
    ids=str,
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(wrong: dict[str, Any]) -> None:
    client = client_of(announced.administrator())
    sent = form(**{"text": "Kata yang diketik.", **wrong})
    answer = client.post(reverse("announcement_add"), sent)
    assert answer.status_code == 422
    assert str(sent["text"]) in answer.content.decode()
    assert not Announcement.objects.exists()


def test_the_database_lets_nothing_change_once_it_is_out() -> None:
    out, late = announced.published(), announced.draft()
    for change in ({"text": "Lain"}, {"roles": ["camat"]}, {"until": today()}):
        with pytest.raises(IntegrityError, match="stands"), transaction.atomic():
            Announcement.objects.filter(pk=out.pk).update(**change)
        Announcement.objects.filter(pk=late.pk).update(**change)
    with factories.on_day(today() + timedelta(days=1)):
        client = client_of(announced.administrator())
        answer = client.post(at("announcement_case", late), {"action": "publish"})
        assert answer.status_code == 409
    assert set(ReadMark.objects.values_list("pk", flat=True)) == set()


def test_read_counts_are_of_those_who_are_addressed_today() -> None:
    two = user_with((Role.KETUA_RT, RT), (Role.LURAH, KELURAHAN))
    sibling = holder(Role.KETUA_RT, f"{KELURAHAN}.002")
    closed = user_with((Role.LURAH, KELURAHAN, "plh"), status=AccountStatus.INACTIVE)
    abroad = holder(Role.KETUA_RT, FOREIGN_RT)
    one = announced.published()
    for user in (two, abroad, closed):
        ReadMark.objects.create(announcement=one, user=user)
    everyone, by_role = readers(one)
    assert (everyone.addressed, everyone.read) == (2, 1)
    assert [(part.label, part.addressed, part.read) for part in by_role] == [
        ("Ketua RT", 2, 1),
        ("Lurah", 1, 1),
    ]
    page = client_of(announced.administrator()).get(at("announcement_case", one)).content.decode()
    assert sibling.full_name not in page
    client_of(sibling).get(at("announcement_detail", one))
    assert (readers(one)[0].read, readers(one)[1][0].read) == (2, 2)


def test_important_ones_are_told_by_mail_once_when_their_days_begin() -> None:
    head = user_with((Role.KETUA_RT, RT), email="ketua@contoh.invalid")
    announced.published()
    assert not Notice.objects.exists()
    now_told = announced.published(is_important=True, title="Rahasia kecil")
    later = announced.published(is_important=True, starts=today() + timedelta(days=2))
    gone = announced.published(is_important=True, starts=today() + timedelta(days=2))
    announced.done(gone, "withdraw", reason="Keliru.")
    assert [one.values for one in Notice.objects.all()] == [{"announcement": now_told.pk}]
    assert Delivery.objects.get().notice.recipient == head
    assert tell_begun() == 0
    with factories.on_day(today() + timedelta(days=2)):
        assert (tell_begun(), tell_begun()) == (1, 0)
    values = [one.values["announcement"] for one in Notice.objects.order_by("pk")]
    assert values == [now_told.pk, later.pk]
    assert "Rahasia kecil" not in str(list(Notice.objects.values()))


def test_pages_cost_the_same_however_many_there_are() -> None:
    reader, boss = client_of(user_as(Role.LURAH)), client_of(announced.administrator())
    one = announced.published()
    asked = [
        (reader, reverse(LIST)),
        (reader, at("announcement_detail", one)),
        (boss, reverse("announcement_desk")),
        (boss, at("announcement_case", one)),
    ]
    few = [len(queries_of(client, address)) for client, address in asked]
    template = Announcement.objects.get()
    Announcement.objects.bulk_create(
        Announcement(
            **{
                field.attname: getattr(template, field.attname)
                for field in Announcement._meta.concrete_fields
                if not field.primary_key and not field.generated
            }
            | {"form_key": uuid4(), "title": f"Judul {number}"}
        )
        for number in range(200)
    )
    assert [len(queries_of(client, address)) for client, address in asked] == few
    assert max(few) <= 12, few
    seen, address = 0, reverse(LIST)
    while address:
        page = reader.get(address).context["page"]
        seen += len(page.rows)
        address = page.next_url and reverse(LIST) + page.next_url
    assert seen == 201


def test_areas_within_others_fall_away() -> None:
    assert plainly([KELURAHAN, KECAMATAN, FOREIGN_KELURAHAN]) == [FOREIGN_KELURAHAN, KECAMATAN]
    assert plainly([KELURAHAN, CITY]) == [CITY]
    assert RULES[Action.ANNOUNCE] == {Role.ADMINISTRATOR}
