"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from residents.exporting.views import ExportAsk, ExportFile, ExportList, ExportPage

urlpatterns = [
    path("warga/ekspor/", ExportAsk.as_view(), name="export_ask"),
    path("warga/unduhan/", ExportList.as_view(), name="export_list"),
    path("warga/ekspor/<int:pk>/", ExportPage.as_view(), name="export_detail"),
    path("warga/ekspor/<int:pk>/unduh/", ExportFile.as_view(), name="export_file"),
]
