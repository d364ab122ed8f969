from django.urls import path

from accounts.audit.views import Trail, TrailXlsx

urlpatterns = [
    path("audit/", Trail.as_view(), name="trail"),
    path("audit/unduh/xlsx/", TrailXlsx.as_view(), name="trail_xlsx"),
]
