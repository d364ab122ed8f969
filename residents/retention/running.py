"""Erasing what is due, part by part: by the maintenance role, one process at a time.

A part is done for good or not at all, and the next run goes on where this one stopped, however
it ended. Files are deleted once their part is committed; those that could not be are found
again by the next run.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connections, transaction

from residents.registry.models import Resident
from residents.retention.due import due, linked
from residents.retention.keeping import Aging, Batch, aging, holdings
from residents.retention.models import DoomedFile, RetentionRule, RetentionRun
from residents.retention.rules import cutoff, hold_rule, rule_in_force
from wacat.clock import now

logger = logging.getLogger(__name__)

DATABASE = "maintenance"
PART = 500  # records, and those merged into them
_LOCK = 0x57_61_43_41_54_02


class Refused(Exception):
    """Nothing (more) is erased; the text says why."""


@dataclass(frozen=True)
class Done:
    """What a run did for good; ``files_left`` could not be deleted and wait for the next."""

    run: RetentionRun
    files_left: int


def must_be_maintenance() -> str:
    """The role that erases. Raises Refused unless it is the one made for it."""
    if DATABASE not in settings.DATABASES:
        raise Refused("MAINTENANCE_DATABASE_URL is not set: only that role may erase anything.")
    with connections[DATABASE].cursor() as cursor:
        cursor.execute(
            "SELECT current_user::text, rolsuper OR EXISTS ("
            "  SELECT 1 FROM pg_class WHERE relowner = pg_roles.oid"
            ") FROM pg_roles WHERE rolname = current_user"
        )
        role, owns = cursor.fetchone()
        table = RetentionRun._meta.db_table
        cursor.execute("SELECT has_table_privilege(%s, 'INSERT')", [table])
        [may] = cursor.fetchone()
    if owns:
        raise Refused(f"{role} owns tables: erasing is for a role that owns nothing.")
    if not may:
        raise Refused(f"{role} is not the maintenance role, or grant_runtime has not been run.")
    return str(role)


def rule_to_follow() -> tuple[RetentionRule, date]:
    """The rule in force, and the day until which stays are due by it.

    Raises Refused while retention is off.
    """
    rule = rule_in_force(DATABASE)
    if rule is None:
        raise Refused("Retention is off: the office has set no period yet (/retensi/).")
    if rule.months is None:
        raise Refused("Retention is off: the office has switched it off (/retensi/).")
    return rule, cutoff(rule.months)


def erase_due(ran_by: str) -> Done:
    """Erase all that is due today. Raises Refused, also in between: what was done stays done."""
    role = must_be_maintenance()
    rule, before = rule_to_follow()
    with _alone():
        delete_doomed()
        run = RetentionRun.objects.using(DATABASE).create(
            rule=rule, before=before, role=role, ran_by=ran_by[:120]
        )
        for erase_part in _parts():
            last: int | None = 0
            while last is not None:
                last = erase_part(run, last)
                delete_doomed()
        _sweep(run)
        left = delete_doomed()
        run.finished_at = now()
        run.save(using=DATABASE, update_fields=["finished_at"])
    return Done(run, left)


def delete_doomed() -> int:
    """Delete the files whose rows are gone for good; how many could not be."""
    left = 0
    for doomed in DoomedFile.objects.using(DATABASE).order_by("pk"):
        try:
            default_storage.delete(doomed.name)
        except OSError as error:
            logger.warning("a doomed file is still there: %s", type(error).__name__)
            left += 1
            continue
        doomed.delete(using=DATABASE)
    return left


@contextmanager
def _alone() -> Iterator[None]:
    """Within, no other process erases. Raises Refused when one does."""
    if not _ask("SELECT pg_try_advisory_lock(%s)"):
        raise Refused("Another process is erasing at this moment.")
    try:
        yield
    finally:
        _ask("SELECT pg_advisory_unlock(%s)")


def _ask(statement: str) -> bool:
    with connections[DATABASE].cursor() as cursor:
        cursor.execute(statement, [_LOCK])
        return bool(cursor.fetchone()[0])


def _erase_part(run: RetentionRun, after: int) -> int | None:
    """Erase the next records by key, all or nothing; the last key, None when none is left."""
    with transaction.atomic(using=DATABASE):
        _must_still_hold(run)
        rows = due(run.before, DATABASE).filter(pk__gt=after).order_by("pk")
        roots = list(rows.select_for_update(of=("self",)).values_list("pk", flat=True)[:PART])
        if not roots:
            return None
        others = Resident.objects.using(DATABASE).filter(pk__in=linked(roots, DATABASE))
        free = others.filter(anonymised_on=None).order_by("pk")
        keys = list(free.select_for_update(of=("self",)).values_list("pk", flat=True))
        batch = Batch(keys, DATABASE, run.before)
        for holding in holdings():
            holding.erase(batch)
        _count(run, batch)
        return roots[-1]


def _parts() -> list[Callable[[RetentionRun, int], int | None]]:
    """What erases the next ones of each kind by key, residents' records first."""
    return [_erase_part, *(partial(_erase_aged, one) for one in aging())]


def _erase_aged(one: Aging, run: RetentionRun, after: int) -> int | None:
    """The same with what goes by an age of its own."""
    with transaction.atomic(using=DATABASE):
        _must_still_hold(run)
        rows = one.due(run.before, DATABASE).order_by("pk")
        ahead = rows.filter(pk__gt=after).select_for_update(of=("self",))
        locked = list(ahead.values_list("pk", flat=True)[:PART])
        if not locked:
            return None
        # Asked again: before it was locked somebody may have begun anew with one of them.
        keys = list(rows.filter(pk__in=locked).values_list("pk", flat=True))
        batch = Batch(keys, DATABASE, run.before)
        one.erase(batch)
        run.others[one.label] = run.others.get(one.label, 0) + len(keys)
        _save_counts(run, batch)
        return locked[-1]


def _sweep(run: RetentionRun) -> None:
    """What is as old by itself."""
    with transaction.atomic(using=DATABASE):
        _must_still_hold(run)
        batch = Batch([], DATABASE, run.before)
        for holding in holdings():
            if holding.sweep:
                holding.sweep(batch)
        _save_counts(run, batch)


def _must_still_hold(run: RetentionRun) -> None:
    hold_rule(DATABASE, shared=True)
    rule = rule_in_force(DATABASE)
    if rule is None or rule.pk != run.rule_id:
        raise Refused(
            f"The office has set another rule meanwhile. Erased so far: {run.records} records. "
            "Start again to follow the new one."
        )


def _count(run: RetentionRun, batch: Batch) -> None:
    run.records += len(batch.keys)
    _save_counts(run, batch)


def _save_counts(run: RetentionRun, batch: Batch) -> None:
    run.files += batch.files
    run.save(using=DATABASE, update_fields=["records", "others", "files"])
