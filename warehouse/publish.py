"""Publishing: readers see the old file or the new one, never anything in between."""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from tasks.errors import WarehouseError
from warehouse.assertions import assert_whole
from warehouse.connect import DEFAULT_WAIT_S, lock_path
from warehouse.engine import open_file, wal_of
from warehouse.lock import WriterLock
from warehouse.verify import count_rows, verify_file

PUBLISHED_NAME = "conflict.duckdb"


@dataclass(frozen=True, slots=True)
class ReleaseInfo:
    """What the caller knows of a release; the file itself adds counts and hashes."""

    release_id: str  # part of the dated file name: letters, digits, '-', '.'
    run_id: str
    published_at: datetime  # UTC
    code_version: str
    coder_version: str
    reference_version: str
    fatality_rule: str = "range_rule"


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """Where the release lies and what it holds."""

    path: Path
    dated_path: Path
    release_id: str
    size_bytes: int
    counts: Mapping[str, int]  # table -> rows


def release_id_of(published_at: datetime) -> str:
    """Return the id a release of that moment carries: sortable, fit for a file name."""
    return published_at.strftime("%Y-%m-%dT%H%M%SZ")


def publish(
    warehouse_path: Path,
    public_dir: Path,
    release: ReleaseInfo,
    keep: int,
    *,
    wait_s: float = DEFAULT_WAIT_S,
) -> PublishedFile:
    """Publish the private file atomically and keep the `keep` newest dated copies.

    Checkpoint, close, copy beside the target, verify the copy by a full scan, fsync,
    rename. On any error the published file stays as it was.
    """
    _assert_release_id(release.release_id)
    public_dir.mkdir(parents=True, exist_ok=True)
    with WriterLock(lock_path(warehouse_path), wait_s):
        counts = _stamp(warehouse_path, release)
        _assert_no_wal(warehouse_path)
        fresh = _copy(warehouse_path, public_dir, release)
        try:
            verify_file(fresh, counts)
            dated = _put_in_place(fresh, public_dir, release)
        finally:
            fresh.unlink(missing_ok=True)
        _retain(public_dir, keep)
    target = public_dir / PUBLISHED_NAME
    return PublishedFile(
        target, dated, release.release_id, target.stat().st_size, counts
    )


def dated_files(public_dir: Path) -> list[Path]:
    """Return the dated copies, newest release first."""
    return sorted(public_dir.glob("conflict-*.duckdb"), reverse=True)


def _stamp(path: Path, release: ReleaseInfo) -> dict[str, int]:
    """Assert the whole file, write its release row, checkpoint; return the row counts."""
    with open_file(path, read_only=False) as connection:
        assert_whole(connection)
        connection.execute(
            "DELETE FROM meta.release WHERE release_id = ?", [release.release_id]
        )
        counts = count_rows(connection)
        counts["meta.release"] += 1
        _insert_release(connection, release, counts)
        connection.execute("CHECKPOINT")
    return counts


def _insert_release(
    connection: duckdb.DuckDBPyConnection,
    release: ReleaseInfo,
    counts: Mapping[str, int],
) -> None:
    connection.execute(
        """
        INSERT INTO meta.release BY NAME
        SELECT
            ? AS release_id, ? AS run_id, ? AS published_at, ? AS code_version,
            ? AS coder_version, ? AS reference_version, ? AS fatality_rule,
            (SELECT max(version) FROM meta.schema_migration) AS schema_version,
            (SELECT count(*) FROM main.events) AS num_events,
            (SELECT count(*) FROM core.event_mention) AS num_event_mentions,
            (SELECT count(*) FROM core.article) AS num_articles,
            (SELECT count(*) FROM core.reject) AS num_rejects,
            (SELECT count(*) FROM raw.feed) AS num_feeds,
            (SELECT min(event_date) FROM main.events) AS first_event_date,
            (SELECT max(event_date) FROM main.events) AS last_event_date,
            sha256(concat(
                (SELECT string_agg(row_hash, '' ORDER BY event_id) FROM core.event),
                (SELECT string_agg(row_hash, '' ORDER BY mention_id)
                 FROM core.event_mention))) AS data_sha256,
            coalesce((SELECT sha256(string_agg(body_sha256, '' ORDER BY response_id))
                      FROM raw.response), sha256('')) AS input_sha256,
            ?::JSON AS table_counts
        """,
        [
            release.release_id,
            release.run_id,
            release.published_at,
            release.code_version,
            release.coder_version,
            release.reference_version,
            release.fatality_rule,
            json.dumps(counts, sort_keys=True),
        ],
    )


def _copy(source: Path, public_dir: Path, release: ReleaseInfo) -> Path:
    """Copy beside the target: only inside one file system is a rename atomic."""
    for stale in public_dir.glob(".conflict-*.tmp"):
        stale.unlink()  # left by a publisher that was killed; we hold the lock
    fresh = public_dir / f".conflict-{release.release_id}.tmp"
    shutil.copyfile(source, fresh)
    return fresh


def _put_in_place(fresh: Path, public_dir: Path, release: ReleaseInfo) -> Path:
    """Make the verified copy durable, then visible under both of its names."""
    _sync(fresh)
    fresh.chmod(0o444)
    dated = public_dir / f"conflict-{release.release_id}.duckdb"
    target = public_dir / PUBLISHED_NAME
    _move_foreign_wal(target)
    _link(fresh, dated)
    fresh.replace(target)
    _sync(public_dir)
    return dated


def _link(fresh: Path, dated: Path) -> None:
    """Give the file its dated name; a copy where the file system knows no links."""
    dated.unlink(missing_ok=True)
    try:
        os.link(fresh, dated)
    except OSError:
        shutil.copyfile(fresh, dated)
        _sync(dated)
        dated.chmod(0o444)


def _move_foreign_wal(target: Path) -> None:
    """Put aside a log that somebody's writing session left beside the published file.

    With it in place the new file would not open.
    """
    wal = wal_of(target)
    if wal.exists():
        wal.replace(wal.with_name(wal.name + ".foreign"))


def _retain(public_dir: Path, keep: int) -> None:
    for old in dated_files(public_dir)[max(keep, 1) :]:
        old.unlink()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _assert_no_wal(path: Path) -> None:
    if wal_of(path).exists():
        raise WarehouseError(
            f"{wal_of(path)} is still there after the checkpoint: another process has "
            "the file open; nothing was published"
        )


def _assert_release_id(release_id: str) -> None:
    if not release_id or not all(c.isalnum() or c in "-." for c in release_id):
        raise WarehouseError(f"release id {release_id!r} does not fit a file name")
