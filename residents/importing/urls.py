"""Addresses of the room."""

from __future__ import annotations

from django.urls import URLPattern, path

from residents.importing.views import ImportDetail, ImportList, ImportRejected, ImportTemplate

urlpatterns: list[URLPattern] = [
    path("warga/impor/", ImportList.as_view(), name="import_list"),
    path("warga/impor/contoh/", ImportTemplate.as_view(), name="import_template"),
    path("warga/impor/<int:pk>/", ImportDetail.as_view(), name="import_detail"),
    path("warga/impor/<int:pk>/ditolak/", ImportRejected.as_view(), name="import_rejected"),
]
