"""What is new since the release before: counts, events, revisions, disputed tolls."""

from dataclasses import dataclass
from datetime import date, datetime

from tasks.reporting.events import MAX_QUOTE, grouped
from tasks.reporting.read import Reader, Row
from tasks.reporting.words import rule_text, shorten

MAX_LISTED = 60
_FIGURES_PER_EVENT = 8

_RELEASES = """
SELECT release_id, published_at, num_events, num_event_mentions, num_articles
FROM releases ORDER BY published_at DESC LIMIT 2
"""
_WEEK = """
SELECT count(*) FILTER (WHERE event_date > ?::DATE - 7) AS num_events,
    count(*) FILTER (WHERE event_date <= ?::DATE - 7) AS num_before,
    coalesce(sum(coalesce(fatalities_best, fatalities_low))
        FILTER (WHERE event_date > ?::DATE - 7), 0)::BIGINT AS killed,
    coalesce(sum(coalesce(fatalities_best, fatalities_low))
        FILTER (WHERE event_date <= ?::DATE - 7), 0)::BIGINT AS killed_before
FROM events WHERE event_date > ?::DATE - 14 AND event_date <= ?::DATE
"""
_REVISIONS = """
SELECT r.event_id, r.revision, r.valid_from, r.changed_field, r.old_value, r.new_value,
    r.rule_id, e.location, e.country, e.event_date, m.publisher
FROM event_revisions r JOIN events e USING (event_id)
LEFT JOIN event_mentions m ON m.mention_id = r.mention_id
WHERE r.revision > 1 ORDER BY r.valid_from DESC, r.event_id, r.changed_field LIMIT ?
"""
_TOUCHED = """
SELECT event_id, min(revision) = 1 AS is_new FROM event_revisions
WHERE valid_from > ? GROUP BY event_id ORDER BY event_id
"""
_FIGURES = """
SELECT event_id, publisher, claimant, count_text, low, high, of_whom
FROM fatality_claims WHERE event_id IN (SELECT unnest(?::VARCHAR[]))
ORDER BY event_id, published_at, char_start, claim_id
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One headline count with its change, None where there is nothing to compare with."""

    label: str
    value: int
    change: int | None
    against: str


def headline(reader: Reader, until: date) -> list[Figure]:
    """Return the counts of the last seven days up to `until` and of the release."""
    week = reader.rows(_WEEK, [until] * 6)[0]
    before = "against the 7 days before"
    recent = [
        Figure("events in 7 days", week["num_events"], week["num_events"] - week["num_before"], before),
        Figure("reported killed in 7 days", week["killed"], week["killed"] - week["killed_before"], before),
    ]  # fmt: skip
    return recent + _of_the_release(reader.rows(_RELEASES))


def previous_release_at(reader: Reader) -> datetime | None:
    """Return when the release before was published; None for the first."""
    releases = reader.rows(_RELEASES)
    return releases[1]["published_at"] if len(releases) > 1 else None


def mark_changes(reader: Reader, events: list[Row], since: datetime | None) -> None:
    """Set `change` of each event: new, revised or empty, since the release before."""
    touched = {} if since is None else {r["event_id"]: r["is_new"] for r in reader.rows(_TOUCHED, [since])}  # fmt: skip
    words = {True: "new", False: "revised", None: ""}
    for event in events:
        event["change"] = words[touched.get(event["event_id"])]


def revisions(reader: Reader) -> list[Row]:
    """Return the latest revisions of known events with the reason in words."""
    rows = reader.rows(_REVISIONS, [MAX_LISTED])
    for row in rows:
        row["reason"] = rule_text(row["rule_id"])
        for side in ("old_value", "new_value"):
            row[side] = shorten(row[side], MAX_QUOTE)
    return rows


def disputed(reader: Reader, events: list[Row]) -> list[Row]:
    """Return the disputed events with the figures that each source gives."""
    found = [event for event in events if event["is_disputed"]]
    ids = [event["event_id"] for event in found]
    figures = grouped(reader.rows(_FIGURES, [ids]), "event_id")
    for event in found:
        told = [f for f in figures.get(event["event_id"], []) if _is_figure(f)]
        event["figures"] = told[:_FIGURES_PER_EVENT]
        event["more_figures"] = len(told) - len(event["figures"])
    return found


def _is_figure(row: Row) -> bool:
    return row["low"] is not None or row["high"] is not None


def _of_the_release(releases: list[Row]) -> list[Figure]:
    now, before = releases[0], releases[1] if len(releases) > 1 else None
    labels = {"num_events": "events in all", "num_event_mentions": "reports of events", "num_articles": "articles read"}  # fmt: skip
    return [
        Figure(label, now[key], now[key] - before[key] if before else None, "since the last release")
        for key, label in labels.items()
    ]  # fmt: skip
