"""Work rows for the technical team: health without a resident's data (Perwali 33/2020 Pasal 9)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import ActionView
from accounts.rules import Action
from reports.summaries.models import TallyCheck
from wacat.backlog import stuck, unfinished
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
        troubled = stuck()
        told = [
            {
                "label": label,
                "waiting": counts[Work.State.WAITING],
                "failed": counts[Work.State.FAILED],
                "stuck": [one for one in troubled if one.kind == label],
            }
            for label, counts in unfinished().items()
        ]
        parts = [{"label": label, "state": "done" if well() else "failed"} for label, well in PARTS]
        check = TallyCheck.objects.order_by("pk").last()
        context = {"kinds": told, "parts": parts, "check": check}
        return render(request, "reports/jobs/page.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Try the failed ones again; the sweep takes them up."""
        count = 0
        for model in kinds():
            failed = model._default_manager.filter(state=Work.State.FAILED)
            count += failed.update(state=Work.State.WAITING, attempts=0, next_at=timezone.now())
        messages.success(request, f"{count} pekerjaan diulang.")
        return redirect("jobs")
