"""Work that must happen is a row, written in the transaction that makes it necessary.

Celery only hastens it: a sweep finds rows that were left, whatever died in between. The
row stays locked while its work is done, so a killed worker gives it back by dying.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar, TypeVar

from celery import Task
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from kombu.exceptions import OperationalError
from kombu.pools import producers

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 8
FIRST_WAIT = timedelta(seconds=5)
HANDED_OUT = timedelta(seconds=30)
SILENCE_SECONDS = 10.0  # as long as until the next sweep


class GiveUp(Exception):
    """The work can never be done: it fails at once, without further attempts.

    The text says why, in a few words; it is kept, shown and logged, so it may tell of nobody.
    """


class Work(models.Model):
    """Base of a work row. ``attempts`` counts begun ones, so that a crash counts as well.

    ``task`` is the name of the Celery task that does it, given the row's key. The wait
    before the next attempt doubles up to ``doublings`` times, beginning with ``FIRST_WAIT``.
    ``at_once`` is how many a sweep hands out: few where each is slow, or the messages of a
    backlog would grow faster than it is worked off.
    """

    task: ClassVar[str]
    max_attempts: ClassVar[int] = MAX_ATTEMPTS
    doublings: ClassVar[int] = 6
    at_once: ClassVar[int] = 500

    class State(models.TextChoices):
        WAITING = "waiting", "Sedang dibuat"
        DONE = "done", "Selesai"
        FAILED = "failed", "Gagal dibuat"

    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    wanted_at = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=100, blank=True)

    class Meta:
        abstract = True
        indexes: ClassVar[tuple[models.Index, ...]] = (
            models.Index(
                fields=("next_at",),
                condition=models.Q(state="waiting"),
                name="%(class)s_waiting",
            ),
        )


Unit = TypeVar("Unit", bound=Work)


def kinds() -> list[type[Work]]:
    """Every model whose rows are work."""
    return [model for model in apps.get_models() if issubclass(model, Work)]


def hasten(task: Task[Any, Any], pk: int) -> None:
    """Ask a worker to do the row's work as soon as this transaction is committed.

    A broker that refuses must not fail the request: the sweep will find the row.
    """
    # A function, not a partial: Django names it when it logs what went wrong.
    transaction.on_commit(lambda: _messages.send(task, pk), robust=True)


class _Messages:
    """Messages to the workers: one short attempt each, and none for a while after a refusal.

    So neither a request nor the fiftieth letter of a list waits for a broker that is away.
    """

    # kombu would try for several seconds, and wait as long for an answer as a worker for work.
    impatience = {"max_retries": 0, "socket_timeout": settings.BROKER_TIMEOUT}

    def __init__(self) -> None:
        self._silent_until = 0.0

    def send(self, task: Task[Any, Any], pk: int) -> None:
        if time.monotonic() < self._silent_until:
            return
        connection = task.app.connection_for_write(transport_options=self.impatience)
        try:
            with producers[connection].acquire(block=True) as producer:
                task.apply_async((pk,), producer=producer, retry=False)
        except OperationalError as error:
            self._silent_until = time.monotonic() + SILENCE_SECONDS
            logger.warning("broker refused %s: %s", task.name, type(error).__name__)


_messages = _Messages()


def perform(model: type[Unit], pk: int, do: Callable[[Unit], None]) -> bool:
    """Do the waiting row's work once; True when it was done by this call.

    *do* writes its results to the row, which is saved here. A row that is locked (somebody
    is at it), done or failed is left alone. An exception is recorded by its class name (its
    text may hold personal data) and the work waits for another attempt; ``GiveUp`` ends it.
    """
    waiting = model._default_manager.filter(pk=pk, state=Work.State.WAITING)
    if not _begin(waiting):
        return False
    try:
        with transaction.atomic():
            row = waiting.select_for_update(of=("self",), skip_locked=True).first()
            if row is None:
                return False
            do(row)
            row.state, row.done_at, row.failure = Work.State.DONE, timezone.now(), ""
            row.save()
    except GiveUp as reason:
        logger.warning("%s %s given up: %s", model.__name__, pk, reason)
        _give_up(waiting, str(reason))
        return False
    except Exception as error:
        logger.error("%s %s failed: %s", model.__name__, pk, type(error).__name__)
        _put_off(waiting, type(error).__name__)
        return False
    return True


def _begin(waiting: models.QuerySet[Unit]) -> bool:
    """Count the attempt, committed before the work; False when the row is not to be had.

    A row whose attempts are used up without a word has killed its workers: it is given up.
    """
    with transaction.atomic():
        row = waiting.select_for_update(of=("self",), skip_locked=True).first()
        if row is None:
            return False
        if row.attempts >= row.max_attempts:
            _give_up(waiting, "WorkerLost")
            return False
        return bool(waiting.update(attempts=F("attempts") + 1))


def _give_up(waiting: models.QuerySet[Unit], failure: str) -> None:
    waiting.update(state=Work.State.FAILED, failure=failure[:100])


def _put_off(waiting: models.QuerySet[Unit], failure: str) -> None:
    row = waiting.first()
    if row is None:
        return
    given_up = row.attempts >= row.max_attempts
    wait = FIRST_WAIT * 2 ** min(row.attempts, row.doublings)
    waiting.update(
        state=Work.State.FAILED if given_up else Work.State.WAITING,
        failure=failure[:100],
        next_at=timezone.now() + wait,
    )


def left_behind(
    model: type[Unit], grace: timedelta = FIRST_WAIT, most: int | None = None
) -> list[int]:
    """Keys of waiting rows whose time has come and that nobody is working at.

    At most as many as the model wants at once. What is handed out is not handed out again for
    a while, or a backlog would grow by itself.
    """
    due = timezone.now()
    with transaction.atomic():
        rows = model._default_manager.filter(
            state=Work.State.WAITING, next_at__lte=due, wanted_at__lte=due - grace
        )
        free = rows.select_for_update(of=("self",), skip_locked=True).order_by("next_at")
        keys = list(free.values_list("pk", flat=True)[: most or model.at_once])
        model._default_manager.filter(pk__in=keys).update(next_at=due + HANDED_OUT)
        return keys
