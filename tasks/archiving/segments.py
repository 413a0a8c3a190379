"""Archive segments: immutable Parquet files, one per run, UTC day and part.

Layout: ARCHIVE/YYYY-MM-DD/RUN_ID-00000.parquet. The day is that of retrieved_at, so a
range of days is a range of folders. A file is written under a temporary name, synced
and renamed; nothing ever changes it, but the retention setting (retention.py).
"""

import os
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow.parquet as pq

from tasks.archiving.columns import LAYOUT, SCHEMA, describe, from_row, to_table
from tasks.archiving.errors import ArchiveError
from tasks.model.articles import ArchivedResponse
from tasks.model.feeds import FeedItem, FetchedResponse

Row = tuple[ArchivedResponse, FetchedResponse, FeedItem | None]

COMPRESSION_LEVEL = 3  # measured: level 9 saves a tenth and is five times slower
GROUP_BYTES = 8_000_000  # bounds the writer's buffer and what reading one row costs
GROUP_ROWS = 200
PART_ROWS = 5_000
_TEMPORARY = ".tmp"
_RUN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}\Z")


class _Part:
    """One file being written; invisible to readers until sealed."""

    def __init__(self, archive_dir: Path, day: date, run_id: str) -> None:
        self.path = _free_path(archive_dir / day.isoformat(), run_id)
        self.name = self.path.relative_to(archive_dir).as_posix()
        self.rows = 0
        self._temporary = self.path.with_name(self.path.name + _TEMPORARY)
        self._temporary.parent.mkdir(parents=True, exist_ok=True)
        self._writer = open_writer(self._temporary)
        self._buffer: list[Row] = []
        self._buffered_bytes = 0

    def add(
        self, response: FetchedResponse, kind: str, item: FeedItem | None
    ) -> ArchivedResponse:
        archived = describe(response, kind, self.name, self.rows)
        self._buffer.append((archived, response, item))
        self._buffered_bytes += len(response.body)
        self.rows += 1
        if self._buffered_bytes >= GROUP_BYTES or len(self._buffer) >= GROUP_ROWS:
            self._flush()
        return archived

    def _flush(self) -> None:
        if self._buffer:
            self._writer.write_table(to_table(self._buffer))
            self._buffer, self._buffered_bytes = [], 0

    def seal(self) -> None:
        self._flush()
        self._writer.close()
        replace_synced(self._temporary, self.path)

    def abandon(self) -> None:
        self._buffer = []
        self._writer.close()
        self._temporary.unlink(missing_ok=True)


class SegmentWriter:
    """Writes responses of one run; what was added is readable after close().

    Use as a context manager: an exception inside the block leaves no file behind.
    """

    def __init__(self, archive_dir: Path, run_id: str) -> None:
        if not _RUN_ID.match(run_id):
            raise ArchiveError(f"run id is not usable as a file name: {run_id!r}")
        self._dir = archive_dir
        self._run_id = run_id
        self._open: dict[date, _Part] = {}
        self._full: list[_Part] = []

    def add(
        self, response: FetchedResponse, kind: str, item: FeedItem | None = None
    ) -> ArchivedResponse:
        """Return where the response will lie once close() has returned."""
        day = response.retrieved_at.astimezone(UTC).date()
        part = self._open.get(day)
        if part is None:
            part = self._open[day] = _Part(self._dir, day, self._run_id)
        archived = part.add(response, kind, item)
        if part.rows >= PART_ROWS:
            self._full.append(self._open.pop(day))
        return archived

    def close(self) -> None:
        """Make everything added visible; calling it again does nothing."""
        parts, self._open, self._full = [*self._full, *self._open.values()], {}, []
        for part in parts:
            part.seal()

    def abort(self) -> None:
        """Forget everything added since the last close()."""
        parts, self._open, self._full = [*self._full, *self._open.values()], {}, []
        for part in parts:
            part.abandon()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self.close()
        else:
            self.abort()


def read_responses(
    archive_dir: Path, since: datetime, until: datetime, kind: str | None = None
) -> Iterator[Row]:
    """Yield the responses retrieved in [since, until), in the order of files and rows.

    Holds one row group at a time, whatever the range. Raises BodyDropped when the
    range holds a body that the retention setting removed.
    """
    since, until = since.astimezone(UTC), until.astimezone(UTC)
    for path in segment_files(archive_dir, since, until):
        name = path.relative_to(archive_dir).as_posix()
        for index, row in _rows(path):
            in_range = since <= row["retrieved_at"] < until
            if in_range and kind in (None, row["kind"]):
                yield from_row(row, name, index)


def read_one(archive_dir: Path, archived: ArchivedResponse) -> FetchedResponse:
    """Return the stored response; ArchiveError when the archive lacks it."""
    return next(read_many(archive_dir, [archived]))


def read_many(
    archive_dir: Path, archived: Iterable[ArchivedResponse]
) -> Iterator[FetchedResponse]:
    """Yield the stored responses in the order asked; each row group is read once.

    As read_one, but for a batch from few segments it costs one scan instead of one
    row group per response. Holds one row group at a time when the order is that of
    the archive.
    """
    path, first = "", 0
    rows: list[dict[str, Any]] = []
    for wanted in archived:
        inside = wanted.archive_path == path and 0 <= wanted.archive_row - first < len(
            rows
        )
        if not inside:
            path = wanted.archive_path
            first, rows = _group_at(_segment(archive_dir, wanted), wanted.archive_row)
        yield _checked(rows[wanted.archive_row - first] if rows else None, wanted)


def segment_files(archive_dir: Path, since: datetime, until: datetime) -> list[Path]:
    """Return the finished segments of the days that [since, until) touches, sorted."""
    first, last = since.date().isoformat(), until.date().isoformat()
    days = (p for p in archive_dir.glob("????-??-??") if first <= p.name <= last)
    return sorted(path for day in days for path in day.glob("*.parquet"))


def open_writer(path: Path) -> pq.ParquetWriter:
    """Return a writer whose output depends on nothing but the rows."""
    return pq.ParquetWriter(
        path, SCHEMA, compression="zstd", compression_level=COMPRESSION_LEVEL
    )


def open_segment(path: Path) -> pq.ParquetFile:
    """Return a segment open for reading; ArchiveError for another layout."""
    file = pq.ParquetFile(path)
    layout = (file.schema_arrow.metadata or {}).get(b"conflictwire_layout", b"none")
    if layout != LAYOUT.encode():
        file.close()
        raise ArchiveError(f"{path}: layout {layout.decode()}, expected {LAYOUT}")
    return file


def replace_synced(temporary: Path, path: Path) -> None:
    """Rename so that after a power cut either the old or the whole new file is there."""
    with temporary.open("rb") as file:
        os.fsync(file.fileno())
    temporary.replace(path)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def remove_leftovers(archive_dir: Path) -> int:
    """Delete temporary files of runs that were killed; return how many.

    To be called while no run writes (the nightly job holds the writer's lock).
    """
    leftovers = sorted(archive_dir.glob(f"????-??-??/*{_TEMPORARY}"))
    for path in leftovers:
        path.unlink()
    return len(leftovers)


def _free_path(folder: Path, run_id: str) -> Path:
    taken = {p.name.removesuffix(_TEMPORARY) for p in folder.glob(f"{run_id}-*")}
    number = 0
    while (name := f"{run_id}-{number:05d}.parquet") in taken:
        number += 1
    return folder / name


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    index = 0
    with open_segment(path) as file:
        for group in range(file.num_row_groups):
            for row in file.read_row_group(group).to_pylist():
                yield index, row
                index += 1


def _segment(archive_dir: Path, archived: ArchivedResponse) -> Path:
    path = archive_dir / archived.archive_path
    if not path.resolve().is_relative_to(archive_dir.resolve()):
        raise ArchiveError(f"outside the archive: {archived.archive_path}")
    if not path.exists():
        raise ArchiveError(f"no such segment: {archived.archive_path}")
    return path


def _group_at(path: Path, index: int) -> tuple[int, list[dict[str, Any]]]:
    """Return the row group that holds a row, and the number of its first row."""
    first = 0
    with open_segment(path) as file:
        for group in range(file.num_row_groups):
            size = file.metadata.row_group(group).num_rows
            if first <= index < first + size:
                return first, file.read_row_group(group).to_pylist()
            first += size
    return index, []


def _checked(row: dict[str, Any] | None, archived: ArchivedResponse) -> FetchedResponse:
    if row is None or row["response_id"] != archived.response_id:
        raise ArchiveError(
            f"{archived.archive_path} row {archived.archive_row} is not {archived.url}"
        )
    return from_row(row, archived.archive_path, archived.archive_row)[1]
