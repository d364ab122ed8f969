"""Work outside the request: the Celery application, found as ``celery -A wacat``."""

import os
from typing import Any

from celery import Celery
from celery.signals import heartbeat_sent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wacat.settings")

app = Celery("wacat")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.task(name="wacat.sweep")
def sweep() -> None:
    """Take up what was left: its message lost, its worker dead, or its time to try again come."""
    from wacat.work import kinds, left_behind

    for model in kinds():
        for pk in left_behind(model):
            app.send_task(model.task, (pk,))


@heartbeat_sent.connect
def report_alive(**_: Any) -> None:
    """Every two seconds, from the worker's main loop."""
    from wacat.health import mark_worker_alive

    mark_worker_alive()
