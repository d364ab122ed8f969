"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from residents.retention.views import Retention, SetPeriod, SwitchOff

urlpatterns = [
    path("retensi/", Retention.as_view(), name="retention"),
    path("retensi/atur/", SetPeriod.as_view(), name="retention_set"),
    path("retensi/matikan/", SwitchOff.as_view(), name="retention_off"),
]
