"""What the database holds of letters that replace others, whatever the code does."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

# Never itself, and never in a ring.
REPLACES_AN_EARLIER_ONE = models.CheckConstraint(
    condition=Q(replaces__isnull=True) | Q(replaces__lt=F("pk")),
    name="letter_replaces_an_earlier_one",
)
_FUNCTION = """
IF NEW.status IN ('issued', 'revoked') AND NEW.replaces_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM reports_letter WHERE id = NEW.replaces_id AND status = 'revoked'
) OR NEW.status <> 'revoked' AND EXISTS (
    SELECT FROM reports_letter WHERE replaces_id = NEW.id AND status IN ('issued', 'revoked')
) THEN
    RAISE EXCEPTION 'a letter and the one that replaces it are never both in force'
        USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""
REPLACED_IS_REVOKED = pgtrigger.Trigger(
    name="replaced_is_revoked",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("status", "replaces_id"),
    func=_FUNCTION,
)
