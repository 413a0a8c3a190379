"""One load: data, ledger row and assertions in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import polars as pl

from warehouse.assertions import assert_no_orphans
from warehouse.engine import read_frame
from warehouse.lookup import rows_with
from warehouse.staging import Staged, stage
from warehouse.tables import KEYS
from warehouse.touched import Touched


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
        self._written = Touched()
        self._unsettled: set[str] = set()  # changed by plain SQL

    def merge(self, table: str, frame: pl.DataFrame) -> Changes:
        """Insert new rows, update changed ones, leave equal ones untouched.

        Of several rows with one key in the frame the last wins.
        """
        if self.already_done or frame.is_empty():
            return Changes()
        staged = stage(self.connection, table, frame, self.run_id)
        held = self._find_keys(staged)
        return self._write(staged, held, updated=staged.update() if held else 0)

    def append(self, table: str, frame: pl.DataFrame) -> Changes:
        """Insert rows whose key the table does not hold yet; never update."""
        if self.already_done or frame.is_empty():
            return Changes()
        staged = stage(self.connection, table, frame, self.run_id)
        return self._write(staged, self._find_keys(staged))

    def replace(
        self, table: str, frame: pl.DataFrame, *, column: str, values: Sequence[object]
    ) -> Changes:
        """Make `frame` all there is of `table` for these `values` of `column`.

        Rows of those values that the frame lacks are deleted; equal rows stay untouched.
        A key belongs to one value of `column` for ever.
        """
        if self.already_done or not values:
            return Changes()
        staged = stage(self.connection, table, frame, self.run_id)
        scope = pl.DataFrame(
            {column: list(values)}, schema={column: frame[column].dtype}
        )
        held = staged.find(self._written.may_be_held(table, scope.unique()))
        if not held:
            return self._write(staged, 0)
        gone = staged.delete_missing()
        self._written.deleted(table, gone)
        updated = staged.update()
        return self._write(staged, held, updated=updated, deleted=len(gone))

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> None:
        """Run one statement of this load; counts are not recorded for it."""
        if not self.already_done:
            self.connection.execute(sql, list(parameters))

    def read(self, sql: str, parameters: Sequence[object] = ()) -> pl.DataFrame:
        """Return rows as this transaction sees them, its own writes included."""
        return read_frame(self.connection, sql, parameters)

    def held(self, table: str, keys: Sequence[str], column: str) -> dict[str, str]:
        """Return key -> value of `column` of those rows that the table holds.

        A later `merge` of the same keys need not look for them again.
        """
        key = KEYS[table][0]
        wanted = rows_with(table, key, "SELECT unnest(?::VARCHAR[])", column)
        rows = self.read(f"SELECT {key}, {column} FROM {wanted}", [list(keys)])
        found = dict(rows.iter_rows())
        absent = sorted(set(keys) - set(found))
        self._written.absent(table, pl.Series(absent, dtype=pl.String))
        return found

    def touched(self, *tables: str) -> None:
        """Name tables changed through `execute`, so that they are asserted whole."""
        self._unsettled.update(tables)

    def deleted_keys(self, table: str) -> list[str]:
        """Return the keys that `replace` deleted from a table that other tables name."""
        return self._written.deleted_keys(table)

    def finish(self, stage: str) -> None:
        """Assert what must hold and write the ledger row; the caller commits."""
        self._written.check(self.connection)
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

    def _find_keys(self, staged: Staged) -> int:
        """Look for the rows' keys where they may be; return how many are held."""
        table = staged.table
        sought = self._written.may_be_held(table, staged.rows).select(KEYS[table])
        held = staged.find(sought)
        if not sought.is_empty():
            self._written.looked(table, sought, staged.held_numbers(held))
        return held

    def _write(
        self, staged: Staged, held: int, *, updated: int = 0, deleted: int = 0
    ) -> Changes:
        """Insert what is not held; note what the end of the load must assert."""
        inserted = staged.insert(held) if held - deleted < len(staged.rows) else 0
        keys = staged.rows.select(KEYS[staged.table])
        if inserted and held:
            new = keys.join(staged.held_keys(), on=KEYS[staged.table], how="anti")
            self._written.inserted(staged.table, new)
        elif inserted:
            self._written.inserted(staged.table, keys)
        self._written.wrote(staged.table, staged.rows)
        changes = Changes(inserted, updated, deleted)
        self.changes += changes
        return changes
