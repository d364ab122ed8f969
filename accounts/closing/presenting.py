"""How closings and reports are shown."""

from __future__ import annotations

from typing import Any

from accounts.closing.models import BreachReport, BreachStatus, BreachStep, Closure
from accounts.login.models import User
from accounts.posts.models import Post, place_of
from wacat.history import latest_first, line_of
from wacat.words import tanggal, waktu

# The marks of components/status.html.
MARKS = {
    BreachStatus.REPORTED: "reported",
    BreachStatus.UPHELD: "done",
    BreachStatus.DISMISSED: "ended",
}
STEP_LABELS = {"report": "Dilaporkan", "uphold": "Ditindak", "dismiss": "Tidak terbukti"}


def posts_of(user: User) -> list[Post]:
    """The posts held today or to be held, with their areas."""
    return user.posts_not_over


def contact_rows(user: User) -> list[tuple[str, str]]:
    """By what the user can be reached, and since when it is known that it is theirs."""
    confirmed = tanggal(user.contacts_confirmed_at) or "Belum oleh pemegangnya"
    return [
        ("Telepon", user.phone),
        ("Surel", user.email),
        ("Kontak dikonfirmasi", confirmed),
    ]


def closure_rows(closure: Closure) -> list[tuple[str, str]]:
    """Why an account was closed, as label and words."""
    rows = [
        ("Alasan nonaktif", str(closure.get_kind_display())),
        ("Dinonaktifkan", f"{waktu(closure.at)} oleh {closure.closed_by.full_name}"),
        ("Tanggal kejadian", tanggal(closure.happened_on)),
        ("Uraian", closure.description),
    ]
    return [(label, value) for label, value in rows if value]


def report_rows(report: BreachReport) -> list[tuple[str, str]]:
    """A report, as label and words. Needs its area's parent, user and reporter."""
    return [
        ("Pengguna", report.user.full_name),
        ("Wilayah", place_of(report.area)),
        ("Tanggal kejadian", tanggal(report.happened_on)),
        ("Uraian", report.description),
        ("Dilaporkan", f"{waktu(report.at)} oleh {report.reported_by.full_name}"),
        ("Bukti", "Ada" if report.evidence else "Tidak ada"),
    ]


def report_history(report: BreachReport) -> list[dict[str, Any]]:
    """What happened to it, the latest first."""
    steps = BreachStep.objects.filter(subject=report)
    return [line_of(step, STEP_LABELS[step.name]) for step in latest_first(steps)]
