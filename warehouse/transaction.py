"""One load: data, ledger row and assertions in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import polars as pl

from tasks.errors import WarehouseError
from warehouse.assertions import (
    assert_no_orphans,
    assert_parents_of_run,
    assert_unique_keys,
)
from warehouse.engine import read_frame
from warehouse.tables import KEPT_COLUMNS, KEYS, OPERATIONAL_COLUMNS

_STAGED = "staged_rows"


@dataclass(frozen=True, slots=True)
class Changes:
    """How many rows one statement inserted, updated and deleted."""

    inserted: int = 0
    updated: int = 0
    deleted: int = 0

    def __add__(self, other: "Changes") -> "Changes":
        return Changes(
            self.inserted + other.inserted,
            self.updated + other.updated,
            self.deleted + other.deleted,
        )


class Transaction:
    """Writes of one load; every method is a no-op when `already_done`."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        *,
        load_key: str,
        run_id: str,
        already_done: bool,
    ) -> None:
        self.connection = connection
        self.load_key = load_key
        self.run_id = run_id
        self.already_done = already_done
        self.changes = Changes()
        self._loaded: set[str] = set()
        self._unsettled: set[str] = set()  # rows went, or changed by plain SQL

    def merge(
        self, table: str, frame: pl.DataFrame, key: Sequence[str] | None = None
    ) -> Changes:
        """Insert new rows, update changed ones, leave equal ones untouched.

        Of several rows with one key in the frame the last wins. `key` defaults to
        the table's own.
        """
        if self.already_done or frame.is_empty():
            return Changes()
        columns = self._stage(table, frame, tuple(key or KEYS[table]))
        return self._record(table, self._merge_staged(table, columns, key))

    def append(self, table: str, frame: pl.DataFrame) -> Changes:
        """Insert rows whose key the table does not hold yet; never update."""
        if self.already_done or frame.is_empty():
            return Changes()
        columns = self._stage(table, frame, KEYS[table])
        names = ", ".join(_quoted(columns))
        inserted = self.connection.execute(
            f"INSERT INTO {table} ({names}) SELECT {names} FROM {_STAGED} s "
            f"WHERE NOT EXISTS (FROM {table} t WHERE {_same_key(KEYS[table])}) "
            "RETURNING 1"
        ).fetchall()
        return self._record(table, Changes(inserted=len(inserted)))

    def replace(
        self, table: str, frame: pl.DataFrame, *, column: str, values: Sequence[object]
    ) -> Changes:
        """Make `frame` all there is of `table` for these `values` of `column`.

        Rows of those values that the frame lacks are deleted; equal rows stay untouched.
        """
        if self.already_done or not values:
            return Changes()
        columns = self._stage(table, frame, KEYS[table])
        scope = pl.DataFrame({column: list(values)}).unique(maintain_order=True)
        self.connection.register("scope_values", scope)
        deleted = self.connection.execute(
            f"DELETE FROM {table} t WHERE t.{column} IN (FROM scope_values) "
            f"AND NOT EXISTS (FROM {_STAGED} s WHERE {_same_key(KEYS[table])}) "
            "RETURNING 1"
        ).fetchall()
        self.connection.unregister("scope_values")
        merged = self._merge_staged(table, columns, None)
        return self._record(table, merged + Changes(deleted=len(deleted)))

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> None:
        """Run one statement of this load; counts are not recorded for it."""
        if not self.already_done:
            self.connection.execute(sql, list(parameters))

    def read(self, sql: str, parameters: Sequence[object] = ()) -> pl.DataFrame:
        """Return rows as this transaction sees them, its own writes included."""
        return read_frame(self.connection, sql, parameters)

    def touched(self, *tables: str) -> None:
        """Name tables changed through `execute`, so that they are asserted whole."""
        self._unsettled.update(tables)

    def finish(self, stage: str) -> None:
        """Assert what must hold and write the ledger row; the caller commits."""
        assert_parents_of_run(self.connection, self._loaded, self.run_id)
        assert_no_orphans(self.connection, self._unsettled)
        self.connection.execute(
            "INSERT INTO meta.load_run VALUES (?, ?, ?, ?, ?, ?, now())",
            [
                self.load_key,
                self.run_id,
                stage,
                self.changes.inserted,
                self.changes.updated,
                self.changes.deleted,
            ],
        )

    def _stage(
        self, table: str, frame: pl.DataFrame, key: tuple[str, ...]
    ) -> list[str]:
        """Put the frame, one row a key, stamped and hashed, into a temporary table."""
        wanted = self._columns_of(table)
        _assert_columns(table, frame.columns, wanted)
        self.connection.register(
            "incoming", frame.unique(key, keep="last", maintain_order=True)
        )
        hashed = [
            c
            for c in frame.columns
            if c not in OPERATIONAL_COLUMNS and c not in KEPT_COLUMNS.get(table, ())
        ]
        packed = ", ".join(f'"{c}" := "{c}"' for c in sorted(hashed))
        stamp = "?" if "run_id" in wanted else "NULL"
        row_hash = f"md5(to_json(struct_pack({packed}))::VARCHAR)"
        self.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {_STAGED} AS "
            f"SELECT * EXCLUDE ({_excluded(frame.columns)}), "
            f"{stamp} AS run_id, {row_hash} AS row_hash FROM incoming"
            if _excluded(frame.columns)
            else f"CREATE OR REPLACE TEMP TABLE {_STAGED} AS "
            f"SELECT *, {stamp} AS run_id, {row_hash} AS row_hash FROM incoming",
            [self.run_id] if stamp == "?" else [],
        )
        self.connection.unregister("incoming")
        return wanted

    def _merge_staged(
        self, table: str, columns: list[str], key: Sequence[str] | None
    ) -> Changes:
        keys = tuple(key or KEYS[table])
        kept = {*keys, *KEPT_COLUMNS.get(table, ())}
        names = _quoted(columns)
        updates = ", ".join(f'"{c}" = s."{c}"' for c in columns if c not in kept)
        values = ", ".join(f"s.{name}" for name in names)
        actions = self.connection.execute(
            f"MERGE INTO {table} t USING {_STAGED} s ON {_same_key(keys)} "
            "WHEN MATCHED AND t.row_hash IS DISTINCT FROM s.row_hash "
            f"THEN UPDATE SET {updates} "
            f"WHEN NOT MATCHED THEN INSERT ({', '.join(names)}) VALUES ({values}) "
            "RETURNING merge_action"
        ).fetchall()
        kinds = [str(action) for (action,) in actions]
        return Changes(kinds.count("INSERT"), kinds.count("UPDATE"))

    def _record(self, table: str, changes: Changes) -> Changes:
        assert_unique_keys(self.connection, table, KEYS[table], within=_STAGED)
        self._loaded.add(table)
        if changes.deleted:
            self._unsettled.add(table)
        self.changes += changes
        return changes

    def _columns_of(self, table: str) -> list[str]:
        try:
            cursor = self.connection.execute(f"SELECT * FROM {table} LIMIT 0")
        except duckdb.CatalogException as error:
            raise WarehouseError(f"no such table: {table}") from error
        names = [str(column[0]) for column in cursor.description or ()]
        cursor.fetchall()
        return names


def _assert_columns(table: str, got: list[str], wanted: list[str]) -> None:
    needed = set(wanted) - {"run_id", "row_hash"}
    given = set(got) - {"run_id", "row_hash"}
    if needed != given:
        missing, unknown = sorted(needed - given), sorted(given - needed)
        raise WarehouseError(f"{table}: missing {missing}, unknown {unknown}")


def _excluded(columns: list[str]) -> str:
    return ", ".join(c for c in ("run_id", "row_hash") if c in columns)


def _quoted(columns: Sequence[str]) -> list[str]:
    return [f'"{column}"' for column in columns]


def _same_key(key: Sequence[str]) -> str:
    return " AND ".join(f's."{c}" = t."{c}"' for c in key)
