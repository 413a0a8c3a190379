"""The day pages were published, as the nightly flow dates them."""

from collections.abc import Iterable, Iterator
from typing import Any

from tasks.errors import ArticleError
from tasks.extraction.dates import read_dates
from tasks.extraction.html import parse_page
from tasks.extraction.structured import read_declared


def predict(items: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield one day per page; None where nothing on the page dates it.

    Calls what extract_page calls, but for the text: the pages of this measurement
    are of every kind, and one without an article has a date all the same.
    """
    for item in items:
        try:
            tree = parse_page(item["html"])
        except ArticleError:
            yield {"id": item["id"], "date": None}
            continue
        day = read_dates(tree, read_declared(tree), item["url"] or "").day
        yield {"id": item["id"], "date": None if day is None else day.isoformat()}
