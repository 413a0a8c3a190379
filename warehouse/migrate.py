"""Numbered SQL migrations: applied once, in order, never edited afterwards."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tasks.errors import WarehouseError
from warehouse.connect import DEFAULT_WAIT_S, Warehouse, lock_path, make_private
from warehouse.engine import open_file, roll_back
from warehouse.lock import WriterLock
from warehouse.view_builder import rebuild_views


@dataclass(frozen=True, slots=True)
class Migration:
    """One file `NNNN_name.sql`."""

    version: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        """Hash of the text, stored when it is applied."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def bundled_migrations() -> tuple[Migration, ...]:
    """Return the migrations that ship with this version, in order."""
    return tuple(
        Migration(int(f.name[:4]), f.stem[5:], f.read_text(encoding="utf-8"))
        for f in sorted((Path(__file__).parent / "migrations").glob("*.sql"))
    )


def open_warehouse(path: Path, *, wait_s: float = DEFAULT_WAIT_S) -> Warehouse:
    """Return the warehouse at `path`, created and migrated to the newest schema."""
    migrate(path, wait_s=wait_s)
    return Warehouse(path, wait_s=wait_s)


def migrate(
    path: Path,
    *,
    migrations: tuple[Migration, ...] | None = None,
    wait_s: float = DEFAULT_WAIT_S,
) -> tuple[int, ...]:
    """Apply what is missing, rebuild the views if they changed; return the versions applied.

    Refuses a file whose applied migrations differ from ours, or are newer than ours.
    """
    make_private(path.parent)
    known = bundled_migrations() if migrations is None else migrations
    with (
        WriterLock(lock_path(path), wait_s),
        open_file(path, read_only=False) as connection,
    ):
        applied = _applied(connection)
        _assert_unchanged(known, applied)
        todo = [m for m in known if m.version not in applied]
        for migration in todo:
            _apply(connection, migration)
        if {m.version for m in bundled_migrations()} <= _applied(connection).keys():
            rebuild_views(connection)
    return tuple(m.version for m in todo)


def schema_version(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the newest migration applied to the open file."""
    return max(_applied(connection), default=0)


def _applied(connection: duckdb.DuckDBPyConnection) -> dict[int, str]:
    """Return version -> checksum; the ledger itself is made on first sight."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS meta")
    connection.execute(
        "CREATE TABLE IF NOT EXISTS meta.schema_migration (version INTEGER NOT NULL, "
        "name VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, applied_at TIMESTAMPTZ NOT NULL)"
    )
    rows = connection.execute(
        "SELECT version, sha256 FROM meta.schema_migration"
    ).fetchall()
    return {int(version): str(sha256) for version, sha256 in rows}


def _assert_unchanged(known: tuple[Migration, ...], applied: dict[int, str]) -> None:
    ours = {m.version: m for m in known}
    for version, sha256 in sorted(applied.items()):
        if version not in ours:
            raise WarehouseError(
                f"the file has migration {version}, which this version does not know: "
                "a newer Conflictwire wrote it; upgrade before you go on"
            )
        if ours[version].sha256 != sha256:
            raise WarehouseError(
                f"migration {version:04d}_{ours[version].name} was edited after it was "
                "applied: restore its text and add a new migration instead"
            )


def _apply(connection: duckdb.DuckDBPyConnection, migration: Migration) -> None:
    connection.execute("BEGIN TRANSACTION")
    try:
        connection.execute(migration.sql)
        connection.execute(
            "INSERT INTO meta.schema_migration VALUES (?, ?, ?, now())",
            [migration.version, migration.name, migration.sha256],
        )
        connection.execute("COMMIT")
    except duckdb.Error as error:
        roll_back(connection)
        raise WarehouseError(
            f"migration {migration.version:04d}_{migration.name}: {error}"
        ) from error
    # Schema and data changes must never share one write-ahead log.
    connection.execute("CHECKPOINT")
