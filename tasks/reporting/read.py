"""Reading one release: every query of a report sees the same published file."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from warehouse.query import open_published

Row = dict[str, Any]


class Reader:
    """Rows of a published file as dictionaries, through one connection."""

    def __init__(self, connection: Any) -> None:
        """Take an open connection; whoever opened it closes it."""
        self._connection = connection

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """Return the rows of a query in order."""
        cursor = self._connection.execute(sql, list(parameters))
        columns = [str(column[0]) for column in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


@contextmanager
def reading(published: Path) -> Iterator[Reader]:
    """Open a published file for one report."""
    with open_published(published) as connection:
        yield Reader(connection)
