"""The word to a report's readers that it is there: a notice and a link, no figures."""

from __future__ import annotations

from django.urls import reverse

from accounts.login.models import User
from accounts.notices.kinds import Category, NoticeKind, Values
from accounts.notices.sending import notify
from accounts.posts.models import Post
from accounts.rules import RULES, Action
from reports.summaries.report_models import Report


class ReportReady(NoticeKind):
    key = "report_ready"
    category = Category.REPORT
    title = "Laporan rekap sudah dibuat"
    text = "Laporan rekap penduduk nonpermanen di wilayah Bapak/Ibu sudah dapat dibaca."
    detail = "{area}: {period}, revisi {revision}."
    values = frozenset({"report", "area", "period", "revision"})

    @classmethod
    def url(cls, values: Values) -> str:
        return reverse("report_detail", args=[values["report"]])


def readers_of(area: str) -> list[User]:
    """Who holds an office over exactly this *area* today that reports are built for."""
    posts = Post.objects.today().filter(area=area, role__in=RULES[Action.REPORT_BUILD])
    found = User.objects.filter(pk__in=posts.values("user"), is_active=True)
    return list(found.order_by("pk"))


def tell_readers(report: Report) -> None:
    """In the transaction in which the report becomes done; of one that somebody asked for, none.

    Who presses waits for it; a revision replaces what all of them have read.
    """
    if report.reason == Report.Reason.ON_DEMAND:
        return
    values = {
        "report": report.pk,
        "area": report.area_id,
        "period": str(report.period),
        "revision": report.revision,
    }
    notify(ReportReady.key, [(user, values) for user in readers_of(report.area_id)])
