"""Pages per second on one core against trafilatura.extract with its defaults.

Everything an article needs is included on our side: parsing, metadata, dates, the
text, inserts, language, wire credit, page kind and canonical address. The reference
returns the text alone. Pages: the development pages when they lie beside the
checkout, else the demo newsroom's.
"""

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from trafilatura import extract

from tasks.demo.corpus import articles
from tasks.demo.outlets import outlets
from tasks.demo.pages import render_article
from tasks.errors import ArticleError
from tasks.extraction.extract import extract_page
from tasks.extraction.workers import ExtractionPool, PageInput
from tasks.model.feeds import FetchedResponse

_DEVELOPMENT = Path(__file__).resolve().parents[3] / "shared" / "gold"
_FILES = ("extract_aeb.dev.jsonl.gz", "extract_newspages.dev.jsonl.gz")
_ROUNDS = 2
_WARM_UP = 5


def measure() -> dict[str, Any]:
    """Return pages per second of processor time, ours and the reference's, in turn."""
    pages = list(_pages())
    for html, url in pages[:_WARM_UP]:
        _ours(html, url)
        extract(html, url=url)
    ours = reference = 0.0
    for _ in range(_ROUNDS):
        for html, url in pages:
            start = process_time()
            _ours(html, url)
            middle = process_time()
            extract(html, url=url)
            ours += middle - start
            reference += process_time() - middle
    n = _ROUNDS * len(pages)
    return {
        "ours": round(n / ours, 1),
        "reference": round(n / reference, 1),
        "ratio": round(reference / ours, 3),
        "unit": "pages/s on one core",
        "n": len(pages),
        "two_processes": round(_rate(pages, 2) / _rate(pages, 1), 3),
    }


def _ours(html: str, url: str) -> None:
    try:
        extract_page(html, url)
    except ArticleError:
        return  # a page that is no article took its time all the same


def _rate(pages: list[tuple[str, str]], workers: int) -> float:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    headers = (("content-type", "text/html; charset=utf-8"),)
    inputs = [
        PageInput(
            FetchedResponse(url, url, 200, headers, html.encode(), now, 0),
            None,
            None,
            now,
        )
        for html, url in pages
    ]
    with ExtractionPool(workers) as pool:
        pool.extract(inputs[: _WARM_UP * workers])  # starts the children
        start = perf_counter()
        pool.extract(inputs)
        return len(inputs) / (perf_counter() - start)


def _pages() -> Iterator[tuple[str, str]]:
    found = [path for name in _FILES if (path := _DEVELOPMENT / name).exists()]
    if not found:
        yield from _demo_pages()
    for path in found:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows = (json.loads(line) for line in lines)
            yield from ((row["html"], row["url"]) for row in rows if "html" in row)


def _demo_pages() -> Iterator[tuple[str, str]]:
    known = articles()
    for article in known:
        outlet = outlets()[article.host]
        html = render_article(outlet, article, known[:6], amp=False)
        yield html.decode("utf-8", errors="replace"), article.url
