"""Recording a read in the trail."""

from typing import Any

from django.http import HttpRequest

from accounts.access import user_of
from accounts.areas.models import CITY_CODE
from accounts.audit.models import Access
from accounts.login.address import client_address


def record(request: HttpRequest, kind: Access.Kind, subject: Any, area: str = "") -> None:
    """Note that the request's user read *subject*, in its area or the one that is named.

    *subject* is a row ("residents.resident:12"), or the words for several ("accounts.post").
    What has no area of its own is noted for the whole city.
    """
    if not isinstance(subject, str):
        area = area or getattr(subject, "area_id", "")
        subject = f"{subject._meta.label_lower}:{subject.pk}"
    Access.objects.create(
        actor=user_of(request),
        kind=kind,
        subject=subject,
        area_id=area or CITY_CODE,
        address=client_address(request),
    )
