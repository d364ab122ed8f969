from django.conf import settings
from django.urls import path

from accounts.login.views import DemoLogin, Inactive, Login, Logout, UndertakingPage

urlpatterns = [
    path("masuk/", Login.as_view(), name="account_login"),
    path("keluar/", Logout.as_view(), name="account_logout"),
    path("nonaktif/", Inactive.as_view(), name="account_inactive"),
    path("pernyataan/", UndertakingPage.as_view(), name="undertaking"),
]
if settings.DEMO:
    urlpatterns.append(path("masuk/contoh/", DemoLogin.as_view(), name="demo_login"))
