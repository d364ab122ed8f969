"""A list of 20,000 people brought in, beside django-import-export used as its manual shows.

Each way runs in a process of its own, so that its memory can be told. The plain way is given
columns that are ready to be stored (numbers for the code lists, days as days), which ours has to
find out first.
"""

from __future__ import annotations

import io
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import django

ROWS = 20_000
PLAIN_ROWS = 2_000  # of these the plain way is told, and how long all would take at this pace
BASE_DIR = Path(__file__).resolve().parent.parent.parent
HEADS = (
    "No", "NIK", "No KK", "Nama Lengkap", "L/P", "Tempat Lahir", "Tgl Lahir", "Agama",
    "Status Kawin", "Pendidikan", "Pekerjaan", "Alamat Asal", "Kab/Kota Asal", "Alamat Domisili",
    "RT", "Tgl Datang", "Sampai", "Keperluan", "No HP",
)  # fmt: skip
# The columns of the plain way.
READY = (
    "form_key", "full_name", "nik", "sex", "birth_date", "religion", "area", "address",
    "arrived_on", "stays_until", "purpose", "phone",
)  # fmt: skip
GIVEN = ("SITI", "Ahmad", "Budi", "Dewi")
MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"


def run() -> None:
    """Print seconds, memory and ratio of both ways."""
    with TemporaryDirectory() as folder:
        ours = _apart("ours", ROWS, folder)
        parallel = _by_worker(Path(folder))
        plain = _apart("plain", PLAIN_ROWS, folder)
    all_plain = plain["seconds"] * ROWS / PLAIN_ROWS
    print(
        f"{ROWS} rows of a list: {ours['seconds']:.1f} s one after another"
        f" (read {ours['read']:.1f}, entered {ours['entered']:.1f}), {ours['memory']:.0f} MB;"
        f" {parallel:.1f} s by a worker of two processes"
    )
    print(
        f"  django-import-export, dry run and import: {plain['seconds']:.1f} s and"
        f" {plain['memory']:.0f} MB for {PLAIN_ROWS} rows, {all_plain:.0f} s for {ROWS} at that"
        f" pace; ratio {all_plain / ours['seconds']:.1f}, by a worker {all_plain / parallel:.1f}"
    )


def _apart(way: str, rows: int, folder: str) -> dict[str, float]:
    """What a process of its own says of the way."""
    command = [sys.executable, "-m", "tests.benchmarks.importing", way, str(rows), folder]
    environment = dict(os.environ)
    if way == "plain":  # it sets sequences, which only the owner of the tables may
        environment["DATABASE_URL"] = os.environ["MIGRATION_DATABASE_URL"]
    done = subprocess.run(
        command, cwd=BASE_DIR, env=environment, stdout=subprocess.PIPE, check=True
    )
    said: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return said


def _by_worker(folder: Path) -> float:
    """Seconds from the upload's arrival to the last row, without the look at the preview."""
    from tests.worker import running_worker

    with running_worker(folder / "worker.log", concurrency=2):
        _brought_in(_taken(4, 10))  # it has only just reported, and is not yet asking for work
        return _brought_in(_taken(3, ROWS))


def _brought_in(imported: Any) -> float:
    began = time.perf_counter()
    _hasten_reading(imported)
    _until(imported, "ready")
    read = time.perf_counter() - began
    began = time.perf_counter()
    _confirm(imported)
    _until(imported, "done")
    return read + time.perf_counter() - began


def _hasten_reading(imported: Any) -> None:
    from residents.tasks import read_import

    read_import.delay(imported.reading.pk)


def _confirm(imported: Any) -> list[Any]:
    from residents.importing.models import ImportPart
    from residents.importing.workflow import WORKFLOW
    from residents.tasks import enter_import_part
    from wacat.workflow import Move

    WORKFLOW.advance(imported.pk, "confirm", Move(imported.uploaded_by))
    parts = list(ImportPart.objects.filter(of=imported).order_by("number"))
    for part in parts:
        enter_import_part.delay(part.pk)
    return parts


def _until(imported: Any, status: str) -> None:
    deadline = time.monotonic() + 120
    while imported.status != status:
        assert time.monotonic() < deadline, f"still {imported.status}"
        time.sleep(0.02)
        imported.refresh_from_db(fields=["status"])


def _taken(seed: int, rows: int) -> Any:
    """A list for a whole kelurahan, uploaded by its staff."""
    from accounts.areas.models import Area
    from accounts.rules import Role
    from residents.importing.judging import Defaults
    from residents.importing.uploading import take
    from tests.officials import KELURAHAN, holder

    user = holder(Role.PETUGAS_KELURAHAN, KELURAHAN)
    rts = Area.objects.filter(level="rt", parent=KELURAHAN).values_list("name", flat=True)
    content = as_xlsx(rows, seed, list(rts))
    [post] = user.todays_posts
    return take(post, user, uuid4(), "daftar.xlsx", content, Defaults())


def ours(rows: int) -> dict[str, float]:
    """Read, judged, staged and entered, one part after another."""
    from residents.importing import working
    from residents.importing.models import Import, ImportPart, ImportReading
    from residents.importing.workflow import WORKFLOW
    from wacat.work import perform
    from wacat.workflow import Move

    imported = _taken(1, rows)
    began = time.perf_counter()
    assert perform(ImportReading, imported.reading.pk, working.read)
    read = time.perf_counter() - began
    began = time.perf_counter()
    WORKFLOW.advance(imported.pk, "confirm", Move(imported.uploaded_by))
    for part in ImportPart.objects.filter(of=imported).order_by("number"):
        assert perform(ImportPart, part.pk, working.enter)
    entered = time.perf_counter() - began
    done = Import.objects.get(pk=imported.pk)
    assert done.status == "done", done.status
    assert done.rows == rows == done.entered + done.rejected, (done.rows, done.entered)
    return {"seconds": read + entered, "read": read, "entered": entered}


def plain(rows: int) -> dict[str, float]:
    """A ModelResource with the settings it comes with: a dry run, then the import."""
    import tablib
    from import_export.formats.base_formats import XLSX

    way = _resource()
    file = XLSX().export_data(tablib.Dataset(*_ready(rows), headers=READY))
    began = time.perf_counter()
    read = XLSX().create_dataset(file)
    for dry in (True, False):
        result = way.import_data(read, dry_run=dry, raise_errors=True)
        assert result.totals["new"] == rows, result.totals
    return {"seconds": time.perf_counter() - began}


def _resource() -> Any:
    from import_export.resources import ModelResource

    from accounts.rules import Role
    from residents.registry.models import Resident
    from tests.officials import KELURAHAN, holder
    from wacat.clock import now

    clerk = holder(Role.PETUGAS_KELURAHAN, KELURAHAN)

    class Residents(ModelResource):
        class Meta:
            model = Resident
            fields = READY
            import_id_fields = ("form_key",)

        def before_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
            instance.entered_by, instance.reported_at = clerk, now()
            instance.status = "reported"

    return Residents()


def _ready(rows: int) -> Iterator[list[str]]:
    from accounts.areas.models import Area

    areas = [area.code for area in Area.objects.filter(level="rt")]
    today = date.today()
    for number in range(rows):
        yield [
            str(uuid4()),
            f"Warga Polos {number}",
            _nik(number, "9972"),
            "1",
            "1990-08-17",
            "1",
            areas[number % len(areas)],
            "Jl. Contoh Melati 1",
            (today - timedelta(days=30)).isoformat(),
            (today + timedelta(days=300)).isoformat(),
            "1",
            "080000001234",
        ]


def _nik(number: int, region: str) -> str:
    return f"{region}{number // 9000 + 1:02}170890{number % 9000 + 1:04}"


def as_xlsx(rows: int, seed: int, rts: Sequence[str]) -> bytes:
    """A list as people make it: a title, headings, days and words in several shapes, mistakes."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Daftar")
    sheet.append(["DAFTAR PENDUDUK NONPERMANEN"])
    sheet.append([])
    sheet.append(HEADS)
    for line in _lines(rows, Random(seed), f"99{70 + seed}", rts):
        sheet.append(line)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _lines(rows: int, rng: Random, region: str, rts: Sequence[str]) -> Iterator[list[Any]]:
    today = date.today()
    serial = count(1)
    for number in range(1, rows + 1):
        born = date(1960, 1, 1) + timedelta(days=rng.randrange(16_000))
        arrived = today - timedelta(days=rng.randrange(1, 300))
        nik = f"{region}{rng.randrange(10, 70)}{born:%d%m%y}{next(serial) % 9999 + 1:04}"
        yield [
            number,
            rng.choices([nik, f"'{nik}", " ".join((nik[:6], nik[6:])), nik[:15]], [90, 4, 4, 2])[0],
            f"{region}{rng.randrange(10, 70)}0102{rng.randrange(10, 20)}{number % 9999 + 1:04}",
            f"{rng.choice(GIVEN)} {rng.choice(('Aminah', 'Fauzi'))} Contoh {number}",
            rng.choice(("L", "P", "Laki-laki", "Perempuan")),
            rng.choice(("Samarinda", "Bontang", "Wajo", "Surabaya")),
            _day(born, rng),
            rng.choice(("Islam", "ISLAM", "Kristen Protestan", "Katholik")),
            rng.choice(("Belum Kawin", "Kawin", "Cerai Hidup")),
            rng.choice(("SMA", "SLTA/Sederajat", "S1", "D3", "SMP")),
            rng.choice(
                ("Karyawan Swasta", "Wiraswasta", "Buruh Harian Lepas", "Pelajar/Mahasiswa")
            ),
            f"Jl. Contoh Asal {rng.randrange(900)}",
            rng.choice(("Kota Samarinda", "Kab. Wajo", "Kota Surabaya")),
            f"Jl. Contoh Melati Gang {rng.randrange(40)} No. {rng.randrange(200)}",
            rng.choice(rts),
            _day(arrived, rng),
            _day(arrived + timedelta(days=300), rng),
            rng.choice(("Kerja", "Bekerja", "Kuliah", "Ikut suami", "Berobat")),
            f"0800{rng.randrange(10**8):08}",
        ]


def _day(day: date, rng: Random) -> Any:
    shapes: tuple[Callable[[], Any], ...] = (
        lambda: day,
        lambda: f"{day:%d-%m-%Y}",
        lambda: f"{day:%d/%m/%Y}",
        lambda: f"{day.day} {MONTHS.split()[day.month - 1]} {day.year}",
        lambda: f"{day:%d.%m.%y}",
    )
    return rng.choice(shapes)()


def _told(way: str, rows: int) -> None:
    """Print as JSON what the way takes, peak memory in MB included."""
    django.setup()
    said = {"ours": ours, "plain": plain}[way](rows)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**said, "memory": peak}))


if __name__ == "__main__":
    _told(sys.argv[1], int(sys.argv[2]))
