"""The areas. Merging, which moves residents, is served by the room above."""

from django.urls import path

from accounts.areas.views import (
    AreaDetail,
    AreaLetter,
    AreaList,
    CreateArea,
    FreezeArea,
    RenumberArea,
    ThawArea,
)

urlpatterns = [
    path("wilayah/", AreaList.as_view(), name="area_list"),
    path("wilayah/surat/<int:pk>/", AreaLetter.as_view(), name="area_letter"),
    path("wilayah/<str:code>/", AreaDetail.as_view(), name="area_detail"),
    path("wilayah/<str:code>/tambah/", CreateArea.as_view(), name="area_create"),
    path("wilayah/<str:code>/bekukan/", FreezeArea.as_view(), name="area_freeze"),
    path("wilayah/<str:code>/aktifkan/", ThawArea.as_view(), name="area_thaw"),
    path("wilayah/<str:code>/nomor/", RenumberArea.as_view(), name="area_renumber"),
]
