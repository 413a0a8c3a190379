"""How well the world was watched: surges, feeds, and where news may be missing."""

from tasks.reporting.read import Reader, Row

SURGE = 3.0  # robust deviations (MAD) above the median that count as a surge

_SURGES = """
SELECT country, country_iso3, admin1, week, num_events, baseline_median, surge_score
FROM admin1_week WHERE surge_score >= ? ORDER BY week DESC, surge_score DESC LIMIT 20
"""
_COMPARED = "SELECT count(*) AS n FROM admin1_week WHERE surge_score IS NOT NULL"
_FEEDS = """
SELECT f.name, f.status, f.reason, f.http_status, f.last_polled_at, f.next_poll_at,
    f.last_new_item_at, f.expect_min_items_per_week AS expected,
    h.got_items_7_days AS got, coalesce(h.is_silent, false) AS is_silent,
    f.status <> 'active' OR f.reason NOT IN ('ok', 'not_modified')
        OR coalesce(h.is_silent, false) AS needs_a_look
FROM feeds f LEFT JOIN feed_health h USING (feed_url)
ORDER BY needs_a_look DESC, f.name, f.feed_url
"""
_QUIET_DAYS = """
SELECT min(period) AS first_day, max(period) AS last_day, count(*) AS num_days
FROM (
    SELECT period, period - row_number() OVER (ORDER BY period)::INTEGER AS run
    FROM data_quality WHERE metric = 'gap_without_polls'
) GROUP BY run ORDER BY first_day DESC LIMIT 12
"""
_GAPS = """
SELECT metric, subject, value, unit, meaning FROM data_quality
WHERE metric IN ('feed_items_fell_off', 'events_without_date',
    'events_without_country', 'events_without_coordinates', 'items_not_retrieved',
    'articles_published_at_unknown', 'lag_seen_to_published')
ORDER BY metric, value DESC, subject LIMIT 40
"""
_REJECTS = """
SELECT subject, value, unit FROM data_quality WHERE metric = 'rejects'
ORDER BY value DESC, subject LIMIT 20
"""


def surges(reader: Reader) -> Row:
    """Return regions above their own usual level, and how many could be compared."""
    return {
        "rows": reader.rows(_SURGES, [SURGE]),
        "num_compared": reader.rows(_COMPARED)[0]["n"],
    }


def feeds(reader: Reader) -> list[Row]:
    """Return every feed, those that need a look first."""
    return reader.rows(_FEEDS)


def gaps(reader: Reader) -> Row:
    """Return days without polls as ranges, other gaps, and what was rejected."""
    return {
        "quiet_days": reader.rows(_QUIET_DAYS),
        "other": reader.rows(_GAPS),
        "rejects": reader.rows(_REJECTS),
    }
