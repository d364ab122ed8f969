"""Puts who, where and from which address into every row of the trail."""

from typing import Any

from django.http import HttpRequest
from pghistory.middleware import HistoryMiddleware

from accounts.login.address import client_address


class TrailMiddleware(HistoryMiddleware):
    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().get_context(request), "address": client_address(request)}
