"""Area scoping: what today's posts reach, and that the database keeps posts apart."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DataError, IntegrityError, transaction

from accounts.areas.models import Area, AreaStatus
from accounts.login.models import User
from accounts.posts.models import Post
from accounts.rules import Action, Role
from accounts.scope import may, reach, require
from reports.letters.models import Letter
from residents.lodgings.models import Lodging
from residents.registry.models import Resident
from residents.registry.spans import Placement
from tests import factories
from tests.officials import post_of, rested
from wacat.clock import today

pytestmark = pytest.mark.django_db
RT, KELURAHAN, KECAMATAN = factories.RT, factories.KELURAHAN, factories.KECAMATAN
ONE = timedelta(days=1)


def holding(role: str, area: str, starts: date, until: date | None = None) -> User:
    user = factories.user_with()
    post_of(user, role, area, starts=starts, until=until)
    return user


@pytest.mark.parametrize(
    ("starts", "until", "holds"),
    [
        (-400, None, True),
        (0, None, True),
        (1, None, False),
        (-400, -1, False),
        (-400, 0, False),
        (-400, 1, True),
        (0, 0, False),
        (0, 1, True),
        (1, 2, False),
    ],
)
def test_power_lasts_from_the_first_day_to_the_day_before_the_last(
    starts: int, until: int | None, holds: bool
) -> None:
    ends = None if until is None else today() + until * ONE
    user = holding(Role.KETUA_RT, RT, today() + starts * ONE, ends)
    assert reach(user, Action.RESIDENT_ENTER) == ((RT,) if holds else ())
    assert may(user, Action.RESIDENT_ENTER) is holds
    resident = factories.reported()
    seen = Resident.objects.visible_to(user, Action.RESIDENT_VIEW)
    assert list(seen) == ([resident] if holds else [])


def test_a_post_that_ends_today_opens_no_page() -> None:
    client = factories.client_of(holding(Role.KETUA_RT, RT, today() - ONE, today()))
    assert client.get("/warga/")["Location"].startswith("/nonaktif/")


def test_a_post_begins_by_the_day_in_balikpapan() -> None:
    user = holding(Role.KETUA_RT, RT, date(2030, 5, 1))
    for day, holds in ((date(2030, 4, 30), False), (date(2030, 5, 1), True)):
        with factories.on_day(day):
            assert may(User.objects.get(pk=user.pk), Action.RESIDENT_ENTER) is holds


def test_the_end_of_a_term_only_reminds() -> None:
    user = holding(Role.KETUA_RT, RT, today() - 400 * ONE)
    user.posts.update(term_ends=today() - 30 * ONE)
    assert may(user, Action.RESIDENT_ENTER)


def test_reach_names_the_widest_first_and_only_of_roles_with_the_action() -> None:
    user = factories.user_with(
        (Role.KETUA_RT, RT), (Role.CAMAT, KECAMATAN), (Role.LURAH, factories.FOREIGN_KELURAHAN)
    )
    assert reach(user, Action.FIGURES_VIEW) == (KECAMATAN, factories.FOREIGN_KELURAHAN, RT)
    assert reach(user, Action.RESIDENT_ENTER) == (RT,)
    assert reach(user, Action.LETTER_DECIDE) == (factories.FOREIGN_KELURAHAN,)
    assert reach(user, Action.RESIDENT_JUDGE) == ()


def test_who_holds_nothing_reaches_nothing() -> None:
    nobody = SimpleNamespace(todays_posts=[])
    factories.letter_ready()
    for action in Action:
        assert reach(nobody, action) == ()
        with pytest.raises(PermissionDenied):
            require(nobody, action)
    for rows in (Resident.objects, Letter.objects, Placement.objects, Lodging.objects):
        assert not rows.visible_to(nobody, Action.RESIDENT_VIEW).exists()
    areas: Any = Area.objects
    assert not areas.visible_to(nobody, Action.FIGURES_VIEW).exists()


@pytest.mark.parametrize(
    ("role", "area", "seen"),
    [
        (Role.KETUA_RT, RT, [RT]),
        (Role.LURAH, KELURAHAN, [RT, factories.SIBLING_RT]),
        (Role.OPERATOR, "64.71", [RT, factories.SIBLING_RT, factories.FOREIGN_RT]),
    ],
)
def test_rows_at_or_under_the_area_are_seen(role: Role, area: str, seen: list[str]) -> None:
    people = [factories.reported(a) for a in (RT, factories.SIBLING_RT, factories.FOREIGN_RT)]
    user = factories.user_with((role, area, "plt"))
    found = Resident.objects.visible_to(user, Action.RESIDENT_VIEW)
    assert set(found.values_list("area_id", flat=True)) == set(seen)
    reached = reach(user, Action.RESIDENT_VIEW)
    assert [one.lies_within(reached) for one in people] == [one.area_id in seen for one in people]


def test_a_code_that_begins_alike_is_another_area() -> None:
    """64.71.05.1002 is not under 64.71.05.100: prefixes end at a dot."""
    factories.load_areas()
    areas: Any = Area.objects
    assert not areas.under(("64.71.05.100",)).exists()
    assert not areas.under(("64.71.0",)).exists()
    assert areas.under((KELURAHAN,)).count() == 3
    resident = factories.reported()
    for code in ("64.71.05.100", "64.71.0", "64.7", RT[:-1]):
        assert not Resident.objects.under((code,)).exists(), code
        assert not resident.lies_within((code,)), code


@pytest.mark.parametrize("state", [AreaStatus.FROZEN, AreaStatus.MERGED])
def test_a_frozen_or_merged_rt_stays_in_its_kelurahan(state: AreaStatus) -> None:
    resident = factories.reported()
    Area.objects.filter(code=RT).update(state=state)
    staff = factories.holder(Role.PETUGAS_KELURAHAN, KELURAHAN)
    assert resident in Resident.objects.visible_to(staff, Action.RESIDENT_ENTER)
    client = factories.client_of(staff)
    code = client.post("/warga/tambah/", factories.form_data()).status_code
    assert code == (302 if state == AreaStatus.FROZEN else 422)


def test_the_codes_above_are_kept_by_the_database() -> None:
    resident = factories.reported()
    factories.move(resident, factories.FOREIGN_RT, today())
    moved = Resident.objects.get()
    assert (moved.kelurahan, moved.kecamatan) == ("64.71.01.1001", "64.71.01")


def post(user: User, kind: str = "definitif", role: str = Role.LURAH, **days: int | None) -> Post:
    starts, until = days.get("starts"), days.get("until")
    return Post(
        user=user,
        role=role,
        area_id=factories.area_for(role),
        kind=kind,
        starts=today() + (starts or 0) * ONE,
        until=None if until is None else today() + until * ONE,
    )


def somebody() -> User:
    """A user with a post that is none of those tried."""
    return factories.user_with((Role.TIM_TEKNIS, factories.CITY_CODE))


def is_refused(*posts: Post) -> str:
    """The constraint that refuses the last of *posts*, or nothing."""
    try:
        with transaction.atomic():
            for one in posts:
                rested(one).save()
    except IntegrityError as error:
        return str(error).split('"')[1] if '"' in str(error) else str(error)
    return ""


def test_an_office_has_one_holder_at_a_time() -> None:
    one, other = somebody(), somebody()
    assert is_refused(post(one), post(other)) == "post_one_holder"
    assert is_refused(post(one, until=10), post(other, starts=9)) == "post_one_holder"
    assert is_refused(post(one, until=10), post(other, starts=10)) == ""


def test_an_acting_holder_stands_beside_the_definitive_one() -> None:
    one, other, third = (somebody() for _ in range(3))
    assert is_refused(post(one), post(other, "plh"), post(third, "plt")) == ""
    assert is_refused(post(third, "plh")) == "post_one_holder"


def test_other_offices_have_several_holders() -> None:
    one, other = somebody(), somebody()
    for role in (Role.PETUGAS_KELURAHAN, Role.OPERATOR, Role.PIMPINAN):
        assert is_refused(post(one, role=role), post(other, role=role)) == ""


def test_nobody_holds_the_same_post_twice() -> None:
    user = somebody()
    twice = [post(user, role=Role.OPERATOR), post(user, role=Role.OPERATOR, starts=5)]
    assert is_refused(*twice) == "post_not_twice"
    assert is_refused(post(user), post(user, "plh", starts=5)) == "post_not_twice"


def test_a_post_does_not_end_before_it_starts() -> None:
    """A range that is upside down is refused, whichever rule is asked first."""
    with pytest.raises((IntegrityError, DataError), match=r"range|post_in_order"):
        rested(post(somebody(), until=-1)).save()
