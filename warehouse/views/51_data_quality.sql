-- One row per measured thing; `value` is what we got, `expected` what we hoped for.
CREATE VIEW main.data_quality AS
WITH now_at AS (
    SELECT coalesce(max(polled_at), TIMESTAMPTZ '1970-01-01 00:00:00Z') AS at_time
    FROM raw.feed_poll
),
covered AS (
    SELECT generate_series(min(day), max(day), INTERVAL 1 DAY) AS days
    FROM (SELECT (polled_at AT TIME ZONE 'UTC')::DATE::TIMESTAMP AS day FROM raw.feed_poll)
),
polled AS (
    SELECT DISTINCT (polled_at AT TIME ZONE 'UTC')::DATE AS day FROM raw.feed_poll
)
SELECT 'gap_without_polls' AS metric, NULL::VARCHAR AS subject, d.day::DATE AS period,
    1::DOUBLE AS value, 0::DOUBLE AS expected, 'days' AS unit,
    'no feed was polled on this day: its news may be missing' AS meaning
FROM (SELECT unnest(days) AS day FROM covered) d
WHERE d.day::DATE NOT IN (SELECT day FROM polled)
UNION ALL
SELECT 'feed_silent', f.feed_url, NULL, h.days_since_new_item, NULL, 'days',
    'answers, but brings nothing new against what it is expected to bring'
FROM raw.feed f JOIN mart.feed_health h USING (feed_url) WHERE h.is_silent
UNION ALL
SELECT 'feed_items_last_7_days', f.feed_url, NULL, count(i.item_id)::DOUBLE,
    max(f.expect_min_items_per_week)::DOUBLE, 'items',
    'items first seen in the 7 days before the last poll, against feeds.toml'
FROM raw.feed f CROSS JOIN now_at n
LEFT JOIN raw.feed_item i ON i.feed_url = f.feed_url
    AND i.first_seen_at > n.at_time - INTERVAL 7 DAY
GROUP BY f.feed_url
UNION ALL
SELECT 'feed_items_fell_off', feed_url, NULL, sum(num_fell_off)::DOUBLE, 0, 'items',
    'entries published and gone again between two polls: coverage lost'
FROM raw.feed_poll GROUP BY feed_url HAVING sum(num_fell_off) > 0
UNION ALL
SELECT 'lag_published_to_seen', publisher, NULL,
    median(date_diff('second', published_at, first_seen_at)) / 3600.0, NULL, 'hours',
    'median time from publication to first seen'
FROM core.article WHERE published_at IS NOT NULL GROUP BY publisher
UNION ALL
SELECT 'lag_seen_to_published', NULL, NULL,
    median(date_diff('second', a.first_seen_at, r.published_at)) / 3600.0, NULL, 'hours',
    'median time from first seen to this release, articles of the last 7 days'
FROM core.article a, main.release r
WHERE a.first_seen_at > r.published_at - INTERVAL 7 DAY
HAVING count(*) > 0
UNION ALL
SELECT 'extraction_yield', coalesce(f.name, r.feed_url), NULL,
    count(a.article_id)::DOUBLE / nullif(count(*), 0), 1, 'share',
    'pages of this outlet that became articles'
FROM raw.response r
LEFT JOIN core.article_revision a USING (response_id)
LEFT JOIN raw.feed f ON f.feed_url = r.feed_url
WHERE r.kind = 'article' GROUP BY coalesce(f.name, r.feed_url)
UNION ALL
SELECT 'rejects', stage || ': ' || reason, NULL, count(*)::DOUBLE, NULL, 'pages',
    'pages and items not coded, by stage and reason'
FROM core.reject GROUP BY stage, reason
UNION ALL
SELECT 'events_without_' || missing, NULL, NULL, count(*)::DOUBLE, 0, 'events', meaning
FROM (
    SELECT 'date' AS missing, 'left out of every aggregate: publication date unknown'
        AS meaning FROM main.events WHERE event_date IS NULL
    UNION ALL
    SELECT 'country', 'left out of country and admin 1 aggregates'
    FROM main.events WHERE country_iso3 IS NULL
    UNION ALL
    SELECT 'coordinates', 'cannot be drawn on a map: no gazetteer match'
    FROM main.events WHERE latitude IS NULL
) GROUP BY missing, meaning
UNION ALL
SELECT 'articles_published_at_unknown', NULL, NULL, count(*)::DOUBLE, 0, 'articles',
    'their events have no date'
FROM core.article WHERE published_at IS NULL HAVING count(*) > 0
UNION ALL
SELECT 'items_not_retrieved', NULL, NULL, count(*)::DOUBLE, 0, 'items',
    'feed items with neither a response nor a reject yet'
FROM raw.feed_item i
WHERE NOT EXISTS (FROM raw.response r WHERE r.url = i.url)
    AND NOT EXISTS (FROM core.reject x WHERE x.url = i.url)
HAVING count(*) > 0;
