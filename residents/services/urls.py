"""Addresses of the room."""

from __future__ import annotations

from django.urls import URLPattern, path

from residents.services.list_views import ServiceList
from residents.services.month_views import ServiceMonth
from residents.services.page_views import ServicePage

urlpatterns: list[URLPattern] = [
    path("layanan/", ServiceList.as_view(), name="service_list"),
    path("layanan/<int:pk>/", ServicePage.as_view(), name="service_detail"),
    path("layanan/bulan/<str:month>/", ServiceMonth.as_view(), name="service_month"),
]
