"""Stage `incident_date`: the primary event's date, else the bracket of publication."""

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.stages._when import published
from tasks.coding.coder import Coder
from tasks.coding.dates.resolve import DateContext, publication_date
from tasks.model.coding import Document
from tasks.settings import Settings


def predict(items: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the date the coder gives the first event of every text."""
    coder = Coder.load(Settings().reference_dir)
    for item in items:
        document = Document(
            article_id=str(item["id"]),
            text=item["text"],
            title=item.get("title") or "",
            published_at=published(item.get("published_at")),
        )
        coded = coder.code(document)
        found = (
            coded.mentions[0].event_date
            if coded.mentions
            else publication_date(DateContext(document.published_at))
        )
        yield {
            "id": item["id"],
            "date_start": found.start.isoformat() if found.start else None,
            "date_end": found.end.isoformat() if found.end else None,
        }
