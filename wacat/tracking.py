"""How the trail writes down new rows: by one statement for all that a statement inserts.

A trigger for each row costs an import of many rows a good part of its time.
"""

from typing import Any

import pghistory
import pgtrigger
from pghistory.trigger import Event

# Ours is a column of each event; the library's statement would also fill a table of its own.
_OWN_TABLE = "WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) "
_JOINED = ", _pgh_attached_context;"


class InsertEvent(pghistory.InsertEvent):
    """``pghistory.InsertEvent`` once a statement. Raises RuntimeError when its SQL is not known."""

    def add_event_trigger(self, event_model: Any) -> None:
        """Put the trigger on the model that is tracked."""
        make: Any = _Together
        trigger = make(
            event_model=event_model,
            label=self.label,
            name=self.trigger_name,
            row=self.row,
            # Told anew: copies, as settings are, are not taken for them.
            operation=pgtrigger.Insert,
            level=pghistory.Statement,
        )
        pgtrigger.register(trigger)(event_model.pgh_tracked_model)


class _Together(Event):
    def get_func(self, model: Any) -> pgtrigger.Func:
        """The library's function without the join that this project has no use for."""
        inherited: Any = super().get_func
        sql = inherited(model).func
        if not sql.startswith(_OWN_TABLE) or _JOINED not in sql:
            raise RuntimeError(f"django-pghistory writes this differently now: {sql}")
        return pgtrigger.Func(sql.removeprefix(_OWN_TABLE).replace(_JOINED, ";"))
