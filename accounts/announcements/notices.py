"""The kind of notice about an announcement: that there is one, never what it says."""

from __future__ import annotations

from django.urls import reverse

from accounts.notices.kinds import Category, NoticeKind, Values


class AnnouncementImportant(NoticeKind):
    key = "announcement_important"
    category = Category.ANNOUNCEMENT
    title = "Pengumuman penting di WaCAT"
    text = "Ada pengumuman penting dari Administrator WaCAT untuk Bapak/Ibu. Mohon dibaca."
    values = frozenset({"announcement"})

    @classmethod
    def url(cls, values: Values) -> str:
        return reverse("announcement_detail", args=[values["announcement"]])
