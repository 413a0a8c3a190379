"""Opening DuckDB files: the one place that knows its settings and its errors."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
import polars as pl

from tasks.errors import WarehouseError

# Analysts' 1.5 clients must open what a 2.0 writer created.
STORAGE_VERSION = "v1.5.0"
_TRIES = 10


@contextmanager
def open_file(path: Path, *, read_only: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection in UTC; a file DuckDB cannot read is a WarehouseError."""
    config: dict[str, str | bool | int | float | list[str]] = {}
    if not read_only:
        config["storage_compatibility_version"] = STORAGE_VERSION
    try:
        connection = connect_unmoved(
            [path],
            lambda: duckdb.connect(str(path), read_only=read_only, config=config),
        )
    except duckdb.Error as error:
        raise WarehouseError(f"cannot open {path}: {error}") from error
    try:
        # The zone can only be set once a connection has loaded the icu extension.
        connection.execute("SET TimeZone = 'UTC'")
        # The bar goes to standard output, where commands print JSON.
        connection.execute("SET enable_progress_bar = false")
        yield connection
    finally:
        connection.close()


@contextmanager
def without_join_filters(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Keep joins inside from filtering the scans below them.

    DuckDB 2.0.0 pushes the ids of one side of a join into the scan of the other; where
    that scan reads rows the transaction has just added, one load in nine ended in
    "Corrupted uncompressed string segment" or a segmentation fault (docs/performance.md).
    """
    connection.execute("SET disabled_optimizers = 'join_filter_pushdown'")
    try:
        yield
    finally:
        with suppress(duckdb.Error):  # a transaction that failed is rolled back whole
            connection.execute("RESET disabled_optimizers")


def connect_unmoved(
    paths: Sequence[Path], connect: Callable[[], duckdb.DuckDBPyConnection]
) -> duckdb.DuckDBPyConnection:
    """Return a connection that saw one state of each path; asked again if one moved.

    DuckDB opens a file by its name three times: magic bytes, headers, blocks. A file
    that is replaced in between is read by the headers of the old one and the blocks of
    the new: mostly an error, and nothing promises one.
    """
    for _ in range(_TRIES):
        before = [_identity(path) for path in paths]
        try:
            connection = connect()
        except duckdb.Error:
            if before == [_identity(path) for path in paths]:
                raise
            continue
        if before == [_identity(path) for path in paths]:
            return connection
        connection.close()
    names = ", ".join(map(str, paths))
    raise WarehouseError(f"{names}: replaced at each of {_TRIES} tries to open; again")


def roll_back(connection: duckdb.DuckDBPyConnection) -> None:
    """Take the open transaction back, if the engine has not done so itself."""
    try:
        connection.execute("ROLLBACK")
    except duckdb.TransactionException:
        # After a failed COMMIT (disk full) none is open any more.
        return


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def read_frame(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[object] = ()
) -> pl.DataFrame:
    """Return the rows of one query; the form that both DuckDB 1.5 and 2.0 offer."""
    frame: pl.DataFrame = connection.sql(sql, params=list(parameters)).pl()
    return frame


def wal_of(path: Path) -> Path:
    """Return where DuckDB keeps the write-ahead log of `path`."""
    return path.with_name(path.name + ".wal")
