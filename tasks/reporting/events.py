"""The newest events, each with the reports behind it."""

from collections import Counter
from typing import Any

from tasks.reporting.read import Reader, Row
from tasks.reporting.sentences import Span, quotes
from tasks.reporting.words import shorten

MAX_EVENTS = 500
# Together these keep the page under 3 MB; what is left out is counted on the page.
REPORTS_PER_EVENT = 8
MAX_REPORTS = 800
MAX_QUOTE = 400
_LISTED = 6  # mutations and exclusions shown of one report

_EVENTS = """
SELECT event_id, revision, event_date, event_type, sub_event_type, country,
    country_iso3, admin1, location, latitude, longitude, geo_precision, where_prec,
    actor1, actor2, initiator_known, fatalities_low, fatalities_best, fatalities_high,
    fatalities_text, responsibility_status, responsibility_by, num_mentions,
    num_sources, independent_origins, is_disputed, disputes, confidence,
    first_reported_at, known_at
FROM events ORDER BY event_date DESC NULLS LAST, event_id LIMIT ?
"""
_REPORTS = """
SELECT m.event_id, m.mention_id, m.article_id, m.publisher, m.canonical_url,
    m.published_at, m.temporal_status, m.evidence, a.title, a.text, l.lineage,
    l.parent_publisher, l.wire_credit
FROM event_mentions m
LEFT JOIN articles a USING (article_id)
LEFT JOIN article_lineage l USING (article_id)
WHERE m.event_id IN (SELECT unnest(?::VARCHAR[]))
ORDER BY m.event_id, l.lineage = 'origin' DESC NULLS LAST, m.published_at, m.mention_id
"""
_MUTATIONS = """
SELECT article_id, field, parent_value, child_value, is_unsupported_by_origin
FROM mutations WHERE article_id IN (SELECT unnest(?::VARCHAR[]))
ORDER BY article_id, field, parent_value, child_value
"""
_EXCLUSIONS = """
SELECT article_id, why, quote FROM exclusions
WHERE article_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY article_id, char_start
"""


def newest_events(reader: Reader) -> list[Row]:
    """Return up to MAX_EVENTS events, the latest first, with `reports` in each."""
    events = reader.rows(_EVENTS, [MAX_EVENTS])
    for event in events:
        event["disputes"] = [shorten(d, MAX_QUOTE) for d in event["disputes"] or ()]
    told = reader.rows(_REPORTS, [[event["event_id"] for event in events]])
    by_event = grouped(told, "event_id")
    for event in events:
        event["reports"] = by_event.get(event["event_id"], [])
    share_reports(events)
    _tell(reader, [report for event in events for report in event["reports"]])
    return events


def share_reports(events: list[Row], most: int = MAX_REPORTS) -> None:
    """Cut `reports` to what fits: everybody's first, then the second of the newest, on."""
    places = sorted(
        (place, at)
        for at, event in enumerate(events)
        for place in range(min(len(event["reports"]), REPORTS_PER_EVENT))
    )
    kept = Counter(at for _, at in places[:most])
    for at, event in enumerate(events):
        event["reports"] = event["reports"][: kept[at]]
        event["more_reports"] = max(0, event["num_mentions"] - kept[at])


def grouped(rows: list[Row], key: str) -> dict[str, list[Row]]:
    """Return the rows by one column, in order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[key], []).append(row)
    return found


def _tell(reader: Reader, reports: list[Row]) -> None:
    """Give each report its sentences, mutations and exclusions."""
    articles = sorted({report["article_id"] for report in reports})
    mutations = grouped(reader.rows(_MUTATIONS, [articles]), "article_id")
    exclusions = grouped(reader.rows(_EXCLUSIONS, [articles]), "article_id")
    for report in reports:
        article = report["article_id"]
        spans = _spans(report["evidence"])
        report["sentences"] = quotes(report["text"], spans) if report["text"] else []
        report["quotes"] = [] if report["sentences"] else _bare(report["evidence"])
        _list(report, "mutations", mutations.get(article, []))
        _list(report, "exclusions", exclusions.get(article, []))
        for excluded in report["exclusions"]:
            excluded["quote"] = shorten(excluded["quote"], MAX_QUOTE)


def _list(report: Row, name: str, rows: list[Row]) -> None:
    report[name] = rows[:_LISTED]
    report[f"more_{name}"] = len(rows) - len(report[name])


def _spans(evidence: list[dict[str, Any]]) -> list[Span]:
    return [Span(e["start"], e["end"], e["field"], e["rule_id"]) for e in evidence]


def _bare(evidence: list[dict[str, Any]]) -> list[Row]:
    """Return the quoted spans alone, for a text that retention has dropped."""
    return [{**e, "quote": shorten(e["quote"], MAX_QUOTE)} for e in evidence]
