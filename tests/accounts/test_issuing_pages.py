"""*Siap diterbitkan*: what the administrator sees and presses, and what others may not."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.issuing.models import SlipSheet
from accounts.login.models import User
from accounts.posts.models import Post
from accounts.proposals.models import Proposal, Status
from accounts.rules import Role
from tests.accounts.issued import a_phone, administrator, days, proposed, user_of
from tests.officials import (
    FOREIGN_RT,
    KELURAHAN,
    RT,
    SIBLING_RT,
    client_of,
    holder,
    user_as,
)
from tests.residents.at_once import at_once

URL = "/akun/terbitkan/"


@pytest.fixture
def client(db: None) -> Client:
    return client_of(administrator())


def waiting() -> int:
    return Proposal.objects.filter(status=Status.PROPOSED).count()


@pytest.mark.django_db
class TestShown:
    def test_by_kelurahan_with_counts(self, client: Client) -> None:
        for area in (RT, SIBLING_RT, FOREIGN_RT):
            proposed(area)
        page = client.get(URL)
        groups = {group.area.name: len(group.lines) for group in page.context["groups"]}
        assert groups == {"Sepinggan": 2, "Manggar": 1}
        assert page.context["count"] == 3

    def test_what_should_be_known_before(self, client: Client) -> None:
        old = holder(Role.KETUA_RT, RT)
        phone = a_phone()
        proposed(RT, phone=phone, starts=days(3))
        proposed(SIBLING_RT, phone=phone)
        notes = [n for g in client.get(URL).context["groups"] for one in g.lines for n in one.notes]
        assert len(notes) == 3
        assert old.full_name in notes[0]

    def test_neither_returned_nor_issued_ones(self, client: Client) -> None:
        proposal = proposed(RT)
        client.post(URL, {"proposal": proposal.pk})
        assert client.get(URL).context["groups"] == []

    @pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
    def test_only_to_the_administrator(self, role: Role) -> None:
        stranger = client_of(user_as(role))
        proposal = proposed(RT)
        assert stranger.get(URL).status_code == 403
        assert stranger.post(URL, {"proposal": proposal.pk}).status_code == 403
        assert waiting() == 1


@pytest.mark.django_db
class TestPressed:
    def test_the_ticked_ones(self, client: Client) -> None:
        one, other = proposed(RT), proposed(SIBLING_RT)
        answer = client.post(URL, {"proposal": one.pk, "key": str(uuid4())})
        assert (answer.status_code, answer["Location"]) == (302, "/akun/slip/")
        assert user_of(one).username == one.phone
        assert list(Proposal.objects.open()) == [other]

    def test_all_that_were_shown_of_both_offices(self, client: Client) -> None:
        for area in (RT, SIBLING_RT, FOREIGN_RT):
            proposed(area)
        last = proposed(KELURAHAN, Role.LURAH)
        shown = client.get(URL).context["up_to"]
        later = proposed(f"{KELURAHAN[:-4]}1006.001")
        assert shown == last.pk
        client.post(URL, {"up_to": shown, "key": str(uuid4())})
        assert list(Proposal.objects.open()) == [later]
        sheets = {sheet.area_id: sheet.entries.count() for sheet in SlipSheet.objects.all()}
        assert sheets == {KELURAHAN: 3, FOREIGN_RT[:13]: 1}

    def test_none(self, client: Client) -> None:
        proposed(RT)
        for data in ({}, {"proposal": "x"}):
            answer = client.post(URL, data)
            assert answer.status_code == 422
            assert "Belum ada usulan yang dicentang" in answer.text
        assert client.post(URL, {"up_to": "-1"}).status_code == 400
        assert waiting() == 1

    def test_the_same_press_again_answers_alike(self, client: Client) -> None:
        shown = {"up_to": proposed(RT).pk, "key": str(uuid4())}
        first = client.post(URL, shown)
        proposed(SIBLING_RT)
        again = client.post(URL, shown)
        assert (first.status_code, first["Location"]) == (again.status_code, again["Location"])
        assert (waiting(), SlipSheet.objects.count()) == (1, 1)

    def test_one_that_is_issued_already(self, client: Client) -> None:
        proposal = proposed(RT)
        client.post(URL, {"proposal": proposal.pk})
        answer = client.post(URL, {"proposal": proposal.pk})
        assert answer.status_code == 409
        assert SlipSheet.objects.count() == 1

    def test_one_that_is_not_there(self, client: Client) -> None:
        proposal = proposed(RT)
        assert client.post(URL, {"proposal": [proposal.pk, 987_654_321]}).status_code == 404
        assert waiting() == 1


class TestAtOnce:
    """Two administrators, or one who presses twice."""

    def _press(self, *posted: tuple[User, dict[str, Any]]) -> list[int]:
        clients = [(client_of(user), data) for user, data in posted]
        return sorted(at_once(*[lambda c=c, d=d: c.post(URL, d).status_code for c, d in clients]))

    def test_two_administrators_issue_the_same(self, committed_db: None) -> None:
        other = another_administrator()
        pks = [proposed(area).pk for area in (RT, SIBLING_RT, FOREIGN_RT)]
        data = [{"proposal": order, "key": str(uuid4())} for order in (pks, pks[::-1])]
        assert self._press((administrator(), data[0]), (other, data[1])) == [302, 409]
        assert Post.objects.filter(proposal__in=pks).count() == 3
        assert User.objects.filter(proposals__in=pks).count() == 3

    def test_one_presses_twice(self, committed_db: None) -> None:
        data = {"up_to": proposed(RT).pk, "key": str(uuid4())}
        assert self._press(*[(administrator(), data)] * 4) == [302] * 4
        assert SlipSheet.objects.count() == 1

    def test_two_batches_that_need_the_same_names(self, committed_db: None) -> None:
        """All share one telephone, so one gets it and the others names that must differ."""
        other, phone = another_administrator(), a_phone()
        pairs = [
            [proposed(area, phone=phone, kind=kind).pk for area in (RT, SIBLING_RT)]
            for kind in ("definitif", "plt")
        ]
        posted = [{"proposal": pks, "key": str(uuid4())} for pks in pairs]
        assert self._press((administrator(), posted[0]), (other, posted[1])) == [302, 302]
        users = User.objects.filter(phone=phone)
        assert (users.count(), users.exclude(login_phone=None).count()) == (4, 1)


def another_administrator() -> User:
    """An administrator besides the factories' own."""
    return user_as(Role.ADMINISTRATOR)
