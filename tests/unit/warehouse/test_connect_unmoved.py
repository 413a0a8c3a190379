"""Opening a file that is replaced at the same moment: one state of it, or a clear error."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tasks.errors import WarehouseError
from warehouse.engine import connect_unmoved

Connect = Callable[[], duckdb.DuckDBPyConnection]


@pytest.fixture
def published(tmp_path: Path) -> Path:
    for name in ("old", "new"):
        with duckdb.connect(str(tmp_path / name)) as connection:
            connection.execute(f"CREATE TABLE state AS SELECT '{name}' AS name")
    return (tmp_path / "old").rename(tmp_path / "published")


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(path), read_only=True)


def _replacing(published: Path, connect: Connect) -> Connect:
    """Return `connect` with the publication of the new file in the middle of its first call."""
    new = published.with_name("new")

    def torn() -> duckdb.DuckDBPyConnection:
        if new.exists():
            new.replace(published)
            return connect()
        return _connect(published)

    return torn


def _read(connection: duckdb.DuckDBPyConnection) -> str:
    with connection:
        return str(connection.execute("SELECT name FROM state").fetchall()[0][0])


def test_a_file_replaced_while_it_opened_is_opened_again(published: Path) -> None:
    of_before = _connect(published)
    connect = _replacing(published, lambda: of_before)
    assert _read(connect_unmoved([published], connect)) == "new"
    with pytest.raises(duckdb.ConnectionException):
        of_before.execute("SELECT 1")  # what saw a mixture is closed


def test_an_error_of_a_file_replaced_while_it_opened_is_not_reported(
    published: Path,
) -> None:
    def fail() -> duckdb.DuckDBPyConnection:
        raise duckdb.IOException("No more data remaining in MetadataReader")

    connect = _replacing(published, fail)
    assert _read(connect_unmoved([published], connect)) == "new"


def test_an_error_of_a_file_that_stayed_is_reported(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_bytes(b"no database")
    with pytest.raises(duckdb.Error):
        connect_unmoved([broken], lambda: _connect(broken))


def test_a_file_that_never_stays_ends_in_an_error(
    published: Path, tmp_path: Path
) -> None:
    content = published.read_bytes()

    def connect() -> duckdb.DuckDBPyConnection:
        connection = _connect(published)
        (tmp_path / "next").write_bytes(content)
        (tmp_path / "next").replace(published)
        return connection

    with pytest.raises(WarehouseError, match="replaced at each"):
        connect_unmoved([published], connect)
