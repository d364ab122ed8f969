"""What the database holds of delivered services, whatever the code does."""

# pgtrigger is typed in part only.
# mypy: allow-untyped-calls

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from accounts.scope import RT
from residents.services.codes import ANSWERED, PLACED

# What was imported stands as it came: a correction stands beside it, a changed delivery is a
# version of its own.
AS_IT_CAME = (
    *("kind", "served_on", "number", "nik", "nik_index", "no_kk", "full_name", "address"),
    *("rt_text", "kelurahan_text", "other_place", "detail", "identity", "content", "version"),
    *("file_id", "row", "entered_by_id", "entered_at"),
)
_KEPT = (*AS_IT_CAME, "anonymised_on")
# Retention alone erases whose it was. Who may note its runs is asked for, whatever the role is
# called; not for current_user, because the function runs with the owner's rights.
STANDS_AS_IT_CAME = pgtrigger.Trigger(
    name="service_stands_as_it_came",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf(*_KEPT),
    condition=pgtrigger.Condition(
        " OR ".join(f'OLD."{one}" IS DISTINCT FROM NEW."{one}"' for one in _KEPT)
    ),
    func="""
    IF OLD.anonymised_on IS NULL AND NEW.anonymised_on IS NOT NULL
        AND has_table_privilege(session_user, 'residents_retentionrun', 'INSERT') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a delivered service stands as it came' USING ERRCODE = 'check_violation';
    """,
)
PLACED_IS_TOLD = models.CheckConstraint(
    condition=Q(Exact(Length("area"), RT), status__in=PLACED, told_at__isnull=False)
    & Q(told_on__isnull=False)
    | Q(~Q(status__in=PLACED), told_at=None, told_on=None),
    name="service_placed_is_told",
)
ANSWERED_BY_SOMEBODY = models.CheckConstraint(
    condition=Q(status__in=ANSWERED, answered_at__isnull=False, answered_by__isnull=False)
    | Q(~Q(status__in=ANSWERED), answered_at=None, answered_by=None),
    name="service_answered_by_somebody",
)
ANONYMISED_IS_BLANK = models.CheckConstraint(
    condition=Q(anonymised_on=None)
    | Q(number__isnull=True, nik__isnull=True, nik_index__isnull=True, no_kk__isnull=True)
    & Q(address="", rt_text="", kelurahan_text="", other_place="", detail=""),
    name="service_anonymised_is_blank",
)
