"""Addresses of the room."""

from __future__ import annotations

from django.urls import URLPattern, path

from residents.corrections.page import CorrectionDetail
from residents.corrections.views import (
    CorrectionDeadlines,
    CorrectionList,
    CorrectionNew,
    CorrectionPicture,
)

urlpatterns: list[URLPattern] = [
    path("layanan/<int:pk>/koreksi/", CorrectionNew.as_view(), name="correction_new"),
    path("koreksi/", CorrectionList.as_view(), name="correction_list"),
    path("koreksi/batas-waktu/", CorrectionDeadlines.as_view(), name="correction_deadlines"),
    path("koreksi/<int:pk>/", CorrectionDetail.as_view(), name="correction_detail"),
    path("koreksi/foto/<int:pk>/", CorrectionPicture.as_view(), name="correction_photo"),
]
