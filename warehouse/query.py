"""Reading the published file: always read-only, never the writer's."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from tasks.errors import WarehouseError
from warehouse.engine import connect_unmoved

_BATCH_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Rows:
    """A result: column names and rows of Python values."""

    columns: list[str]
    rows: list[tuple[Any, ...]]

    def dicts(self) -> list[dict[str, Any]]:
        """Return the rows as dictionaries, in order."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Stream:
    """A result that is read as it is made: column names, and batches of rows."""

    columns: list[str]
    batches: Iterator[list[tuple[Any, ...]]]


@contextmanager
def open_published(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published file read-only; WarehouseError says what to do without one.

    The configuration is locked: a query cannot reach other files or the network.
    """
    if not path.exists():
        raise WarehouseError(
            f"there is no published file at {path}: run `make demo` or `make run` first"
        )
    try:
        connection = connect_unmoved(
            [path], lambda: duckdb.connect(str(path), read_only=True)
        )
    except duckdb.Error as error:
        raise WarehouseError(f"{path} cannot be opened: {error}") from error
    try:
        connection.execute("SET TimeZone = 'UTC'")
        # The bar goes to standard output and would stand inside JSON and CSV.
        connection.execute("SET enable_progress_bar = false")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield connection
    finally:
        connection.close()


def read_published(path: Path, sql: str, parameters: Sequence[object] = ()) -> Rows:
    """Return the rows of one query; WarehouseError carries DuckDB's own message."""
    with open_published(path) as connection:
        try:
            cursor = connection.execute(sql, list(parameters))
            columns = [str(column[0]) for column in cursor.description or ()]
            return Rows(columns, [tuple(row) for row in cursor.fetchall()])
        except duckdb.Error as error:
            raise WarehouseError(str(error)) from error


@contextmanager
def stream_published(path: Path, sql: str) -> Iterator[Stream]:
    """Run one query and yield its rows in batches; no more than one is in memory."""
    with open_published(path) as connection:
        try:
            cursor = connection.execute(sql)
            columns = [str(column[0]) for column in cursor.description or ()]
            yield Stream(columns, iter(lambda: cursor.fetchmany(_BATCH_ROWS), []))
        except duckdb.Error as error:
            raise WarehouseError(str(error)) from error


def read_frame(path: Path, sql: str, parameters: Sequence[object] = ()) -> pl.DataFrame:
    """Return the rows of one query as a polars frame."""
    with open_published(path) as connection:
        frame: pl.DataFrame = connection.sql(sql, params=list(parameters)).pl()
        return frame
