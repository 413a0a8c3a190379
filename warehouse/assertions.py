"""What the engine is not asked to enforce: unique keys and parents that exist.

Large tables carry no keys (indexes cost ten times the space and are the part of the
engine with the most recovery faults), so each load asserts what it touched
(`warehouse/touched.py`) and each publication asserts the whole file.
"""

from collections.abc import Iterable, Sequence

import duckdb
import polars as pl

from tasks.errors import AssertionFailed
from warehouse.engine import read_frame
from warehouse.lookup import LOOKUPS, lookup_column, lookup_columns
from warehouse.tables import KEYS, PARENTS, Parent

_SHOWN = 3


def assert_whole(connection: duckdb.DuckDBPyConnection) -> None:
    """Assert every key and every parent of the file, as each publication does."""
    for table, key in KEYS.items():
        names = ", ".join(f'"{c}"' for c in key)
        twins = read_frame(
            connection,
            f"SELECT {names} FROM {table} "
            f"GROUP BY {names} HAVING count(*) > 1 LIMIT {_SHOWN}",
        )
        refuse_twins(table, key, twins)
    for table, columns in LOOKUPS.items():
        for column in columns:
            lost = f"{column} IS NOT NULL AND {lookup_column(column)} IS NULL"
            _refuse_any(connection, table, lost)
    assert_no_orphans(connection, KEYS)


def refuse_wrong_numbers(
    connection: duckdb.DuckDBPyConnection, table: str, among: str
) -> None:
    """Raise AssertionFailed if an id `among` rows has another's number beside it."""
    wrong = [f"{c} IS DISTINCT FROM {sql}" for c, sql in lookup_columns(table).items()]
    if wrong:
        _refuse_any(connection, table, f"{among} AND ({' OR '.join(wrong)})")


def _refuse_any(connection: duckdb.DuckDBPyConnection, table: str, where: str) -> None:
    query = f"SELECT 1 FROM {table} WHERE {where} LIMIT 1"
    if not read_frame(connection, query).is_empty():
        raise AssertionFailed(f"{table}: ids without their number, where {where}")


def assert_no_orphans(
    connection: duckdb.DuckDBPyConnection, tables: Iterable[str]
) -> None:
    """Raise AssertionFailed if a row of these tables, or of their children, has no parent."""
    touched = set(tables)
    for parent in PARENTS:
        if parent.child in touched or parent.table in touched:
            lost = read_frame(
                connection,
                f"SELECT DISTINCT c.{parent.column} FROM {parent.child} c "
                f"ANTI JOIN {parent.table} p ON c.{parent.column} = p.{parent.key} "
                f"WHERE c.{parent.column} IS NOT NULL LIMIT {_SHOWN}",
            )
            refuse_orphans(parent, lost.to_series())


def refuse_twins(table: str, key: Sequence[str], twins: pl.DataFrame) -> None:
    """Raise AssertionFailed if there are keys that occur more than once."""
    if not twins.is_empty():
        names, shown = ", ".join(key), twins.select(key).head(_SHOWN).rows()
        raise AssertionFailed(f"{table}: keys ({names}) occur twice, such as {shown}")


def refuse_orphans(parent: Parent, values: pl.Series) -> None:
    """Raise AssertionFailed if there are values whose parent does not exist."""
    if not values.is_empty():
        raise AssertionFailed(
            f"{parent.child}.{parent.column} names rows that {parent.table} lacks, "
            f"such as {values.head(_SHOWN).to_list()}"
        )
