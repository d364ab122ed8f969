"""Addresses of the room."""

from __future__ import annotations

from django.urls import URLPattern, path

from residents.truth.views import TruthList, TruthMonth, TruthPdf

_MONTH = "layanan/laporan/<str:code>/<str:month>/"

urlpatterns: list[URLPattern] = [
    path("layanan/laporan/", TruthList.as_view(), name="truth_list"),
    path(_MONTH, TruthMonth.as_view(), name="truth_month"),
    path(f"{_MONTH}pdf/", TruthPdf.as_view(), name="truth_pdf"),
]
