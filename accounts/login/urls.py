from django.conf import settings
from django.urls import path

from accounts.login import factor_views as factor
from accounts.login import own_account as own
from accounts.login import passkeys
from accounts.login.views import DemoLogin, Inactive, Login, Logout, NotYet, UndertakingPage

SAFETY = "saya/pengaman/"

# The names that begin with account_ and mfa_ are allauth's.
urlpatterns = [
    path("masuk/", Login.as_view(), name="account_login"),
    path("masuk/kode/", factor.LoginCode.as_view(), name="mfa_authenticate"),
    path("masuk/kunci/", passkeys.LoginPasskey.as_view(), name="mfa_login_webauthn"),
    path("keluar/", Logout.as_view(), name="account_logout"),
    path("nonaktif/", Inactive.as_view(), name="account_inactive"),
    path("pernyataan/", UndertakingPage.as_view(), name="undertaking"),
    path("belum-mulai/", NotYet.as_view(), name="not_yet"),
    path("saya/", own.OwnAccount.as_view(), name="own_account"),
    path("saya/kontak/", own.OwnContacts.as_view(), name="own_contacts"),
    path("saya/sandi/", own.OwnPassword.as_view(), name="own_password"),
    path("saya/perangkat/", own.OwnSessions.as_view(), name="own_sessions"),
    path(SAFETY, factor.SecondFactor.as_view(), name="mfa_index"),
    path(f"{SAFETY}pastikan/", factor.ProvePassword.as_view(), name="account_reauthenticate"),
    path(f"{SAFETY}pastikan/kode/", factor.ProveCode.as_view(), name="mfa_reauthenticate"),
    path(
        f"{SAFETY}pastikan/kunci/",
        passkeys.ProvePasskey.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path(f"{SAFETY}aplikasi/", factor.SetUpApp.as_view(), name="mfa_activate_totp"),
    path(f"{SAFETY}aplikasi/lepas/", factor.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path(f"{SAFETY}kode/", factor.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path(
        f"{SAFETY}kode/baru/", factor.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"
    ),
    path(
        f"{SAFETY}kode/unduh/",
        factor.RecoveryCodesFile.as_view(),
        name="mfa_download_recovery_codes",
    ),
    path(f"{SAFETY}kunci/", passkeys.Passkeys.as_view(), name="mfa_list_webauthn"),
    path(f"{SAFETY}kunci/tambah/", passkeys.AddPasskey.as_view(), name="mfa_add_webauthn"),
]
if settings.DEMO:
    urlpatterns.append(path("masuk/contoh/", DemoLogin.as_view(), name="demo_login"))
