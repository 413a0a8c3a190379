"""An empty warehouse in a temporary folder, for stages that search stored texts."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from warehouse.engine import open_file
from warehouse.migrate import migrate


@contextmanager
def empty_warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection to a warehouse with the newest schema and no rows."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "private" / "warehouse.duckdb"
        migrate(path)
        with open_file(path, read_only=False) as connection:
            yield connection
