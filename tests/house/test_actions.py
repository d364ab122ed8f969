"""What is done to an object: every posted action by every role, at home and elsewhere.

Two posts in one hand are tried along with the roles: their powers never mix.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.login.models import User
from accounts.rules import Action, Role
from reports.letters.resident_page import ResidentPageWithLetters
from reports.letters.workflow import WORKFLOW as LETTERS
from residents.page.rooms import DEEDS as ROOMS
from residents.registry.models import Resident
from residents.registry.workflow import WORKFLOW as RESIDENTS
from residents.services.codes import Kind
from residents.twins.declaring import declare
from tests import factories
from tests.accounts import announced, tickets
from tests.house import cases
from tests.house.doors import MISSING, ends, has, reaches, undone
from tests.house.things import AREAS
from tests.residents import corrected
from tests.residents.services_told import confirmed
from wacat.clock import today
from wacat.workflow import Move

pytestmark = pytest.mark.django_db

RT, FOREIGN_RT, KELURAHAN = factories.RT, factories.FOREIGN_RT, factories.KELURAHAN
FOREIGN_KELURAHAN = factories.FOREIGN_KELURAHAN
HERE = "here"  # in a deed's data: the area of the row that it is done to
HANDS: dict[str, tuple[tuple[str, ...], ...]] = {
    **{str(role): ((role, factories.area_for(role)),) for role in Role},
    "Ketua RT here, Lurah there": ((Role.KETUA_RT, RT), (Role.LURAH, FOREIGN_KELURAHAN)),
    "Lurah here, Ketua RT there": ((Role.LURAH, KELURAHAN), (Role.KETUA_RT, FOREIGN_RT)),
    "Camat, and Ketua RT there": ((Role.CAMAT, "64.71.05"), (Role.KETUA_RT, FOREIGN_RT)),
    "Ketua RT, and Operator": ((Role.KETUA_RT, RT), (Role.OPERATOR, "64.71")),
}


@dataclass(frozen=True)
class Deed:
    """A posted action: on which page, what it needs, on what it is tried, what it makes."""

    page: str
    name: str
    action: Action
    make: Callable[[str], Any]
    target: str
    data: Callable[[], dict[str, str]] = field(default=dict)
    code: int = 302

    def __str__(self) -> str:
        return f"{self.page} {self.name}"


def _letter(make: Callable[[Any], Any]) -> Callable[[str], Any]:
    return lambda area: make(factories.reported(area))


def _ready_under_a_lurah(resident: Any) -> Any:
    """For who signs in a Lurah's name, which takes one."""
    factories.holder(Role.LURAH, resident.kelurahan)
    return factories.letter_ready(resident)


def _reason() -> dict[str, str]:
    return {"reason": "Periksa lagi."}


def _text() -> dict[str, str]:
    return {"text": "Sudah kami perbaiki."}


def _other_category() -> dict[str, str]:
    return {"category": "suggestion"}


def _announced(make: Callable[[], Any]) -> Callable[[str], Any]:
    """Announcements are the city's, whomever they are for."""
    return lambda area: make()


def _anew() -> dict[str, str]:
    return {"reason": "Salah nama.", "purpose": "Membuka rekening bank"}


def _receiver() -> dict[str, str]:
    return {"receiver": "person"}


def _end() -> dict[str, str]:
    return {"date": today().isoformat(), "reason": "1"}


def _lost() -> dict[str, str]:
    return {"kind": "safeguard", "reason": "Ponsel hilang."}


def _longer() -> dict[str, str]:
    return {"date": (today() + timedelta(days=400)).isoformat()}


def _elsewhere() -> dict[str, str]:
    return {"date": today().isoformat(), "address": "Jl. Contoh Baru 7", "area": HERE}


def _from_nik() -> dict[str, str]:
    return {"birth_date": "1990-05-12", "sex": "1"}


def _newcomer(area: str) -> Any:
    return confirmed(area, kind=Kind.MOVED_IN)


def _seen() -> dict[str, str]:
    return {"date": today().isoformat(), "seen": "on"}


def _extended(area: str) -> Any:
    resident = factories.reported(area)
    move = Move(None, {"date": resident.stays_until + timedelta(days=50)})
    return RESIDENTS.advance(resident.pk, "extend", move).row


def _departed(area: str) -> Any:
    """Somebody who is said to have moved from the area to another kecamatan."""
    to = RT if area == FOREIGN_RT else FOREIGN_RT
    left = factories.reported(area)
    arrival = factories.reported(to, nik=left.nik)
    declare(arrival.pk, Move(factories.holder(Role.LURAH, to[:13]), {"date": today()}))
    left.refresh_from_db()
    return left


_ENTER, _JUDGE, _DECIDE = Action.RESIDENT_ENTER, Action.RESIDENT_JUDGE, Action.LETTER_DECIDE
_HAND = Action.LETTER_HAND_OVER
_INTRODUCE, _R, _L = Action.LETTER_INTRODUCE, "resident_detail", "letter_detail"
_P, _breach = "proposal_rt", cases.breach_reported


def _note() -> dict[str, str]:
    return {"note": "Sudah diperiksa."}


def _back() -> dict[str, str]:
    return {"back": "told"}


_K, _REPLY = "correction_detail", Action.CORRECTION_ANSWER
_T, _A = "ticket_answer", "announcement_case"
_reported = factories.reported
_S, _service, _ANSWER = "service_detail", factories.a_service, Action.SERVICE_ANSWER
DEEDS = (
    Deed(_R, "report", _ENTER, factories.draft, "reported"),
    Deed(_R, "return", _JUDGE, _reported, "returned", _reason),
    Deed(_R, "verify", _JUDGE, _reported, "verified"),
    Deed(_R, "end", _ENTER, _reported, "ended", _end),
    Deed(_R, "extend", _ENTER, _reported, "reported", _longer),
    Deed(_R, "reveal", Action.RESIDENT_REVEAL, _reported, "reported", code=200),
    Deed(_R, "reopen", _ENTER, factories.ended, "reported"),
    Deed(_R, "discard", _ENTER, factories.draft, "discarded"),
    Deed(_R, "move", _ENTER, _reported, "reported", _elsewhere),
    Deed(_R, "fill", _ENTER, factories.draft, "draft", _from_nik),
    Deed(_R, "stays", _ENTER, _reported, "reported"),
    Deed(_R, "gone", _ENTER, _reported, "ended"),
    Deed(_R, "correct_end", _ENTER, factories.ended, "ended", _end),
    Deed(_R, "correct_stay", _ENTER, _extended, "reported", _longer),
    Deed(_R, "claim", _JUDGE, _reported, "reported"),
    Deed(_R, "release", _JUDGE, _reported, "reported"),
    Deed(_R, "receive", Action.RESIDENT_RECEIVE, factories.held, "reported", _seen),
    Deed(_R, "object", Action.RELOCATION_OBJECT, _departed, "ended", _reason),
    Deed(_R, "attachment_remove", _ENTER, _reported, "reported", code=404),
    Deed(_R, "introduce", _INTRODUCE, _reported, "reported"),
    Deed(_S, "confirm", _ANSWER, _service, "confirmed"),
    Deed(_S, "take_back", _ANSWER, confirmed, "told"),
    Deed(_S, "reveal", Action.RESIDENT_REVEAL, _service, "told", code=200),
    Deed(_S, "draft", _ENTER, _newcomer, "confirmed"),
    Deed(_L, "introduce", _INTRODUCE, _letter(factories.letter_requested), "ready"),
    Deed(_L, "issue", _DECIDE, _letter(_ready_under_a_lurah), "issued"),
    Deed(_L, "return", _DECIDE, _letter(factories.letter_ready), "returned", _reason),
    Deed(_L, "revoke", _DECIDE, _letter(factories.letter_issued), "revoked", _reason),
    Deed("letter_hand", "in_person", _HAND, _letter(factories.letter_issued), "issued", _receiver),
    Deed(_L, "replace", _DECIDE, _letter(factories.letter_issued), "issued", _anew),
    Deed(_P, "propose", Action.KETUA_RT_PROPOSE, cases.head_returned, "proposed"),
    Deed(_P, "withdraw", Action.KETUA_RT_PROPOSE, cases.head_proposed, "withdrawn", _reason),
    Deed(_P, "return", Action.ACCOUNT_ISSUE, cases.head_proposed, "returned", _reason),
    Deed(_P, "issue", Action.ACCOUNT_ISSUE, cases.head_proposed, "issued"),
    Deed("account_close", "", Action.ACCOUNT_CLOSE, cases.account_active, "inactive", _lost),
    Deed("account_reopen", "", Action.ACCOUNT_CLOSE, cases.account_safeguarded, "active", _reason),
    Deed("breach_detail", "dismiss", Action.ACCOUNT_CLOSE, _breach, "dismissed", _reason),
    Deed(_K, "ask", _REPLY, corrected.sent, "asked", _note),
    Deed(_K, "accept", _REPLY, corrected.asked, "accepted", _note),
    Deed(_K, "reject", _REPLY, corrected.sent, "rejected", _reason),
    Deed(_K, "claim", _REPLY, corrected.sent, "sent"),
    Deed(_K, "release", _REPLY, corrected.sent, "sent"),
    Deed(_K, "reply", _ANSWER, corrected.asked, "sent", _note),
    Deed(_K, "withdraw", _ANSWER, corrected.sent, "withdrawn", _back),
    Deed(_T, "answer", Action.TICKET_ANSWER, tickets.opened, "answered", _text),
    Deed(_T, "ask", Action.TICKET_ANSWER, tickets.opened, "asked", _text),
    Deed(_T, "settle", Action.TICKET_ANSWER, tickets.answered, "closed"),
    Deed(_T, "transfer", Action.TICKET_ANSWER, tickets.opened, "open", _other_category),
    Deed(_T, "claim", Action.TICKET_ANSWER, tickets.opened, "open"),
    Deed(_T, "release", Action.TICKET_ANSWER, tickets.opened, "open"),
    Deed(_T, "note", Action.TICKET_ANSWER, tickets.closed, "closed", _text),
    Deed(_A, "publish", Action.ANNOUNCE, _announced(announced.draft), "published"),
    Deed(_A, "discard", Action.ANNOUNCE, _announced(announced.draft), "discarded"),
    Deed(_A, "withdraw", Action.ANNOUNCE, _announced(announced.published), "withdrawn", _reason),
)


def somebody(hand: str) -> User:
    """A user with these posts; acting ones, beside whoever holds them already."""
    return factories.user_with(*((*post, "plt") for post in HANDS[hand]))


def test_every_action_of_a_page_is_tried() -> None:
    tried = {(deed.page, deed.name) for deed in DEEDS}
    assert {name for page, name in tried if page == _R} == {
        *ResidentPageWithLetters.handlers,
        *ROOMS,
    }
    assert {name for page, name in tried if page == _L} == set(LETTERS.transitions)


# Tried side by side, but for proposals: only one of an office is open at a time.
TOGETHER = [
    list(deeds)
    for _, deeds in groupby(DEEDS, lambda deed: str(deed) if deed.page == _P else deed.page)
]


@pytest.mark.usefixtures("users_known")
@pytest.mark.parametrize("deeds", TOGETHER, ids=lambda deeds: str(deeds[0]))
def test_an_action_is_open_to_those_and_there_where_the_rules_say(deeds: list[Deed]) -> None:
    rows = {deed: {area: deed.make(area) for area in AREAS} for deed in deeds}
    wrong: list[str] = []
    for hand in HANDS:
        with undone():
            user = somebody(hand)
            client = factories.client_of(user)
            for deed in deeds:
                found = tried(user, client, deed, rows[deed])
                wrong += [f"{deed} by {hand}: {one}" for one in found]
    assert wrong == []


def tried(user: User, client: Client, deed: Deed, rows: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the answers, and with what becomes of the rows."""
    before = {area: row.status for area, row in rows.items()}
    may = has(user, deed.action)
    # Refused before anything is looked up: for a missing one as for any other.
    missing = post(client, deed, MISSING if may else rows[AREAS[0]].pk)
    if missing.status_code != (404 if may else 403):
        yield f"missing: {missing.status_code}"
    for area in ends(user, deed.action, AREAS) if may else ():
        row = rows[area]
        with undone():
            response = post(client, deed, row.pk)
            row.refresh_from_db()
            found = (
                done(deed, row, response)
                if reaches(user, deed.action, area)
                else left_alone(row, before[area], response, missing)
            )
            yield from (f"{area}: {one}" for one in found)
        row.refresh_from_db()
    if {area: row.status for area, row in fresh(rows).items()} != before:
        yield "moves it"


def fresh(rows: dict[str, Any]) -> dict[str, Any]:
    return {area: type(row).objects.get(pk=row.pk) for area, row in rows.items()}


def done(deed: Deed, row: Any, response: Any) -> Iterator[str]:
    if response.status_code != deed.code:
        yield f"answers {response.status_code}"
    if row.status != deed.target:
        yield f"leaves it {row.status}"


def left_alone(row: Any, before: str, response: Any, missing: Any) -> Iterator[str]:
    if (response.status_code, response.content) != (missing.status_code, missing.content):
        yield f"answers {response.status_code}, unlike a missing one"
    if row.status != before:
        yield f"makes it {row.status} all the same"


def post(client: Client, deed: Deed, pk: int) -> Any:
    here = Resident.objects.filter(pk=pk).values_list("area", flat=True).first() or ""
    told = {name: here if value == HERE else value for name, value in deed.data().items()}
    data = {"action": deed.name, **told}
    return client.post(reverse(deed.page, args=[pk]), data)


def test_an_unknown_action_is_refused() -> None:
    client = factories.client_of(factories.user_as(Role.KETUA_RT))
    resident = factories.reported()
    for name in ("", "destroy", "hold", "amend", "do_report"):
        response = client.post(reverse(_R, args=[resident.pk]), {"action": name})
        assert response.status_code == 400, name


def test_a_ketua_rt_who_is_lurah_elsewhere_mixes_no_powers() -> None:
    user = factories.user_with((Role.KETUA_RT, RT), (Role.LURAH, FOREIGN_KELURAHAN))
    client = factories.client_of(user)
    here, there = factories.letter_ready(), factories.letter_ready(factories.reported(FOREIGN_RT))
    assert client.post(reverse(_L, args=[here.pk]), {"action": "issue"}).status_code == 404
    assert client.post(reverse(_L, args=[there.pk]), {"action": "issue"}).status_code == 302
    for area, code in ((RT, 302), (FOREIGN_RT, 422)):
        answer = client.post(reverse("resident_add"), factories.form_data(area=area))
        assert answer.status_code == code, area


def test_issuing_many_takes_none_out_of_reach() -> None:
    """One foreign letter among the chosen: 404, and none of the others is issued."""
    client = factories.client_of(factories.user_as(Role.LURAH))
    own, foreign = factories.letter_ready(), factories.letter_ready(factories.reported(FOREIGN_RT))
    answer = client.post(reverse("letter_ready"), {"letter": [own.pk, foreign.pk]})
    own.refresh_from_db()
    assert (answer.status_code, own.status) == (404, "ready")


@pytest.mark.parametrize("role", [Role.LURAH, Role.OPERATOR])
def test_a_draft_is_missing_for_those_who_do_not_enter(role: Role) -> None:
    client = factories.client_of(factories.user_as(role))
    draft = client.get(reverse(_R, args=[factories.draft().pk]))
    missing = client.get(reverse(_R, args=[MISSING]))
    assert draft.status_code == missing.status_code == 404
    assert draft.content == missing.content
