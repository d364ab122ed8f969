from django.urls import path

from accounts.notices.views import DeliveryLog, NoticeList, NoticeOpen

urlpatterns = [
    path("pemberitahuan/", NoticeList.as_view(), name="notice_list"),
    path("pemberitahuan/terkirim/", DeliveryLog.as_view(), name="delivery_log"),
    path("pemberitahuan/<int:pk>/", NoticeOpen.as_view(), name="notice_open"),
]
