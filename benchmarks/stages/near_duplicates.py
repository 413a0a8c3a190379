"""Pairs of a pool that are one text: bands -> candidates -> verification -> decision."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from benchmarks.stages._warehouse import empty_warehouse
from tasks.derivation.link import derive, prepare
from tasks.derivation.neighbourhood import load_neighbourhood
from tasks.derivation.records import TextRecord

_SEEN = datetime(2026, 1, 1, tzinfo=UTC)


def predict(items: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the related pairs of the pool, as a night with all its texts finds them."""
    prepared = prepare(_record(item) for item in items)
    with empty_warehouse() as connection:
        hood = load_neighbourhood(connection, prepared.bands, window_days=14)
    for pair in derive(prepared, hood).pairs:
        if not pair.is_word_for_word:
            continue
        yield {"a": pair.parent_id, "b": pair.child_id, "score": pair.score}


def _record(item: dict[str, Any]) -> TextRecord:
    title = item.get("title") or ""
    published = item.get("published_at")
    moment = datetime.fromisoformat(published) if published else None
    if moment is not None and moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return TextRecord(
        article_id=item["id"],
        canonical_url="https://pool.example/" + item["id"],
        publisher="",
        title=title,
        text=item["text"],
        published_at=moment,
        first_seen_at=_SEEN,
        language="en",
    )
