"""One's own notices, and the administrator's log of what left the portal."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.areas.models import CITY_CODE
from accounts.login.models import User
from accounts.notices.cards import cards
from accounts.notices.models import Delivery, Notice
from accounts.notices.sending import notify
from accounts.notices.unread import unread_count, unread_of
from accounts.rules import Action, Role
from tests import factories
from tests.officials import area_for, client_of, holder, user_as, user_with
from wacat.pages import PAGE_SIZE
from wacat.work import Work

pytestmark = pytest.mark.django_db
LIST, LOG = "/pemberitahuan/", "/pemberitahuan/terkirim/"
UNREAD = "Belum dibaca"


@pytest.fixture
def rt() -> User:
    return user_with((Role.KETUA_RT, factories.RT), email="rt@contoh.invalid")


@pytest.fixture
def other() -> User:
    return user_with((Role.KETUA_RT, factories.FOREIGN_RT), email="lain@contoh.invalid")


def told(user: User, count: int = 1) -> list[Notice]:
    """Notices of what needs no page of another room: the user's RT is renumbered, every day."""
    values = {"area": factories.RT, "what": "renumbered"}
    notify("area_changed", [(user, values)] * count)
    for days, notice in enumerate(Notice.objects.filter(recipient=user).order_by("-pk")):
        notice.at = timezone.now() - timedelta(days=days)
        notice.save()
    return list(Notice.objects.filter(recipient=user).order_by("-pk")[:count])


class TestOwnNotices:
    def test_they_are_shown_to_their_recipient_alone(self, rt: User, other: User) -> None:
        told(rt)
        page = client_of(rt).get(LIST)
        assert "RT 001, Kel. Sepinggan: nomor RT diganti." in page.text
        assert page.text.count(UNREAD) == 1
        assert "Belum ada pemberitahuan" in client_of(other).get(LIST).text

    @pytest.mark.parametrize("role", Role)
    def test_every_role_has_them(self, role: Role) -> None:
        assert client_of(user_as(role)).get(LIST).status_code == 200

    def test_opening_one_marks_it_read_and_goes_on(self, rt: User) -> None:
        first, second = told(rt, 2)
        client = client_of(rt)
        for _ in range(2):
            answer = client.get(f"{LIST}{first.pk}/")
            assert (answer.status_code, answer["Location"]) == (302, "/")
            assert answer["Cache-Control"] == "no-store"
            first.refresh_from_db()
        assert first.read_at is not None
        second.refresh_from_db()
        assert second.read_at is None
        assert client.get(LIST).text.count(UNREAD) == 1

    def test_what_says_the_same_on_one_day_is_one_line(self, rt: User) -> None:
        notify("new_device", [(rt, {"device": "Chrome di Android"})] * 25)
        notify("new_device", [(rt, {"device": "Firefox di Windows"})])
        yesterday = timezone.now() - timedelta(days=1)
        first = Notice.objects.order_by("pk").values_list("pk", flat=True)[:5]
        Notice.objects.filter(pk__in=list(first)).update(at=yesterday)
        client = client_of(rt)
        page = client.get(LIST).text
        assert page.count("Masuk dari perangkat baru") == 3
        assert page.count("20 kali") == page.count("5 kali") == 1
        assert page.count(UNREAD) == 3
        latest = Notice.objects.filter(at__gt=yesterday).order_by("pk")[19]
        client.get(f"{LIST}{latest.pk}/")
        assert Notice.objects.filter(read_at=None).count() == 6
        assert client.get(LIST).text.count(UNREAD) == 2

    def test_no_notice_is_lost_between_the_pages(
        self, rt: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("accounts.notices.grouping.LOOKED_THROUGH", 7)
        monkeypatch.setattr("accounts.notices.grouping.PAGE_SIZE", 3)
        for number in (1, 1, 2, 3, 3, 4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 5):
            notify("new_device", [(rt, {"device": f"Perangkat{number}"})])
        client, url, seen = client_of(rt), LIST, 0
        while url:
            page = client.get(url).text
            counts = re.findall(r"Masuk dari perangkat baru</a>(?: <span[^>]*>(\d+) kali)?", page)
            assert 0 < len(counts) <= 3
            seen += sum(int(count or 1) for count in counts)
            found = re.search(r'href="(\?[^"]*)" rel="next"', page)
            url = LIST + found[1] if found else ""
        assert seen == 16

    def test_the_first_reading_counts(self, rt: User) -> None:
        [notice] = told(rt)
        long_ago = timezone.now() - timedelta(days=2)
        Notice.objects.update(read_at=long_ago)
        client_of(rt).get(f"{LIST}{notice.pk}/")
        notice.refresh_from_db()
        assert notice.read_at == long_ago

    def test_somebody_elses_is_as_if_it_were_not_there(self, rt: User, other: User) -> None:
        [notice] = told(rt)
        client = client_of(other)
        foreign, missing = client.get(f"{LIST}{notice.pk}/"), client.get(f"{LIST}987654321/")
        assert foreign.status_code == missing.status_code == 404
        assert foreign.content == missing.content
        notice.refresh_from_db()
        assert notice.read_at is None

    def test_all_are_marked_but_those_that_came_since(self, rt: User, other: User) -> None:
        *_, foreign = told(other)
        seen = told(rt, 3)
        client = client_of(rt)
        assert f'name="latest" value="{seen[0].pk}"' in client.get(LIST).text
        [since] = told(rt)
        for _ in range(2):
            answer = client.post(LIST, {"latest": seen[0].pk})
            assert (answer.status_code, answer["Location"]) == (302, LIST)
        assert list(Notice.objects.filter(read_at=None).order_by("-pk")) == [since, foreign]

    @pytest.mark.parametrize("latest", ["", "x", "-1", "9" * 30, "٣"])
    def test_what_is_no_key_is_refused(self, rt: User, latest: str) -> None:
        told(rt)
        assert client_of(rt).post(LIST, {"latest": latest}).status_code == 400
        assert Notice.objects.filter(read_at=None).exists()

    def test_they_come_in_pages(self, rt: User) -> None:
        told(rt, PAGE_SIZE + 5)
        client = client_of(rt)
        first = client.get(LIST)
        assert len(first.context["lines"]) == PAGE_SIZE
        second = client.get(f"{LIST}{first.context['page'].next_url}")
        assert len(second.context["lines"]) == 5
        assert "Tandai semua" in second.text

    def test_a_kind_known_no_more_leads_to_the_start(self, rt: User) -> None:
        gone = Notice.objects.create(recipient=rt, kind="forgotten", values={"x": 1})
        client = client_of(rt)
        assert client.get(LIST).status_code == 200
        assert client.get(f"{LIST}{gone.pk}/")["Location"] == "/"


class TestUnread:
    def test_they_are_counted_by_query_and_with_the_user(self, rt: User, other: User) -> None:
        told(rt, 3)
        Notice.objects.filter(pk=told(rt)[0].pk).update(read_at=timezone.now())
        told(other)
        assert unread_of(rt) == 3
        found = User.objects.annotate(unread=unread_count()).in_bulk([rt.pk, other.pk])
        assert (found[rt.pk].unread, found[other.pk].unread) == (3, 1)
        with CaptureQueriesContext(connection) as asked:
            assert unread_of(found[rt.pk]) == 3
        assert len(asked) == 0
        assert unread_of(User.objects.annotate(unread=unread_count()).get(username="pendiri")) == 0

    def test_the_header_says_how_many(self) -> None:
        drawn = render_to_string("components/unread.html", {"unread": 1100})
        assert "1.100<span" in drawn
        assert "belum dibaca" in drawn
        assert render_to_string("components/unread.html", {"unread": 0}) == ""


class TestLog:
    @pytest.fixture
    def administrator(self) -> Client:
        return client_of(user_as(Role.ADMINISTRATOR))

    @pytest.fixture
    def failed(self, rt: User) -> Delivery:
        User.objects.filter(pk=rt.pk).update(phone="080012345678")
        notify("password_renewed", [(rt, {})] * 3)
        waiting, done, failed = Delivery.objects.order_by("pk")
        mark(done, Work.State.DONE, done_at=timezone.now(), attempts=1)
        mark(failed, Work.State.FAILED, failure="AddressRefused 550", attempts=3)
        mark(waiting, Work.State.WAITING, failure="TimeoutError", attempts=2)
        return failed

    @pytest.mark.parametrize("role", set(Role) - {Role.ADMINISTRATOR})
    def test_nobody_else_sees_it(self, role: Role, failed: Delivery) -> None:
        client = client_of(holder(role, area_for(role)))
        assert client.get(LOG).status_code == client.post(LOG).status_code == 403
        failed.refresh_from_db()
        assert failed.state == Work.State.FAILED

    def test_it_tells_what_happened_to_each(
        self, administrator: Client, failed: Delivery, rt: User
    ) -> None:
        page = administrator.get(LOG)
        assert [count for _, _, count in page.context["counts"]] == [1, 1, 1]
        assert page.text.count("Kata sandi diganti") == 3
        assert "Alamat ditolak server surel penerima (kode 550)." in page.text
        assert "Server surel tidak menjawab." in page.text
        assert page.text.count(f'href="/akun/{rt.pk}/"') == 3
        assert page.text.count("https://wa.me/6280012345678") == 1
        assert "rt@contoh.invalid" not in page.text

    @pytest.mark.parametrize(("state", "count"), [("", 3), ("failed", 1), ("done", 1)])
    def test_it_narrows(
        self, administrator: Client, failed: Delivery, state: str, count: int
    ) -> None:
        page = administrator.get(LOG, {"status": state})
        assert len(page.context["lines"]) == count

    def test_the_administrator_finds_the_way_to_it(
        self, administrator: Client, failed: Delivery, rt: User
    ) -> None:
        assert f'href="{LOG}"' in administrator.get(LIST).text
        assert f'href="{LOG}"' not in client_of(rt).get(LIST).text
        [card] = cards(holder(Role.ADMINISTRATOR, CITY_CODE))
        assert (card.count, card.url) == (1, f"{LOG}?status=failed")
        assert cards(rt) == []
        mark(failed, Work.State.DONE)
        assert cards(holder(Role.ADMINISTRATOR, CITY_CODE)) == []

    def test_an_unknown_state_is_refused(self, administrator: Client) -> None:
        assert administrator.get(LOG, {"status": "lost"}).status_code == 400

    @pytest.mark.parametrize("named", [True, False])
    def test_failed_ones_begin_anew(
        self, administrator: Client, failed: Delivery, named: bool
    ) -> None:
        others = set(Delivery.objects.exclude(pk=failed.pk).values_list("pk", "state", "attempts"))
        data = {"delivery": failed.pk} if named else {}
        answer = administrator.post(LOG, data, follow=True)
        assert "1 pesan dikirim ulang." in answer.text
        failed.refresh_from_db()
        assert (failed.state, failed.attempts, failed.failure) == (Work.State.WAITING, 0, "")
        assert "0 pesan dikirim ulang." in administrator.post(LOG, data, follow=True).text
        left = Delivery.objects.exclude(pk=failed.pk).values_list("pk", "state", "attempts")
        assert set(left) == others

    def test_a_kelurahans_own_would_see_its_own(self, failed: Delivery, other: User) -> None:
        """No such role has the action today: the scope would hold nevertheless."""
        notify("password_renewed", [(other, {})])
        lurah = holder(Role.LURAH, factories.KELURAHAN)
        seen = Delivery.objects.visible_to(lurah, Action.ACCOUNT_RENEW)
        assert {one.notice.recipient_id for one in seen} == {failed.notice.recipient_id}
        assert not Delivery.objects.visible_to(other, Action.ACCOUNT_RENEW).exists()

    def test_a_missing_one_is_missing(self, administrator: Client, failed: Delivery) -> None:
        assert administrator.post(LOG, {"delivery": "987654321"}).status_code == 404
        assert administrator.post(LOG, {"delivery": "x"}).status_code == 400

    def test_a_page_of_many_costs_what_one_of_few_does(
        self, administrator: Client, rt: User, other: User
    ) -> None:
        costs = []
        for count in (3, 100):
            notify("password_renewed", [(user, {}) for user in (rt, other)] * count)
            with CaptureQueriesContext(connection) as asked:
                assert administrator.get(LOG).status_code == 200
            costs.append(len(asked))
        assert costs[0] == costs[1] <= 12


def mark(delivery: Delivery, state: str, **fields: Any) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(state=state, **fields)
