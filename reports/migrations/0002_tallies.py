"""The database keeps what figures are read from itself, by triggers (reports.summaries.tallies).

A change to a placement, its resident or the periods of the stay writes the placement's counted
stay anew; a change to counted stays is noted in the tallies. All runs with the owner's rights:
the runtime role reads these tables and writes none.
"""

from django.db import migrations

OF_A_STAY = ("active", "verified", "overdue", "arrived", "ended", "extended")
OF_A_SERVICE = ("told", "confirmed", "corrected", "answer_hours")
OF_A_CORRECTION = ("corrections", "settled", "settle_hours")
FIGURES = (*OF_A_STAY, "letters", "reports", *OF_A_SERVICE, *OF_A_CORRECTION)
COLUMNS = ", ".join(FIGURES)
NOTHING = ", ".join("0" for _ in FIGURES)
OWNERS = "SECURITY DEFINER SET search_path = public, pg_temp"
# A trigger is about the rows of one statement: what belongs to them is found by its keys, also
# where the planner knows nothing of the tables yet.
BY_KEYS = "SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off"


def _columns(**adding):
    """All figures: those named by their expressions, the others nothing."""
    return ", ".join(f"{adding.get(one, 0)} AS {one}" for one in FIGURES)


STAY = (
    "placement_id, area_id, starts, until, verified_on, arrived, ended, overdue, extended, "
    "sex, birth_year, purpose, occupation, education, origin_province, lodging_id"
)
# Drafts, returned, held, merged and discarded ones are never counted.
STAYS = """
SELECT place.id AS placement_id, place.area_id, place.starts, place.until, person.verified_on,
    place.starts = person.arrived_on AS arrived,
    place.until IS NOT NULL AND place.until IS NOT DISTINCT FROM person.ended_on AS ended,
    ARRAY(
        SELECT unnest(datemultirange(daterange(place.starts, place.until))
            - coalesce(period.days, '{}'))
    ) AS overdue,
    ARRAY(
        SELECT day FROM unnest(period.starts) WITH ORDINALITY AS one (day, number)
        WHERE number > 1 AND day >= place.starts AND (place.until IS NULL OR day < place.until)
    ) AS extended,
    person.sex, extract(year FROM person.birth_date)::smallint AS birth_year, person.purpose,
    person.occupation, person.education, person.origin_province, person.lodging_id
FROM residents_placement AS place
JOIN residents_resident AS person ON person.id = place.resident_id
CROSS JOIN LATERAL (
    SELECT range_agg(daterange(starts, until, '[]')) AS days, array_agg(starts ORDER BY starts) AS starts
    FROM residents_stayperiod WHERE resident_id = person.id
) AS period
WHERE person.status IN ('reported', 'verified', 'ended') AND place.starts IS NOT NULL
"""
KEEP_STAYS = f"""
MERGE INTO reports_countedstay AS kept
USING ({{now}}) AS now ON kept.placement_id = now.key
WHEN MATCHED AND now.placement_id IS NULL THEN DELETE
WHEN MATCHED AND ({", ".join(f"kept.{one}" for one in STAY.split(", "))})
    IS DISTINCT FROM ({", ".join(f"now.{one}" for one in STAY.split(", "))})
    THEN UPDATE SET {", ".join(f"{one} = now.{one}" for one in STAY.split(", "))}
WHEN NOT MATCHED AND now.placement_id IS NOT NULL
    THEN INSERT ({STAY}) VALUES ({", ".join(f"now.{one}" for one in STAY.split(", "))})
"""
# Without OFFSET a planner that knows nothing yet would count everybody and compare with each.
# Their people are locked first, so that two who change one person at once count both changes.
COUNT = f"""
CREATE FUNCTION reports_stays_count(places bigint[]) RETURNS void LANGUAGE plpgsql
{OWNERS} {BY_KEYS} AS $$
BEGIN
    IF places IS NULL THEN
        RETURN;
    END IF;
    PERFORM FROM residents_resident
    WHERE id IN (SELECT resident_id FROM residents_placement WHERE id = ANY (places))
    ORDER BY id FOR NO KEY UPDATE;
    {KEEP_STAYS.format(
        now=f"SELECT key, stay.* FROM unnest(places) AS key LEFT JOIN LATERAL "
        f"({STAYS} AND place.id = key OFFSET 0) AS stay ON true"
    )};
END $$
"""
_COUNTED_BY = (
    "status, arrived_on, ended_on, verified_on, sex, birth_date, purpose, occupation, education, "
    "origin_province, lodging_id"
).split(", ")
# Nobody is counted otherwise for a new telephone number.
_OF_CHANGED_PEOPLE = f"""
SELECT array_agg(place.id) FROM new_rows JOIN old_rows USING (id)
JOIN residents_placement AS place ON place.resident_id = new_rows.id
WHERE ({", ".join(f"new_rows.{one}" for one in _COUNTED_BY)})
    IS DISTINCT FROM ({", ".join(f"old_rows.{one}" for one in _COUNTED_BY)})
"""
_OF_PLACES = "SELECT array_agg(id) FROM {rows}"
_OF_PERIODS = (
    "SELECT array_agg(place.id) FROM residents_placement AS place "
    "WHERE resident_id IN ({people})"
)
_ROWS = {"INSERT": "new_rows", "UPDATE": "new_rows", "DELETE": "old_rows"}
_PEOPLE = {
    "INSERT": "SELECT resident_id FROM new_rows",
    "UPDATE": "SELECT resident_id FROM new_rows UNION SELECT resident_id FROM old_rows",
    "DELETE": "SELECT resident_id FROM old_rows",
}
TOUCHED = {
    ("residents_resident", "UPDATE"): _OF_CHANGED_PEOPLE,
    **{("residents_placement", deed): _OF_PLACES.format(rows=rows) for deed, rows in _ROWS.items()},
    **{
        ("residents_stayperiod", deed): _OF_PERIODS.format(people=people)
        for deed, people in _PEOPLE.items()
    },
}

# What one counted stay adds to the figures of its area, and from which day on.
TALLY_OF = """
CREATE FUNCTION reports_tally_of(
    starts date, until date, verified_on date, arrived bool, ended bool,
    overdue daterange[], extended date[]
)
RETURNS TABLE (day date, active int, verified int, overdue int, arrived int, ended int, extended int)
LANGUAGE sql IMMUTABLE AS $$
    SELECT starts, 1, 0, 0, 0, 0, 0 WHERE until IS NULL OR until > starts
    UNION ALL
    SELECT until, -1, 0, 0, 0, 0, 0 WHERE until > starts
    UNION ALL
    SELECT greatest(starts, verified_on), 0, 1, 0, 0, 0, 0
    WHERE verified_on IS NOT NULL AND (until IS NULL OR until > greatest(starts, verified_on))
    UNION ALL
    SELECT until, 0, -1, 0, 0, 0, 0
    WHERE verified_on IS NOT NULL AND until > greatest(starts, verified_on)
    UNION ALL
    SELECT lower(gap), 0, 0, 1, 0, 0, 0 FROM unnest(overdue) AS gap
    UNION ALL
    SELECT upper(gap), 0, 0, -1, 0, 0, 0 FROM unnest(overdue) AS gap WHERE NOT upper_inf(gap)
    UNION ALL
    SELECT starts, 0, 0, 0, 1, 0, 0 WHERE arrived
    UNION ALL
    SELECT until, 0, 0, 0, 0, 1, 0 WHERE ended
    UNION ALL
    SELECT one, 0, 0, 0, 0, 0, 1 FROM unnest(extended) AS one
$$
"""
OF_STAYS = f"""
SELECT {{times}} AS times, stay.area_id, one.day, {_columns(**{one: f"one.{one}" for one in OF_A_STAY})}
FROM {{rows}} AS stay
CROSS JOIN LATERAL reports_tally_of(
    stay.starts, stay.until, stay.verified_on, stay.arrived, stay.ended, stay.overdue, stay.extended
) AS one
"""
OF_LETTERS = f"""
SELECT {{times}} AS times, area_id, issued_on AS day, {_columns(letters=1)}
FROM {{rows}} WHERE status IN ('issued', 'revoked')
"""
# A person by the day of the report, where they live now: how much an RT has reported of late.
OF_REPORTS = f"""
SELECT {{times}} AS times, area_id, (reported_at AT TIME ZONE 'Asia/Makassar')::date AS day,
    {_columns(reports=1)}
FROM {{rows}} WHERE reported_at IS NOT NULL AND status NOT IN ('merged', 'discarded')
"""
# A service by the day on which it was made known, whenever it was answered; a changed one no
# longer counts once its next version is there.
HOURS = "floor(extract(epoch FROM {until} - {since}) / 3600)::bigint"
OF_SERVICES = f"""
SELECT {{times}} AS times, area_id, told_on AS day, {_columns(
    told=1,
    confirmed="(status = 'confirmed')::int",
    corrected="(status = 'corrected')::int",
    answer_hours=f"coalesce({HOURS.format(until='answered_at', since='told_at')}, 0)",
)}
FROM {{rows}} WHERE told_on IS NOT NULL AND superseded_at IS NULL
"""
# A correction by the day on which it was sent, and by the one on which it was settled.
OF_CORRECTIONS = f"""
SELECT {{times}} AS times, area_id, sent_on AS day, {_columns(corrections=1)} FROM {{rows}}
UNION ALL
SELECT {{times}} AS times, area_id, settled_on AS day, {_columns(
    settled=1, settle_hours=HOURS.format(until="settled_at", since="sent_at")
)}
FROM {{rows}} WHERE settled_on IS NOT NULL
"""
NOTED = {
    "reports_countedstay": OF_STAYS,
    "reports_letter": OF_LETTERS,
    "residents_resident": OF_REPORTS,
    "residents_service": OF_SERVICES,
    "residents_correction": OF_CORRECTIONS,
}
DAYS_WITHIN = """
CREATE FUNCTION reports_days_within(days date[], first date, last date) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
    SELECT count(*) FROM unnest(days) AS day WHERE day BETWEEN first AND last
$$
"""
SUMS = ", ".join(f"sum(times * {one}) AS {one}" for one in FIGURES)
NOTE = f"""
INSERT INTO reports_tallychange (area_id, day, {COLUMNS})
SELECT area_id, day, {COLUMNS}
FROM (SELECT area_id, day, {SUMS} FROM ({{changes}}) AS change GROUP BY 1, 2) AS added
WHERE ({COLUMNS}) <> ({NOTHING})
"""
REFERENCING = {
    "INSERT": "NEW TABLE AS new_rows",
    "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "DELETE": "OLD TABLE AS old_rows",
}


def _note(table, deed):
    """What the rows that are gone took away, and what the new ones add."""
    gone = [NOTED[table].format(times=-1, rows="old_rows")] if deed != "INSERT" else []
    come = [NOTED[table].format(times=1, rows="new_rows")] if deed != "DELETE" else []
    return NOTE.format(changes=" UNION ALL ".join(gone + come))


BODIES = {
    (table, deed): [
        *(
            f"PERFORM reports_stays_count(({touched}))"
            for key, touched in TOUCHED.items()
            if key == (table, deed)
        ),
        *([_note(table, deed)] if table in NOTED else []),
    ]
    for table, deed in {**TOUCHED, **{(table, deed): "" for table in NOTED for deed in REFERENCING}}
}


def _trigger(table, deed):
    name = f"tally_{table}_{deed.lower()}"
    return f"""
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql {OWNERS} {BY_KEYS} AS $$
BEGIN
    {"; ".join(BODIES[table, deed])};
    RETURN NULL;
END $$;
CREATE TRIGGER {name} AFTER {deed} ON {table} REFERENCING {REFERENCING[deed]}
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

# Whole years, then whole months, then days, and what was not folded yet. One statement: between
# two, changes might be folded and be counted twice or never.
TOTALS = f"""
CREATE FUNCTION reports_totals_at(codes text[], days date[])
RETURNS TABLE (code text, day date, {", ".join(f"{one} bigint" for one in FIGURES)})
LANGUAGE sql STABLE AS $$
SELECT part.code, asked.day, {", ".join(f"sum(part.{one})::bigint" for one in FIGURES)}
FROM unnest(days) AS asked (day)
CROSS JOIN LATERAL (
    SELECT kept.code, {COLUMNS} FROM reports_tally AS kept
    WHERE kept.code = ANY (codes) AND span = 'y' AND starts < date_trunc('year', asked.day)
    UNION ALL
    SELECT kept.code, {COLUMNS} FROM reports_tally AS kept
    WHERE kept.code = ANY (codes) AND span = 'm'
        AND starts >= date_trunc('year', asked.day) AND starts < date_trunc('month', asked.day)
    UNION ALL
    SELECT kept.code, {COLUMNS} FROM reports_tally AS kept
    WHERE kept.code = ANY (codes) AND span = 'd'
        AND starts >= date_trunc('month', asked.day) AND starts <= asked.day
    UNION ALL
    SELECT wanted.code, {COLUMNS} FROM unnest(codes) AS wanted (code)
    JOIN reports_tallychange AS new ON left(area_id, length(wanted.code)) = wanted.code
    WHERE new.day <= asked.day
) AS part
GROUP BY 1, 2
$$
"""

# All of it counted again, each half in one statement, thus as at one moment, and what differs
# put right. The stays come first: putting them right notes what the tallies then lack.
RECOUNT = f"""
CREATE FUNCTION reports_tally_recount() RETURNS bigint LANGUAGE plpgsql {OWNERS} AS $$
DECLARE miscounted bigint; differing bigint;
BEGIN
    {ALONE};
    {KEEP_STAYS.format(
        now=f"SELECT coalesce(stay.placement_id, old.placement_id) AS key, stay.* "
        f"FROM ({STAYS}) AS stay FULL JOIN reports_countedstay AS old USING (placement_id)"
    )};
    GET DIAGNOSTICS miscounted = ROW_COUNT;
    WITH change AS (
        {" UNION ALL ".join(of.format(times=1, rows=table) for table, of in NOTED.items())}
        UNION ALL SELECT -1, area_id, day, {COLUMNS} FROM reports_tallychange
    ),
    counted AS (SELECT area_id, day, {SUMS} FROM change GROUP BY 1, 2),
    summed AS ({SUMMED.format(rows="counted")}),
    differs AS (
        SELECT code, span, starts,
            {", ".join(f"coalesce(s.{one}, 0) - coalesce(t.{one}, 0) AS {one}" for one in FIGURES)}
        FROM summed AS s FULL JOIN reports_tally AS t USING (code, span, starts)
    ),
    wrong AS (SELECT * FROM differs WHERE ({COLUMNS}) <> ({NOTHING})),
    kept AS ({KEEP.format(sums="wrong")})
    SELECT count(*) INTO differing FROM wrong;
    RETURN miscounted + differing;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("residents", "0001_initial")]
    operations = [
        migrations.RunSQL(COUNT, "DROP FUNCTION reports_stays_count"),
        migrations.RunSQL(TALLY_OF, "DROP FUNCTION reports_tally_of"),
        migrations.RunSQL(DAYS_WITHIN, "DROP FUNCTION reports_days_within"),
        *(
            migrations.RunSQL(
                _trigger(table, deed), f"DROP FUNCTION tally_{table}_{deed.lower()} CASCADE"
            )
            for table, deed in BODIES
        ),
        migrations.RunSQL(TOTALS, "DROP FUNCTION reports_totals_at"),
        migrations.RunSQL(FOLD, "DROP FUNCTION reports_tally_fold"),
        migrations.RunSQL(RECOUNT, "DROP FUNCTION reports_tally_recount"),
        migrations.RunSQL("SELECT reports_tally_recount()", migrations.RunSQL.noop),
    ]
