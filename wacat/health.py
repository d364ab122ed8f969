"""Is what WaCAT needs there? Asked by the proxy, the containers and the technical team.

Nothing here raises or waits long: a part that does not answer within its time is down.
"""

import logging
from contextlib import suppress
from functools import cache

import psycopg
import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connections, transaction
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from psycopg.conninfo import make_conninfo

SECONDS = 2
WORKER_KEY = "wacat:worker-alive"
WORKER_SECONDS = 20

logger = logging.getLogger(__name__)


@never_cache
@login_not_required
@transaction.non_atomic_requests
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """``{"database": "ok"|"down", "broker": ..., "worker": ...}``, 503 when one is down."""
    parts = {
        "database": database_answers(),
        "broker": broker_answers(),
        "worker": worker_alive(),
    }
    answer = {name: "ok" if well else "down" for name, well in parts.items()}
    return JsonResponse(answer, status=200 if all(parts.values()) else 503)


def database_answers() -> bool:
    """A connection of its own, so that a pool or a broken transaction does not hide a fault."""
    given = connections["default"].settings_dict
    address = make_conninfo(
        host=given["HOST"] or None,
        port=given["PORT"] or None,
        dbname=given["NAME"],
        user=given["USER"] or None,
        password=given["PASSWORD"] or None,
        connect_timeout=SECONDS,
        options=f"-c statement_timeout={SECONDS * 1000}",
    )
    with suppress(psycopg.Error, OSError), psycopg.connect(address) as connection:
        return connection.execute("SELECT 1").fetchone() == (1,)
    return False


def broker_answers() -> bool:
    """Does Redis or Valkey answer?"""
    with suppress(redis.RedisError, OSError):
        return bool(_broker().ping())
    return False


def worker_alive() -> bool:
    """Has a worker reported within the last ``WORKER_SECONDS``?"""
    with suppress(redis.RedisError, OSError):
        return bool(_broker().exists(WORKER_KEY))
    return False


def mark_worker_alive() -> None:
    """Said by a worker at each of its heartbeats."""
    try:
        _broker().set(WORKER_KEY, 1, ex=WORKER_SECONDS)
    except (redis.RedisError, OSError):
        logger.warning("The broker did not take the worker's sign of life")


def forget_worker() -> None:
    """Drop the sign of life, so that only a new one counts."""
    with suppress(redis.RedisError, OSError):
        _broker().delete(WORKER_KEY)


@cache
def _broker() -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=SECONDS, socket_timeout=SECONDS
    )
