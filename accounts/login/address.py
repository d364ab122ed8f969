"""Where a request came from, behind as many proxies as the settings say."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The client's IP address, or None when it cannot be known."""
    try:
        return get_adapter(request).get_client_ip(request) or None
    except PermissionDenied:
        return None
