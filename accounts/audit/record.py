"""Recording a read in the trail."""

from typing import Any

from django.http import HttpRequest

from accounts.access import user_of
from accounts.audit.models import Access
from accounts.login.address import client_address


def record(request: HttpRequest, kind: Access.Kind, subject: Any, area: str = "") -> None:
    """Note that the request's user read *subject* ("residents.resident:12"), in its area."""
    Access.objects.create(
        actor=user_of(request),
        kind=kind,
        subject=f"{subject._meta.label_lower}:{subject.pk}",
        area_id=area or subject.area_id,
        address=client_address(request),
    )
