"""The addresses of accounts; each feature lists its own."""

from django.urls import include, path

FEATURES = (
    "login proposals issuing closing handover posts directory areas audit notices contacts "
    "helpdesk announcements guide"
).split()

urlpatterns = [path("", include(f"accounts.{feature}.urls")) for feature in FEATURES]
