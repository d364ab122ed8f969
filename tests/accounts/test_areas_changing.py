"""What an administrator does to RTs: one at a time, with its history, and never half."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.areas import changing, periods
from accounts.areas.loading import SINCE
from accounts.areas.models import Area, AreaChange, AreaPeriod
from accounts.notices.models import Notice
from accounts.posts.models import Post
from accounts.proposals.models import Proposal
from accounts.proposals.proposing import propose
from accounts.rules import Role
from tests import factories
from tests.accounts.areas_changed import area, days_ago, order, past_of
from tests.factories import KELURAHAN, RT, SIBLING_RT
from tests.officials import post_of
from wacat.clock import today
from wacat.workflow import InputMissing, WrongState

pytestmark = pytest.mark.django_db
OTHER_KELURAHANS_RT = f"{factories.SIBLING_KELURAHAN}.001"


def proposed(area: str) -> Proposal:
    """An open proposal of the Lurah's for the RT."""
    lurah = factories.holder(Role.LURAH, KELURAHAN)
    post = Post.objects.get(user=lurah, role=Role.LURAH)
    return propose(
        post,
        Area.objects.get(code=area),
        role=Role.KETUA_RT,
        full_name="Calon Contoh",
        phone="080000000099",
        decree_number="1",
        decree_date=today(),
        starts=today(),
    )


class TestCreating:
    def test_a_new_rt_takes_the_next_serial_and_begins_its_history(self) -> None:
        change = changing.create(area(KELURAHAN), "007", order(days_ago(10)))
        new = area(f"{KELURAHAN}.003")
        assert (new.name, new.state, new.level, new.parent_id) == ("007", "active", "rt", KELURAHAN)
        assert past_of(new.code) == [(days_ago(10), None, "007", "active")]
        assert (change.kind, change.area, change.number) == ("created", new, "007")

    def test_a_code_is_never_used_again(self) -> None:
        changing.merge(area(SIBLING_RT), area(RT), order())
        assert changing.create(area(KELURAHAN), "002", order()).area_id == f"{KELURAHAN}.003"

    def test_a_number_in_use_is_refused(self) -> None:
        changing_order = order()
        with pytest.raises(InputMissing) as refused:
            changing.create(area(KELURAHAN), "002", changing_order)
        assert set(refused.value.errors) == {"number"}
        assert not AreaChange.objects.exists()

    def test_the_serials_end_somewhere(self) -> None:
        last = order()
        Area.objects.create(code=f"{KELURAHAN}.999", level="rt", parent_id=KELURAHAN, name="999")
        with pytest.raises(WrongState):
            changing.create(area(KELURAHAN), "998", last)

    def test_the_number_offered_is_free(self) -> None:
        factories.load_areas()
        assert changing.next_number(area(KELURAHAN), today()) == "003"
        changing.renumber(area(), "003", order())
        assert changing.next_number(area(KELURAHAN), today()) == "004"


class TestFreezing:
    def test_a_frozen_rt_has_no_head_any_more_and_can_be_thawed(self) -> None:
        head = factories.holder(Role.KETUA_RT, RT)
        waiting = proposed(RT)
        changing.freeze(area(), order(days_ago(20)))
        waiting.refresh_from_db()
        post = Post.objects.get(user=head)
        assert (area().state, waiting.status) == ("frozen", "withdrawn")
        assert (post.until, post.ending) == (today(), "ended")
        assert past_of(RT) == [
            (SINCE, days_ago(20), "001", "active"),
            (days_ago(20), None, "001", "frozen"),
        ]
        changing.thaw(area(), order(days_ago(5)))
        assert area().state == "active"
        assert past_of(RT)[1:] == [
            (days_ago(20), days_ago(5), "001", "frozen"),
            (days_ago(5), None, "001", "active"),
        ]

    def test_only_fitting_states_are_changed(self) -> None:
        one = order()
        with pytest.raises(WrongState):
            changing.thaw(area(), one)
        changing.freeze(area(), order())
        with pytest.raises(WrongState):
            changing.freeze(area(), order())
        changing.merge(area(), area(SIBLING_RT), order())
        for change in (changing.freeze, changing.thaw):
            with pytest.raises(WrongState):
                change(area(), order())
        with pytest.raises(WrongState):
            changing.renumber(area(), "009", order())
        with pytest.raises(WrongState):
            changing.merge(area(), area(SIBLING_RT), order())

    @pytest.mark.parametrize("days", [-1, periods.DAYS_BACK + 1])
    def test_a_day_ahead_or_long_past_is_refused(self, days: int) -> None:
        wrong = order(days_ago(days))
        with pytest.raises(InputMissing) as refused:
            changing.freeze(area(), wrong)
        assert set(refused.value.errors) == {"date"}
        assert past_of(RT) == [(SINCE, None, "001", "active")]

    def test_nothing_is_changed_before_the_last_change(self) -> None:
        changing.freeze(area(), order(days_ago(5)))
        with pytest.raises(InputMissing):
            changing.thaw(area(), order(days_ago(6)))

    def test_two_changes_of_one_day_leave_one_period(self) -> None:
        changing.freeze(area(), order(days_ago(5)))
        changing.thaw(area(), order(days_ago(5)))
        assert past_of(RT)[1:] == [(days_ago(5), None, "001", "active")]
        assert AreaChange.objects.count() == 2


class TestRenumbering:
    def test_the_number_changes_from_its_day_and_the_code_never(self) -> None:
        changing.renumber(area(), "014", order(days_ago(3)))
        assert area().label == "RT 014"
        assert past_of(RT) == [
            (SINCE, days_ago(3), "001", "active"),
            (days_ago(3), None, "014", "active"),
        ]

    @pytest.mark.parametrize("both_before", [True, False])
    def test_two_swap_in_one_action(self, both_before: bool) -> None:
        if not both_before:  # their periods then begin on the very day of the swap
            for code, number in ((RT, "011"), (SIBLING_RT, "012")):
                changing.renumber(area(code), number, order(days_ago(3)))
        mine, theirs = area().name, area(SIBLING_RT).name
        change = changing.renumber(area(), theirs, order(days_ago(3)), swap=True)
        assert (area().name, area(SIBLING_RT).name) == (theirs, mine)
        assert past_of(RT)[-1] == (days_ago(3), None, theirs, "active")
        assert past_of(SIBLING_RT)[-1] == (days_ago(3), None, mine, "active")
        assert (change.kind, change.other_id) == ("swapped", SIBLING_RT)

    def test_a_number_in_use_needs_the_swap(self) -> None:
        first = order()
        with pytest.raises(InputMissing):
            changing.renumber(area(), "002", first)
        with pytest.raises(InputMissing):
            changing.renumber(area(), "001", first, swap=True)

    def test_a_number_used_after_that_day_is_refused_even_as_a_swap(self) -> None:
        changing.renumber(area(SIBLING_RT), "020", order(days_ago(5)))
        with pytest.raises(InputMissing):
            changing.renumber(area(), "002", order(days_ago(9)), swap=True)
        changing.renumber(area(), "002", order(days_ago(5)))
        assert area().name == "002"

    def test_the_number_of_a_merged_rt_is_free_from_that_day(self) -> None:
        changing.merge(area(SIBLING_RT), area(), order(days_ago(5)))
        with pytest.raises(InputMissing) as refused:
            changing.renumber(area(), "002", order(days_ago(6)), swap=True)
        assert set(refused.value.errors) == {"number"}
        changing.renumber(area(), "002", order(days_ago(5)))
        assert area().name == "002"

    def test_a_frozen_rt_keeps_its_number(self) -> None:
        changing.freeze(area(SIBLING_RT), order())
        with pytest.raises(InputMissing):
            changing.renumber(area(), "002", order())

    def test_the_same_number_in_another_kelurahan_is_another(self) -> None:
        changing.renumber(area(), "031", order())
        changing.renumber(area(OTHER_KELURAHANS_RT), "031", order())
        assert area(OTHER_KELURAHANS_RT).name == area().name


class TestMerging:
    def test_the_rt_ends_with_its_office_and_what_is_proposed_for_it(self) -> None:
        head, heir = (factories.holder(Role.KETUA_RT, code) for code in (RT, SIBLING_RT))
        waiting = proposed(RT)
        later = post_of(
            factories.UserFactory.create(),
            Role.KETUA_RT,
            RT,
            "plt",
            starts=today() + timedelta(days=9),
        )
        change = changing.merge(area(), area(SIBLING_RT), order(days_ago(4)))
        waiting.refresh_from_db()
        later.refresh_from_db()
        assert (area().state, waiting.status) == ("merged", "withdrawn")
        assert waiting.steps.latest("pk").reason == "RT digabung ke RT 002."
        post = Post.objects.get(user=head)
        assert (post.until, post.ending, post.ended_by) == (today(), "merged", change.by)
        assert later.until == later.starts
        assert Post.objects.today().filter(user=heir).exists()
        assert past_of(RT)[-1] == (days_ago(4), None, "001", "merged")
        assert (change.other_id, change.kind) == (SIBLING_RT, "merged")

    def test_only_an_active_rt_of_the_same_kelurahan_takes_in_another(self) -> None:
        changing.freeze(area(SIBLING_RT), order())
        for code in (SIBLING_RT, OTHER_KELURAHANS_RT, RT, KELURAHAN):
            with pytest.raises(InputMissing) as refused:
                changing.merge(area(), area(code), order())
            assert set(refused.value.errors) == {"into"}

    def test_an_rt_is_not_merged_into_one_that_was_not_there_yet(self) -> None:
        changing.create(area(KELURAHAN), "003", order(days_ago(2)))
        with pytest.raises(InputMissing):
            changing.merge(area(), area(f"{KELURAHAN}.003"), order(days_ago(3)))
        changing.merge(area(), area(f"{KELURAHAN}.003"), order(days_ago(2)))


class TestEveryChange:
    def test_a_repeated_key_is_one_change(self) -> None:
        key, again = uuid4(), uuid4()
        first = changing.create(area(KELURAHAN), "003", order(key=key))
        assert changing.create(area(KELURAHAN), "003", order(key=key)) == first
        frozen = changing.freeze(area(), order(key=again))
        assert changing.freeze(area(), order(key=again)) == frozen
        assert AreaChange.objects.count() == 2

    def test_those_of_the_rt_and_the_lurah_are_told(self) -> None:
        people = [factories.holder(Role.KETUA_RT, code) for code in (RT, SIBLING_RT)]
        lurah = factories.holder(Role.LURAH, KELURAHAN)
        changing.merge(area(), area(SIBLING_RT), order())
        told = Notice.objects.filter(kind="area_changed")
        assert {one.recipient for one in told} == {*people, lurah}
        assert {str(one.values) for one in told} == {str({"area": RT, "what": "merged"})}

    def test_row_and_history_agree(self) -> None:
        changing.renumber(area(), "002", order(days_ago(9)), swap=True)
        changing.freeze(area(SIBLING_RT), order(days_ago(5)))
        changing.merge(area(SIBLING_RT), area(), order())
        for one in AreaPeriod.objects.filter(until=None).select_related("area"):
            assert (one.name, one.state) == (one.area.name, one.area.state)

    def test_the_database_knows_a_number_once(self) -> None:
        factories.load_areas()
        with pytest.raises(IntegrityError), transaction.atomic():
            Area.objects.filter(code=RT).update(name="002")
        with pytest.raises(IntegrityError), transaction.atomic():
            AreaPeriod.objects.filter(area=RT).update(name="002")
        connection.check_constraints()
