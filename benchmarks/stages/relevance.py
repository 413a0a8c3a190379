"""Stage `relevance`: whether the coder, gate included, codes anything of a text."""

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.stages._when import published
from tasks.coding.coder import Coder
from tasks.model.coding import Document
from tasks.settings import Settings


def predict(items: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the coder's verdict and its score."""
    coder = Coder.load(Settings().reference_dir)
    for item in items:
        coded = coder.code(
            Document(
                article_id=str(item["id"]),
                text=item["text"],
                title=item.get("title") or "",
                published_at=published(item.get("published_at")),
                section=item.get("section"),
                byline=item.get("byline"),
            )
        )
        yield {
            "id": item["id"],
            "relevant": coded.relevant,
            "score": coded.relevance_score,
            "reject_reason": coded.reject.reason.value if coded.reject else None,
        }
