from django.urls import path

from accounts.posts.views import MandateScan, PostAppoint, PostEnd

urlpatterns = [
    path("akun/jabatan/tambah/", PostAppoint.as_view(), name="post_appoint"),
    path("akun/jabatan/<int:pk>/akhiri/", PostEnd.as_view(), name="post_end"),
    path("akun/surat/<int:pk>/pindaian/", MandateScan.as_view(), name="mandate_scan"),
]
