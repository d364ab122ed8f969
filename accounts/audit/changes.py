"""What an update changed: the row of its event beside the one before it.

The database compares them; of what is personal or sealed only the column's name comes out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import connection
from psycopg import sql

from accounts.audit.sources import sources
from accounts.audit.words import shown_columns

# (column, value before, value after); both None where the value is nobody's business.
Change = tuple[str, str | None, str | None]

# "+ 0" keeps the search on the index of the object, whatever the statistics say.
_COMPARED = sql.SQL("""
SELECT {rank}::int, now.pgh_id::bigint, new.key,
    CASE WHEN new.key = ANY({shown}) THEN old.value #>> '{{}}' END,
    CASE WHEN new.key = ANY({shown}) THEN new.value #>> '{{}}' END
FROM {table} AS now
JOIN LATERAL (
    SELECT * FROM {table} AS one
    WHERE one.pgh_obj_id = now.pgh_obj_id AND one.pgh_id < now.pgh_id
    ORDER BY one.pgh_id + 0 DESC LIMIT 1
) AS past ON TRUE
CROSS JOIN LATERAL jsonb_each(to_jsonb(now)) AS new
JOIN LATERAL jsonb_each(to_jsonb(past)) AS old ON old.key = new.key
WHERE now.pgh_id = ANY({keys}) AND now.pgh_label = 'update'
    AND NOT starts_with(new.key, 'pgh_') AND new.value IS DISTINCT FROM old.value
""")


def changes_of(entries: Iterable[dict[str, Any]]) -> dict[tuple[int, int], list[Change]]:
    """What each update among *entries* changed, by its rank and key; in one statement."""
    keys: dict[int, list[int]] = defaultdict(list)
    for entry in entries:
        if entry["entry_kind"] == "change" and entry["entry_word"] == "update":
            keys[entry["entry_rank"]].append(entry["entry_pk"])
    found: dict[tuple[int, int], list[Change]] = defaultdict(list)
    if not keys:
        return found
    parts = [_compared(rank, pks) for rank, pks in keys.items()]
    statement = sql.SQL(" UNION ALL ").join(parts) + sql.SQL(" ORDER BY 1, 2, 3")
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string())
        for rank, pk, column, before, after in cursor.fetchall():
            found[rank, pk].append((column, before, after))
    return found


def _compared(rank: int, pks: list[int]) -> sql.Composed:
    model: Any = sources()[rank].model
    return _COMPARED.format(
        rank=sql.Literal(rank),
        table=sql.Identifier(model._meta.db_table),
        keys=sql.Literal(pks),
        shown=sql.Literal(shown_columns(model.pgh_tracked_model)),
    )
