"""`gazetteer build --from DIR`: adds GeoNames dumps and Who's On First repositories.

The additions live in a SQLite file of their own beside the main one, so a rebuild of
the packaged data never loses them.
"""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tasks.errors import ConfigError
from tasks.reference.build import FILE_NAME, ensure_gazetteer
from tasks.reference.gazetteer import Gazetteer, Place
from tasks.reference.hierarchy import Hierarchy, read_hierarchy
from tasks.reference.places import dumps, sources, store
from tasks.reference.places.dumps import AdminNames, Tally
from tasks.reference.places.keys import name_key
from tasks.reference.places.rows import Draft, NameClass

ADDITIONS_NAME = "additions.sqlite3"
_BATCH = 50_000  # rows in memory at once
_NOT_COUNTRY_FILES = {
    "admin1CodesASCII.txt", "admin2Codes.txt", "alternateNamesV2.txt", "hierarchy.txt",
    "readme.txt", "iso-languagecodes.txt", "alternateNames.txt",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What `gazetteer build` did; printed by the command."""

    files: int
    rows: int
    places_added: int
    names_added: int
    already_known: int  # in the packaged data; only their new names are added
    skipped: tuple[tuple[str, int], ...]  # reason, rows
    placed_by_hierarchy: int = 0  # got a unit from hierarchy.txt


def build_additions(
    source: Path,
    reference_dir: Path,
    progress: Callable[[str], None] | None = None,
) -> BuildReport:
    """Read every dump and repository under `source` into the additions file.

    A place the main gazetteer has already is not doubled: only its new names are added.
    """
    say = progress or (lambda _message: None)
    country_files, repositories = find_sources(source)
    if not country_files and not repositories:
        raise ConfigError(
            f"{source}: no GeoNames file and no Who's On First repository"
        )
    gazetteer = Gazetteer(ensure_gazetteer(reference_dir))
    admins = dumps.read_admin_codes(source, admin_names())
    tally = Tally()
    handle, name = tempfile.mkstemp(suffix=".tmp", dir=reference_dir)
    os.close(handle)
    temporary = Path(name)
    try:
        relations = source / "hierarchy.txt"
        hierarchy = None
        if relations.is_file():
            say("reading hierarchy.txt")
            hierarchy = Hierarchy(read_hierarchy(relations, tally))
        writer = _Writer(temporary, gazetteer, tally, hierarchy)
        for path in country_files:
            say(f"reading {path.name}")
            writer.add(dumps.read_geonames(path, admins, tally))
        for folder in repositories:
            say(f"reading {folder.name}")
            writer.add(dumps.read_wof(folder, admins, tally))
        alternates = source / "alternateNamesV2.txt"
        if alternates.is_file():
            say("reading alternateNamesV2.txt")
            writer.add_names(dumps.read_alternate_names(alternates, tally))
        known = writer.finish()
        temporary.chmod(0o644)
        temporary.replace(reference_dir / ADDITIONS_NAME)
    finally:
        temporary.unlink(missing_ok=True)
    skipped = tuple(sorted(tally.skipped.items()))
    return BuildReport(
        tally.files, tally.rows, tally.added, tally.names, known, skipped,
        writer.num_completed,
    )  # fmt: skip


def find_sources(source: Path) -> tuple[list[Path], list[Path]]:
    """Return the GeoNames files and the Who's On First repositories under a folder."""
    files = [
        path
        for path in sorted(source.glob("*.txt"))
        if path.name not in _NOT_COUNTRY_FILES
    ]
    folders = [source, *sorted(p for p in source.iterdir() if p.is_dir())]
    return files, [f for f in folders if any((f / "data").rglob("*.geojson"))]


def admin_names() -> AdminNames:
    """Return the English unit names of the packaged sources."""
    from tasks.reference.places import english, tables

    overrides = tables.load_admin_names()
    iso3 = {iso2: row[0] for iso2, row in sources.read_iso3().items()}
    first: dict[str, str] = {}
    second: dict[str, str] = {}
    for admin in sources.read_admins():
        row = overrides.get(admin.code)
        name = row.name if row else english.english_admin(admin.name, admin.iso2)
        (first if admin.level == 1 else second)[admin.code] = name
    return AdminNames(iso3, first, second)


class _Writer:
    """Writes drafts in batches; memory stays bounded by one batch."""

    def __init__(
        self,
        path: Path,
        gazetteer: Gazetteer,
        tally: Tally,
        hierarchy: Hierarchy | None,
    ) -> None:
        self._connection = store.create(path)
        self._connection.execute("CREATE UNIQUE INDEX once ON place (place_id)")
        # Places of the packaged data that these files name too.
        self._connection.execute(
            "CREATE TEMP TABLE packaged (place_id TEXT PRIMARY KEY) WITHOUT ROWID"
        )
        self._gazetteer = gazetteer
        self._tally = tally
        self._hierarchy = hierarchy
        self._next = 1
        self._known = 0
        self.num_completed = 0

    def add(self, drafts: Iterator[Draft]) -> None:
        """Add the drafts the main gazetteer lacks, and new names of those it has."""
        while batch := list(islice(drafts, _BATCH)):
            fresh: dict[str, Draft] = {}
            for draft in batch:
                known = self._gazetteer.place(draft.place_id)
                if known is not None:
                    self._add_known(known, list(draft.names), fresh)
                elif not self._has(draft.place_id) and draft.place_id not in fresh:
                    self._place_in_units(draft)
                    fresh[draft.place_id] = draft
                    self._tally.added += 1
            self._write(fresh.values())

    def _place_in_units(self, draft: Draft) -> None:
        """Name the draft's units as the main gazetteer does."""
        if draft.admin1 is not None and draft.source == "whosonfirst":
            unit = self._gazetteer.unit(draft.admin1, draft.country or "")
            draft.admin1 = unit.name if unit else draft.admin1
        if self._hierarchy is not None:
            self.num_completed += self._hierarchy.complete(draft, self._gazetteer.place)

    def _add_known(
        self, known: Place, keys: Iterable[str], fresh: dict[str, Draft]
    ) -> None:
        """Note a packaged place; with the names it lacks there it is written again."""
        cursor = self._connection.execute(
            "INSERT OR IGNORE INTO packaged VALUES (?)", (known.place_id,)
        )
        self._known += cursor.rowcount
        new = self._new_names(known, keys)
        if new and not self._has(known.place_id) and known.place_id not in fresh:
            fresh[known.place_id] = _again(known, new)

    def _new_names(self, known: Place, keys: Iterable[str]) -> list[str]:
        return [
            key
            for key in keys
            if all(
                place.place_id != known.place_id
                for place in self._gazetteer.lookup_key(key, known.country)
            )
        ]

    def _write(self, drafts: Collection[Draft]) -> None:
        store.write_places(self._connection, drafts, self._next)
        self._next += len(drafts)
        self._tally.names += sum(len(d.names) for d in drafts)

    def _has(self, place_id: str) -> bool:
        sql = "SELECT 1 FROM place WHERE place_id = ?"
        return self._connection.execute(sql, (place_id,)).fetchone() is not None

    def add_names(self, names: Iterable[tuple[str, str, bool]]) -> None:
        """Add alternate names to the places added before."""
        self._connection.execute("BEGIN")
        for place_id, name, is_preferred in names:
            row = self._connection.execute(
                "SELECT id FROM place WHERE place_id = ?", (place_id,)
            ).fetchone()
            known = self._packaged(place_id)
            if known is not None and not self._new_names(known, [name_key(name)]):
                continue
            if row is None and known is not None:
                self._connection.execute("COMMIT")
                self._write([_again(known, [name_key(name)])])
                self._connection.execute("BEGIN")
            if row is None:
                continue
            renames = is_preferred and known is None  # a packaged place keeps its name
            name_class = NameClass.PREFERRED if renames else NameClass.ALIAS
            self._tally.names += store.add_name(
                self._connection, name_key(name), row[0], name_class
            )
            if renames:
                self._connection.execute(
                    "UPDATE place SET name = ? WHERE id = ?", (name, row[0])
                )
        self._connection.execute("COMMIT")

    def _packaged(self, place_id: str) -> Place | None:
        """Return a packaged place that the files added have too."""
        sql = "SELECT 1 FROM packaged WHERE place_id = ?"
        if self._connection.execute(sql, (place_id,)).fetchone() is None:
            return None
        return self._gazetteer.place(place_id)

    def finish(self) -> int:
        """Close the file; return how many places were known already."""
        self._connection.execute("DROP INDEX once")
        store.finish(self._connection, {"version": f"of {FILE_NAME}"})
        return self._known


def _again(known: Place, keys: Iterable[str]) -> Draft:
    """Return a packaged place as a draft that bears only these names."""
    draft = Draft(
        known.place_id, known.name, known.country, known.latitude, known.longitude,
        known.kind, known.source, known.admin1, known.admin2, known.population,
        known.precision_km, known.timezone,
    )  # fmt: skip
    for key in keys:
        draft.add_name(key, NameClass.ALIAS)
    return draft


def count_places(path: Path) -> int:
    """Return the number of places in a gazetteer or additions file."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        return int(connection.execute("SELECT count(*) FROM place").fetchone()[0])
    finally:
        connection.close()
