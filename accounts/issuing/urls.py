from django.urls import path

from accounts.issuing.activating import Activation
from accounts.issuing.forgetting import PasswordForgotten
from accounts.issuing.ready import IssueReady
from accounts.issuing.renewing import PasswordRenew
from accounts.issuing.sheet_pages import SlipList, SlipPdf, SlipSheetPage

urlpatterns = [
    path("akun/terbitkan/", IssueReady.as_view(), name="issue_ready"),
    path("akun/slip/", SlipList.as_view(), name="slip_list"),
    path("akun/slip/<int:pk>/", SlipSheetPage.as_view(), name="slip_sheet"),
    path("akun/slip/<int:pk>/pdf/", SlipPdf.as_view(), name="slip_pdf"),
    path("akun/<int:pk>/sandi/", PasswordRenew.as_view(), name="password_renew"),
    path("sandi/lupa/", PasswordForgotten.as_view(), name="password_forgotten"),
    path("aktivasi/<str:uidb64>/<str:token>/", Activation.as_view(), name="activation"),
]
