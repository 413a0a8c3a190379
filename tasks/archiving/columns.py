"""Archive rows as Parquet columns: the one place that knows the file's layout."""

import hashlib
import json
import uuid
from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from tasks.archiving.errors import ArchiveError, BodyDropped
from tasks.model.articles import ArchivedResponse
from tasks.model.feeds import FeedItem, FetchedResponse

# Stored in every file; a reader refuses a layout it does not know.
LAYOUT = "1"
KINDS = frozenset({"feed", "article", "twin", "robots", "refusal"})
_ITEM_DATES = ("published_at", "updated_at")
_ITEM_LISTS = ("media_captions", "categories")

SCHEMA = pa.schema(
    [
        pa.field("response_id", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("url", pa.string(), nullable=False),
        pa.field("final_url", pa.string(), nullable=False),
        pa.field("status", pa.int32(), nullable=False),
        pa.field("retrieved_at", pa.timestamp("us", tz="UTC"), nullable=False),
        pa.field("elapsed_ms", pa.int64(), nullable=False),
        pa.field("permanent_redirect_to", pa.string()),
        pa.field("headers", pa.list_(pa.list_(pa.string(), 2)), nullable=False),
        pa.field("body_sha256", pa.string(), nullable=False),
        pa.field("body_bytes", pa.int64(), nullable=False),
        pa.field("body", pa.binary()),  # NULL: dropped by the retention setting
        pa.field("feed_item", pa.string()),  # JSON; NULL: not reached through a feed
    ],
    metadata={"conflictwire_layout": LAYOUT},
)


def response_id(url: str, retrieved_at: datetime, body_sha256: str) -> str:
    """Return the id of one response: the same exchange always has the same id."""
    key = f"{url}\n{retrieved_at.astimezone(UTC).isoformat()}\n{body_sha256}"
    return str(
        uuid.UUID(bytes=hashlib.md5(key.encode(), usedforsecurity=False).digest())
    )


def describe(
    response: FetchedResponse, kind: str, archive_path: str, archive_row: int
) -> ArchivedResponse:
    """Return where and what a response is in the archive."""
    if kind not in KINDS:
        raise ArchiveError(f"unknown kind {kind!r}, expected one of {sorted(KINDS)}")
    if response.retrieved_at.tzinfo is None:
        raise ArchiveError(f"retrieved_at without a time zone: {response.url}")
    digest = hashlib.sha256(response.body).hexdigest()
    return ArchivedResponse(
        response_id=response_id(response.url, response.retrieved_at, digest),
        url=response.url,
        final_url=response.final_url,
        status=response.status,
        retrieved_at=response.retrieved_at.astimezone(UTC),
        body_sha256=digest,
        body_bytes=len(response.body),
        kind=kind,
        archive_path=archive_path,
        archive_row=archive_row,
    )


def to_table(
    rows: Iterable[tuple[ArchivedResponse, FetchedResponse, FeedItem | None]],
) -> pa.Table:
    """Return the rows as one Arrow table."""
    return pa.Table.from_pylist([_row(*row) for row in rows], schema=SCHEMA)


def _row(
    archived: ArchivedResponse, response: FetchedResponse, item: FeedItem | None
) -> dict[str, Any]:
    return {
        "response_id": archived.response_id,
        "kind": archived.kind,
        "url": archived.url,
        "final_url": archived.final_url,
        "status": archived.status,
        "retrieved_at": archived.retrieved_at,
        "elapsed_ms": response.elapsed_ms,
        "permanent_redirect_to": response.permanent_redirect_to,
        "headers": [list(pair) for pair in response.headers],
        "body_sha256": archived.body_sha256,
        "body_bytes": archived.body_bytes,
        "body": response.body,
        "feed_item": None if item is None else item_to_json(item),
    }


def from_row(
    row: dict[str, Any], archive_path: str, archive_row: int
) -> tuple[ArchivedResponse, FetchedResponse, FeedItem | None]:
    """Return the values of one row; BodyDropped if its body is no longer stored."""
    if row["body"] is None:
        raise BodyDropped(f"{row['url']} in {archive_path}")
    response = FetchedResponse(
        url=row["url"],
        final_url=row["final_url"],
        status=row["status"],
        headers=tuple((name, value) for name, value in row["headers"]),
        body=row["body"],
        retrieved_at=row["retrieved_at"].astimezone(UTC),
        elapsed_ms=row["elapsed_ms"],
        permanent_redirect_to=row["permanent_redirect_to"],
    )
    archived = describe(response, row["kind"], archive_path, archive_row)
    if archived.response_id != row["response_id"]:
        raise ArchiveError(f"body hash differs: {archive_path} row {archive_row}")
    item = None if row["feed_item"] is None else item_from_json(row["feed_item"])
    return archived, response, item


def item_to_json(item: FeedItem) -> str:
    """Return a feed item as JSON with sorted keys."""
    data = asdict(item)
    for name in _ITEM_DATES:
        if data[name] is not None:
            data[name] = data[name].isoformat()
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def item_from_json(text: str) -> FeedItem:
    """Return the feed item written by item_to_json; ArchiveError on unknown keys."""
    data = json.loads(text)
    unknown = data.keys() - {field.name for field in fields(FeedItem)}
    if unknown:
        raise ArchiveError(f"unknown feed item keys {sorted(unknown)}")
    for name in _ITEM_DATES:
        if data.get(name) is not None:
            data[name] = datetime.fromisoformat(data[name])
    for name in _ITEM_LISTS:
        data[name] = tuple(data.get(name, ()))
    return FeedItem(**data)
