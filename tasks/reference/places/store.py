"""The gazetteer's SQLite file: layout and writer."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from tasks.reference.places.keys import sound_key
from tasks.reference.places.rows import Draft, NameClass

LAYOUT_VERSION = 4  # raise when the builder's result changes
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
    id INTEGER PRIMARY KEY,  -- ascending = falling importance, so that ORDER BY is free
    place_id TEXT NOT NULL,
    name TEXT NOT NULL,
    country TEXT,
    admin1 TEXT,
    admin2 TEXT,
    latitude REAL NOT NULL,
    longitude REAL NOT NULL,
    kind TEXT NOT NULL,
    population INTEGER NOT NULL,
    precision_km REAL NOT NULL,
    source TEXT NOT NULL,
    timezone TEXT
);
CREATE TABLE name (
    key TEXT NOT NULL,
    country TEXT NOT NULL,  -- '' for places that several countries share
    place INTEGER NOT NULL,
    class INTEGER NOT NULL,
    PRIMARY KEY (key, country, place)
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
INDEXES = """
CREATE INDEX place_by_id ON place (place_id);
CREATE INDEX place_by_latitude ON place (latitude, longitude, kind);
ANALYZE;
"""
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


def connect(path: Path) -> sqlite3.Connection:
    """Open a file for bulk writing; it is renamed when complete, so no journal."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;"
    )
    return connection


def write_places(
    connection: sqlite3.Connection, drafts: Iterable[Draft], first_id: int = 1
) -> dict[str, int]:
    """Insert drafts in order of importance; return place_id -> row number."""
    ordered = sorted(drafts, key=importance)
    numbers = {d.place_id: i for i, d in enumerate(ordered, start=first_id)}
    connection.execute("BEGIN")
    connection.executemany(
        "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            (
                i, d.place_id, d.name, d.country, d.admin1, d.admin2, d.latitude,
                d.longitude, d.kind, d.population, d.precision_km, d.source, d.timezone,
            )
            for i, d in enumerate(ordered, start=first_id)
        ),
    )  # fmt: skip
    names = sorted(
        (key, draft.country or "", number, int(name_class))
        for number, draft in enumerate(ordered, start=first_id)
        for key, name_class in draft.names.items()
    )
    connection.executemany("INSERT OR IGNORE INTO name VALUES (?,?,?,?)", names)
    connection.executemany(
        "INSERT OR IGNORE INTO sound VALUES (?,?,?,?)", sorted(_sounds(names))
    )
    connection.execute("COMMIT")
    return numbers


def _sounds(
    names: Iterable[tuple[str, str, int, int]],
) -> Iterable[tuple[str, str, int, str]]:
    for key, country, number, name_class in names:
        if country in TRANSLITERATED and name_class != NameClass.DEMONYM:
            sound = sound_key(key)
            if len(sound) >= 2:
                yield country, sound, number, key
