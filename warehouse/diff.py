"""What changed between two releases: added, changed, merged, retracted."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from tasks.errors import WarehouseError
from warehouse.engine import connect_unmoved

# The fields whose change an analyst must hear of, in the order they are shown.
FIELDS = (
    "event_date", "event_type", "sub_event_type", "country_iso3", "admin1", "location",
    "actor1", "actor2", "fatalities_low", "fatalities_best", "fatalities_high",
    "responsibility_status", "independent_origins", "is_disputed",
)  # fmt: skip

_MERGED = """
SELECT r.old_event_id, r.event_id, r.reason FROM b.core.event_redirect r
JOIN a.main.events e ON e.event_id = r.old_event_id
WHERE NOT EXISTS (FROM b.main.events n WHERE n.event_id = r.old_event_id)
ORDER BY r.old_event_id
"""
_GONE = """
SELECT e.event_id, {label} FROM a.main.events e
WHERE NOT EXISTS (FROM b.main.events n WHERE n.event_id = e.event_id)
AND NOT EXISTS (FROM b.core.event_redirect r WHERE r.old_event_id = e.event_id)
ORDER BY e.event_id
"""
_ADDED = """
SELECT e.event_id, {label} FROM b.main.events e
WHERE NOT EXISTS (FROM a.main.events o WHERE o.event_id = e.event_id)
AND NOT EXISTS (FROM b.core.event_redirect r JOIN a.main.events o
    ON o.event_id = r.old_event_id WHERE r.event_id = e.event_id)
ORDER BY e.event_id
"""
_CHANGED = """
SELECT n.event_id, {label}, CAST(o.{field} AS VARCHAR), CAST(n.{field} AS VARCHAR),
    (SELECT arg_max(r.rule_id, r.revision) FROM b.main.event_revisions r
     WHERE r.event_id = n.event_id AND r.changed_field = '{field}'),
    (SELECT arg_max(m.publisher, r.revision) FROM b.main.event_revisions r
     JOIN b.main.event_mentions m USING (mention_id)
     WHERE r.event_id = n.event_id AND r.changed_field = '{field}')
FROM b.main.events n JOIN a.main.events o ON o.event_id = coalesce(
    (SELECT any_value(r.old_event_id) FROM b.core.event_redirect r
     JOIN a.main.events p ON p.event_id = r.old_event_id
     WHERE r.event_id = n.event_id
     AND NOT EXISTS (FROM a.main.events q WHERE q.event_id = n.event_id)), n.event_id)
WHERE o.{field} IS DISTINCT FROM n.{field} ORDER BY n.event_id
"""
_LABEL = (
    "concat_ws(', ', {t}.event_date, {t}.location, {t}.country, {t}.sub_event_type)"
)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; field, old, new, rule and report only for `changed`."""

    change: str  # added | changed | merged | retracted
    event_id: str
    what: str
    field: str | None = None
    old: str | None = None
    new: str | None = None
    rule: str | None = None  # rule that decided the new value
    report: str | None = None  # publisher of the report that caused it

    def as_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {name: getattr(self, name) for name in self.__slots__}

    def as_row(self) -> tuple[Any, ...]:
        """Return the values in order."""
        return tuple(getattr(self, name) for name in self.__slots__)


def compare_releases(before: Path, after: Path) -> list[Change]:
    """Return every difference between two published files, in a stable order."""
    try:
        connection = connect_unmoved([before, after], lambda: _attach(before, after))
        with connection:
            return _compare(connection)
    except duckdb.Error as error:
        raise WarehouseError(f"cannot compare {before} and {after}: {error}") from error


def _attach(before: Path, after: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    for alias, path in (("a", before), ("b", after)):
        quoted = str(path).replace("'", "''")
        connection.execute(f"ATTACH '{quoted}' AS {alias} (READ_ONLY)")
    return connection


def _compare(connection: duckdb.DuckDBPyConnection) -> list[Change]:
    old, new = _LABEL.format(t="e"), _LABEL.format(t="n")
    added = connection.execute(_ADDED.format(label=old)).fetchall()
    gone = connection.execute(_GONE.format(label=old)).fetchall()
    merged = connection.execute(_MERGED).fetchall()
    changes = [Change("added", *row) for row in added]
    for field in FIELDS:
        rows = connection.execute(_CHANGED.format(label=new, field=field)).fetchall()
        changes += [
            Change("changed", event, what, field, was, now, rule, report)
            for event, what, was, now, rule, report in rows
        ]
    changes += [
        Change("merged", old_id, f"into {event}", None, old_id, event, reason)
        for old_id, event, reason in merged
    ]
    return changes + [Change("retracted", *row) for row in gone]
