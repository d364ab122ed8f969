"""Recording a read in the trail."""

from django.db.models import Model
from django.http import HttpRequest

from accounts.audit.models import Access
from accounts.login.address import client_address


def record(request: HttpRequest, kind: Access.Kind, subject: Model, area: str = "") -> None:
    """Note that the request's user read *subject* ("residents.resident:12"), in its area."""
    Access.objects.create(
        actor_id=request.user.pk,
        kind=kind,
        subject=f"{subject._meta.label_lower}:{subject.pk}",
        area_id=area or subject.area_id,
        address=client_address(request),
    )
