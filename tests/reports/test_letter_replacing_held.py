"""Replacing a letter past the workflow, and by several hands at the same moment."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from reports.letters.models import Letter
from tests import factories
from tests.factories import RT
from tests.reports.letters_to_replace import WHY, asked, do, replaced
from tests.residents.at_once import at_once
from tests.residents.pages import Answer, lurah


@pytest.mark.django_db
class TestInTheDatabase:
    """Past the workflow, as a slip in the code would."""

    @pytest.mark.parametrize("status", ["issued", "revoked"])
    def test_both_are_never_in_force(self, status: str) -> None:
        old, new = factories.letter_issued(), factories.letter_issued()
        if status == "revoked":
            do(new, "revoke", reason="Salah.")
        with pytest.raises(IntegrityError, match="never both in force"), transaction.atomic():
            Letter.objects.filter(pk=new.pk).update(replaces=old)

    def test_a_replaced_one_never_comes_back(self) -> None:
        old, _ = replaced()
        with pytest.raises(IntegrityError, match="never both in force"), transaction.atomic():
            Letter.objects.filter(pk=old.pk).update(status="issued", revoked_on=None)

    def test_none_replaces_itself_or_a_later_one(self) -> None:
        first, second = factories.letter_ready(), factories.letter_ready()
        for replaces in (first, second):
            with pytest.raises(IntegrityError, match="earlier_one"), transaction.atomic():
                Letter.objects.filter(pk=first.pk).update(replaces=replaces)

    def test_one_is_replaced_once(self) -> None:
        old, _ = replaced()
        other = factories.letter_ready(factories.reported(RT))
        with pytest.raises(IntegrityError, match="unique"), transaction.atomic():
            Letter.objects.filter(pk=other.pk).update(replaces=old)


class TestAtOnce:
    @pytest.mark.parametrize("_round", range(3))
    def test_asked_for_by_many_there_is_one(self, committed_db: None, _round: int) -> None:
        old = factories.letter_issued()
        tasks = [partial(_post, lurah(), old, "replace", WHY) for _ in range(6)]
        codes = sorted(answer.status_code for answer in at_once(*tasks))
        assert codes == [302, 409, 409, 409, 409, 409]
        assert Letter.objects.filter(replaces=old).count() == 1

    @pytest.mark.parametrize("other", ["replace", "revoke", "issue"])
    def test_issuing_the_new_while_the_old_is_at_hand(self, committed_db: None, other: str) -> None:
        for _ in range(5):
            old = factories.letter_issued()
            new = asked(old)
            second = new if other == "issue" else old
            tasks = [
                partial(_post, lurah(), new, "issue", {}),
                partial(_post, lurah(), second, other, WHY),
            ]
            assert {answer.status_code for answer in at_once(*tasks)} <= {302, 409}
            old.refresh_from_db()
            new.refresh_from_db()
            assert (old.status, new.status) == ("revoked", "issued")


def _post(client: Client, letter: Letter, action: str, data: dict[str, str]) -> Answer:
    return client.post(f"/surat/{letter.pk}/", {"action": action, **data})
