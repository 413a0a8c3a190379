"""Drops bodies and texts after N days; hashes, addresses and times stay.

The only thing that ever changes a segment: each file is rewritten whole under a
temporary name, synced and renamed, with the same name and the same rows.
"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from tasks.archiving.columns import SCHEMA
from tasks.archiving.segments import open_segment, open_writer, replace_synced

# What a dropped feed item keeps: enough to say which item it was, and no text.
_ITEM_KEEPS = frozenset(
    ["feed_url", "item_id", "guid", "url", "published_at", "updated_at", "is_date_suspect",
     "source_publisher", "source_url", "language"]
)  # fmt: skip


def drop_bodies(archive_dir: Path, now: datetime, keep_days: int) -> int:
    """Drop the bodies and texts of responses older than keep_days; return how many.

    Doing it again drops nothing more. To be called while no run writes.
    """
    if keep_days < 1:
        raise ValueError(f"keep_days must be at least 1, not {keep_days}")
    limit = now.astimezone(UTC) - timedelta(days=keep_days)
    last_day = limit.date().isoformat()
    days = sorted(p for p in archive_dir.glob("????-??-??") if p.name <= last_day)
    segments = [path for day in days for path in sorted(day.glob("*.parquet"))]
    return sum(_drop_in(path, limit) for path in segments)


def _drop_in(path: Path, limit: datetime) -> int:
    with open_segment(path) as file:
        num_old = sum(
            _num_old(
                file.read_row_group(group, columns=["retrieved_at", "body"]), limit
            )
            for group in range(file.num_row_groups)
        )
        if num_old == 0:
            return 0
        temporary = path.with_name(path.name + ".tmp")
        with open_writer(temporary) as writer:
            for group in range(file.num_row_groups):
                rows = [_kept(r, limit) for r in file.read_row_group(group).to_pylist()]
                writer.write_table(pa.Table.from_pylist(rows, schema=SCHEMA))
    replace_synced(temporary, path)
    return num_old


def _num_old(table: pa.Table, limit: datetime) -> int:
    is_stored = table["body"].is_valid().to_pylist()
    times = table["retrieved_at"].to_pylist()
    return sum(at < limit and s for at, s in zip(times, is_stored, strict=True))


def _kept(row: dict[str, Any], limit: datetime) -> dict[str, Any]:
    if row["retrieved_at"] >= limit:
        return row
    item = row["feed_item"]
    if item is not None:
        kept = {k: v for k, v in json.loads(item).items() if k in _ITEM_KEEPS}
        item = json.dumps(kept | {"title": ""}, ensure_ascii=False, sort_keys=True)
    return row | {"body": None, "feed_item": item}
