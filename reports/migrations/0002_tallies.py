"""The database keeps the tallies of figures itself, by triggers (reports.summaries.tallies).

They run with the owner's rights: the runtime role reads tallies and writes none.
"""

from django.db import migrations

FIGURES = ("active", "verified", "overdue", "arrived", "ended", "letters")
COLUMNS = ", ".join(FIGURES)
OF_STAYS = FIGURES[:5]
OWNERS = "SECURITY DEFINER SET search_path = public, pg_temp"
# A trigger is about the rows of one statement: what belongs to them is found by its keys, also
# where the planner knows nothing of the tables yet.
BY_KEYS = "SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off"

# What one placement adds to the figures of its area, and from which day on.
TALLY_OF = """
CREATE FUNCTION reports_tally_of(
    status text, arrived_on date, ended_on date, verified_on date,
    starts date, until date, registered datemultirange
)
RETURNS TABLE (day date, active int, verified int, overdue int, arrived int, ended int)
LANGUAGE sql IMMUTABLE AS $$
    SELECT change.day, change.active, change.verified, change.overdue, change.arrived, change.ended
    FROM (
        SELECT starts, 1, 0, 0, 0, 0 WHERE until IS NULL OR until > starts
        UNION ALL
        SELECT until, -1, 0, 0, 0, 0 WHERE until > starts
        UNION ALL
        SELECT greatest(starts, verified_on), 0, 1, 0, 0, 0
        WHERE verified_on IS NOT NULL
            AND (until IS NULL OR until > greatest(starts, verified_on))
        UNION ALL
        SELECT until, 0, -1, 0, 0, 0
        WHERE verified_on IS NOT NULL AND until > greatest(starts, verified_on)
        UNION ALL
        SELECT lower(gap), 0, 0, 1, 0, 0
        FROM unnest(datemultirange(daterange(starts, until)) - coalesce(registered, '{}')) AS gap
        UNION ALL
        SELECT upper(gap), 0, 0, -1, 0, 0
        FROM unnest(datemultirange(daterange(starts, until)) - coalesce(registered, '{}')) AS gap
        WHERE NOT upper_inf(gap)
        UNION ALL
        SELECT starts, 0, 0, 0, 1, 0 WHERE starts = arrived_on
        UNION ALL
        SELECT until, 0, 0, 0, 0, 1 WHERE until = ended_on
    ) AS change (day, active, verified, overdue, arrived, ended)
    WHERE status IN ('reported', 'verified', 'ended') AND starts IS NOT NULL
$$
"""

# The same of many placements; which tables stand for which is told by the trigger.
STAYS = """
SELECT {times} AS times, place.area_id, one.*, 0 AS letters
FROM {places} AS place
JOIN {people} AS person ON person.id = place.resident_id
LEFT JOIN LATERAL (
    SELECT range_agg(daterange(period.starts, period.until, '[]')) AS days
    FROM {periods} AS period WHERE period.resident_id = person.id
) AS registered ON true
CROSS JOIN LATERAL reports_tally_of(
    person.status, person.arrived_on, person.ended_on, person.verified_on,
    place.starts, place.until, registered.days
) AS one
"""
TABLES = {
    "people": "residents_resident",
    "places": "residents_placement",
    "periods": "residents_stayperiod",
}
LETTERS = """
SELECT {times} AS times, area_id, issued_on AS day,
    0 AS active, 0 AS verified, 0 AS overdue, 0 AS arrived, 0 AS ended, 1 AS letters
FROM {letters} WHERE status IN ('issued', 'revoked')
"""
SUMS = ", ".join(f"sum(times * {one}) AS {one}" for one in FIGURES)
ADD = f"""
INSERT INTO reports_tallychange (area_id, day, {COLUMNS})
SELECT area_id, day, {COLUMNS}
FROM (SELECT area_id, day, {SUMS} FROM ({{changes}}) AS change GROUP BY 1, 2) AS added
WHERE ({COLUMNS}) <> (0, 0, 0, 0, 0, 0)
"""
# Nobody's stay is counted otherwise for a new telephone number.
_COUNTS = "status, arrived_on, ended_on, verified_on"
_BESIDE = """(
    SELECT one.* FROM {rows} AS one JOIN {others} AS other USING (id)
    WHERE ({one}) IS DISTINCT FROM ({other})
)"""


def _stays(times, **told):
    return STAYS.format(times=times, **(TABLES | told))


def _changed(rows, others):
    one, other = (", ".join(f"{name}.{c}" for c in _COUNTS.split(", ")) for name in ("one", "other"))
    return _BESIDE.format(rows=rows, others=others, one=one, other=other)


def _periods(operation):
    """The touched people's placements, by their periods before and after."""
    touched = {
        "INSERT": "SELECT resident_id FROM new_rows",
        "DELETE": "SELECT resident_id FROM old_rows",
        "UPDATE": "SELECT resident_id FROM new_rows UNION SELECT resident_id FROM old_rows",
    }[operation]
    without_new = (
        "SELECT * FROM residents_stayperiod"
        if operation == "DELETE"
        else "SELECT * FROM residents_stayperiod WHERE id NOT IN (SELECT id FROM new_rows)"
    )
    before = (
        without_new
        if operation == "INSERT"
        else f"{without_new} UNION ALL SELECT * FROM old_rows"
    )
    places = f"(SELECT * FROM residents_placement WHERE resident_id IN ({touched}))"
    return [_stays(-1, places=places, periods=f"({before})"), _stays(1, places=places)]


def _of_rows(make, what, operation):
    """What the rows that are gone took away, and what the new ones add."""
    gone = [make(-1, **{what: "old_rows"})] if operation != "INSERT" else []
    come = [make(1, **{what: "new_rows"})] if operation != "DELETE" else []
    return gone + come


def _letters(times, letters):
    return LETTERS.format(times=times, letters=letters)


CHANGES = {
    ("residents_placement", "INSERT"): _of_rows(_stays, "places", "INSERT"),
    ("residents_placement", "UPDATE"): _of_rows(_stays, "places", "UPDATE"),
    ("residents_placement", "DELETE"): _of_rows(_stays, "places", "DELETE"),
    ("residents_resident", "UPDATE"): [
        _stays(-1, people=_changed("old_rows", "new_rows")),
        _stays(1, people=_changed("new_rows", "old_rows")),
    ],
    ("residents_stayperiod", "INSERT"): _periods("INSERT"),
    ("residents_stayperiod", "UPDATE"): _periods("UPDATE"),
    ("residents_stayperiod", "DELETE"): _periods("DELETE"),
    ("reports_letter", "INSERT"): _of_rows(_letters, "letters", "INSERT"),
    ("reports_letter", "UPDATE"): _of_rows(_letters, "letters", "UPDATE"),
    ("reports_letter", "DELETE"): _of_rows(_letters, "letters", "DELETE"),
}
REFERENCING = {
    "INSERT": "NEW TABLE AS new_rows",
    "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "DELETE": "OLD TABLE AS old_rows",
}


# Periods that come before the placements, as those of an import do, add nothing yet.
GUARD = """IF NOT EXISTS (
        SELECT 1 FROM new_rows JOIN residents_placement USING (resident_id)
    ) THEN
        RETURN NULL;
    END IF;
    """


def _trigger(table, operation):
    name = f"tally_{table}_{operation.lower()}"
    guard = GUARD if (table, operation) == ("residents_stayperiod", "INSERT") else ""
    added = ADD.format(changes=" UNION ALL ".join(CHANGES[table, operation]))
    return f"""
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql {OWNERS} {BY_KEYS} AS $$
BEGIN
    {guard}{added};
    RETURN NULL;
END $$;
CREATE TRIGGER {name} AFTER {operation} ON {table} REFERENCING {REFERENCING[operation]}
FOR EACH STATEMENT EXECUTE FUNCTION {name}();
"""


ALONE = "PERFORM pg_advisory_xact_lock(hashtext('reports_tally'))"
# Sums for an area and each above it, by day, month and year.
SUMMED = f"""
SELECT left(area_id, level.length) AS code, period.span,
    date_trunc(period.unit, day)::date AS starts,
    {", ".join(f"sum({one}) AS {one}" for one in FIGURES)}
FROM {{rows}} AS added
JOIN (VALUES (17), (13), (8), (5)) AS level (length) ON level.length <= length(area_id)
CROSS JOIN (VALUES ('d', 'day'), ('m', 'month'), ('y', 'year')) AS period (span, unit)
GROUP BY 1, 2, 3
"""
KEEP = f"""
INSERT INTO reports_tally (code, span, starts, {COLUMNS})
SELECT code, span, starts, {COLUMNS} FROM {{sums}}
ON CONFLICT (code, span, starts) DO UPDATE
SET {", ".join(f"{one} = reports_tally.{one} + excluded.{one}" for one in FIGURES)}
"""
FOLD = f"""
CREATE FUNCTION reports_tally_fold() RETURNS bigint LANGUAGE plpgsql {OWNERS} AS $$
DECLARE folded bigint;
BEGIN
    {ALONE};
    WITH taken AS (DELETE FROM reports_tallychange RETURNING *),
    summed AS ({SUMMED.format(rows="taken")}),
    kept AS ({KEEP.format(sums="summed")})
    SELECT count(*) INTO folded FROM taken;
    RETURN folded;
END $$
"""

# All of it counted again in one statement, thus as at one moment, and what differs put right.
RECOUNT = f"""
CREATE FUNCTION reports_tally_recount() RETURNS bigint LANGUAGE plpgsql {OWNERS} AS $$
DECLARE differing bigint;
BEGIN
    {ALONE};
    WITH change AS (
        {_stays(1)} UNION ALL {_letters(1, "reports_letter")}
        UNION ALL SELECT -1, area_id, day, {COLUMNS} FROM reports_tallychange
    ),
    counted AS (SELECT area_id, day, {SUMS} FROM change GROUP BY 1, 2),
    summed AS ({SUMMED.format(rows="counted")}),
    differs AS (
        SELECT code, span, starts,
            {", ".join(f"coalesce(s.{one}, 0) - coalesce(t.{one}, 0) AS {one}" for one in FIGURES)}
        FROM summed AS s FULL JOIN reports_tally AS t USING (code, span, starts)
    ),
    wrong AS (SELECT * FROM differs WHERE ({COLUMNS}) <> (0, 0, 0, 0, 0, 0)),
    kept AS ({KEEP.format(sums="wrong")})
    SELECT count(*) INTO differing FROM wrong;
    RETURN differing;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("residents", "0001_initial")]
    operations = [
        migrations.RunSQL(TALLY_OF, "DROP FUNCTION reports_tally_of"),
        *(
            migrations.RunSQL(
                _trigger(table, operation),
                f"DROP FUNCTION tally_{table}_{operation.lower()} CASCADE",
            )
            for table, operation in CHANGES
        ),
        migrations.RunSQL(FOLD, "DROP FUNCTION reports_tally_fold"),
        migrations.RunSQL(RECOUNT, "DROP FUNCTION reports_tally_recount"),
        migrations.RunSQL("SELECT reports_tally_recount()", migrations.RunSQL.noop),
    ]
