"""A resident's own page, and merging an RT, are served by the room above: letters go with them."""

from django.urls import path

from residents.registry.views import ResidentAdd, ResidentEdit, ResidentList

urlpatterns = [
    path("warga/", ResidentList.as_view(), name="resident_list"),
    path("warga/tambah/", ResidentAdd.as_view(), name="resident_add"),
    path("warga/<int:pk>/ubah/", ResidentEdit.as_view(), name="resident_edit"),
]
