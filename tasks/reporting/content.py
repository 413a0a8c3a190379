"""What the report says: queries on the published file, each a small table."""

from pathlib import Path
from typing import Any

from warehouse.query import read_published

Row = dict[str, Any]

MAX_EVENTS = 500

_EVENTS = """
SELECT event_id, revision, event_date, event_date_end, event_type, sub_event_type,
    country, country_iso3, admin1, location, latitude, longitude, geo_precision,
    where_prec, actor1, actor2, initiator_known, fatalities_low, fatalities_best,
    fatalities_high, fatalities_text, responsibility_status, responsibility_by,
    num_mentions, num_sources, independent_origins, is_disputed, disputes, confidence,
    first_reported_at, known_at
FROM events ORDER BY event_date DESC NULLS LAST, event_id LIMIT ?
"""
_MENTIONS = """
SELECT event_id, mention_id, article_id, publisher, canonical_url, published_at,
    temporal_status, evidence
FROM event_mentions WHERE event_id IN (SELECT unnest(?::VARCHAR[]))
ORDER BY published_at, mention_id
"""
_LINEAGE = """
SELECT article_id, lineage, parent_publisher, signals FROM article_lineage
WHERE article_id IN (SELECT unnest(?::VARCHAR[]))
"""
_MUTATIONS = """
SELECT article_id, field, parent_value, child_value, child_quote FROM mutations
WHERE article_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY article_id, field
"""
_EXCLUSIONS = """
SELECT article_id, why, quote FROM exclusions
WHERE article_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY article_id, char_start
"""
_REVISED = """
SELECT r.event_id, r.revision, r.valid_from, r.changed_field, r.old_value, r.new_value,
    r.rule_id, e.location, e.event_date, a.publisher
FROM event_revisions r JOIN events e USING (event_id)
LEFT JOIN event_mentions a ON a.mention_id = r.mention_id
WHERE r.revision > 1 ORDER BY r.valid_from DESC, r.event_id, r.changed_field LIMIT 60
"""
_FEEDS = """
SELECT name, status, reason AS last_reason, http_status, last_polled_at, next_poll_at,
    etag_lies
FROM feeds ORDER BY status = 'active', name
"""
_QUALITY = """
SELECT metric, subject, period, value, unit, meaning FROM data_quality
WHERE metric IN ('gap_without_polls', 'feed_silent', 'feed_items_fell_off', 'rejects',
    'events_without_date', 'events_without_country', 'events_without_coordinates',
    'items_not_retrieved', 'lag_published_to_seen')
    AND metric NOT LIKE 'lag%'
ORDER BY metric, subject, period LIMIT 80
"""
_RELEASES = """
SELECT release_id, published_at, num_events, num_event_mentions, num_articles
FROM releases ORDER BY published_at DESC LIMIT 2
"""


def release_of(published: Path) -> Row:
    """Return the one row of `release`."""
    return read_published(published, "FROM release").dicts()[0]


def gather(published: Path) -> Row:
    """Return everything the template shows."""
    events = read_published(published, _EVENTS, [MAX_EVENTS]).dicts()
    _attach_reports(published, events)
    releases = read_published(published, _RELEASES).dicts()
    return {
        "release": release_of(published),
        "headline": _headline(releases),
        "events": events,
        "chart_events": [_for_charts(event) for event in events],
        "countries": sorted({e["country"] for e in events if e["country"]}),
        "revised": read_published(published, _REVISED).dicts(),
        "disputed": [e for e in events if e["is_disputed"]],
        "feeds": _feeds(published),
        "quality": read_published(published, _QUALITY).dicts(),
        "surges": _surges(published),
    }


def deaths_text(event: Row) -> str:
    """Return the toll in words, never as one bare number when it is a range."""
    low, best, high = (event[f"fatalities_{k}"] for k in ("low", "best", "high"))
    if best is not None and best == low == (high if high is not None else best):
        return str(best)
    known = "unknown" if best is None else str(best)
    above = "no upper bound" if high is None else str(high)
    if low == 0 and best is None and high is None:
        return "not reported"
    return f"{known} (at least {low}, {above})"


def _attach_reports(published: Path, events: list[Row]) -> None:
    """Give each event its reports with evidence, lineage, mutations and exclusions."""
    ids = [event["event_id"] for event in events]
    mentions = read_published(published, _MENTIONS, [ids]).dicts()
    articles = sorted({m["article_id"] for m in mentions})
    lineage = {r["article_id"]: r for r in read_published(published, _LINEAGE, [articles]).dicts()}  # fmt: skip
    mutations = _by_article(read_published(published, _MUTATIONS, [articles]).dicts())
    exclusions = _by_article(read_published(published, _EXCLUSIONS, [articles]).dicts())
    by_event: dict[str, list[Row]] = {}
    for mention in mentions:
        article = mention["article_id"]
        mention["lineage"] = lineage.get(article)
        mention["mutations"] = mutations.get(article, [])
        mention["exclusions"] = exclusions.get(article, [])
        by_event.setdefault(mention["event_id"], []).append(mention)
    for event in events:
        event["reports"] = by_event.get(event["event_id"], [])


def _by_article(rows: list[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row["article_id"], []).append(row)
    return grouped


def _for_charts(event: Row) -> Row:
    best = event["fatalities_best"]
    return {
        "event_id": event["event_id"],
        "event_date": str(event["event_date"]) if event["event_date"] else None,
        "event_type": event["event_type"],
        "sub_event_type": event["sub_event_type"],
        "country": event["country"] or "unknown",
        "location": event["location"],
        "latitude": event["latitude"],
        "longitude": event["longitude"],
        "geo_precision": event["geo_precision"],
        "deaths": best if best is not None else event["fatalities_low"],
        "deaths_text": deaths_text(event),
    }


def _headline(releases: list[Row]) -> list[tuple[str, int, int | None]]:
    """Return (label, figure, change since the previous release or None)."""
    now, before = releases[0], releases[1] if len(releases) > 1 else None
    labels = {
        "num_events": "events",
        "num_event_mentions": "reports coded",
        "num_articles": "articles",
    }
    return [
        (label, now[key], now[key] - before[key] if before else None)
        for key, label in labels.items()
    ]


def _feeds(published: Path) -> list[Row]:
    return read_published(published, _FEEDS).dicts()


def _surges(published: Path) -> list[Row]:
    return read_published(
        published,
        "SELECT country_iso3, admin1, week, num_events, surge_score FROM admin1_week "
        "WHERE surge_score >= 3 ORDER BY week DESC, surge_score DESC LIMIT 20",
    ).dicts()
