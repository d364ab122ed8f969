"""A hundred thousand delivered services brought in, and the same month once more.

In a process of its own, so that its memory can be told; then by a worker of two processes.
"""

from __future__ import annotations

import io
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import django

from tests.database import owner_connection

ROWS = 100_000
BASE_DIR = Path(__file__).resolve().parent.parent.parent
HEADS = (
    "NO", "NIK", "NO_KK", "NAMA_LGKP", "JENIS_KLMIN", "TGL_LAYANAN", "JENIS LAYANAN",
    "NO_DOKUMEN", "ALAMAT", "NO_RT", "NO_RW", "NAMA_KEL", "NAMA_KEC", "KETERANGAN",
)  # fmt: skip
KINDS = ("CETAK KTP-EL", "CETAK KK", "AKTA KELAHIRAN", "SKPWNI", "PINDAH DATANG", "KIA")


def run() -> None:
    """Print seconds, rows a second and memory."""
    from accounts.areas.models import CITY_CODE
    from accounts.rules import Role
    from tests.officials import holder

    holder(Role.OPERATOR, CITY_CODE)
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.benchmarks.feeds", str(ROWS)]
        done = subprocess.run(
            command, cwd=BASE_DIR, env=dict(os.environ), stdout=subprocess.PIPE, check=True
        )
        alone = json.loads(done.stdout.splitlines()[-1])
        read, entered, again = _by_worker(Path(folder))
    print(
        f"{ROWS} delivered services: read {alone['read']:.1f} s, entered {alone['entered']:.1f} s"
        f" one part after another, {alone['memory']:.0f} MB"
    )
    print(
        f"  by a worker of two processes: read {read:.1f} s, entered {entered:.1f} s,"
        f" {ROWS / (read + entered):.0f} rows a second; the same month again {again:.1f} s,"
        f" {ROWS / again:.0f} rows a second"
    )


def _by_worker(folder: Path) -> tuple[float, float, float]:
    from tests.worker import running_worker

    with running_worker(folder / "worker.log", concurrency=2):
        _brought_in(_taken(as_xlsx(10, 9)))  # it has only just reported
        _analyse()
        read, entered = _brought_in(_taken(as_xlsx(ROWS, 2)))
        _analyse()
        again = _brought_in(_taken(as_xlsx(ROWS, 2, title="Diunduh lagi")))
        return read, entered, sum(again)


def _analyse() -> None:
    """As PostgreSQL does by itself within a minute, but not that of the tests."""
    with owner_connection() as owner:
        owner.execute("VACUUM ANALYZE")


def _brought_in(of: Any) -> tuple[float, float]:
    """Seconds of reading and of entering, without the look at the preview."""
    from residents.feeds.models import FeedPart
    from residents.feeds.workflow import WORKFLOW
    from residents.tasks import enter_feed_part, read_feed
    from wacat.workflow import Move

    began = time.perf_counter()
    read_feed.delay(of.readings.get().pk)
    _until(of, "ready")
    read = time.perf_counter() - began
    of.refresh_from_db()
    if not of.enters:
        return read, 0.0
    began = time.perf_counter()
    WORKFLOW.advance(of.pk, "confirm", Move(of.uploaded_by))
    for part in FeedPart.objects.filter(of=of).order_by("number"):
        enter_feed_part.delay(part.pk)
    _until(of, "done")
    return read, time.perf_counter() - began


def _until(of: Any, status: str) -> None:
    deadline = time.monotonic() + 300
    while of.status != status:
        assert time.monotonic() < deadline, f"still {of.status}"
        time.sleep(0.02)
        of.refresh_from_db(fields=["status"])


def _taken(content: bytes) -> Any:
    from accounts.login.models import User
    from residents.feeds.uploading import Upload, take

    user = User.objects.get(posts__role="operator")
    return take(Upload("rekap.xlsx", content, "SIAK"), user, uuid4())


def alone(rows: int) -> dict[str, float]:
    """Read and entered, one part after another; peak memory in MB."""
    from residents.feeds import working
    from residents.feeds.models import FeedFile, FeedPart
    from residents.feeds.workflow import WORKFLOW
    from wacat.work import perform
    from wacat.workflow import Move

    path = Path(f"{os.environ.get('TMPDIR', '/tmp')}/feed-{os.getpid()}.xlsx")
    command = [sys.executable, "-m", "tests.benchmarks.feeds", str(rows), str(path)]
    subprocess.run(command, cwd=BASE_DIR, check=True)  # what makes the file takes memory as well
    of = _taken(path.read_bytes())
    path.unlink()
    began = time.perf_counter()
    assert perform(type(of.readings.get()), of.readings.get().pk, working.read)
    read = time.perf_counter() - began
    began = time.perf_counter()
    WORKFLOW.advance(of.pk, "confirm", Move(of.uploaded_by))
    for part in FeedPart.objects.filter(of=of).order_by("number"):
        assert perform(FeedPart, part.pk, working.enter)
    entered = time.perf_counter() - began
    done = FeedFile.objects.get(pk=of.pk)
    assert (done.status, done.rows) == ("done", rows)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"read": read, "entered": entered, "memory": peak}


def as_xlsx(rows: int, seed: int, title: str = "REKAP PELAYANAN") -> bytes:
    """An export with a title: wrong RTs, doubled and changed rows, addresses that say little."""
    from openpyxl import Workbook

    from accounts.areas.models import Area

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Rekap")
    sheet.append([title])
    sheet.append([])
    sheet.append(HEADS)
    rts = list(Area.objects.filter(level="rt").values_list("name", "parent__name"))
    for line in _lines(rows, Random(seed), f"99{70 + seed}", rts):
        sheet.append(line)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _lines(rows: int, rng: Random, region: str, rts: list[tuple[str, str]]) -> Iterator[list[Any]]:
    last: list[Any] = []
    for number in range(1, rows + 1):
        if last and rng.random() < 0.02:
            yield last if rng.random() < 0.5 else [*last[:8], "Jl. Diubah 1", *last[9:]]
            continue
        day = date.today() - timedelta(days=rng.randrange(1, 31))
        rt, kelurahan = rng.choice(rts)
        kind = rng.choice(KINDS)
        last = [
            number,
            f"{region}{number // 9000 + 10:02}170890{number % 9000 + 1:04}"[:16],
            f"{region}010101{rng.randrange(10**8):08}"[:16],
            f"WARGA CONTOH {number}",
            rng.choice(("L", "P")),
            rng.choice((day, f"{day:%d-%m-%Y}", f"{day:%Y-%m-%d}")),
            kind,
            f"6471-{kind[:2]}-{day:%d%m%Y}-{number:06}",
            f"JL. CONTOH MELATI GANG {rng.randrange(40)} NO. {rng.randrange(200)}",
            rng.choices([rt.lstrip("0"), "999", ""], [95, 3, 2])[0],
            "000",
            rng.choices([kelurahan.upper(), "TIDAK DIKENAL"], [97, 3])[0],
            "BALIKPAPAN",
            "",
        ]
        yield last


if __name__ == "__main__":
    django.setup()
    if len(sys.argv) > 2:
        Path(sys.argv[2]).write_bytes(as_xlsx(int(sys.argv[1]), 1))
    else:
        print(json.dumps(alone(int(sys.argv[1]))))
