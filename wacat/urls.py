"""Every address of WaCAT. Those that checks from outside rely on are marked in the README."""

from django.urls import include, path

from wacat.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("accounts.urls")),
    path("", include("reports.urls")),
    path("", include("residents.urls")),
]

handler400 = "wacat.errors.bad_request"
handler403 = "wacat.errors.forbidden"
handler404 = "wacat.errors.not_found"
handler500 = "wacat.errors.server_error"
