"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from residents.twins.merge_views import Merge
from residents.twins.views import CaseDetail, CaseList, DepartureList, HeldCase

urlpatterns = [
    path("warga/kasus/", CaseList.as_view(), name="case_list"),
    path("warga/kasus/<int:pk>/", CaseDetail.as_view(), name="case_detail"),
    path("warga/kasus/ditahan/<int:pk>/", HeldCase.as_view(), name="held_case"),
    path("warga/kepindahan/", DepartureList.as_view(), name="departure_list"),
    path("warga/<int:pk>/gabung/", Merge.as_view(), name="merge"),
]
