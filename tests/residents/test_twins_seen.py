"""Neither RT nor Lurah learns of the other area, by any address, notice, history or export."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import NoReverseMatch

from accounts.login.models import User
from accounts.notices.models import Notice
from accounts.rules import Role
from tests import factories
from tests.factories import FOREIGN_RT, RT, client_of, holder
from tests.house.doors import Door, guarded, has
from tests.residents.twins import Twins, declared_pair, undone
from wacat import drawn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("users_known")]

# What stands in the one area's books, and must not be read in the other's.
OVER_THERE = ("Lama Tersembunyi", "Jl. Rahasia", "Manggar", "Balikpapan Timur", "Ketua Sana")
OVER_HERE = ("Baru Datang", "Jl. Terpisah", "Sepinggan", "Balikpapan Selatan", "Lurah Sini")
STAGES = ("declared", "undone")  # between them the records were in every state


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker draws here, so nobody waits for one."""
    monkeypatch.setattr(drawn, "PATIENCE", 0.0)


@pytest.fixture(params=STAGES)
def pair(request: pytest.FixtureRequest) -> tuple[Twins, int]:
    """The two records at each stage, and the relocation's key."""
    factories.user_with((Role.KETUA_RT, FOREIGN_RT), full_name="Ketua Sana")
    factories.user_with((Role.LURAH, RT[:13]), full_name="Lurah Sini")
    found, relocation = declared_pair()
    if request.param == "undone":
        undone(relocation)
    return found, relocation.pk


def officials(rt: str) -> list[User]:
    """The RT and its Lurah."""
    return [holder(Role.KETUA_RT, rt), holder(Role.LURAH, rt[:13])]


def here() -> list[User]:
    return officials(RT)


def there() -> list[User]:
    return officials(FOREIGN_RT)


def tried(client: Client, doors: list[Door], *keys: int) -> Iterator[tuple[str, str, str]]:
    """Each address by GET and, with these keys, by POST: what it is and what it answers."""
    for door in doors:
        for path in _paths(door, keys):
            for method in ("GET", "POST") if door.keys else ("GET",):
                if not hasattr(door.view_class, method.lower()):
                    continue
                answer = client.generic(method, path)
                body = b"".join(answer) if answer.streaming else answer.content
                yield f"{method} {path}", str(answer.status_code), body.decode(errors="replace")


def _paths(door: Door, keys: tuple[int, ...]) -> list[str]:
    if not door.keys:
        return [door.address()]
    return [door.address(key) for key in keys] if _takes_numbers(door) else []


def _takes_numbers(door: Door) -> bool:
    """Whether its one key may be a row's: not an area's, not one of a file on its way."""
    try:
        door.address(1)
    except (NoReverseMatch, ValueError):
        return False
    return True


def wrong_in(users: list[User], keys: tuple[int, ...], secrets: tuple[str, ...]) -> list[str]:
    """Every answer to these users that holds one of the words."""
    found = []
    for user in users:
        client = client_of(user)
        client.raise_request_exception = False  # what an address cannot bear is tried elsewhere
        # Refusals tell everybody the same (tests.house.test_doors).
        doors = [door for door in guarded() if door.action is None or has(user, door.action)]
        for what, code, body in tried(client, doors, *keys):
            if names := [one for one in secrets if one in body]:
                found.append(f"{user.todays_posts[0].role} {what} {code} tells {names}")
    return found


def test_no_address_here_tells_of_the_record_over_there(pair: tuple[Twins, int]) -> None:
    twins, relocation = pair
    assert wrong_in(here(), (twins.old.pk, relocation), OVER_THERE) == []


def test_no_address_over_there_tells_of_the_record_here(pair: tuple[Twins, int]) -> None:
    twins, relocation = pair
    assert wrong_in(there(), (twins.new.pk, relocation), OVER_HERE) == []


def test_what_is_looked_for_is_there_for_whom_it_concerns(pair: tuple[Twins, int]) -> None:
    """Else the two tests above would prove nothing."""
    twins, _ = pair
    own = client_of(holder(Role.KETUA_RT, FOREIGN_RT)).get(f"/warga/{twins.old.pk}/")
    assert all(one in own.content.decode() for one in OVER_THERE[:3])
    own = client_of(holder(Role.LURAH, RT[:13])).get(f"/warga/{twins.new.pk}/")
    assert all(one in own.content.decode() for one in OVER_HERE[:3])


def test_the_own_page_and_history_tell_nothing_of_the_other(pair: tuple[Twins, int]) -> None:
    twins, _ = pair
    for users, row, secrets in (
        (here(), twins.new, OVER_THERE),
        (there(), twins.old, OVER_HERE),
    ):
        told = ""
        for user in users:
            told += client_of(user).get(f"/warga/{row.pk}/").content.decode()
            told += client_of(user).get("/pemberitahuan/").content.decode()
        assert [one for one in secrets if one in told] == []


def test_notices_hold_the_key_of_the_own_record_alone(pair: tuple[Twins, int]) -> None:
    twins, _ = pair
    for users, own in ((here(), twins.new.pk), (there(), twins.old.pk)):
        notices = Notice.objects.filter(recipient__in=users, kind__in=KINDS)
        assert {one.values["resident"] for one in notices} <= {own}


KINDS = ("resident_held", "resident_relocated", "resident_received", "relocation_decided")


def test_a_role_with_the_action_gets_404_for_the_others_record(pair: tuple[Twins, int]) -> None:
    twins, _ = pair
    for users, pk in ((here(), twins.old.pk), (there(), twins.new.pk)):
        for user in users:
            for door in guarded():
                if door.name in {"resident_detail", "resident_edit", "merge"}:
                    code = client_of(user).get(door.address(pk)).status_code
                    assert code in (403, 404), (user.todays_posts[0].role, door.name)
