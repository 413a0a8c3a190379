"""The writer's side of the warehouse: an OS lock, a short session, one load at a time."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl

from tasks.errors import WarehouseError
from warehouse.engine import open_file, read_frame, roll_back
from warehouse.lock import WriterLock
from warehouse.transaction import Transaction

DEFAULT_WAIT_S = 120.0


class Warehouse:
    """The private file. Holds the lock only inside `session`, `transaction` and `read`.

    One object may be shared by threads; sessions of one thread may nest, so that
    several reads and loads pay for opening the file once.
    """

    def __init__(self, path: Path, *, wait_s: float = DEFAULT_WAIT_S) -> None:
        self.path = path
        self._wait_s = wait_s
        self._guard = threading.RLock()
        self._connection: duckdb.DuckDBPyConnection | None = None

    @contextmanager
    def session(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Hold the lock and the open file for a block; nested use costs nothing.

        Raises WarehouseLocked when another process keeps the lock for `wait_s`.
        """
        with self._guard:
            if self._connection is not None:
                yield self._connection
                return
            self._assert_exists()
            with (
                WriterLock(lock_path(self.path), self._wait_s),
                open_file(self.path, read_only=False) as connection,
            ):
                self._assert_nothing_lost(connection)
                self._connection = connection
                try:
                    yield connection
                finally:
                    self._connection = None

    @contextmanager
    def transaction(
        self, load_key: str, run_id: str, *, stage: str = "load"
    ) -> Iterator[Transaction]:
        """Commit everything written in the block together with its ledger row.

        A `load_key` that was committed before makes the block a no-op
        (`already_done`). Any exception rolls back: the file is as it was before.
        """
        with self.session() as connection:
            done = _is_committed(connection, load_key)
            connection.execute("BEGIN TRANSACTION")
            transaction = Transaction(
                connection, load_key=load_key, run_id=run_id, already_done=done
            )
            try:
                yield transaction
                if not done:
                    transaction.finish(stage)
                connection.execute("COMMIT")
            except BaseException:
                roll_back(connection)
                raise
            if not done:
                self._note_commit(load_key)

    def read(self, sql: str, parameters: Sequence[object] = ()) -> pl.DataFrame:
        """Return the rows of a query as a polars frame; times are UTC."""
        with self.session() as connection:
            return read_frame(connection, sql, parameters)

    def is_committed(self, load_key: str) -> bool:
        """Say whether a load of that key was committed, so that its work can be skipped."""
        with self.session() as connection:
            return _is_committed(connection, load_key)

    def _assert_exists(self) -> None:
        if not self.path.exists():
            raise WarehouseError(
                f"{self.path} does not exist: create it with warehouse.migrate"
            )

    def _note_commit(self, load_key: str) -> None:
        """Remember the newest commit outside the file (see _assert_nothing_lost)."""
        side = commit_path(self.path)
        fresh = side.with_name(side.name + ".tmp")
        fresh.write_text(load_key, encoding="utf-8")
        fresh.replace(side)

    def _assert_nothing_lost(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Stop when the last noted commit is missing.

        DuckDB ignores a damaged write-ahead log without a word; the side file is how
        we notice that committed rows went with it.
        """
        side = commit_path(self.path)
        if not side.exists():
            return
        load_key = side.read_text(encoding="utf-8")
        if not _is_committed(connection, load_key):
            raise WarehouseError(
                f"{self.path} lacks the load {load_key!r} that was committed to it: "
                "restore a copy, or delete "
                f"{side.name} to accept the loss and run the back-fill again"
            )


def lock_path(path: Path) -> Path:
    """Return the side file that carries the writer's lock."""
    return path.with_suffix(".lock")


def commit_path(path: Path) -> Path:
    """Return the side file that names the newest commit."""
    return path.with_suffix(".last_commit")


def _is_committed(connection: duckdb.DuckDBPyConnection, load_key: str) -> bool:
    rows = connection.execute(
        "SELECT 1 FROM meta.load_run WHERE load_key = ?", [load_key]
    ).fetchall()
    return bool(rows)


def make_private(directory: Path) -> None:
    """Create the writer's folder, closed to other users."""
    directory.mkdir(parents=True, exist_ok=True)
    directory.chmod(0o700)
