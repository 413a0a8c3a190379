"""Stage `dates`: resolve given expressions against the publication time."""

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.stages._when import published
from tasks.coding.dates.resolve import DateContext, resolve_expression


def predict(items: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield one ISO day per span, None where the expression does not resolve."""
    for item in items:
        context = DateContext(published(item.get("published_at")))
        values = []
        for span in item["spans"]:
            mention = resolve_expression(
                item["text"], span["start"], span["end"], context
            )
            day = mention.first if mention else None
            values.append(day.isoformat() if day else None)
        yield {"id": item["id"], "values": values}
