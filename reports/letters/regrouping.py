"""Letters that are not issued yet follow their people when an RT is merged into another."""

from __future__ import annotations

from typing import Any

from accounts.areas.changing import Order
from accounts.areas.models import Area, AreaChange
from reports.letters.models import Letter
from reports.letters.queries import OPEN
from residents.regrouping.views import MergeArea


class MergeAreaWithLetters(MergeArea):
    """An issued letter stays where it was issued; the others are the new RT's to introduce."""

    def change(self, area: Area, question: Any, order: Order) -> AreaChange:
        waiting = Letter.objects.filter(area=area, status__in=OPEN)
        # Letters before people, in the order in which issuing locks them.
        list(waiting.select_for_update(of=("self",)).order_by("pk"))
        change = super().change(area, question, order)
        waiting.update(area=change.other_id)
        return change
