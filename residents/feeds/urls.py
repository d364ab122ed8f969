"""Addresses of the room."""

from __future__ import annotations

from django.urls import URLPattern, path

from residents.feeds.group_views import PlaceDecided, PlaceGroup, PlaceGroups
from residents.feeds.manual_views import ServiceAdd
from residents.feeds.views import FeedColumns, FeedDetail, FeedList, FeedRejected

urlpatterns: list[URLPattern] = [
    path("layanan/impor/", FeedList.as_view(), name="feed_list"),
    path("layanan/impor/<int:pk>/", FeedDetail.as_view(), name="feed_detail"),
    path("layanan/impor/<int:pk>/kolom/", FeedColumns.as_view(), name="feed_columns"),
    path("layanan/impor/<int:pk>/ditolak/", FeedRejected.as_view(), name="feed_rejected"),
    path("layanan/alamat/", PlaceGroups.as_view(), name="place_groups"),
    path("layanan/alamat/diputuskan/", PlaceDecided.as_view(), name="place_decided"),
    path("layanan/alamat/<uuid:key>/", PlaceGroup.as_view(), name="place_group"),
    path("layanan/tambah/", ServiceAdd.as_view(), name="service_add"),
]
