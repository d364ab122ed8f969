from django.urls import path

from accounts.announcements.desk_views import (
    AnnouncementAdd,
    AnnouncementCase,
    AnnouncementDesk,
    AnnouncementEdit,
)
from accounts.announcements.views import AnnouncementDetail, AnnouncementList

urlpatterns = [
    path("pengumuman/", AnnouncementList.as_view(), name="announcement_list"),
    path("pengumuman/<int:pk>/", AnnouncementDetail.as_view(), name="announcement_detail"),
    path("pengumuman/kelola/", AnnouncementDesk.as_view(), name="announcement_desk"),
    path("pengumuman/kelola/tulis/", AnnouncementAdd.as_view(), name="announcement_add"),
    path("pengumuman/kelola/<int:pk>/", AnnouncementCase.as_view(), name="announcement_case"),
    path("pengumuman/kelola/<int:pk>/ubah/", AnnouncementEdit.as_view(), name="announcement_edit"),
]
