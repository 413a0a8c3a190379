"""What the engine is not asked to enforce: unique keys and parents that exist.

Large tables carry no keys (indexes cost ten times the space and are the part of the
engine with the most recovery faults), so each load asserts what it touched and each
publication asserts the whole file.
"""

from collections.abc import Iterable, Sequence

import duckdb

from tasks.errors import AssertionFailed
from warehouse.tables import KEYS, PARENTS, Parent

_SHOWN = 3


def assert_unique_keys(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    key: Sequence[str],
    *,
    within: str | None = None,
) -> None:
    """Raise AssertionFailed if a key occurs twice; `within` limits it to staged keys."""
    names = ", ".join(f'"{c}"' for c in key)
    where = f"WHERE ({names}) IN (SELECT ({names}) FROM {within})" if within else ""
    rows = connection.execute(
        f"SELECT {names} FROM {table} {where} "
        f"GROUP BY {names} HAVING count(*) > 1 LIMIT {_SHOWN}"
    ).fetchall()
    if rows:
        raise AssertionFailed(f"{table}: keys ({names}) occur twice, such as {rows}")


def assert_no_orphans(
    connection: duckdb.DuckDBPyConnection, tables: Iterable[str]
) -> None:
    """Raise AssertionFailed if a row of these tables, or of their children, has no parent."""
    touched = set(tables)
    for parent in PARENTS:
        if parent.child in touched or parent.table in touched:
            _assert_parent(connection, parent)


def assert_parents_of_run(
    connection: duckdb.DuckDBPyConnection, tables: Iterable[str], run_id: str
) -> None:
    """Raise AssertionFailed if a row that this run wrote into a table has no parent.

    Each parent table is read once, whatever the number of its children: reading it is
    what grows with the archive. Rows of earlier runs were asserted when they came, and
    again whole at each publication.
    """
    loaded = set(tables)
    by_parent: dict[tuple[str, str], list[Parent]] = {}
    for parent in PARENTS:
        if parent.child in loaded:
            by_parent.setdefault((parent.table, parent.key), []).append(parent)
    for (table, key), parents in by_parent.items():
        wanted = " UNION ".join(
            f"SELECT {p.column} AS k FROM {p.child} "
            f"WHERE run_id = $run AND {p.column} IS NOT NULL"
            for p in parents
        )
        rows = connection.execute(
            f"WITH wanted AS MATERIALIZED ({wanted}), "
            f"held AS (SELECT {key} AS k FROM {table} WHERE {key} IN (FROM wanted)) "
            f"FROM wanted ANTI JOIN held USING (k) LIMIT {_SHOWN}",
            {"run": run_id},
        ).fetchall()
        if rows:
            _refuse(_child_of(connection, parents, rows[0][0], run_id), rows)


def _child_of(
    connection: duckdb.DuckDBPyConnection,
    parents: Sequence[Parent],
    value: object,
    run_id: str,
) -> Parent:
    """Return which of the children names that value."""
    for parent in parents:
        found = connection.execute(
            f"SELECT 1 FROM {parent.child} WHERE run_id = ? AND {parent.column} = ? LIMIT 1",
            [run_id, value],
        ).fetchall()
        if found:
            return parent
    return parents[-1]


def assert_whole(connection: duckdb.DuckDBPyConnection) -> None:
    """Assert every key and every parent of the file, as each publication does."""
    for table, key in KEYS.items():
        assert_unique_keys(connection, table, key)
    assert_no_orphans(connection, KEYS)


def _assert_parent(connection: duckdb.DuckDBPyConnection, parent: Parent) -> None:
    rows = connection.execute(
        f"SELECT DISTINCT c.{parent.column} FROM {parent.child} c "
        f"ANTI JOIN {parent.table} p ON c.{parent.column} = p.{parent.key} "
        f"WHERE c.{parent.column} IS NOT NULL LIMIT {_SHOWN}"
    ).fetchall()
    _refuse(parent, rows)


def _refuse(parent: Parent, rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        raise AssertionFailed(
            f"{parent.child}.{parent.column} names rows that {parent.table} lacks, "
            f"such as {[value for (value,) in rows]}"
        )
