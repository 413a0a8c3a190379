"""Body, title, date and language of pages, as the nightly flow extracts them."""

from collections.abc import Iterable, Iterator
from typing import Any

from tasks.errors import ArticleError
from tasks.extraction.extract import extract_page


def predict(items: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield one prediction per page; what is no page has an empty body."""
    for item in items:
        try:
            page = extract_page(item["html"], item["url"])
        except ArticleError as error:
            yield {"id": item["id"], "body": "", "reject_reason": error.reason.value}
            continue
        published = page.published_at
        kind = page.kind
        yield {
            "id": item["id"],
            "body": "\n".join(page.paragraphs),
            "title": page.title,
            "published_at": None if published is None else published.isoformat(),
            "language": page.language,
            "reject_reason": None if kind is None else kind.value,
        }
