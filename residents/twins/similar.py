"""Who may be the same person, without a NIK that says so: by name sound, birth date and origin."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from residents.registry.models import Resident
from residents.registry.names import keys_of
from residents.registry.nik import normalise
from residents.registry.states import GONE, Status

MOST = 5
_LOOKED_AT = 1500
_WEIGHED = 25
_ENOUGH = 5
# Names that half of all bear tell little: who has nothing else in common is somebody else.
_COMMON = frozenset(keys_of("Muhammad Ahmad Abdul Abdullah Siti Nur Sri Dewi Andi Agus Eko Putri"))
_MISTYPED_DIGITS = 2


def similar_to(rows: Any, resident: Resident) -> list[Resident]:
    """Those of *rows* (residents in the viewer's scope) who may be this person, likeliest first.

    At most five. A stay that ended before this one began is no mistake, and nobody of it is told.
    """
    keys = set(keys_of(resident.full_name))
    if not keys:
        return []
    others = rows.filter(anonymised_on=None).exclude(pk=resident.pk).exclude(status__in=GONE)
    near = others.filter(pk__in=_near(others, resident, keys)).select_related("area__parent")
    scores = [(_score(resident, keys, one), one) for one in near]
    likely = [(score, one) for score, one in scores if score >= _ENOUGH]
    likely.sort(key=lambda pair: (-pair[0], -pair[1].pk))
    return [one for _, one in likely[:MOST]]


def called(rows: Any, text: str) -> Any:
    """Those of *rows* with this NIK, or whose name has words that sound like all of these."""
    try:
        return rows.with_nik(normalise(text))
    except ValueError:
        keys = keys_of(text)
        return rows.filter(name_keys__contains=keys) if keys else rows.none()


def _near(others: Any, resident: Resident, keys: set[str]) -> list[int]:
    """Keys of the likeliest by name and birth date, from the indexed columns alone."""
    found: dict[int, int] = {}
    for asked in _asked(resident, keys):
        lean = others.filter(asked).order_by().values_list("pk", "name_keys", "birth_date")
        for pk, theirs, born in lean[:_LOOKED_AT]:
            if name := _of_names(keys, set(theirs)):
                found[pk] = name + _of_births(resident.birth_date, born)
    return sorted(found, key=lambda pk: (-found[pk], -pk))[:_WEIGHED]


def _asked(resident: Resident, keys: set[str]) -> list[Q]:
    """What the indexes of birth dates and of name keys answer, each apart."""
    same_name = Q(name_keys__contains=sorted(keys))
    if resident.birth_date is None:
        known = resident.origin_province
        return [same_name & Q(origin_province__in=(known, "")) if known else same_name]
    born = Q(birth_date__in=_misread(resident.birth_date))
    telling = Q(name_keys__overlap=sorted(keys - _COMMON or keys))
    return [born & telling, same_name & Q(birth_date=None)]


def _misread(day: date) -> list[date]:
    """The date, and what is made of it by one slip of the pen."""
    slips = {day, day + timedelta(days=1), day - timedelta(days=1)}
    others = [(day.year, day.day, day.month), (day.year, 1, 1)]
    others += [(day.year + years, day.month, day.day) for years in (-10, -1, 1, 10)]
    others += [(day.year, month, day.day) for month in (day.month - 1, day.month + 1)]
    others += [(day.year, day.month, other) for other in (day.day - 10, day.day + 10)]
    for year, month, number in others:
        try:
            slips.add(date(year, month, number))
        except ValueError:
            continue
    return sorted(slips)


def _score(resident: Resident, keys: set[str], other: Resident) -> int:
    """How much speaks for one person; ``_ENOUGH`` is where it is worth a look."""
    if _ended_before(resident, other):
        return 0
    name = _of_names(keys, set(keys_of(other.full_name)))
    born = _of_births(resident.birth_date, other.birth_date)
    if not name or 3 not in (name, born):
        return 0
    if _is_another_nik(resident.nik, other.nik) and (name, born) != (3, 3):
        return 0
    score = name + born + _of_origins(resident, other)
    is_other_sex = resident.sex and other.sex and resident.sex != other.sex
    return score - 2 if is_other_sex else score


def _of_names(keys: set[str], others: set[str]) -> int:
    """3 for the same words or all words of the shorter name, 2 for most of them, else 0."""
    telling = (keys & others) - _COMMON
    shorter = min(len(keys), len(others))
    shared = len(keys & others)
    if shorter and shared == shorter and (telling or keys == others):
        return 3 if shorter > 1 or len(keys) == len(others) else 2
    return 2 if telling and 2 * shared > shorter else 0


def _of_births(first: date | None, second: date | None) -> int:
    if first is None or second is None:
        return 1
    return 3 if first == second else 2


def _of_origins(resident: Resident, other: Resident) -> int:
    first, second = resident.origin_province, other.origin_province
    if not first or not second:
        return 0
    return 1 if first == second else -1


def _is_another_nik(first: str, second: str) -> bool:
    """Both are known, and differ by more than is mistyped."""
    if not first or not second or len(first) != len(second):
        return False
    differing = sum(one != two for one, two in zip(first, second, strict=True))
    return differing > _MISTYPED_DIGITS


def _ended_before(resident: Resident, other: Resident) -> bool:
    return (
        other.status == Status.ENDED
        and other.ended_on is not None
        and other.ended_on <= resident.arrived_on
    )
