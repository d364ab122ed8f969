"""Loading the areas: the decree's kota, kecamatan and kelurahan, and the RTs of a plan."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from accounts.areas.models import Area, AreaPeriod, AreaStatus, Level

HERE = Path(__file__).parent
DECREE = HERE / "balikpapan.csv"
RT_PLAN = HERE / "rt_plan.csv"
# Perda 7 and 8/2012 made today's six kecamatan.
SINCE = date(2012, 1, 1)


def load_decree() -> int:
    """Add the city's areas that are not there yet; the number added."""
    return _add(_decree())


def load_rts() -> int:
    """Add the planned RTs that are not there yet; the number added. The kelurahan must exist."""
    return _add(_rts())


def _decree() -> Iterator[Area]:
    with DECREE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["level"] == "provinsi":
                continue
            level = Level(row["level"])
            yield Area(
                code=row["code"],
                level=level,
                parent_id=None if level == Level.KOTA else row["parent"],
                name=row["name"],
                aliases=[name for name in (row.get("aliases") or "").split("|") if name],
            )


def _rts() -> Iterator[Area]:
    with RT_PLAN.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            count, frozen = int(row["rt_count"]), int(row.get("frozen") or 0)
            for serial in range(1, count + 1):
                state = AreaStatus.FROZEN if serial > count - frozen else AreaStatus.ACTIVE
                yield rt(row["code"], serial, state)


def rt(kelurahan: str, serial: int, state: AreaStatus = AreaStatus.ACTIVE) -> Area:
    """An unsaved RT. Its number begins equal to the serial under the kelurahan."""
    number = f"{serial:03}"
    return Area(
        code=f"{kelurahan}.{number}", level=Level.RT, parent_id=kelurahan, name=number, state=state
    )


def _add(areas: Iterator[Area]) -> int:
    known = set(Area.objects.values_list("code", flat=True))
    new = [area for area in areas if area.code not in known]
    Area.objects.bulk_create(new)
    AreaPeriod.objects.bulk_create(
        AreaPeriod(area=area, starts=SINCE, name=area.name, state=area.state) for area in new
    )
    return len(new)
