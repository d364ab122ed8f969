"""What somebody is typing, kept as it was typed until the form is sent."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from wacat.clock import now
from wacat.sealing.fields import SealedTextField


class Draft(models.Model):
    """An unsent form of its owner, by the form's hidden key; ``typed`` is JSON, sealed.

    ``resident`` is the record that the form corrects; None for a form that enters a new one.
    """

    may_be_deleted = True

    key = models.UUIDField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    resident = models.ForeignKey(
        "residents.Resident", models.CASCADE, null=True, related_name="drafts"
    )
    typed = SealedTextField(place="draft.typed")
    saved_at = models.DateTimeField(default=now)

    class Meta:
        indexes = (
            models.Index(fields=("owner", "-saved_at"), name="draft_owner_latest"),
            models.Index(fields=("saved_at",), name="draft_saved"),
        )
        constraints = (
            # Of one owner: somebody else's key is neither met nor told of.
            models.UniqueConstraint(fields=("owner", "key"), name="draft_once"),
        )
