from django.urls import path

from accounts.guide.views import GuideChapter, GuideList

urlpatterns = [
    path("panduan/", GuideList.as_view(), name="guide"),
    path("panduan/<slug:slug>/", GuideChapter.as_view(), name="guide_chapter"),
]
