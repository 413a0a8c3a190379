"""The gazetteer's SQLite file: layout and writer.

A name's row holds all its places, ready to read: one descent of one tree answers a
lookup, where a join costs two more per place. What thousands of places share (country,
unit, kind, source, time zone) is one row of `profile`, so the file grows by little.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from tasks.reference.places.keys import sound_key
from tasks.reference.places.rows import Draft, NameClass

MAX_HOMONYMS = 60  # the rest are hamlets; ordered by importance
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
    id INTEGER PRIMARY KEY,  -- ascending = falling importance, so that ORDER BY is free
    place_id TEXT NOT NULL,
    name TEXT NOT NULL,
    admin2 TEXT,
    latitude REAL NOT NULL,
    longitude REAL NOT NULL,
    population INTEGER NOT NULL,
    profile INTEGER NOT NULL
);
CREATE TABLE profile (  -- ids count from 0 without a gap: a reader's list index
    id INTEGER PRIMARY KEY,
    country TEXT,
    admin1 TEXT,
    kind TEXT NOT NULL,
    precision_km REAL NOT NULL,
    source TEXT NOT NULL,
    timezone TEXT
);
CREATE TABLE name (
    key TEXT NOT NULL,
    country TEXT NOT NULL,  -- '' for all; one row a country only where '' is cut short
    -- A line a place, most important first, at most MAX_HOMONYMS; cells between tabs:
    -- class, place_id, name, admin2, latitude, longitude, population, profile.
    places TEXT NOT NULL,
    PRIMARY KEY (key, country)
) WITHOUT ROWID;
CREATE TABLE sound (
    country TEXT NOT NULL,
    sound TEXT NOT NULL,
    place INTEGER NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (country, sound, place, key)
) WITHOUT ROWID;
CREATE TABLE seat (unit INTEGER PRIMARY KEY, place INTEGER NOT NULL);
CREATE TABLE neighbour (country TEXT PRIMARY KEY, around TEXT NOT NULL) WITHOUT ROWID;
"""
LAYOUT = hashlib.sha256(_SCHEMA.encode()).hexdigest()[:16]  # a file says which it has
# Names wait here until all are known; a temporary table spills to disk, not to memory.
_WAITING = """
CREATE TEMP TABLE waiting (
    key TEXT NOT NULL,
    place INTEGER NOT NULL,
    class INTEGER NOT NULL,
    PRIMARY KEY (key, place)
) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX place_by_id ON place (place_id);
CREATE INDEX place_by_latitude ON place (latitude, longitude);
ANALYZE;
"""
_GATHERED = """
SELECT w.key, r.country, w.class, p.place_id, p.name, coalesce(p.admin2, ''),
       p.latitude, p.longitude, p.population, p.profile
FROM waiting w CROSS JOIN place p ON p.id = w.place CROSS JOIN profile r ON r.id = p.profile
ORDER BY w.key, w.place
"""
_BREAKS = str.maketrans("\t\n", "  ")  # of a line of `name.places`


class Profile(NamedTuple):
    """What many places share: a row of `profile` without its id."""

    country: str | None
    admin1: str | None
    kind: str
    precision_km: float
    source: str
    timezone: str | None


# Where English texts spell one name in many ways; elsewhere a near match is a mistake.
_MANY_SPELLINGS = (
    "AFG AZE ARM BGD DZA EGY ERI ETH GEO IND IRN IRQ ISR JOR KAZ KGZ KWT LBN LBY MAR "
    "MMR MRT NPL OMN PAK PSE RUS SAU SDN SOM SSD SYR TCD THA TJK TKM TUN UKR UZB YEM "
    "BHR QAT ARE DJI BLR LKA"
)
TRANSLITERATED = frozenset(_MANY_SPELLINGS.split())
_IMPORTANCE = {"country": 0, "continent": 1, "admin1": 2, "region": 3, "sea": 4}
_MAX_POPULATION = 10**9


def importance(draft: Draft) -> tuple[int, int, str]:
    """Return the sort key that decides a place's row number: kind, population, id."""
    return (
        _IMPORTANCE.get(draft.kind, 9),
        _MAX_POPULATION - draft.population,
        draft.place_id,
    )


def create(path: Path) -> sqlite3.Connection:
    """Open a new file for bulk writing; it is renamed when complete, so no journal."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;"
    )
    connection.executescript(_SCHEMA + _WAITING)
    return connection


def write_places(
    connection: sqlite3.Connection, drafts: Iterable[Draft], first_id: int = 1
) -> dict[str, int]:
    """Insert drafts in order of importance; return place_id -> row number."""
    ordered = sorted(drafts, key=importance)
    numbers = {d.place_id: i for i, d in enumerate(ordered, start=first_id)}
    connection.execute("BEGIN")
    profiles = _add_profiles(connection, ordered)
    connection.executemany(
        "INSERT INTO place VALUES (?,?,?,?,?,?,?,?)",
        (
            (
                i, d.place_id, d.name, d.admin2, d.latitude, d.longitude,
                d.population, profiles[_profile(d)],
            )
            for i, d in enumerate(ordered, start=first_id)
        ),
    )  # fmt: skip
    names = sorted(
        (key, draft.country or "", number, int(name_class))
        for number, draft in enumerate(ordered, start=first_id)
        for key, name_class in draft.names.items()
    )
    connection.executemany(
        "INSERT OR IGNORE INTO waiting VALUES (?,?,?)",
        ((key, number, name_class) for key, _, number, name_class in names),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO sound VALUES (?,?,?,?)", sorted(_sounds(names))
    )
    connection.execute("COMMIT")
    return numbers


def add_name(
    connection: sqlite3.Connection, key: str, place: int, name_class: NameClass
) -> bool:
    """Give a place written before one more name; False if it has that name already."""
    cursor = connection.execute(
        "INSERT OR IGNORE INTO waiting VALUES (?,?,?)", (key, place, int(name_class))
    )
    return cursor.rowcount == 1


def finish(connection: sqlite3.Connection, meta: dict[str, str]) -> None:
    """Write the names and `meta`, index, close."""
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO name VALUES (?,?,?)", _packed(connection))
    connection.execute("DROP TABLE waiting")
    connection.executemany(
        "INSERT INTO meta VALUES (?,?)", sorted({**meta, "layout": LAYOUT}.items())
    )
    connection.execute("COMMIT")
    connection.executescript(_INDEXES)
    connection.close()


def _profile(d: Draft) -> Profile:
    return Profile(d.country, d.admin1, d.kind, d.precision_km, d.source, d.timezone)


def _add_profiles(
    connection: sqlite3.Connection, drafts: Iterable[Draft]
) -> dict[Profile, int]:
    """Add what the drafts share and no draft before had; return profile -> its id."""
    rows = connection.execute("SELECT * FROM profile").fetchall()
    known = {Profile._make(row[1:]): int(row[0]) for row in rows}
    for draft in drafts:
        known.setdefault(_profile(draft), len(known))
    fresh = [(i, *profile) for profile, i in known.items() if i >= len(rows)]
    connection.executemany("INSERT INTO profile VALUES (?,?,?,?,?,?,?)", fresh)
    return known


def _packed(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    """Yield the rows of `name`."""
    rows = connection.execute(_GATHERED)
    for key, group in groupby(rows, key=itemgetter(0)):
        lines = [(country or "", _line(cells)) for _, country, *cells in group]
        yield key, "", "\n".join(line for _, line in lines[:MAX_HOMONYMS])
        if len(lines) > MAX_HOMONYMS:
            for country in sorted({c for c, _ in lines if c}):
                own = [line for c, line in lines if c == country]
                yield key, country, "\n".join(own[:MAX_HOMONYMS])


def _line(cells: Iterable[object]) -> str:
    return "\t".join([str(cell).translate(_BREAKS) for cell in cells])


def _sounds(
    names: Iterable[tuple[str, str, int, int]],
) -> Iterable[tuple[str, str, int, str]]:
    for key, country, number, name_class in names:
        if country in TRANSLITERATED and name_class != NameClass.DEMONYM:
            sound = sound_key(key)
            if len(sound) >= 2:
                yield country, sound, number, key
