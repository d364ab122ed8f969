"""Entries of the trail as people read them: who, what, about which row, where, from where."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models

from accounts.areas.models import Area
from accounts.audit.changes import Change, changes_of
from accounts.audit.models import Access
from accounts.audit.sources import Source, sources
from accounts.audit.words import EVENTS, STEPS, choice_word, column_word, model_of, subject_word
from accounts.login.models import SignIn, User
from accounts.posts.models import place_of
from wacat.words import tanggal, waktu

SYSTEM = "Sistem"
_PLAIN_PART = re.compile(r"[a-z-]{0,30}|[0-9]{1,12}|[0-9]{2}(\.[0-9]{2,4}){1,4}")


@dataclass(frozen=True)
class Entry:
    """One line of the trail. ``details`` say what changed; ``subject_key`` is for a filter."""

    at: datetime
    actor: str
    actor_pk: int | None
    what: str
    details: list[str]
    subject: str
    subject_key: str
    area: str
    area_code: str
    address: str
    url: str


def present(rows: list[dict[str, Any]]) -> list[Entry]:
    """The rows of ``reading.read`` in words; three statements, however many rows."""
    changes = changes_of(rows)
    people = _people(rows)
    areas = _areas(rows, changes.values())
    return [_entry(row, changes, people, areas) for row in rows]


def people_named(keys: Iterable[int]) -> dict[int, str]:
    """Names by key."""
    found = User.objects.filter(pk__in=set(keys)).values_list("pk", "full_name")
    return dict(found)


def _entry(
    row: dict[str, Any],
    changes: dict[tuple[int, int], list[Change]],
    people: dict[int, str],
    areas: dict[str, str],
) -> Entry:
    source = sources()[row["entry_rank"]]
    subject, actor, code = row["entry_subject"], row["entry_actor"], row["entry_area"] or ""
    changed = changes.get((row["entry_rank"], row["entry_pk"]), [])
    return Entry(
        at=row["entry_at"],
        actor=people.get(actor, SYSTEM),
        actor_pk=actor,
        what=_what(source, row),
        details=_details(source, changed, areas),
        subject=_subject(subject, people, areas),
        subject_key=subject if ":" in subject else "",
        area=areas.get(code, code),
        area_code=code,
        address=row["entry_address"] or "",
        url=discreet(row["entry_url"] or ""),
    )


def discreet(path: str) -> str:
    """The path of an address without what may be a key to something (a token in a link)."""
    return "/".join(part if _PLAIN_PART.fullmatch(part) else "…" for part in path.split("/"))


def _what(source: Source, row: dict[str, Any]) -> str:
    kind, word, more = row["entry_kind"], row["entry_word"] or "", row["entry_more"] or ""
    if kind == "change":
        return f"{subject_word(source.about)} {EVENTS.get(word, word)}"
    if kind == "step":
        return _step(source, word, more)
    if kind == "sign_in":
        done = "Masuk" if more == "done" else "Gagal masuk"
        return f"{done}: {choice_word(SignIn, 'way', word).lower()}"
    if kind == "record":
        kind = f": {choice_word(source.model, 'kind', more).lower()}" if more else ""
        return f"{subject_word(word)}{kind}"
    return str(Access.Kind(kind).label)


def _step(source: Source, word: str, after: str) -> str:
    """As in "Warga: Dilaporkan → Diverifikasi"."""
    name, _, before = word.partition(":")
    if before == after and name in STEPS:
        return f"{subject_word(source.about)}: {STEPS[name]}"
    model = model_of(source.about)
    states = [choice_word(model, "status", state) for state in (before, after) if state]
    return f"{subject_word(source.about)}: {' → '.join(states)}"


def _subject(subject: str, people: dict[int, str], areas: dict[str, str]) -> str:
    """As in "Warga nomor 12"; an account by its holder's name, an area by its own."""
    label, _, key = subject.partition(":")
    word = subject_word(label)
    if label == User._meta.label_lower and key.isdigit():
        return f"{word} {people.get(int(key), key)}"
    if key in areas:
        return areas[key] if label == Area._meta.label_lower else f"{word} {areas[key]}"
    return f"{word} nomor {key}" if key else word


def _details(source: Source, changed: list[Change], areas: dict[str, str]) -> list[str]:
    """What changed, each column once, with its values where they may be told."""
    model: Any = getattr(source.model, "pgh_tracked_model", source.model)
    lines = []
    for column, before, after in changed:
        word = column_word(model, column)
        shown = [_value(model, column, text, areas) for text in (before, after)]
        lines.append(f"{word}: {shown[0]} → {shown[1]}" if before or after else word)
    return list(dict.fromkeys(lines))


def _value(model: Any, column: str, text: str | None, areas: dict[str, str]) -> str:
    if text is None:
        return "kosong"
    if column == "area_id":
        return areas.get(text, text)
    field = model._meta.get_field(column)
    if isinstance(field, models.DateTimeField):
        return waktu(datetime.fromisoformat(text))
    if isinstance(field, models.DateField):
        return tanggal(date.fromisoformat(text))
    return choice_word(model, column, text) or "kosong"


def _people(rows: list[dict[str, Any]]) -> dict[int, str]:
    start = f"{User._meta.label_lower}:"
    about = {row["entry_subject"].removeprefix(start) for row in rows}
    keys = {int(key) for key in about if key.isdigit()}
    return people_named(keys | {row["entry_actor"] for row in rows if row["entry_actor"]})


def _areas(rows: list[dict[str, Any]], changes: Iterable[list[Change]]) -> dict[str, str]:
    codes = {row["entry_area"] for row in rows} | {
        row["entry_subject"].partition(":")[2] for row in rows if "." in row["entry_subject"]
    }
    for one in changes:
        codes |= {text for column, *pair in one if column == "area_id" for text in pair}
    found = Area.objects.filter(pk__in={code for code in codes if code}).select_related("parent")
    return {area.code: place_of(area) for area in found}
