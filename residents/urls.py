"""A resident's own page is served by the room above, which adds the letters to it."""

from django.urls import path

from residents.registry.views import ResidentAdd, ResidentEdit, ResidentList
from residents.regrouping.views import MergeArea

urlpatterns = [
    path("warga/", ResidentList.as_view(), name="resident_list"),
    path("warga/tambah/", ResidentAdd.as_view(), name="resident_add"),
    path("warga/<int:pk>/ubah/", ResidentEdit.as_view(), name="resident_edit"),
    path("wilayah/<str:code>/gabung/", MergeArea.as_view(), name="area_merge"),
]
