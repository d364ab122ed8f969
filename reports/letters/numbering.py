"""Numbers without gaps or doubles: the counter moves in the transaction that uses the number."""

from datetime import date

from django.db import connection, transaction

from reports.letters.models import NumberCounter

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

_TAKE = """
INSERT INTO reports_numbercounter AS counter (area_id, kind, year, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (area_id, kind, year) DO UPDATE SET last = counter.last + 1
RETURNING last
"""


def take(area: str, kind: NumberCounter.Kind, year: int) -> int:
    """The area's next number of the year; others wait for this transaction.

    Raises RuntimeError outside a transaction, where a failure would leave a hole.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a number is taken only within a transaction")
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [area, kind, year])
        row = cursor.fetchone()
    return int(row[0])


def write_number(template: str, serial: int, kelurahan: str, on: date) -> str:
    """The number in words of the template: {urut}, {kode}, {bulan romawi}, {tahun}.

    ``{kode}`` is the kelurahan's own part of its code (``1002``).
    """
    values = {
        "{urut}": f"{serial:03}",
        "{kode}": kelurahan.rsplit(".", 1)[-1],
        "{bulan romawi}": ROMAN[on.month - 1],
        "{tahun}": str(on.year),
    }
    for name, value in values.items():
        template = template.replace(name, value)
    return template


def introduction_number(serial: int, rt_number: str, on: date) -> str:
    """The number of an RT's introduction: ``012/RT.005/XI/2026``."""
    return f"{serial:03}/RT.{rt_number}/{ROMAN[on.month - 1]}/{on.year}"
