"""A resident's own page, and merging an RT, are served by the room above: letters go with them."""

from django.urls import include, path

from residents.registry.entry_views import ResidentAdd, ResidentEdit
from residents.registry.list_views import ResidentFilter, ResidentList

urlpatterns = [
    path("warga/", ResidentList.as_view(), name="resident_list"),
    path("warga/saring/", ResidentFilter.as_view(), name="resident_filter"),
    path("warga/tambah/", ResidentAdd.as_view(), name="resident_add"),
    path("warga/<int:pk>/ubah/", ResidentEdit.as_view(), name="resident_edit"),
    path("", include("residents.drafts.urls")),
    path("", include("residents.lodgings.urls")),
    path("", include("residents.families.urls")),
    path("", include("residents.clock.urls")),
    path("", include("residents.verifying.urls")),
    path("", include("residents.twins.urls")),
    path("", include("residents.importing.urls")),
    path("", include("residents.exporting.urls")),
    path("", include("residents.attachments.urls")),
    path("", include("residents.f115.urls")),
    path("", include("residents.feeds.urls")),
    path("", include("residents.services.urls")),
    path("", include("residents.corrections.urls")),
    path("", include("residents.truth.urls")),
    path("", include("residents.retention.urls")),
]
