"""What the report says, gathered from one published file."""

from datetime import date, timedelta
from pathlib import Path

from tasks.reporting import changes, events, health
from tasks.reporting.read import Reader, Row, reading
from tasks.reporting.words import precision_text, toll_text

SERIES_WEEKS = 26
FEWEST_WEEKS = 8
MAX_COUNTRIES = 12


def gather(published: Path) -> Row:
    """Return everything the template shows."""
    with reading(published) as reader:
        release = release_row(reader)
        found = events.newest_events(reader)
        since = changes.previous_release_at(reader)
        changes.mark_changes(reader, found, since)
        return {
            "release": release,
            "since": since,
            "headline": changes.headline(reader, release["published_at"].date()),
            "events": found,
            "countries": sorted({e["country"] for e in found if e["country"]}),
            "revised": changes.revisions(reader),
            "disputed": changes.disputed(reader, found),
            "surges": health.surges(reader),
            "feeds": health.feeds(reader),
            "gaps": health.gaps(reader),
        }


def release_of(published: Path) -> Row:
    """Return the one row of `release`."""
    with reading(published) as reader:
        return release_row(reader)


def release_row(reader: Reader) -> Row:
    """Return the one row of `release`."""
    return reader.rows("FROM release")[0]


def chart_events(found: list[Row]) -> list[Row]:
    """Return what the charts draw of each event; nothing else is shipped twice."""
    panels = {c: f"{at:02} {c}" for at, c in enumerate(busiest_countries(found))}
    return [_for_charts(event, panels) for event in found]


def busiest_countries(found: list[Row]) -> list[str]:
    """Return the countries with a chart of their own, the busiest first."""
    counts: dict[str, int] = {}
    for event in found:
        if event["country"]:
            counts[event["country"]] = counts.get(event["country"], 0) + 1
    return sorted(counts, key=lambda c: (-counts[c], c))[:MAX_COUNTRIES]


def weeks_shown(found: list[Row]) -> tuple[date | None, date | None]:
    """Return the Mondays between which series are drawn; None when no event has a date."""
    days = [event["event_date"] for event in found if event["event_date"]]
    if not days:
        return None, None
    until = monday(max(days)) + timedelta(weeks=1)
    earliest = until - timedelta(weeks=SERIES_WEEKS)
    drawn = min(day for day in days if day >= earliest)
    return min(monday(drawn), until - timedelta(weeks=FEWEST_WEEKS)), until


def monday(day: date) -> date:
    """Return the Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def _for_charts(event: Row, panels: dict[str, str]) -> Row:
    day, best = event["event_date"], event["fatalities_best"]
    return {
        "id": event["event_id"],
        "date": str(day) if day else None,
        "week": str(monday(day)) if day else None,
        "week_end": str(monday(day) + timedelta(days=7)) if day else None,
        "type": event["event_type"],
        "sub": event["sub_event_type"],
        "country": event["country"] or "unknown",
        "panel": panels.get(event["country"]),
        "place": event["location"],
        "lat": event["latitude"],
        "lon": event["longitude"],
        "precision": precision_text(event["geo_precision"]),
        "deaths": best if best is not None else event["fatalities_low"] or 0,
        "toll": toll_text(event),
    }
