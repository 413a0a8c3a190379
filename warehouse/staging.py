"""The statements of one load into one table: find what is held, insert, update, delete.

Rows held are looked for once, by narrow columns, and then written by their number:
looking for them is what grows with the archive.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import duckdb
import polars as pl

from tasks.errors import WarehouseError
from warehouse.engine import read_frame
from warehouse.lookup import LOOKUPS, candidates, lookup_columns
from warehouse.tables import (
    FOLLOWING_COLUMNS,
    KEPT_COLUMNS,
    KEYS,
    OPERATIONAL_COLUMNS,
)

_STAMPS = ("run_id", "row_hash")
_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Staged:
    """Rows of one table on their way in, one a key."""

    connection: duckdb.DuckDBPyConnection
    table: str
    columns: Sequence[str]  # of the table
    rows: pl.DataFrame
    run_id: str

    def find(self, sought: pl.DataFrame) -> int:
        """Note the rows that carry the sought values; return how many there are.

        `sought` has the columns to look by; without values nothing is read.
        """
        if sought.is_empty():
            return 0
        self.connection.register("sought", sought)
        try:
            self.connection.execute(
                f"CREATE OR REPLACE TEMP TABLE held_rows AS {self._search(sought.columns)}"
            )
        finally:
            self.connection.unregister("sought")
        return self._count("SELECT count(*) FROM held_rows")

    def _search(self, by: Sequence[str]) -> str:
        """Return a query for number, key and hash of the rows that `sought` names."""
        same = " AND ".join(f's."{c}" = t."{c}"' for c in by)
        keys = ", ".join(f't."{c}"' for c in KEYS[self.table])
        wanted = f"SELECT t.row_number, {keys}, t.row_hash FROM"
        for column in LOOKUPS.get(self.table, ()):
            if column in by:
                read = (*by, *KEYS[self.table], "row_hash")
                ids = f'SELECT "{column}" FROM sought'
                return (
                    f"WITH {candidates(self.table, column, ids, *read)} "
                    f"{wanted} candidate t SEMI JOIN sought s ON {same}"
                )
        return (
            f"{wanted} (SELECT *, rowid AS row_number FROM {self.table} WHERE rowid IN "
            f"(SELECT t.rowid FROM {self.table} t SEMI JOIN sought s ON {same})) t"
        )

    def insert(self, held: int) -> int:
        """Insert the rows whose key is not held."""
        names = ", ".join(_quoted(self.columns))
        keys = ", ".join(_quoted(KEYS[self.table]))
        unless = f"ANTI JOIN held_rows USING ({keys})" if held else ""
        return self._with_rows(
            f"INSERT INTO {self.table} ({names}) "
            f"SELECT {names} FROM {self._source()} s {unless}"
        )

    def update(self) -> int:
        """Give the rows held what the incoming say, where that differs."""
        fixed = {*KEYS[self.table], *KEPT_COLUMNS.get(self.table, ())}
        sets = ", ".join(f'"{c}" = s."{c}"' for c in self.columns if c not in fixed)
        keys = ", ".join(_quoted(KEYS[self.table]))
        return self._with_rows(
            f"UPDATE {self.table} t SET {sets} FROM (SELECT s.*, h.row_number "
            f"FROM {self._source()} s JOIN held_rows h USING ({keys}) "
            "WHERE s.row_hash IS DISTINCT FROM h.row_hash) s "
            "WHERE t.rowid = s.row_number"
        )

    def delete_missing(self) -> pl.DataFrame:
        """Delete the rows held whose key is not incoming; return their keys."""
        keys = ", ".join(_quoted(KEYS[self.table]))
        self.connection.register("incoming", self.rows)
        try:
            gone = read_frame(
                self.connection,
                f"SELECT row_number, {keys} FROM held_rows "
                f"ANTI JOIN incoming USING ({keys})",
            )
        finally:
            self.connection.unregister("incoming")
        if not gone.is_empty():
            self.connection.register("gone", gone)
            self.connection.execute(
                f"DELETE FROM {self.table} WHERE rowid IN (SELECT row_number FROM gone)"
            )
            self.connection.unregister("gone")
        return gone.drop("row_number")

    def held_keys(self) -> pl.DataFrame:
        """Return the keys of the rows that were found."""
        keys = ", ".join(_quoted(KEYS[self.table]))
        return read_frame(self.connection, f"SELECT {keys} FROM held_rows")

    def held_numbers(self, held: int) -> pl.Series:
        """Return the numbers of the rows that were found; `held` says how many."""
        if not held:
            return pl.Series(dtype=pl.Int64)
        query = "SELECT row_number FROM held_rows"
        return read_frame(self.connection, query).to_series()

    def _source(self) -> str:
        """Return the incoming rows as a subquery, stamped and hashed."""
        given = [c for c in self.rows.columns if c not in _STAMPS]
        out = {
            *OPERATIONAL_COLUMNS,
            *KEPT_COLUMNS.get(self.table, ()),
            *FOLLOWING_COLUMNS.get(self.table, ()),
        }
        packed = ", ".join(f'"{c}" := "{c}"' for c in sorted(set(given) - out))
        run_id = "$run" if "run_id" in self.columns else "NULL"
        numbers = [f"{sql} AS {c}" for c, sql in lookup_columns(self.table).items()]
        return (
            f"(SELECT {', '.join([*_quoted(given), *numbers])}, {run_id} AS run_id, "
            f"md5(to_json(struct_pack({packed}))::VARCHAR) AS row_hash FROM incoming)"
        )

    def _with_rows(self, statement: str) -> int:
        self.connection.register("incoming", self.rows)
        stamp = {"run": self.run_id} if "run_id" in self.columns else {}
        try:
            return self._count(statement, stamp)
        finally:
            self.connection.unregister("incoming")

    def _count(self, statement: str, values: Mapping[str, str] = _NONE) -> int:
        """Run a statement; return the number it answers with: that of the rows written."""
        rows = self.connection.execute(statement, dict(values)).fetchall()
        return int(rows[0][0])


def stage(
    connection: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame, run_id: str
) -> Staged:
    """Return the frame ready to load; of several rows with one key the last stays."""
    columns = _columns_of(connection, table)
    _assert_columns(table, frame.columns, columns)
    rows = frame.unique(KEYS[table], keep="last", maintain_order=True)
    return Staged(connection, table, columns, rows, run_id)


def _columns_of(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    try:
        cursor = connection.execute(f"SELECT * FROM {table} LIMIT 0")
    except duckdb.CatalogException as error:
        raise WarehouseError(f"no such table: {table}") from error
    names = [str(column[0]) for column in cursor.description or ()]
    cursor.fetchall()
    return names


def _assert_columns(table: str, got: Sequence[str], wanted: Sequence[str]) -> None:
    needed = set(wanted) - {*_STAMPS, *lookup_columns(table)}
    given = set(got) - {*_STAMPS}
    if needed != given:
        missing, unknown = sorted(needed - given), sorted(given - needed)
        raise WarehouseError(f"{table}: missing {missing}, unknown {unknown}")


def _quoted(columns: Sequence[str]) -> list[str]:
    return [f'"{column}"' for column in columns]
