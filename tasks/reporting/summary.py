"""A run's figures as markdown and tables, for Prefect's artifacts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from warehouse.query import read_published

_NEWEST = """
SELECT event_date AS "date", concat_ws(', ', location, country) AS place,
    sub_event_type AS what, concat_ws(' / ', actor1, actor2) AS sides,
    fatalities_low AS low, fatalities_best AS best, fatalities_high AS high,
    independent_origins AS origins, event_id
FROM events ORDER BY event_date DESC, event_id LIMIT 20
"""
_FEEDS = """
SELECT f.name, f.status, f.reason, f.last_polled_at::VARCHAR AS last_polled_at,
    h.got_items_7_days, coalesce(h.is_silent, false) AS is_silent
FROM feeds f LEFT JOIN feed_health h USING (feed_url)
WHERE f.status <> 'active' OR coalesce(h.is_silent, false)
ORDER BY f.name, f.feed_url LIMIT 100
"""
Table = list[dict[str, str | int | bool | None]]


def markdown_summary(summary: dict[str, Any]) -> str:
    """Return a heading and one table row per figure."""
    lines = [f"# {_cell(summary.get('title', 'Run'))}", "", "| what | figure |"]
    lines.append("|---|---:|")
    lines += [f"| {_cell(name)} | {_cell(value)} |" for name, value in _flat(summary)]
    return "\n".join(lines)


def newest_events_table(published: Path) -> Table:
    """Return the newest events of the published file, one row each."""
    return _table(published, _NEWEST)


def feeds_table(published: Path) -> Table:
    """Return the feeds that fail, are gone or are silent, one row each."""
    return _table(published, _FEEDS)


def _table(published: Path, sql: str) -> Table:
    return [
        {
            name: value if isinstance(value, int | None) else str(value)
            for name, value in row.items()
        }
        for row in read_published(published, sql).dicts()
    ]


def _flat(summary: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in summary.items():
        if name == "title":
            continue
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}: ")
        else:
            yield prefix + name, value


def _cell(value: Any) -> str:
    """Escape what would break out of a table cell."""
    text = str(value).replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")
    return text.replace("<", "&lt;")
