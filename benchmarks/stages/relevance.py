"""Stage `relevance`: the gate on title and text, with the coder's frames when it ran."""

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.stages._when import published
from tasks.classification.relevance import assess


def predict(items: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield whether each text is to be coded, and how sure the gate is."""
    for item in items:
        answer = assess(
            item.get("title") or "",
            item["text"],
            published(item.get("published_at")),
            None,
        )
        yield {"id": item["id"], "relevant": answer.relevant, "score": answer.score,
               "reject_reason": answer.reject_reason}  # fmt: skip
