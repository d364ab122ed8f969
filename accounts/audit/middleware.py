"""Puts who, where and from which address into every row of the trail."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from pghistory.middleware import HistoryMiddleware

from accounts.login.address import client_address
from wacat.clock import now


class TrailMiddleware(HistoryMiddleware):
    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        context = {**super().get_context(request), "address": client_address(request)}
        # The database's clock cannot be moved along.
        return {**context, "at": now().isoformat()} if settings.CLOCK_OFFSET else context
