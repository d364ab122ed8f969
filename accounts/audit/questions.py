"""What somebody asks the trail: by kind, person, object, area and days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest, ValidationError
from django.db.models import Q
from django.http import Http404

from accounts.areas.codes import code_from
from accounts.areas.models import Area
from accounts.audit.models import Access
from accounts.audit.sources import Source, tracked
from accounts.login.models import User
from accounts.posts.models import Post
from accounts.rules import Action
from wacat.keys import row_key
from wacat.words import WITA

KINDS = {
    "change": "Data diubah",
    "step": "Langkah kerja",
    **{kind.value: str(kind.label) for kind in Access.Kind},
    "sign_in": "Masuk",
    "record": "Pernyataan dan keputusan",
}
MOST_SUBJECTS = 20
_SUBJECT = re.compile(r"[a-z_]{1,30}\.[a-z_]{1,30}(:[0-9.]{1,18})?")


@dataclass(frozen=True)
class Question:
    """``subjects`` are the rows asked for ("residents.resident:12"), any of them."""

    kind: str = ""
    person: int | None = None
    subjects: tuple[str, ...] = ()
    area: str = ""
    first: date | None = None
    last: date | None = None

    @classmethod
    def from_query(cls, user: User, query: Mapping[str, Any]) -> Question:
        """As the address says. Raises BadRequest, and Http404 for an area out of reach."""
        kind = query.get("jenis", "")
        if kind and kind not in KINDS:
            raise BadRequest("Jenis catatan tidak dikenal.")
        question = cls(
            kind=kind,
            person=_number(query.get("orang", "")),
            subjects=_subjects(query.get("objek", "")),
            area=query.get("wilayah", ""),
            first=_day(query.get("dari", "")),
            last=_day(query.get("sampai", "")),
        )
        visible = Area.objects.visible_to(user, Action.TRAIL_VIEW)
        if question.area and not visible.filter(code=code_from(question.area)).exists():
            raise Http404
        return question

    @property
    def query(self) -> str:
        """The same as part of an address."""
        said = {
            "jenis": self.kind,
            "orang": self.person or "",
            "objek": ",".join(self.subjects),
            "wilayah": self.area,
            "dari": self.first.isoformat() if self.first else "",
            "sampai": self.last.isoformat() if self.last else "",
        }
        return urlencode({name: value for name, value in said.items() if value})

    def about(self, subjects: list[str]) -> Question:
        """The same of these rows alone."""
        return replace(self, subjects=tuple(subjects[:MOST_SUBJECTS]))

    def condition(self, source: Source) -> Q | None:
        """Which of the table's rows answer; None when none can."""
        parts = (
            self._of_kind(source),
            self._by_person(source),
            self._about_subjects(source),
            self._in_area(source),
            self._in_days(source),
        )
        if any(part is None for part in parts):
            return None
        condition = Q()
        for part in parts:
            condition &= part or Q()
        return condition

    def _of_kind(self, source: Source) -> Q | None:
        if not self.kind or self.kind == source.kind:
            return Q()
        is_access = source.model is Access and self.kind in Access.Kind.values
        return Q(kind=self.kind) if is_access else None

    def _by_person(self, source: Source) -> Q | None:
        if self.person is None:
            return Q()
        return Q(**{source.actor_filter: self.person}) if source.actor_filter else None

    def _about_subjects(self, source: Source) -> Q | None:
        if not self.subjects:
            return Q()
        if source.model is Access:
            return Q(subject__in=self.subjects)
        start = f"{source.about}:"
        keys = [one.removeprefix(start) for one in self.subjects if one.startswith(start)]
        return Q(**{f"{source.about_path}__in": keys}) if keys else None

    def _in_area(self, source: Source) -> Q | None:
        """Where it happened; what is about a person counts where that person has a post."""
        if not self.area:
            return Q()
        if source.area_path:
            return _at_or_under(source.area_path, self.area)
        if source.person_path:
            posts = Post.objects.under((self.area,))
            return Q(**{f"{source.person_path}__in": posts.values("user")})
        return None

    def _in_days(self, source: Source) -> Q:
        condition = Q()
        if self.first:
            condition &= Q(**{f"{source.at}__gte": _midnight(self.first)})
        if self.last:
            condition &= Q(**{f"{source.at}__lt": _midnight(self.last + timedelta(days=1))})
        return condition


def _at_or_under(path: str, code: str) -> Q:
    """Which rows lie there: as everywhere, by the code's prefix ("/" comes after ".")."""
    return Q(**{path: code}) | Q(**{f"{path}__gt": f"{code}.", f"{path}__lt": f"{code}/"})


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, WITA)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadRequest("Tanggal tidak dikenal.") from error
    if day and not 2000 <= day.year <= 2200:
        raise BadRequest("Tanggal tidak dikenal.")
    return day


def _number(text: str) -> int | None:
    if not text:
        return None
    key = row_key(text)
    if key is None:
        raise BadRequest("Orang tidak dikenal.")
    return key


def _subjects(text: str) -> tuple[str, ...]:
    """Each a label and a key that fits it. Raises BadRequest."""
    found = tuple(text.split(",")) if text else ()
    if len(found) > MOST_SUBJECTS or not all(_is_subject(one) for one in found):
        raise BadRequest("Objek tidak dikenal.")
    return found


def _is_subject(text: str) -> bool:
    label, _, key = text.partition(":")
    if not _SUBJECT.fullmatch(text) or not key or label not in tracked():
        return bool(_SUBJECT.fullmatch(text))
    try:
        tracked()[label]._meta.pk.to_python(key)
    except ValidationError:
        return False
    return True
