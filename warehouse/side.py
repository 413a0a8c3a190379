"""A copy of the warehouse beside it, to work in and then to promote or to throw away."""

import os
import shutil
from pathlib import Path

import duckdb

from tasks.errors import WarehouseError
from warehouse.connect import DEFAULT_WAIT_S, commit_path, lock_path
from warehouse.engine import open_file, wal_of
from warehouse.lock import WriterLock
from warehouse.verify import verify_file

SIDE_NAME = "reprocess.duckdb"


def side_of(path: Path) -> Path:
    """Return where the side copy of a warehouse lies."""
    return path.with_name(SIDE_NAME)


def copy_beside(path: Path, *, wait_s: float = DEFAULT_WAIT_S) -> int:
    """Copy the warehouse to its side file; return how many loads it held.

    What an earlier, killed run left there is overwritten.
    """
    side = side_of(path)
    with WriterLock(lock_path(path), wait_s):
        loads = _settle(path)
        discard(path)
        shutil.copyfile(path, side)
        side.chmod(0o600)
    return loads


def promote(path: Path, loads: int, *, wait_s: float = DEFAULT_WAIT_S) -> None:
    """Put the side file in the warehouse's place, in one rename.

    The side file is read whole first. Raises WarehouseError, and changes nothing, when
    the warehouse no longer holds the `loads` it held when it was copied.
    """
    side = side_of(path)
    with WriterLock(lock_path(path), wait_s), WriterLock(lock_path(side), wait_s):
        held = _settle(path)
        if held != loads:
            raise WarehouseError(
                f"{path} was written to while {side.name} was made ({held - loads} "
                "loads): nothing was promoted; run it again"
            )
        _settle(side)
        verify_file(side)
        _sync(side)
        side.replace(path)
        # The note of the newest commit follows: the one before is in the file as well.
        if commit_path(side).exists():
            commit_path(side).replace(commit_path(path))
        _sync(path.parent)
    discard(path)


def discard(path: Path) -> None:
    """Delete the side file of a warehouse with all that belongs to it."""
    side = side_of(path)
    for leftover in (side, wal_of(side), commit_path(side), lock_path(side)):
        leftover.unlink(missing_ok=True)


def _settle(path: Path) -> int:
    """Bring everything into the one file; return the number of loads it holds."""
    with open_file(path, read_only=False) as connection:
        connection.execute("CHECKPOINT")
        loads = _num_loads(connection)
    if wal_of(path).exists():
        raise WarehouseError(f"{wal_of(path)} is still there after the checkpoint")
    return loads


def _num_loads(connection: duckdb.DuckDBPyConnection) -> int:
    rows = connection.execute("SELECT count(*) FROM meta.load_run").fetchall()
    return int(rows[0][0])


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
