"""Merging two records of one person: one is kept, the other stays to be read from it.

What is merged counts nowhere any more, so only records that tell of the same days are merged.
Two stays one after the other are both true and stay two records.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404

from accounts.rules import Action
from accounts.scope import reach
from residents.registry.models import Resident, ResidentStep
from residents.registry.probing import trying
from residents.registry.registration import identity_of
from residents.registry.spans import Placement
from residents.registry.states import ACTIVE, COUNTED, GONE, Status
from residents.registry.stays import settle
from residents.registry.twice import ActiveElsewhere, AlreadyHere, refuse_second
from residents.registry.workflow import WORKFLOW
from residents.twins.declaring import REFUSALS
from residents.twins.models import Relocation
from residents.twins.telling import tell_of_merging
from wacat.workflow import InputMissing, Move, WrongState, refusing

ARRIVAL = "arrived_on"
# Who the person is: the same wherever they live.
IDENTITY = (
    "nik",
    "no_kk",
    "passport_number",
    "country",
    "sex",
    "birth_place",
    "birth_date",
    "religion",
    "marital_status",
    "education",
    "occupation",
    "blood_type",
    "nationality",
)
# What the kept record may be given where it says nothing itself, by another of its own RT.
FILLABLE = (
    *IDENTITY,
    "origin_address",
    "origin_area",
    "phone",
    "email",
    "purpose_detail",
    "landlord_name",
    "landlord_phone",
    "institution_name",
    "institution_address",
    "guarantor_name",
    "guarantor_nik",
    "guarantor_address",
    "guarantor_phone",
    "national_reference",
    "notes",
)
# Only these, when written, can tell whether somebody is registered elsewhere.
TELLING = {"nik", ARRIVAL}
BY_OPERATOR = "Kedua catatan ini hanya dapat digabung oleh Operator WaCAT."
ONE_AFTER_THE_OTHER = "Kedua masa tinggal ini berurutan, jadi keduanya benar dan tetap dua catatan."
NOT_DECIDED = "Kepindahan warga ini belum selesai. Gabungkan setelah masa keberatannya lewat."
KEEP_THE_COUNTED = "Pertahankan catatan yang sudah dilaporkan dan masih tinggal."
KEEP_THE_LONGER = (
    "Pertahankan catatan yang masa tinggalnya mencakup catatan satunya, supaya tidak ada hari yang "
    "hilang dari rekap."
)
DAYS_WOULD_BE_LOST = (
    "Masa tinggal keduanya hanya sebagian sama. Bila digabung, ada hari yang hilang dari rekap. "
    "Minta RT memperbaiki dulu tanggalnya."
)
GONE_ALREADY = "Salah satu catatan ini sudah digabung atau dibuang."
ELSEWHERE = "NIK atau tanggal ini tidak cocok dengan catatan di wilayah lain. Hubungi kelurahan."


def merge(kept: int, other: int, fill: Iterable[str], move: Move) -> Resident:
    """Merge *other* into *kept*, which takes the fields of *fill* that it lacks.

    ``ARRIVAL`` among them lets the kept stay begin on the earlier of both days. Raises Http404
    when the actor may not merge one of them, WrongState, and InputMissing. Rows are locked in
    the order of their keys, so of two who merge them into each other one wins. A repeated key
    changes nothing.
    """
    with refusing(REFUSALS):
        into, away = _locked(kept, other, move)
        if _done(away, move):
            return into
        refuse_merging(into, away, move.actor)
        ticked = set(fill) & set(offered(into, away))
        arrived = away.arrived_on if ARRIVAL in ticked else None
        values = _filled(away, ticked)
        data = {"into": into.pk, "reason": move.data.get("reason", "")}
        WORKFLOW.advance(away.pk, "merge", Move(move.actor, data, move.key))
        # What had been merged into the one is read from the other now: no chains.
        Resident.objects.filter(merged_into=away.pk).update(merged_into=into)
        asker = move.actor if ticked & TELLING else None
        with trying(asker, kept) as one:
            try:
                _complete(into, values, arrived, move)
            except ActiveElsewhere as error:
                one.told = True
                raise InputMissing({"fill": ELSEWHERE}) from error
            except AlreadyHere as error:
                raise InputMissing({"fill": next(iter(error.errors.values()))}) from error
        if into.area_id != away.area_id:
            tell_of_merging(into, away)
        return into


def refuse_merging(into: Resident, away: Resident, actor: Any) -> None:
    """Raise WrongState where these two are not to be merged, or not by *actor*."""
    is_over = any(one.status in GONE or one.anonymised_on for one in (into, away))
    if into.pk == away.pk or is_over:
        raise WrongState(GONE_ALREADY)
    if _rank(into) < _rank(away):
        raise WrongState(KEEP_THE_COUNTED)
    if _relocating(into, away).exists():
        raise WrongState(NOT_DECIDED)
    counted = into.status in COUNTED and away.status in COUNTED
    if counted and not _overlap(into, away):
        raise WrongState(ONE_AFTER_THE_OTHER)
    is_held = Status.HELD in (into.status, away.status)
    if (is_held or (counted and into.area_id != away.area_id)) and not _judges(actor, into, away):
        raise WrongState(BY_OPERATOR)
    if _loses_days(into, away):
        raise WrongState(KEEP_THE_LONGER if _is_kept_worse(into, away) else DAYS_WOULD_BE_LOST)


def merged_before(one: Resident, other: Resident, key: UUID | None) -> int | None:
    """The key of the record that was kept when this very form merged the two, if it has."""
    steps = ResidentStep.objects.filter(subject__in=(one, other), key=key, name="merge")
    step = steps.select_related("subject").first() if key else None
    return step.subject.merged_into_id if step else None


def better_kept(first: Resident, second: Resident) -> Resident:
    """The one of the two that is more likely to be kept."""
    return second if _is_kept_worse(first, second) else first


def keepable(first: Resident, second: Resident) -> list[Resident]:
    """Those of the two that may be the one that is kept."""
    pair = ((first, second), (second, first))
    return [into for into, away in pair if not _is_kept_worse(into, away)]


def hindrance(first: Resident, second: Resident, actor: Any) -> str:
    """Why these two cannot be merged by *actor*, whichever is kept; nothing when they can."""
    into = better_kept(first, second)
    try:
        refuse_merging(into, second if into is first else first, actor)
    except WrongState as error:
        return str(error)
    return ""


def offered(into: Resident, away: Resident) -> list[str]:
    """The fields of *away* that *into* could take: those that it lacks.

    What one RT wrote about the place and the people around is nothing to another.
    """
    if into.status == Status.ENDED:
        return []
    same_rt = into.area_id == away.area_id
    listed = FILLABLE if same_rt else IDENTITY
    names = [name for name in listed if _lacks(into, name) and not _lacks(away, name)]
    begins = same_rt and into.status in COUNTED and away.status in COUNTED
    earlier = begins and away.arrived_on < into.arrived_on and _lived_in_one_place(away)
    return [*names, ARRIVAL] if earlier else names


def _filled(away: Resident, ticked: set[str]) -> dict[str, Any]:
    """The ticked fields with what they say."""
    values = {name: getattr(away, name) for name in FILLABLE if name in ticked}
    return {**values, "no_nik_reason": None} if values.get("nik") else values


def _complete(into: Resident, values: dict[str, Any], arrived: date | None, move: Move) -> None:
    if arrived is not None and arrived < into.arrived_on and into.status in ACTIVE:
        values = {**values, "arrived_on": arrived}
    if not values:
        return
    _write(into, values, move.actor)
    if "arrived_on" in values:
        settle(into)


def _write(into: Resident, values: dict[str, Any], actor: Any) -> None:
    """As a correction: whom that makes another person is verified anew, unless by the operator."""
    identity = identity_of(into)
    for column in Resident._meta.fields:
        if column.name in values:
            column.save_form_data(into, values[column.name])
    if into.status in COUNTED:
        refuse_second(into, into.ended_on)
    into.save()
    changed = into.status == Status.VERIFIED and identity_of(into) != identity
    if changed and not _judges(actor, into):
        WORKFLOW.advance(into.pk, "amend", Move(actor))


def _locked(kept: int, other: int, move: Move) -> tuple[Resident, Resident]:
    rows: Any = Resident.objects.filter(pk__in=(kept, other))
    if move.actor is not None:
        rows = rows.visible_to(move.actor, Action.RESIDENT_MERGE)
    locked = rows.select_for_update(of=("self",)).order_by("pk")
    found = {row.pk: row for row in locked}
    if kept not in found or other not in found:
        raise Http404
    return found[kept], found[other]


def _done(away: Resident, move: Move) -> bool:
    steps = ResidentStep.objects.filter(subject=away, key=move.key, name="merge")
    return bool(move.key) and steps.exists()


def _is_kept_worse(into: Resident, away: Resident) -> bool:
    """By the record that is kept, who counts would count no more, or on fewer days."""
    if _rank(into) != _rank(away):
        return _rank(into) < _rank(away)
    return _loses_days(into, away) and not _loses_days(away, into)


def _rank(resident: Resident) -> int:
    if resident.status in ACTIVE:
        return 2
    return 1 if resident.status == Status.ENDED else 0


def _overlap(first: Resident, second: Resident) -> bool:
    """Whether a day lies in both stays; a stay of no day at all is part of the other."""
    starts = max(first.arrived_on, second.arrived_on)
    ends = [one.ended_on for one in (first, second) if one.ended_on]
    if any(one.ended_on == one.arrived_on for one in (first, second)):
        return not ends or starts <= min(ends)
    return not ends or starts < min(ends)


def _loses_days(into: Resident, away: Resident) -> bool:
    """Whether figures would lose days that *away* alone tells of, and *into* cannot take over."""
    if into.status not in COUNTED or away.status not in COUNTED:
        return False
    same_rt = into.status in ACTIVE and into.area_id == away.area_id
    takes_over = same_rt and _lived_in_one_place(away)
    return not (takes_over or away.ended_on == away.arrived_on or _covers(into, away))


def _lived_in_one_place(resident: Resident) -> bool:
    """Else an earlier arrival would move days from the RT of then to that of now."""
    return Placement.objects.lived().filter(resident=resident).count() == 1


def _covers(into: Resident, away: Resident) -> bool:
    """Whether no day of *away* lies outside *into*."""
    lasts = into.ended_on is None or (away.ended_on is not None and away.ended_on <= into.ended_on)
    return lasts and into.arrived_on <= away.arrived_on


def _relocating(first: Resident, second: Resident) -> Any:
    """Declared moves of either that may still be objected to, or are to be decided."""
    people = (first, second)
    touching = Q(arrival__in=people) | Q(departure__in=people)
    return Relocation.objects.unsettled().filter(touching)


def _judges(actor: Any, *people: Resident) -> bool:
    codes = reach(actor, Action.RESIDENT_JUDGE)
    return all(one.lies_within(codes) for one in people)


def _lacks(resident: Resident, name: str) -> bool:
    return getattr(resident, name) in (None, "")
