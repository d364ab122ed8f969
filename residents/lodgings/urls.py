"""Addresses of the room."""

from __future__ import annotations

from django.urls import URLPattern, path

from residents.grouping.single import ResidentMove
from residents.lodgings.views import LodgingAdd, LodgingEdit, LodgingList, LodgingPage

urlpatterns: list[URLPattern] = [
    path("tempat/", LodgingList.as_view(), name="lodging_list"),
    path("tempat/tambah/", LodgingAdd.as_view(), name="lodging_add"),
    path("tempat/<int:pk>/", LodgingPage.as_view(), name="lodging_detail"),
    path("tempat/<int:pk>/ubah/", LodgingEdit.as_view(), name="lodging_edit"),
    path("warga/<int:pk>/pindah/", ResidentMove.as_view(), name="resident_move"),
]
