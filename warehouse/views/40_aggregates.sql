-- Since when the feeds of a country are polled: before that a zero is not a zero.
CREATE VIEW core.country_coverage AS
SELECT k.country_iso3, any_value(c.name) AS country,
    min((p.polled_at AT TIME ZONE 'UTC')::DATE) AS covered_since
FROM (
    SELECT country_iso3 FROM main.events WHERE country_iso3 IS NOT NULL
    UNION
    SELECT country_code FROM raw.feed WHERE country_code IS NOT NULL
) k
LEFT JOIN ref.country c ON c.iso3 = k.country_iso3
LEFT JOIN raw.feed f ON f.country_code = k.country_iso3
LEFT JOIN raw.feed_poll p USING (feed_url)
GROUP BY k.country_iso3;

CREATE VIEW main.country_month AS
SELECT * EXCLUDE (run_id, row_hash) FROM mart.country_month;

CREATE VIEW main.admin1_week AS
SELECT * EXCLUDE (run_id, row_hash) FROM mart.admin1_week;

CREATE VIEW main.dyad_day AS
SELECT * EXCLUDE (run_id, row_hash) FROM mart.dyad_day;

CREATE VIEW main.actor_month AS
SELECT * EXCLUDE (run_id, row_hash) FROM mart.actor_month;

CREATE VIEW main.feed_health AS
SELECT * EXCLUDE (run_id, row_hash) FROM mart.feed_health;

-- dyad_day with its zeros. All pairs x all days would be thousands of zeros to each
-- event, so they are made for the days asked for: every pair on every day from which
-- one of the countries it was seen in was covered.
CREATE MACRO main.dyad_days(first_day, last_day) AS TABLE
WITH calendar AS (
    SELECT d::DATE AS event_date
    FROM generate_series(first_day::DATE, last_day::DATE, INTERVAL 1 DAY) t(d)
),
pair AS (
    SELECT DISTINCT country_iso3,
        coalesce(actor1, actor2, 'nobody') AS one,
        CASE WHEN actor1 IS NOT NULL THEN actor2 END AS two
    FROM main.events WHERE event_date IS NOT NULL
),
seen AS (
    SELECT least(one, two) AS actor_a,
        CASE WHEN two IS NULL THEN 'nobody' ELSE greatest(one, two) END AS actor_b,
        min(covered_since) AS covered_since
    FROM pair LEFT JOIN core.country_coverage USING (country_iso3)
    GROUP BY ALL
),
dyad AS (
    SELECT d.dyad_id, d.actor_a, d.actor_b, d.min_origins, d.fatality_rule,
        s.covered_since
    FROM (SELECT DISTINCT dyad_id, actor_a, actor_b, min_origins, fatality_rule
          FROM mart.dyad_day) d
    JOIN seen s USING (actor_a, actor_b)
)
SELECT x.dyad_id, x.actor_a, x.actor_b, c.event_date,
    coalesce(x.covered_since <= c.event_date, false) AS is_covered,
    coalesce(COLUMNS('^((?:num|fatalities)_.*)$'), 0) AS '\1',
    d.disputed_share, x.min_origins, x.fatality_rule
FROM dyad x
CROSS JOIN calendar c
LEFT JOIN mart.dyad_day d USING (dyad_id, event_date)
WHERE is_covered OR d.dyad_id IS NOT NULL;
