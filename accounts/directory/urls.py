from django.urls import path

from accounts.directory.views import AccountList, AccountPage, AccountXlsx

urlpatterns = [
    path("akun/", AccountList.as_view(), name="account_list"),
    path("akun/unduh/xlsx/", AccountXlsx.as_view(), name="account_xlsx"),
    path("akun/<int:pk>/", AccountPage.as_view(), name="account_detail"),
]
