"""Reader of the gazetteer file: names to places, units, countries, distances.

Nothing is held in memory but SQLite's page cache and a bounded cache of lookups, so
the same code serves the packaged quarter of a million places or millions of them.
"""

import sqlite3
import threading
from difflib import SequenceMatcher
from functools import lru_cache
from math import cos, radians
from pathlib import Path
from typing import NamedTuple

from tasks.errors import ConfigError
from tasks.reference.places.geodesy import distance_km
from tasks.reference.places.keys import name_key, sound_key
from tasks.reference.places.rows import NameClass
from tasks.reference.places.store import LAYOUT, MAX_HOMONYMS, Profile

_CACHED_LOOKUPS = 4096
_CACHED_SEATS = 512
_SIMILAR_ENOUGH = 0.72
_MAPPED_BYTES = 30_000_000  # saves system calls; counts as resident, so not the whole
_PLACES = "SELECT places FROM name WHERE key = ? AND country = ?"
_COLUMNS = (
    "p.place_id, p.name, r.country, r.admin1, p.admin2, p.latitude, p.longitude, "
    "r.kind, p.population, r.precision_km, r.source, r.timezone"
)
_PROFILE = "JOIN profile r ON r.id = p.profile"
_PROFILES = (
    "SELECT country, admin1, kind, precision_km, source, timezone FROM profile "
    "ORDER BY id"
)


class Place(NamedTuple):
    """A gazetteer entry. A NamedTuple because a row becomes one in a single step."""

    place_id: str  # 'gn:2449067' GeoNames, 'cw:…' ours, 'country:MLI', 'wof:…'
    name: str  # preferred English name
    country: str | None  # ISO3; None: shared by several (seas, the Sahel)
    admin1: str | None
    admin2: str | None
    latitude: float
    longitude: float
    kind: str  # country admin1 admin2 city town village camp base region sea …
    population: int
    precision_km: float  # how far the true point may lie from this one
    source: str
    timezone: str | None
    name_class: int = NameClass.PREFERRED  # how the name looked up stands to it


class Gazetteer:
    """Read-only view of a gazetteer file and of its optional additions.

    Safe for use by several threads: each opens its own connection.
    """

    def __init__(self, path: Path, additions: Path | None = None) -> None:
        """Open `path`; `additions` (made by `gazetteer build`) are looked up too."""
        self.path = path
        self._paths = [path, *([additions] if additions else [])]
        self._local = threading.local()
        self._lookup = lru_cache(maxsize=_CACHED_LOOKUPS)(self._lookup_key)
        self._seat = lru_cache(maxsize=_CACHED_SEATS)(self._seat_of)
        self._similar = lru_cache(maxsize=_CACHED_SEATS)(self._similar_to)
        self._profiles = [_read_profiles(c) for c in self._connections()]

    def lookup(self, name: str, country: str | None = None) -> tuple[Place, ...]:
        """Return places of that name, most important first; `country` restricts (ISO3)."""
        return self._lookup(name_key(name), country)

    def lookup_key(self, key: str, country: str | None = None) -> tuple[Place, ...]:
        """Return places for a key already made by name_key()."""
        return self._lookup(key, country)

    def sounds_like(self, name: str, country: str) -> tuple[Place, ...]:
        """Return places of one country whose name is another spelling of `name`."""
        return self._similar(name, country)

    def _similar_to(self, name: str, country: str) -> tuple[Place, ...]:
        key = name_key(name)
        rows: dict[str, tuple[float, Place]] = {}
        for connection in self._connections():
            for *row, stored in connection.execute(
                f"SELECT {_COLUMNS}, 1, s.key FROM sound s JOIN place p ON p.id = s.place "
                f"{_PROFILE} WHERE s.country = ? AND s.sound = ? ORDER BY s.place LIMIT 200",
                (country, sound_key(name)),
            ):
                score = SequenceMatcher(None, key, stored).ratio()
                best = rows.get(row[0])
                if score >= _SIMILAR_ENOUGH and (best is None or score > best[0]):
                    rows[row[0]] = (score, Place._make(row))
        ranked = sorted(rows.values(), key=lambda r: (-r[0], -r[1].population))
        return tuple(place for _, place in ranked)

    def place(self, place_id: str) -> Place | None:
        """Return the place with that id."""
        for connection in self._connections():
            row = connection.execute(
                f"SELECT {_COLUMNS}, 0 FROM place p {_PROFILE} WHERE p.place_id = ?",
                (place_id,),
            ).fetchone()
            if row:
                return Place._make(row)
        return None

    def country(self, iso3: str) -> Place | None:
        """Return the country itself (its centre)."""
        return self.place(f"country:{iso3}")

    def country_of(self, name: str) -> str | None:
        """Return ISO3 for a country's name or a demonym ('Malian' -> 'MLI')."""
        found = (p.country for p in self.lookup(name) if p.kind == "country")
        return next(found, None)

    def unit(self, name: str, country: str, level: int = 1) -> Place | None:
        """Return the first (1) or second (2) level unit of that name in a country."""
        kind = f"admin{level}"
        return next((p for p in self.lookup(name, country) if p.kind == kind), None)

    def seat(self, unit: Place) -> Place | None:
        """Return the capital of a country or unit; None if no place in it is known."""
        return self._seat(unit.place_id)

    def _seat_of(self, place_id: str) -> Place | None:
        row = (
            self._connections()[0]
            .execute(
                f"SELECT {_COLUMNS}, 0 FROM place u JOIN seat s ON s.unit = u.id "
                f"JOIN place p ON p.id = s.place {_PROFILE} WHERE u.place_id = ?",
                (place_id,),
            )
            .fetchone()
        )
        return Place._make(row) if row else None

    def neighbours(self, iso3: str) -> tuple[str, ...]:
        """Return ISO3 codes of the countries that border on `iso3`."""
        row = (
            self._connections()[0]
            .execute("SELECT around FROM neighbour WHERE country = ?", (iso3,))
            .fetchone()
        )
        return tuple(row[0].split()) if row else ()

    def near(
        self, latitude: float, longitude: float, km: float = 50, limit: int = 10
    ) -> tuple[tuple[float, Place], ...]:
        """Return (distance, populated place) pairs within `km`, nearest first."""
        reach = km / 110.5
        wide = min(180.0, reach / max(0.05, cos(radians(latitude))))
        found: dict[str, tuple[float, Place]] = {}  # additions may repeat a place
        for connection in self._connections():
            for row in connection.execute(
                f"SELECT {_COLUMNS}, 0 FROM place p {_PROFILE} WHERE p.latitude BETWEEN "
                "? AND ? AND p.longitude BETWEEN ? AND ? "
                "AND r.kind IN ('city', 'town', 'village')",
                (
                    latitude - reach,
                    latitude + reach,
                    longitude - wide,
                    longitude + wide,
                ),
            ):
                gap = distance_km(latitude, longitude, row[5], row[6])
                if gap <= km:
                    found.setdefault(row[0], (gap, Place._make(row)))
        nearest = sorted(found.values(), key=lambda p: (p[0], p[1].place_id))
        return tuple(nearest[:limit])

    def contains(self, country: str, admin1: str | None, place: Place) -> bool:
        """Say whether a place lies in the country and, when given, in the unit."""
        return place.country == country and admin1 in (None, place.admin1)

    def version(self) -> str:
        """Return the data version of the main file."""
        row = (
            self._connections()[0]
            .execute("SELECT value FROM meta WHERE key = 'version'")
            .fetchone()
        )
        return str(row[0])

    def _lookup_key(self, key: str, country: str | None) -> tuple[Place, ...]:
        found: list[Place] = []
        for connection, profiles in zip(
            self._connections(), self._profiles, strict=True
        ):
            row = connection.execute(_PLACES, (key, "")).fetchone()
            if row is None:
                continue
            places = _unpack(row[0], profiles)
            if country is not None:
                if len(places) == MAX_HOMONYMS:  # cut short: a country has its own row
                    row = connection.execute(_PLACES, (key, country)).fetchone()
                    places = _unpack(row[0], profiles) if row else places
                places = [p for p in places if p.country == country]
            found += places
        return tuple(found)

    def _connections(self) -> list[sqlite3.Connection]:
        opened: list[sqlite3.Connection] | None = getattr(self._local, "opened", None)
        if opened is None:
            opened = [_open_read_only(path) for path in self._paths]
            self._local.opened = opened
        return opened


def _unpack(lines: str, profiles: list[Profile]) -> list[Place]:
    """Return the places of a row of `name`; places.store says how it is written."""
    places: list[Place] = []
    for line in lines.split("\n"):
        cells = line.split("\t")
        name_class, place_id, name, admin2, latitude, longitude, population, at = cells
        country, admin1, kind, precision_km, source, timezone = profiles[int(at)]
        places.append(
            Place(
                place_id, name, country, admin1, admin2 or None, float(latitude),
                float(longitude), kind, int(population), precision_km, source, timezone,
                int(name_class),
            )
        )  # fmt: skip
    return places


def _read_profiles(connection: sqlite3.Connection) -> list[Profile]:
    """Return what places share, its few hundred distinct words held once each."""
    words: dict[object, object] = {}
    return [
        Profile._make(words.setdefault(value, value) for value in row)
        for row in connection.execute(_PROFILES)
    ]


def _open_read_only(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise ConfigError(f"no gazetteer at {path}: run `conflictwire gazetteer build`")
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
    connection.execute(f"PRAGMA mmap_size={_MAPPED_BYTES}")
    row = connection.execute("SELECT value FROM meta WHERE key = 'layout'").fetchone()
    if row != (LAYOUT,):
        raise ConfigError(f"{path} is of another version: delete it or build it again")
    return connection


def open_gazetteer(path: Path) -> Gazetteer:
    """Open a gazetteer file, or the one in a reference folder, with its additions."""
    main = path / "gazetteer.sqlite3" if path.is_dir() else path
    additions = main.with_name("additions.sqlite3")
    return Gazetteer(main, additions if additions.is_file() else None)
