"""What one load wrote, kept until its end, when all that must hold of it is asserted.

A key that was written must stand in its table once; a parent that a row names must be
there; no row may name a key that was deleted. Each table is read at most once for all
three, and only its key: that reading is what grows with the archive. Of keys that the
load looked for in the whole table, only the rows found then and those added since are.
"""

from collections.abc import Iterable, Sequence

import duckdb
import polars as pl

from warehouse.assertions import (
    refuse_orphans,
    refuse_twins,
    refuse_wrong_numbers,
)
from warehouse.engine import read_frame, without_join_filters
from warehouse.lookup import LOOKUPS, numbers_near, rows_with, within_stretches
from warehouse.tables import KEYS, PARENTS, Parent

# The engine numbers rows of an open transaction from here on; committed ones lie below.
_ADDED_FROM = 36028797018960000


class Touched:
    """The keys a load wrote, inserted and deleted, and the parents its rows name."""

    def __init__(self) -> None:
        self._written: dict[str, list[pl.DataFrame]] = {}
        self._inserted: dict[str, list[pl.Series]] = {}
        self._deleted: dict[str, list[pl.Series]] = {}
        self._named: dict[Parent, list[pl.Series]] = {}
        self._absent: dict[str, list[pl.Series]] = {}
        self._looked: dict[str, list[pl.DataFrame]] = {}
        self._found: dict[str, list[pl.Series]] = {}

    def looked(self, table: str, keys: pl.DataFrame, found: pl.Series) -> None:
        """Note keys that were looked for in the whole table, and the rows found."""
        self._looked.setdefault(table, []).append(keys)
        self._found.setdefault(table, []).append(found)

    def absent(self, table: str, keys: pl.Series) -> None:
        """Note keys that were looked for in the table and not found."""
        self._absent.setdefault(table, []).append(keys)
        nowhere = pl.Series(dtype=pl.Int64)
        self.looked(table, _as_key(table, keys), nowhere)

    def wrote(self, table: str, rows: pl.DataFrame) -> None:
        """Note rows that the table now holds."""
        self._written.setdefault(table, []).append(rows.select(KEYS[table]))
        for parent in _parents_of(table):
            names = rows[parent.column].drop_nulls().unique()
            self._named.setdefault(parent, []).append(names)

    def inserted(self, table: str, keys: pl.DataFrame) -> None:
        """Note keys that the table did not hold before this load."""
        if _is_parent(table):
            self._inserted.setdefault(table, []).append(keys.to_series())

    def deleted(self, table: str, keys: pl.DataFrame) -> None:
        """Note keys whose rows were deleted."""
        if _is_parent(table) and not keys.is_empty():
            self._deleted.setdefault(table, []).append(keys.to_series())

    def deleted_keys(self, table: str) -> list[str]:
        """Return the keys deleted from a table that other tables name."""
        return _joined(self._deleted.get(table, ())).sort().to_list()

    def may_be_held(self, table: str, rows: pl.DataFrame) -> pl.DataFrame:
        """Return the rows that the table may hold already, by key or by column value.

        It holds nothing that names a parent this load inserted: no row without its
        parent was ever committed. Rows the load itself wrote are the exception.
        """
        if table in self._written:
            return rows
        known = [(p.column, self._inserted.get(p.table)) for p in _parents_of(table)]
        known.append((KEYS[table][0], self._absent.get(table)))
        for column, values in known:
            if values and column in rows.columns:
                is_new = pl.col(column).is_in(_joined(values).implode())
                rows = rows.filter(~is_new.fill_null(value=False))
        return rows

    def check(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Raise AssertionFailed if what was noted does not hold."""
        with without_join_filters(connection):
            self._check(connection)

    def _check(self, connection: duckdb.DuckDBPyConnection) -> None:
        tables = {*self._written, *self._deleted, *(p.table for p in self._named)}
        for table in sorted(tables):
            named = {p: _joined(v) for p, v in self._named.items() if p.table == table}
            gone = _joined(self._deleted.get(table, ()))
            keys = [rows for rows in self._written.get(table, ()) if len(rows)]
            keys += [_as_key(table, s) for s in (*named.values(), gone) if len(s)]
            if not keys:
                continue
            held = self._held(connection, table, pl.concat(keys).unique())
            refuse_twins(table, KEYS[table], held.filter(pl.col("rows_held") > 1))
            present = held[KEYS[table][0]]
            for parent, values in named.items():
                refuse_orphans(parent, _without(values, present))
            _check_deleted(connection, table, _without(gone, present))
        for table in sorted({*self._written}):
            refuse_wrong_numbers(connection, table, f"rowid >= {_ADDED_FROM}")

    def _held(
        self, connection: duckdb.DuckDBPyConnection, table: str, keys: pl.DataFrame
    ) -> pl.DataFrame:
        """Return which of these keys the table holds, and how often."""
        others, found = keys, [*self._found.get(table, ())]
        if table in self._looked:
            looked = pl.concat(self._looked[table])
            others = keys.join(looked, on=keys.columns, how="anti")
        if not others.is_empty():
            if KEYS[table][0] not in LOOKUPS.get(table, ()):
                return _held(connection, table, table, keys)
            found.append(_near(connection, table, others))
        numbers = pl.concat(found).unique().to_frame("row_number")
        connection.register("found_row", numbers)
        rows = _rows_now(table, numbers.to_series())
        try:
            return _held(connection, rows, table, keys)
        finally:
            connection.unregister("found_row")


def _near(
    connection: duckdb.DuckDBPyConnection, table: str, keys: pl.DataFrame
) -> pl.Series:
    """Return the numbers of the rows that may carry these keys."""
    key = KEYS[table][0]
    connection.register("sought", keys)
    try:
        query = numbers_near(table, key, f'SELECT DISTINCT "{key}" FROM sought')
        return read_frame(connection, query).to_series()
    finally:
        connection.unregister("sought")


def _check_deleted(
    connection: duckdb.DuckDBPyConnection, table: str, gone: pl.Series
) -> None:
    """Raise AssertionFailed if a row still names one of these keys."""
    if gone.is_empty():
        return
    for parent in PARENTS:
        if parent.table == table:
            sought = pl.DataFrame({parent.column: gone})
            refuse_orphans(parent, _values(connection, parent, sought))


def _values(
    connection: duckdb.DuckDBPyConnection, parent: Parent, sought: pl.DataFrame
) -> pl.Series:
    ids = f"SELECT {parent.column} FROM sought"
    rows = f"(FROM {parent.child} WHERE {parent.column} IN ({ids}))"
    if parent.column in LOOKUPS.get(parent.child, ()):
        rows = rows_with(parent.child, parent.column, ids)
    connection.register("sought", sought)
    try:
        found = read_frame(connection, f"SELECT DISTINCT {parent.column} FROM {rows}")
    finally:
        connection.unregister("sought")
    return found.to_series()


def _rows_now(table: str, found: pl.Series) -> str:
    """Return the rows found before and those added since; one query a kind is pruned."""
    names = ", ".join(f'"{c}"' for c in KEYS[table])
    added = f"SELECT {names} FROM {table} WHERE rowid >= {_ADDED_FROM}"
    if found.is_empty():
        return f"({added})"
    return (
        f"({added} UNION ALL SELECT {names} FROM {table} WHERE rowid < {_ADDED_FROM} "
        f"AND {within_stretches(found)} "
        "AND rowid IN (SELECT row_number FROM found_row))"
    )


def _held(
    connection: duckdb.DuckDBPyConnection, rows: str, table: str, keys: pl.DataFrame
) -> pl.DataFrame:
    """Return which keys of the table these rows carry, and how often."""
    names = ", ".join(f'"{c}"' for c in KEYS[table])
    connection.register("sought", keys)
    try:
        return read_frame(
            connection,
            f"SELECT {names}, count(*) AS rows_held FROM {rows} "
            f"SEMI JOIN sought USING ({names}) GROUP BY {names}",
        )
    finally:
        connection.unregister("sought")


def _parents_of(table: str) -> list[Parent]:
    return [parent for parent in PARENTS if parent.child == table]


def _is_parent(table: str) -> bool:
    return any(parent.table == table for parent in PARENTS)


def _as_key(table: str, values: pl.Series) -> pl.DataFrame:
    return pl.DataFrame({KEYS[table][0]: values})


def _without(values: pl.Series, present: pl.Series) -> pl.Series:
    return values.filter(~values.is_in(present.implode())).sort()


def _joined(parts: Sequence[pl.Series] | Iterable[pl.Series]) -> pl.Series:
    found = list(parts)
    return pl.concat(found).unique() if found else pl.Series(dtype=pl.String)
