"""Pages through the whole nightly flow against bare trafilatura on the same pages.

Ours: polling, robots.txt, retrieval over loopback HTTP, archive, extraction, coding,
derivation, resolution, loading, aggregation, publication and the report, in pages per
second; the gazetteer is built and Prefect is up before the clock starts. Reference:
trafilatura.extract with its defaults on the same bytes, one core.
"""

import json
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks._pages import RenderedPage, rendered_pages
from benchmarks._site import serve

NOW = datetime(2026, 4, 1, tzinfo=UTC)


def measure() -> dict[str, Any]:
    """Return pages per second of the flow, and of bare trafilatura."""
    pages = list(rendered_pages())
    reference = _bare_trafilatura(pages)
    ours = _whole_flow(pages)
    return {
        "ours": round(ours, 2),
        "reference": round(reference, 2),
        "ratio": round(ours / reference, 3),
        "unit": "pages/s",
        "n": len(pages),
    }


def _bare_trafilatura(pages: list[RenderedPage]) -> float:
    from trafilatura import extract

    started = perf_counter()
    for page in pages:
        extract(page.html)
    return len(pages) / (perf_counter() - started)


def _whole_flow(pages: list[RenderedPage]) -> float:
    documents = {
        p.url.removeprefix("https://"): (p.content_type, p.html) for p in pages
    }
    first, rest = pages[:20], pages[20:]
    documents["warm.example/feed.json"] = ("application/feed+json", _feed(first))
    documents["all.example/feed.json"] = ("application/feed+json", _feed(rest))
    with tempfile.TemporaryDirectory() as folder, serve(documents) as host_map:
        _prepare(Path(folder), host_map, ["warm"])
        from flows.nightly import nightly

        nightly(now=NOW)
        _prepare(Path(folder), host_map, ["warm", "all"])
        started = perf_counter()
        summary = nightly(now=NOW.replace(hour=6))
        seconds = perf_counter() - started
        if summary["articles"]["pages"] != len(rest):
            raise RuntimeError(f"not every page went through: {summary}")
    return len(rest) / seconds


def _prepare(home: Path, host_map: str, feeds: list[str]) -> None:
    from flows import environment
    from tasks.settings import Settings

    tables = [
        f'[[feed]]\nurl = "https://{name}.example/feed.json"\nname = "{name}"\n'
        'language = "en"\nlicence_note = "synthetic"\n'
        for name in feeds
    ]
    (home / "feeds.toml").write_text("\n".join(tables), encoding="utf-8")
    os.environ |= {
        "CONFLICTWIRE_HOME": str(home),
        "CONFLICTWIRE_FEEDS": str(home / "feeds.toml"),
        "CONFLICTWIRE_HOST_MAP": host_map,
        "CONFLICTWIRE_PER_HOST_SPACING_S": "0.001",
        "PREFECT_LOGGING_LEVEL": "ERROR",
    }
    environment.apply(environment.prefect_environment(Settings()))


def _feed(pages: list[RenderedPage]) -> bytes:
    items = [
        {
            "id": page.url,
            "url": page.url,
            "title": page.article.title,
            "date_published": page.article.published_at.isoformat(),
        }
        for page in pages
    ]
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "All",
        "items": items,
    }
    return json.dumps(document).encode()
