"""Proof that a file is whole: every block read, every count as expected."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import duckdb

from tasks.errors import WarehouseError
from warehouse.engine import open_file
from warehouse.tables import OPERATIONAL_COLUMNS

# Tables that say when we worked, not what we found: a second run over the same day
# changes them and nothing else.
OPERATIONAL_TABLES = frozenset(
    {
        "mart.feed_health",
        "raw.feed_poll",
        "raw.feed_state",
        "raw.response",
    }
)
_PUBLIC_SCHEMAS = ("raw", "core", "mart")


def verify_file(path: Path, expected: Mapping[str, int] | None = None) -> None:
    """Read every value of every table; raise WarehouseError on damage or a wrong count.

    A damaged block does not keep a file from opening: only reading it shows.
    """
    with open_file(path, read_only=True) as connection:
        found = {t: _scan(connection, path, t) for t in base_tables(connection)}
    if expected is not None and found != dict(expected):
        wrong = sorted(
            t for t in {*found, *expected} if found.get(t) != expected.get(t)
        )
        raise WarehouseError(
            f"{path} does not hold what was written: "
            + ", ".join(
                f"{t} {found.get(t)} rows, not {expected.get(t)}" for t in wrong
            )
        )


def count_rows(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return table -> number of rows of the open file."""
    counts = {}
    for table in base_tables(connection):
        rows = connection.execute(f"SELECT count(*) FROM {table}").fetchall()
        counts[table] = int(rows[0][0])
    return counts


def content_hashes(path: Path) -> dict[str, str]:
    """Return table -> sha256 of its content, whatever order the rows lie in.

    Operational tables and columns are left out: two runs over the same input give the
    same hashes.
    """
    with open_file(path, read_only=True) as connection:
        return {
            table: _hash_table(connection, table)
            for table in compared_tables(connection)
        }


def compared_tables(
    connection: duckdb.DuckDBPyConnection, database: str | None = None
) -> list[str]:
    """Return the tables that say what was found: those a repeated run leaves equal."""
    return [
        table
        for table in base_tables(connection, database)
        if table.split(".")[0] in _PUBLIC_SCHEMAS and table not in OPERATIONAL_TABLES
    ]


def base_tables(
    connection: duckdb.DuckDBPyConnection, database: str | None = None
) -> list[str]:
    """Return schema.table of every table of the file (or attached database), sorted."""
    rows = connection.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() "
        "WHERE NOT internal AND NOT temporary "
        "AND database_name = coalesce(?, current_database()) ORDER BY ALL",
        [database],
    ).fetchall()
    return [str(name) for (name,) in rows]


def _scan(connection: duckdb.DuckDBPyConnection, path: Path, table: str) -> int:
    try:
        rows = connection.execute(
            f"SELECT count(*), bit_xor(hash(COLUMNS(*))) FROM {table}"
        ).fetchall()
    except duckdb.Error as error:
        raise WarehouseError(f"{path}: {table} cannot be read: {error}") from error
    return int(rows[0][0])


def _hash_table(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    schema, name = table.split(".")
    columns = connection.execute(
        "SELECT column_name FROM duckdb_columns() WHERE NOT internal "
        "AND database_name = current_database() AND schema_name = ? "
        "AND table_name = ? ORDER BY column_name",
        [schema, name],
    ).fetchall()
    packed = ", ".join(
        f'"{c}" := "{c}"' for (c,) in columns if c not in OPERATIONAL_COLUMNS
    )
    digest = hashlib.sha256()
    rows = connection.execute(
        f"SELECT md5(to_json(struct_pack({packed}))::VARCHAR) AS h FROM {table} "
        "ORDER BY h"
    )
    while batch := rows.fetchmany(10_000):
        digest.update("".join(str(h) for (h,) in batch).encode())
    return digest.hexdigest()
