"""What the database holds against rows in an RT that was merged while they were written."""

# pgtrigger is typed in part only.
# mypy: allow-untyped-calls

from __future__ import annotations

import pgtrigger

IN_A_MERGED_AREA = "the area was merged into another"
# A share of the area's row: whoever merges it waits for this one, or this one for the merge.
_FUNCTION = f"""
IF TG_OP = 'UPDATE' THEN
    IF NEW.area_id = OLD.area_id THEN
        RETURN NEW;
    END IF;
END IF;
PERFORM 1 FROM accounts_area WHERE code = NEW.area_id AND state <> 'merged' FOR SHARE;
IF NOT FOUND THEN
    RAISE EXCEPTION '{IN_A_MERGED_AREA}' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""
# For ``Meta.triggers`` of what lives in an area: nothing new comes into a merged one.
LIES_IN_A_LIVING_AREA = pgtrigger.Trigger(
    name="lies_in_a_living_area",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("area_id"),
    func=_FUNCTION,
)
