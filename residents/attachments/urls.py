"""Addresses of the room."""

from __future__ import annotations

from django.urls import URLPattern, path

from residents.attachments.views import AttachmentAdd, AttachmentFile, UploadPiece

urlpatterns: list[URLPattern] = [
    path("warga/<int:pk>/lampiran/", AttachmentAdd.as_view(), name="attachment_add"),
    path("lampiran/<int:pk>/", AttachmentFile.as_view(), name="attachment_file"),
    path("unggahan/<uuid:key>/", UploadPiece.as_view(), name="upload_piece"),
]
