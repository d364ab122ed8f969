"""Addresses of the room."""

from __future__ import annotations

from django.urls import URLPattern, path

from residents.families.views import FamilyOf, FamilyPage

urlpatterns: list[URLPattern] = [
    path("keluarga/<int:pk>/", FamilyPage.as_view(), name="family_detail"),
    path("warga/<int:pk>/keluarga/", FamilyOf.as_view(), name="family_of"),
]
