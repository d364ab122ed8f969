"""Replacing a letter as the Lurah does, for tests."""

from __future__ import annotations

from typing import Any

from django.test import Client

from reports.letters.models import Letter
from residents.registry.models import Resident
from tests import factories
from tests.residents.pages import Answer, lurah

WHY: dict[str, Any] = {"reason": "Nama salah tulis.", "purpose": "Membuka rekening bank"}


def do(letter: Letter, action: str, client: Client | None = None, **data: Any) -> Answer:
    """Post the action, as the Lurah unless another is given; *letter* is read anew."""
    answer = (client or lurah()).post(f"/surat/{letter.pk}/", {"action": action, **data})
    letter.refresh_from_db()
    return answer


def asked(old: Letter) -> Letter:
    """The letter that is to replace *old*, waiting for the Lurah."""
    assert do(old, "replace", **WHY).status_code == 302
    return Letter.objects.get(replaces=old)


def replaced(*people: Resident) -> tuple[Letter, Letter]:
    """A letter, and the one that was issued in its place."""
    old = factories.letter_issued(*people)
    new = asked(old)
    assert do(new, "issue").status_code == 302
    return Letter.objects.get(pk=old.pk), Letter.objects.get(pk=new.pk)
