"""A container's health: ``python check.py web|worker|beat``, exit code 0 when it is well."""

import http.client
import json
import os
import sys
import time
from pathlib import Path

# Celery's beat writes its schedule at least every three minutes.
BEAT_SECONDS = 600
BEAT_FOLDER = Path("/var/lib/wacat/beat")


def web_is_well() -> bool:
    """It answers and reaches the database. A missing worker is the worker's own affair."""
    connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=8)
    host = os.environ["ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".")
    connection.request("GET", "/healthz", headers={"Host": host})
    return bool(json.loads(connection.getresponse().read())["database"] == "ok")


def worker_is_well() -> bool:
    """Some worker has reported within the last seconds."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    from wacat.health import worker_alive

    return worker_alive()


def beat_is_well() -> bool:
    """Its schedule is kept up to date."""
    written = [path.stat().st_mtime for path in BEAT_FOLDER.glob("schedule*")]
    return bool(written) and time.time() - max(written) < BEAT_SECONDS


CHECKS = {"web": web_is_well, "worker": worker_is_well, "beat": beat_is_well}

if __name__ == "__main__":
    sys.exit(0 if CHECKS[sys.argv[1]]() else 1)
