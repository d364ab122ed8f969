from django.urls import path

from accounts.handover.views import Plh, Resign, Roster

urlpatterns = [
    path("akun/plh/", Plh.as_view(), name="plh"),
    path("akun/ketua-rt/", Roster.as_view(), name="roster"),
    path("jabatan/berhenti/", Resign.as_view(), name="resign"),
]
