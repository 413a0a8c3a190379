"""GeoNames' hierarchy.txt: which unit a place lies in when its own row does not say.

The file (half a million lines) waits in a temporary SQLite table, not in memory.
"""

import sqlite3
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from tasks.reference.gazetteer import Place
from tasks.reference.places.dumps import Tally
from tasks.reference.places.rows import Draft

_BATCH = 10_000
_MAX_STEPS = (
    8  # a village is five levels below its country; a circle would be a mistake
)
# Administrative relations; other types tie mountains to ranges and the like.
_CONTAINS = frozenset({"ADM", ""})
_UNITS = frozenset({"admin1", "admin2"})


def read_hierarchy(path: Path, tally: Tally) -> Iterator[tuple[int, int]]:
    """Yield (child, parent) of the relations that say where a place lies."""
    tally.files += 1
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            tally.rows += 1
            cells = line.rstrip("\n").split("\t")
            if len(cells) < 2 or not (cells[0].isdigit() and cells[1].isdigit()):
                tally.skipped["malformed line"] += 1
            elif (cells[2] if len(cells) > 2 else "") in _CONTAINS:
                yield int(cells[1]), int(cells[0])
            else:
                tally.skipped["relation not used"] += 1


class Hierarchy:
    """Parents of places, on disk for the time of a build."""

    def __init__(self, relations: Iterator[tuple[int, int]]) -> None:
        """Keep the relations; of several parents of a place the first counts."""
        self._connection = sqlite3.connect("", isolation_level=None)  # "": a temp file
        self._connection.execute(
            "CREATE TABLE lies_in (child INTEGER PRIMARY KEY, parent INTEGER NOT NULL)"
        )
        while batch := list(islice(relations, _BATCH)):
            self._connection.execute("BEGIN")
            self._connection.executemany(
                "INSERT OR IGNORE INTO lies_in VALUES (?,?)", batch
            )
            self._connection.execute("COMMIT")

    def complete(self, draft: Draft, place: Callable[[str], Place | None]) -> bool:
        """Give a draft the units it lacks; what its own row says is never changed."""
        before = (draft.admin1, draft.admin2)
        if all(before):
            return False
        for unit in self._units_of(draft.place_id, place):
            if unit.country == draft.country and draft.admin1 in (None, unit.admin1):
                draft.admin1 = unit.admin1
                draft.admin2 = draft.admin2 or unit.admin2
        return (draft.admin1, draft.admin2) != before

    def _units_of(
        self, place_id: str, place: Callable[[str], Place | None]
    ) -> Iterator[Place]:
        """Yield the known units above a place, the innermost first."""
        source, _, number = place_id.partition(":")
        if source != "gn" or not number.isdigit():
            return
        child = int(number)
        for _ in range(_MAX_STEPS):
            row = self._connection.execute(
                "SELECT parent FROM lies_in WHERE child = ?", (child,)
            ).fetchone()
            if row is None:
                return
            child = int(row[0])
            unit = place(f"gn:{child}")
            if unit is not None and unit.kind in _UNITS:
                yield unit
