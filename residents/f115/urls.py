"""Addresses of the room."""

from __future__ import annotations

from django.urls import URLPattern, path

from residents.f115.views import BlankForm, FormPdf

urlpatterns: list[URLPattern] = [
    path("warga/<int:pk>/f115/", FormPdf.as_view(), name="form_pdf"),
    path("warga/f115-kosong/", BlankForm.as_view(), name="form_blank"),
]
