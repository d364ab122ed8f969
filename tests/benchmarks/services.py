"""Lists and figures of delivered services, as many as BENCH_SERVICES says (a tenth by default).

The rows are made by the database itself, month by month, so that its triggers keep the tallies as
they would have been kept.
"""

from __future__ import annotations

import os
import re
from datetime import date, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.areas.models import Area, Level
from accounts.rules import Role
from reports.evaluation.counting import table_of
from reports.summaries.periods import last_months, month_of
from residents.services.codes import Kind, Status
from residents.services.models import Service
from tests.benchmarks.timing import compare, costs
from tests.database import owner_connection
from tests.officials import holder
from wacat.clock import today
from wacat.sealing.crypto import blind_index, seal

SIZE = int(os.environ.get("BENCH_SERVICES", "500000"))
MONTHS = 36
PEOPLE = 5_000  # different NIKs
CITY, KELURAHAN = "64.71", "64.71.05.1002"
READERS = {
    "RT": (Role.KETUA_RT, f"{KELURAHAN}.003"),
    "kelurahan": (Role.LURAH, KELURAHAN),
    "city": (Role.OPERATOR, CITY),
}
# Of a month that is over, one in ten was not answered, one in twenty not true; one in fifty waits.
_GROW = """
INSERT INTO residents_service (
    area_id, status, kind, served_on, number, nik, nik_index, no_kk, full_name, address, rt_text,
    kelurahan_text, other_place, detail, place_key, identity, content, version, told_at, told_on,
    answered_at, answered_by_id, entered_by_id, entered_at
)
SELECT CASE WHEN waits THEN left(rt, 13) ELSE rt END,
    CASE WHEN waits THEN 'waiting' WHEN n %% 10 = 0 THEN 'told'
        WHEN n %% 20 = 1 THEN 'corrected' ELSE 'confirmed' END,
    1 + n / 20 %% 10, day, NULL, person.nik, person.nik_index, NULL, 'Penerima Contoh ' || n,
    'Jl. Contoh ' || n %% 400, '', '', '', '',
    CASE WHEN waits THEN md5((n %% 4000)::text)::uuid END, md5('i' || %(offset)s + n)::uuid,
    md5('c' || n)::uuid, 1,
    CASE WHEN NOT waits THEN day + time '09:00' END, CASE WHEN NOT waits THEN day END,
    CASE WHEN NOT waits AND n %% 10 <> 0 THEN day + time '09:00' + n %% 240 * interval '1 hour' END,
    CASE WHEN NOT waits AND n %% 10 <> 0 THEN %(clerk)s END, %(clerk)s, day + time '08:00'
FROM (
    SELECT n, n %% 50 = 7 AS waits, %(first)s::date + n %% %(days)s AS day,
        (%(rts)s::text[])[1 + (n * 7919) %% array_length(%(rts)s::text[], 1)] AS rt
    FROM generate_series(1, %(count)s) AS n
) AS made
JOIN bench_person AS person ON person.number = made.n %% %(people)s
"""


def run() -> None:
    """Print the lines of services among all that BENCH_SERVICES asks for."""
    _grow()
    for name, (role, code) in READERS.items():
        client = Client()
        client.force_login(holder(role, code), backend=settings.AUTHENTICATION_BACKENDS[0])
        for what, path in _pages(name, code).items():
            _page(f"services, {what}, {name}", client, path)
    for name, code in (("city", CITY), ("kelurahan", KELURAHAN)):
        whole = Area.objects.get(code=code)
        compare(f"evaluation, {name}", SIZE, partial(table_of, whole, _last()))
        plain = partial(_grouped, whole, _last())
        compare(f"answers, {name}", SIZE, partial(_tallied, whole), plain)


def _pages(name: str, area: str) -> dict[str, str]:
    rows = Service.objects.told().under((area,)).order_by("-told_on", "-pk")
    deep = rows.values_list("pk", flat=True)[min(SIZE // 5_000, 300)]
    pages = {"list": "/layanan/", "one": f"/layanan/{deep}/"}
    if name == "RT":
        return {**pages, "month": f"/layanan/bulan/{_last().first:%Y-%m}/"}
    narrowed = {
        "layanan": Kind.DIVORCE,
        "jawaban": Status.CORRECTED,
        "bulan": f"{_last().first:%Y-%m}",
    }
    return {**pages, "narrowed": f"/layanan/?{urlencode(narrowed)}", "groups": "/layanan/alamat/"}


def _last() -> Any:
    return last_months(1, today())[0]


def _page(what: str, client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    statements = [one for one in asked if re.match(r"SELECT|INSERT|UPDATE", one["sql"])]
    costs(what, SIZE, partial(client.get, path), len(statements))


def _tallied(area: Area) -> dict[str, tuple[int, ...]]:
    rows = table_of(area, _last()).parts
    keys = ("told", "confirmed", "corrected")
    told = {row.area.code: tuple(row.counts[key] for key in keys) for row in rows}
    return {code: counts for code, counts in told.items() if any(counts)}


def _grouped(area: Area, period: Any) -> dict[str, tuple[int, ...]]:
    column = {Level.KOTA: "kecamatan", Level.KELURAHAN: "area"}[Level(area.level)]
    rows = Service.objects.told_in(period.first, period.last).under((area.code,)).order_by()
    counted = rows.values_list(column).annotate(
        told=Count("pk"),
        confirmed=Count("pk", filter=Q(status=Status.CONFIRMED)),
        corrected=Count("pk", filter=Q(status=Status.CORRECTED)),
    )
    return {code: tuple(counts) for code, *counts in counted}


def _grow() -> None:
    rts = list(Area.objects.filter(level=Level.RT).values_list("code", flat=True))
    clerk = holder(Role.OPERATOR, CITY).pk
    each = SIZE // MONTHS
    with owner_connection() as owner:
        _make_people(owner)
        month = month_of(today())
        for number in range(MONTHS):
            days = (min(month.last, today()) - month.first).days + 1
            told: dict[str, Any] = {"rts": rts, "clerk": clerk, "count": each, "people": PEOPLE}
            told |= {"first": month.first, "days": days, "offset": number * each}
            owner.execute(_GROW, told)
            month = _before(month.first)
        owner.execute("DROP TABLE bench_person")
        owner.execute("SELECT reports_tally_fold()")
        owner.execute("VACUUM ANALYZE")


def _before(first: date) -> Any:
    return month_of(first - timedelta(days=1))


def _make_people(owner: Any) -> None:
    owner.execute("CREATE TABLE bench_person (number int PRIMARY KEY, nik bytea, nik_index bytea)")
    with owner.cursor() as cursor, cursor.copy("COPY bench_person FROM STDIN") as sink:
        for number in range(PEOPLE):
            nik = f"99710113059{number:05}"
            sealed = seal(nik.encode(), "service.nik")
            sink.write_row((number, sealed, blind_index(nik, "nik")))
