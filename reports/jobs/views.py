"""Work rows for the technical team: health without a resident's data (Perwali 33/2020 Pasal 9)."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import ActionView
from accounts.rules import Action
from wacat.health import broker_answers, database_answers, worker_alive
from wacat.work import Work, kinds

# What the portal stands on, as /healthz asks it.
PARTS = (
    ("Basis data", database_answers),
    ("Perantara pesan", broker_answers),
    ("Pekerja", worker_alive),
)


class Jobs(ActionView):
    action = Action.JOBS_VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        told = [
            {
                "label": str(model._meta.verbose_name),
                "counts": _counts(model),
                "stuck": _stuck(model),
            }
            for model in kinds()
        ]
        parts = [{"label": label, "state": "done" if well() else "failed"} for label, well in PARTS]
        return render(request, "reports/jobs/page.html", {"kinds": told, "parts": parts})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Try the failed ones again; the sweep takes them up."""
        count = 0
        for model in kinds():
            failed = model._default_manager.filter(state=Work.State.FAILED)
            count += failed.update(state=Work.State.WAITING, attempts=0, next_at=timezone.now())
        messages.success(request, f"{count} pekerjaan diulang.")
        return redirect("jobs")


def _counts(model: type[Work]) -> list[tuple[str, int]]:
    found = dict(
        model._default_manager.values_list("state").annotate(Count("pk")).order_by("state")
    )
    return [(str(state.label), found.get(str(state), 0)) for state in Work.State]


def _stuck(model: type[Work]) -> list[Work]:
    """The latest that failed or needed more than one attempt and still wait."""
    rows = model._default_manager.exclude(state=Work.State.DONE).exclude(failure="")
    return list(rows.order_by("-wanted_at")[:50])
