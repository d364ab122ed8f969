"""Failed deliveries once more, when the mail server is back or an address was mended."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.notices.models import Delivery
from accounts.notices.sending import HASTENED
from accounts.tasks import deliver
from wacat.work import Work, hasten


def retry(deliveries: Any) -> int:
    """Let the failed ones of these deliveries begin anew; how many there were.

    The first are handed to the workers at once, the others are found by the sweep.
    """
    failed = deliveries.filter(state=Work.State.FAILED).select_for_update(of=("self",))
    keys = list(failed.order_by("pk").values_list("pk", flat=True))
    Delivery.objects.filter(pk__in=keys).update(
        state=Work.State.WAITING, attempts=0, next_at=timezone.now(), failure=""
    )
    for pk in keys[:HASTENED]:
        hasten(deliver, pk)
    return len(keys)
