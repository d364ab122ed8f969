"""Addresses of the room."""

from __future__ import annotations

from django.urls import URLPattern, path

from residents.verifying.views import VerifyQueue

urlpatterns: list[URLPattern] = [
    path("warga/periksa/", VerifyQueue.as_view(), name="verify_queue"),
]
