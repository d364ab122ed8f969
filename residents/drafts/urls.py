"""Addresses of the room."""

from __future__ import annotations

from django.urls import URLPattern, path

from residents.drafts.views import DraftKeep
from residents.registry.nik_offering import NikOffer

urlpatterns: list[URLPattern] = [
    path("warga/isian/<uuid:key>/", DraftKeep.as_view(), name="draft_keep"),
    path("warga/nik/", NikOffer.as_view(), name="nik_offer"),
]
