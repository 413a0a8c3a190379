"""Items of the measurements as the records that derivation compares."""

from datetime import UTC, datetime
from typing import Any

from tasks.derivation.records import TextRecord

SEEN = datetime(2026, 1, 1, tzinfo=UTC)  # stands in where an item has no date


def text_record_of(item: dict[str, Any]) -> TextRecord:
    """Return the record of one item."""
    return TextRecord(
        article_id=item["id"],
        canonical_url=item.get("url") or "https://pool.example/" + item["id"],
        publisher=(item.get("outlet") or {}).get("name", ""),
        title=item.get("title") or "",
        text=item["text"],
        published_at=moment_of(item.get("published_at")),
        first_seen_at=SEEN,
        language=item.get("language") or "en",
        wire_credit=item.get("wire_credit"),
    )


def moment_of(value: str | None) -> datetime | None:
    """Return an ISO time as UTC; without a zone it is taken for UTC."""
    if not value:
        return None
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
