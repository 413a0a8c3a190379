"""Two warehouse files compared row by row: what was added, removed or changed, by key."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from tasks.errors import WarehouseError
from warehouse.tables import KEYS, OPERATIONAL_COLUMNS
from warehouse.verify import compared_tables

# Texts of publishers: the diff says that they changed, not what they say.
_HASHED = frozenset({"text", "details", "payload"})
_SHOWN = 400  # characters of a value that the diff shows
_DIFF = (
    "CREATE TEMP TABLE row_diff (relation VARCHAR, change VARCHAR, key VARCHAR, "
    'column_name VARCHAR, "old" VARCHAR, "new" VARCHAR)'
)


@dataclass(frozen=True, slots=True)
class TableDiff:
    """How many rows of one table differ."""

    relation: str  # schema.table
    added: int
    removed: int
    changed: int


def write_row_diff(before: Path, after: Path, to: Path) -> list[TableDiff]:
    """Write every difference between two warehouse files; return the tables that differ.

    `to` becomes a Parquet file with one row per added row, per removed row and per
    changed value: relation, change, key, column_name, old, new. It appears when it is
    whole. When and by which run a row was written is no difference.
    """
    to.parent.mkdir(parents=True, exist_ok=True)
    fresh = to.with_name(to.name + ".tmp")
    connection = duckdb.connect()
    try:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")
        for alias, path in (("a", before), ("b", after)):
            connection.execute(f"ATTACH '{_quoted(path)}' AS {alias} (READ_ONLY)")
        connection.execute(_DIFF)
        for table in compared_tables(connection, "a"):
            _compare(connection, table)
        connection.execute(
            f"COPY (FROM row_diff ORDER BY ALL) TO '{_quoted(fresh)}' "
            "(FORMAT parquet, COMPRESSION zstd)"
        )
        found = _counts(connection)
    except duckdb.Error as error:
        raise WarehouseError(f"cannot compare {before} and {after}: {error}") from error
    finally:
        connection.close()
    fresh.replace(to)
    return found


def _compare(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    columns = _columns(connection, table)
    key = KEYS.get(table, tuple(columns))  # without a key, the whole row is one
    shown = f"to_json({_struct(key)})"
    same = " AND ".join(f'o."{c}" IS NOT DISTINCT FROM n."{c}"' for c in key)
    for change, mine, other in (("added", "b", "a"), ("removed", "a", "b")):
        connection.execute(
            f"INSERT INTO row_diff SELECT '{table}', '{change}', {shown.format(t='n')}, "
            f"NULL, NULL, NULL FROM {mine}.{table} n "
            f"WHERE NOT EXISTS (FROM {other}.{table} o WHERE {same})"
        )
    for column in columns:
        if column in key:
            continue
        connection.execute(
            f"INSERT INTO row_diff SELECT '{table}', 'changed', {shown.format(t='n')}, "
            f"'{column}', {_value('o', column)}, {_value('n', column)} "
            f"FROM a.{table} o JOIN b.{table} n ON {same} "
            f'WHERE o."{column}" IS DISTINCT FROM n."{column}"'
        )


def _struct(columns: tuple[str, ...]) -> str:
    return "struct_pack(" + ", ".join(f'"{c}" := {{t}}."{c}"' for c in columns) + ")"


def _value(alias: str, column: str) -> str:
    """Return SQL for what the diff shows of a value."""
    text = f'{alias}."{column}"::VARCHAR'
    long = f"length({text}) || ' characters, sha256 ' || left(sha256({text}), 16)"
    if column in _HASHED:
        return long
    return (
        f"CASE WHEN length({text}) > {_SHOWN} THEN left({text}, {_SHOWN}) || '… (' "
        f"|| {long} || ')' ELSE {text} END"
    )


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    rows = connection.execute(f"SELECT * FROM a.{table} LIMIT 0").description or ()
    return [str(c[0]) for c in rows if str(c[0]) not in OPERATIONAL_COLUMNS]


def _counts(connection: duckdb.DuckDBPyConnection) -> list[TableDiff]:
    rows = connection.execute(
        "SELECT relation, count(DISTINCT key) FILTER (change = 'added'), "
        "count(DISTINCT key) FILTER (change = 'removed'), "
        "count(DISTINCT key) FILTER (change = 'changed') "
        "FROM row_diff GROUP BY relation ORDER BY relation"
    ).fetchall()
    return [TableDiff(*row) for row in rows]


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
