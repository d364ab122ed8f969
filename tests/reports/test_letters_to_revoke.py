"""Issued letters of people whose record never counts: the Lurah is asked to revoke them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from accounts.notices.models import Notice
from accounts.rules import Role
from reports.letters.models import Letter
from residents.registry.models import Resident
from residents.registry.workflow import WORKFLOW
from residents.twins.merging import merge
from tests import factories
from tests.factories import FOREIGN_RT, KELURAHAN, RT, SIBLING_RT, holder
from tests.residents.pages import ketua_rt, lurah, operator, petugas, shown
from tests.residents.twins import declared_pair, operator_user, undone
from wacat.clock import today
from wacat.workflow import Move

pytestmark = pytest.mark.django_db
CARD, WHY = "Surat yang perlu dicabut", "Surat ini perlu dicabut"
LISTED = "/surat/?status=to_revoke"


def _undone() -> Letter:
    pair, relocation = declared_pair()
    letter = factories.letter_issued(pair.new)
    undone(relocation)
    assert pair.states[1] == "held"
    return letter


def _returned() -> Letter:
    letter = factories.letter_issued()
    _advance(letter, "return", operator_user(), reason="Bukan warga di sini.")
    return letter


def _discarded() -> Letter:
    letter = _returned()
    _advance(letter, "discard", holder(Role.KETUA_RT, RT))
    return letter


def _cancelled() -> Letter:
    letter = factories.letter_issued()
    form = {"action": "end", "date": today().isoformat(), "reason": 5, "cancellation_reason": 3}
    assert ketua_rt().post(f"/warga/{_subject(letter).pk}/", form).status_code == 302
    return letter


def _merged_elsewhere() -> Letter:
    kept, away = factories.reported(FOREIGN_RT), factories.reported(RT)
    letter = factories.letter_issued(away)
    merge(kept.pk, away.pk, (), Move(operator_user(), {"reason": "Orang yang sama."}))
    return letter


def _advance(letter: Letter, name: str, actor: Any, **data: Any) -> None:
    WORKFLOW.advance(_subject(letter).pk, name, Move(actor, data))


def _subject(letter: Letter) -> Resident:
    resident: Resident = letter.lines.get().resident
    return resident


def _reported_again() -> Letter:
    letter = _returned()
    assert (
        ketua_rt().post(f"/warga/{_subject(letter).pk}/", {"action": "report"}).status_code == 302
    )
    assert _subject(letter).status == "reported"
    return letter


def _merged_into(kept: Letter) -> Letter:
    """Another letter of the very RT, whose person is merged into that of *kept*."""
    letter, reason = factories.letter_issued(), {"reason": "Orang yang sama."}
    into, away = _subject(kept), _subject(letter)
    merge(into.pk, away.pk, (), Move(holder(Role.KETUA_RT, RT), reason))
    return letter


def _merged_and_returned() -> Letter:
    kept = factories.letter_issued()
    letter = _merged_into(kept)
    _advance(kept, "return", operator_user(), reason="Ejaan nama.")
    return letter


def _merged_and_cancelled() -> Letter:
    kept = factories.letter_issued()
    letter, form = _merged_into(kept), {"date": today(), "end_reason": 5, "cancellation_reason": 3}
    _advance(kept, "end", holder(Role.KETUA_RT, RT), **form)
    return letter


VOID: list[tuple[Callable[[], Letter], str]] = [
    (_undone, "ditahan"),
    (_discarded, "dibuang"),
    (_merged_elsewhere, "digabung"),
]
RIGHT = [_returned, _reported_again, _cancelled, _merged_and_returned, _merged_and_cancelled]


@pytest.mark.parametrize(("make", "word"), VOID, ids=[make.__name__ for make, _ in VOID])
def test_the_lurah_is_told_and_finds_the_button(make: Callable[[], Letter], word: str) -> None:
    factories.letter_issued()
    letter, client = make(), lurah()
    start = client.get("/")
    assert CARD in shown(start)
    assert LISTED in start.content.decode()
    listed = client.get(LISTED).content.decode()
    assert f'href="/surat/{letter.pk}/"' in listed
    assert listed.count('<th scope="row"') == 1
    page = shown(client.get(f"/surat/{letter.pk}/"))
    assert WHY in page
    assert word in page
    form = {"action": "revoke", "reason": "Tidak pernah tinggal di sini."}
    assert client.post(f"/surat/{letter.pk}/", form).status_code == 302
    assert f"/surat/{letter.pk}/" not in client.get(LISTED).content.decode()
    assert WHY not in shown(client.get(f"/surat/{letter.pk}/"))


@pytest.mark.parametrize("make", RIGHT, ids=lambda make: make.__name__)
def test_what_may_still_count_or_has_counted_is_not_called_void(
    make: Callable[[], Letter],
) -> None:
    """Returned for a spelling, cancelled (F-1.15 part VI), or merged into one of these."""
    letter, client = make(), lurah()
    assert CARD not in shown(client.get("/"))
    assert '<th scope="row"' not in client.get(LISTED).content.decode()
    assert WHY not in shown(client.get(f"/surat/{letter.pk}/"))


def test_one_of_a_family_is_enough() -> None:
    head, wife = factories.reported(one_kk=True), factories.reported(one_kk=True)
    letter = factories.letter_issued(head, wife)
    WORKFLOW.advance(wife.pk, "return", Move(operator_user(), {"reason": "Bukan warga."}))
    WORKFLOW.advance(wife.pk, "discard", Move(holder(Role.KETUA_RT, RT)))
    page = shown(lurah().get(f"/surat/{letter.pk}/"))
    assert f"Catatan {wife.full_name} dibuang" in page
    assert f"Catatan {head.full_name}" not in page


def test_who_lived_there_keeps_the_letter() -> None:
    """Left, moved on, or registered twice in that very RT: what the letter says was true."""
    left, moved, twice = (factories.letter_issued() for _ in range(3))
    _advance(left, "end", holder(Role.KETUA_RT, RT), date=today(), end_reason=1)
    factories.move(_subject(moved), SIBLING_RT, today())
    kept = factories.reported(RT)
    reason = {"reason": "Orang yang sama."}
    merge(kept.pk, _subject(twice).pk, (), Move(holder(Role.KETUA_RT, RT), reason))
    assert CARD not in shown(lurah().get("/"))
    assert '<th scope="row"' not in lurah().get(LISTED).content.decode()
    for letter in (left, moved, twice):
        assert WHY not in shown(lurah().get(f"/surat/{letter.pk}/"))


def test_an_expired_one_needs_no_revoking() -> None:
    letter = _discarded()
    assert letter.valid_until is not None
    with factories.on_day(letter.valid_until + timedelta(days=1)):
        assert '<th scope="row"' not in lurah().get(LISTED).content.decode()
        assert WHY not in shown(lurah().get(f"/surat/{letter.pk}/"))


def test_it_is_the_lurahs_alone() -> None:
    letter = _discarded()
    for client in (ketua_rt(), petugas()):
        assert client.get(LISTED).status_code == 400
        assert CARD not in shown(client.get("/"))
        assert WHY not in shown(client.get(f"/surat/{letter.pk}/"))
    assert operator().get(LISTED).status_code == 403
    assert '<th scope="row"' not in lurah(FOREIGN_RT[:13]).get(LISTED).content.decode()


def test_undoing_a_move_tells_the_receiving_kelurahan_to_look_for_a_letter() -> None:
    _, relocation = declared_pair()
    undone(relocation)
    told = Notice.objects.filter(kind="relocation_decided")
    assert {holder(Role.LURAH, KELURAHAN), holder(Role.KETUA_RT, RT)} <= {
        one.recipient for one in told
    }
    notice = told.get(recipient=holder(Role.LURAH, KELURAHAN))
    assert "cabut surat itu" in shown(lurah().get(f"/pemberitahuan/{notice.pk}/", follow=True)) or (
        "cabut surat itu" in shown(lurah().get("/pemberitahuan/"))
    )
