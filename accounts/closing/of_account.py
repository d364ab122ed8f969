"""What the pages about one account have in common."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from accounts.access import ActionView
from accounts.login.models import User


class OfAccount(ActionView):
    """A page about a user in reach."""

    def find(self, pk: int) -> User:
        """The user with this key. Raises Http404 out of reach."""
        user: User = get_object_or_404(self.reachable(User.objects), pk=pk)
        return user
