"""Issuing: proposals become accounts and posts; old holders hand over (Pasal 5(2), 5(3)b)."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from accounts.areas.loading import rt
from accounts.areas.models import Area
from accounts.issuing.batches import issue
from accounts.issuing.models import SlipEntry, SlipSheet
from accounts.login.models import User
from accounts.notices.models import Notice
from accounts.posts.models import Post
from accounts.proposals.models import Proposal, Status
from accounts.proposals.workflow import WORKFLOWS
from accounts.rules import Role
from tests.accounts.issued import (
    a_phone,
    administrator,
    days,
    issued,
    new_account,
    post_of_today,
    proposed,
    user_of,
)
from tests.factories import on_day
from tests.officials import FOREIGN_RT, KECAMATAN, KELURAHAN, RT, SIBLING_RT, holder, user_with
from wacat.clock import today
from wacat.workflow import InputMissing, Move, WrongState

pytestmark = pytest.mark.django_db


def username_of(phone: str, area: str = RT, wish: str = "") -> str:
    proposal = proposed(area, phone=phone)
    issue([proposal.pk], administrator(), uuid4(), wish)
    return user_of(proposal).username


class TestAccount:
    def test_it_is_the_persons_and_has_no_password_yet(self) -> None:
        phone = a_phone()
        user = new_account(RT, full_name="Sri Contoh", phone=phone, email="sri@example.id")
        assert (user.full_name, user.email, user.phone) == ("Sri Contoh", "sri@example.id", phone)
        assert not user.has_own_password
        assert [post.label for post in user.todays_posts] == ["Ketua RT 001 · Kel. Sepinggan"]

    def test_the_name_is_the_telephone_number_however_it_was_written(self) -> None:
        assert username_of("+62 800-2999-0001") == "080029990001"

    def test_who_shares_a_telephone_gets_a_name_from_the_office(self) -> None:
        phone = a_phone()
        assert username_of(phone) == phone
        assert username_of(phone, SIBLING_RT) == "rt002.sepinggan"
        second = User.objects.get(username="rt002.sepinggan")
        assert second.login_phone is None
        assert second.phone == phone

    def test_names_from_the_office_are_numbered(self) -> None:
        holder(Role.LURAH, KELURAHAN)
        for name in ("rt001.sepinggan", "rt001.sepinggan.2", "rt001.sepinggan2"):
            user_with((Role.PETUGAS_KELURAHAN, KELURAHAN), username=name)
        phone = new_account(FOREIGN_RT).phone
        assert username_of(phone) == "rt001.sepinggan.3"

    def test_several_of_one_batch_share_a_telephone(self) -> None:
        phone = a_phone()
        both = [proposed(area, phone=phone) for area in (RT, SIBLING_RT)]
        plt = proposed(RT, phone=phone, kind=Post.Kind.PLT)
        issued(*both, plt)
        names = {user_of(one).username for one in (*both, plt)}
        assert names == {phone, "rt002.sepinggan", "rt001.sepinggan"}

    def test_a_wished_name(self) -> None:
        assert username_of(a_phone(), wish=" Pak.Sugeng ") == "pak.sugeng"

    @pytest.mark.parametrize("wish", ["1abc", "a b c", "ab", "+abc", "x" * 61, "pendiri", "sé.ri"])
    def test_a_wished_name_that_cannot_be_had(self, wish: str) -> None:
        proposal = proposed(RT)
        with pytest.raises(InputMissing) as refused:
            issue([proposal.pk], administrator(), uuid4(), wish)
        assert list(refused.value.errors) == ["username"]
        proposal.refresh_from_db()
        assert proposal.status == Status.PROPOSED

    def test_a_known_person_keeps_the_account_and_gets_no_slip(self) -> None:
        known = new_account(RT)
        before = SlipEntry.objects.count()
        proposal = proposed(SIBLING_RT, user=known)
        assert issued(proposal) == []
        assert user_of(proposal) == known
        assert SlipEntry.objects.count() == before
        assert {post.area_id for post in known.todays_posts} == {RT, SIBLING_RT}

    def test_an_inactive_account_is_not_given_a_post(self) -> None:
        known = new_account(RT)
        User.objects.filter(pk=known.pk).update(status="inactive")
        with pytest.raises(WrongState, match="nonaktif"):
            issued(proposed(SIBLING_RT, user=known))


class TestTold:
    def test_the_person_the_proposer_and_who_held_it(self) -> None:
        old = holder(Role.KETUA_RT, RT)
        new = new_account(RT)
        lurah = holder(Role.LURAH, KELURAHAN)
        assert Notice.objects.filter(kind="account_issued", recipient=new).count() == 1
        told = Notice.objects.get(kind="proposals_issued", recipient=lurah)
        assert told.values == {"count": 1}
        ended = Notice.objects.get(kind="post_ended")
        assert ended.recipient == old
        assert ended.values == {"title": "Ketua RT", "area": RT, "on": today().isoformat()}


class TestHandover:
    def test_today(self) -> None:
        old = holder(Role.KETUA_RT, RT)
        new = new_account(RT)
        assert [post.user for post in Post.objects.today().filter(area=RT)] == [new]
        past = Post.objects.get(user=old)
        assert (past.until, past.ending) == (today(), Post.Ending.HANDOVER)
        assert past.ended_by == administrator()
        assert old.todays_posts == []

    def test_on_a_day_to_come(self) -> None:
        old = holder(Role.KETUA_RT, RT)
        new = new_account(RT, starts=days(10))
        assert post_of_today(Role.KETUA_RT, RT).user == old
        with on_day(days(9)):
            assert post_of_today(Role.KETUA_RT, RT).user == old
        with on_day(days(10)):
            assert post_of_today(Role.KETUA_RT, RT).user == new

    def test_a_day_past_counts_as_today(self) -> None:
        old = holder(Role.KETUA_RT, RT)
        new_account(RT, starts=days(-40))
        assert Post.objects.get(user=old).until == today()
        assert post_of_today(Role.KETUA_RT, RT).starts == today()

    def test_a_mistake_is_corrected_on_the_same_day(self) -> None:
        wrong = new_account(RT)
        right = new_account(RT)
        assert wrong.todays_posts == []
        assert post_of_today(Role.KETUA_RT, RT).user == right

    def test_the_same_person_is_elected_again(self) -> None:
        first = new_account(RT, starts=days(-3))
        with on_day(days(700)):
            proposal = proposed(RT, user=first, term_ends=days(2000))
            issued(proposal)
            assert user_of(proposal) == first
            assert post_of_today(Role.KETUA_RT, RT).user == first
            assert Post.objects.filter(user=first).count() == 2
            assert not Notice.objects.filter(kind="post_ended", recipient=first).exists()

    def test_somebody_is_to_begin_later(self) -> None:
        new_account(RT, starts=days(20))
        with pytest.raises(WrongState, match="sesudahnya"):
            new_account(RT, starts=days(10))

    def test_two_in_a_row(self) -> None:
        old = holder(Role.KETUA_RT, RT)
        next_one = new_account(RT, starts=days(10))
        last = new_account(RT, starts=days(20))
        spans = [
            (post.user, post.until) for post in Post.objects.filter(area=RT).order_by("starts")
        ]
        assert spans == [(old, days(10)), (next_one, days(20)), (last, None)]


class TestActing:
    def test_a_plt_stands_beside(self) -> None:
        old = holder(Role.KETUA_RT, RT)
        plt = new_account(RT, kind=Post.Kind.PLT)
        assert {post.user for post in Post.objects.today().filter(area=RT)} == {old, plt}

    def test_a_definitive_lurah_ends_plt_and_plh_on_that_day(self) -> None:
        holder(Role.CAMAT, KECAMATAN)
        plt = user_with((Role.LURAH, KELURAHAN, "plt"))
        plh = user_with((Role.LURAH, KELURAHAN, "plh"))
        elsewhere = user_with((Role.LURAH, "64.71.05.1006", "plt"))
        new = proposed(KELURAHAN, Role.LURAH, starts=days(5))
        issued(new)
        assert len(plt.todays_posts) == 1
        with on_day(days(5)):
            held = Post.objects.today().filter(role=Role.LURAH, area=KELURAHAN)
            assert [post.user for post in held] == [user_of(new)]
            assert Post.objects.get(user=elsewhere).until is None
        assert {post.until for post in Post.objects.filter(user__in=[plt, plh])} == {days(5)}

    def test_the_plt_becomes_definitive(self) -> None:
        holder(Role.CAMAT, KECAMATAN)
        plt = user_with((Role.LURAH, KELURAHAN, "plt"))
        issued(proposed(KELURAHAN, Role.LURAH, user=plt))
        held = Post.objects.today().filter(role=Role.LURAH, area=KELURAHAN)
        assert [(post.user, post.kind) for post in held] == [(plt, "definitif")]

    def test_whom_the_old_holder_named_goes_with_him(self) -> None:
        old = holder(Role.LURAH, KELURAHAN)
        post = Post.objects.get(user=old)
        stand_in = user_with((Role.PETUGAS_KELURAHAN, KELURAHAN))
        named = Post.objects.create(
            user=stand_in,
            role=Role.LURAH,
            area_id=KELURAHAN,
            kind="plh",
            starts=days(2),
            until=days(9),
            ending="delegation",
            delegated_by=post,
        )
        issued(proposed(KELURAHAN, Role.LURAH))
        named.refresh_from_db()
        assert (named.until, named.ending) == (days(2), "delegation")

    def test_who_holds_it_cannot_act_for_himself(self) -> None:
        old = holder(Role.KETUA_RT, RT)
        with pytest.raises(WrongState, match="jabatan yang sama"):
            issued(proposed(RT, user=old, kind=Post.Kind.PLT))


class TestAllOrNone:
    def test_one_that_cannot_be_issued_keeps_all_from_it(self) -> None:
        new_account(RT, starts=days(20))
        bad, good = proposed(RT, starts=days(10)), proposed(SIBLING_RT)
        with pytest.raises(WrongState):
            issued(good, bad)
        assert set(Proposal.objects.open()) == {bad, good}
        assert not Post.objects.filter(proposal=good).exists()

    def test_one_that_is_not_there(self) -> None:
        proposal = proposed(RT)
        with pytest.raises(Http404):
            issue([proposal.pk, 987_654_321], administrator(), uuid4())
        assert proposal in Proposal.objects.open()

    def test_the_same_press_issues_once(self) -> None:
        one, other, key = proposed(RT), proposed(SIBLING_RT), uuid4()
        first = issued(one, key=key)
        assert issued(one, other, key=key) == first
        assert other in Proposal.objects.open()
        assert SlipSheet.objects.count() == 1

    def test_one_already_issued(self) -> None:
        proposal = proposed(RT)
        issued(proposal)
        with pytest.raises(WrongState):
            issued(proposal)


def test_statements_do_not_grow_with_the_proposals() -> None:
    def statements(serials: range) -> int:
        Area.objects.bulk_create(rt(KELURAHAN, number) for number in serials)
        shared = a_phone()
        pks = [
            proposed(f"{KELURAHAN}.{n:03}", phone=shared if n % 3 else a_phone()).pk
            for n in serials
        ]
        move = Move(administrator(), key=uuid4())
        with CaptureQueriesContext(connection) as asked:
            WORKFLOWS[Role.KETUA_RT].advance_many(pks, "issue", move)
        return len(asked)

    administrator()
    assert statements(range(100, 105)) == statements(range(200, 260))


def test_a_frozen_rt_gets_no_head() -> None:
    proposal = proposed(RT)
    Area.objects.filter(code=RT).update(state="frozen")
    with pytest.raises(WrongState, match=r"RT 001, Kel\. Sepinggan"):
        issue([proposal.pk], administrator(), uuid4())
    assert not Post.objects.filter(proposal=proposal).exists()
