"""Builds the gazetteer file from the pinned packages and the hand-written tables."""

import fcntl
import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tasks.reference.places import assemble, sources, store, tables, units
from tasks.text import fold

FILE_NAME = "gazetteer.sqlite3"
# The code that decides what the file holds: its own text is part of the data version,
# so that no change to it leaves an old file in use.
BUILDERS = (
    Path(__file__),
    *sorted(Path(store.__file__).parent.glob("*.py")),
    Path(fold.__file__),
)


def data_version(directory: Path = tables.DATA_DIR) -> str:
    """Return a hash over the builder's code, pinned sources and hand-written tables."""
    digest = hashlib.sha256(sources.fingerprint().encode())
    for path in [*BUILDERS, *sorted(directory.rglob("*.tsv"))]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def ensure_gazetteer(
    directory: Path, progress: Callable[[str], None] | None = None
) -> Path:
    """Return the gazetteer file in `directory`, building it when absent or outdated.

    Two processes may ask at once: one builds beside the file and renames, the other
    waits, and a reader always sees a whole file. Additions of `gazetteer build` live in a file of their
    own (additions.sqlite3) and survive a rebuild.
    """
    path = directory / FILE_NAME
    version = data_version()
    if stored_version(path) != version:
        directory.mkdir(parents=True, exist_ok=True)
        with _alone(directory):
            if stored_version(path) != version:  # another process may have built it
                _build(path, version, progress or _ignore)
    return path


@contextmanager
def _alone(directory: Path) -> Iterator[None]:
    """Let one process build at a time; the kernel frees the lock of a dead one."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def stored_version(path: Path) -> str | None:
    """Return the data version of a gazetteer file; None if there is none to read."""
    if not path.is_file():
        return None
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        row = connection.execute(
            "SELECT value FROM meta WHERE key='version'"
        ).fetchone()
    except sqlite3.DatabaseError:
        return None  # a damaged file is rebuilt like an absent one
    finally:
        connection.close()
    return str(row[0]) if row else None


def _ignore(_message: str) -> None:
    return None


def _build(path: Path, version: str, progress: Callable[[str], None]) -> None:
    handle, name = tempfile.mkstemp(prefix="gazetteer-", suffix=".tmp", dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        world = assemble.assemble(progress)
        progress("writing")
        write_world(temporary, world, version)
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def write_world(path: Path, world: units.World, version: str) -> None:
    """Write all drafts, their seats and the neighbours into one new SQLite file."""
    connection = store.create(path)
    drafts = [
        *world.countries.values(),
        *world.admin1.values(),
        *(draft for _, draft in world.admin2),
        *world.regions,
        *world.cities,
        *world.supplement,
    ]
    numbers = store.write_places(connection, drafts)
    connection.execute("BEGIN")
    connection.executemany(
        "INSERT INTO seat VALUES (?,?)",
        sorted((numbers[unit], numbers[c.place_id]) for unit, c in world.seats.items()),
    )
    connection.executemany(
        "INSERT INTO neighbour VALUES (?,?)",
        sorted((iso3, " ".join(n)) for iso3, n in world.neighbours.items()),
    )
    connection.execute("COMMIT")
    store.finish(connection, {"places": str(len(drafts)), "version": version})
