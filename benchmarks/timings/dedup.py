"""What a night of new articles costs as the archive grows.

The same 5,000 new articles are added to a small archive (the reference) and to a large
one (ours): search of stored bands, comparison, decision and storing, as the flow does.
Articles are generated: sentences over an invented vocabulary, one in ten a copy, brief
or update of an earlier one. CONFLICTWIRE_BENCH_STORED sets the size of the large one.
"""

import gc
import os
import random
import resource
import time
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any

import duckdb
import polars as pl

from benchmarks.stages._warehouse import empty_warehouse
from tasks.derivation.link import derive, prepare
from tasks.derivation.neighbourhood import load_neighbourhood, store_bands
from tasks.derivation.records import TextRecord
from tasks.model.articles import ArticleLineage

NEW = 5_000
PER_DAY = 1_000  # so that the window of a fortnight is full in both archives
BATCH = 1_000
SMALL = 20_000
LARGE = 100_000
START = datetime(2026, 1, 1, tzinfo=UTC)


def measure() -> dict[str, Any]:
    """Return seconds for the new articles, in a large archive against a small one."""
    large = int(os.environ.get("CONFLICTWIRE_BENCH_STORED", LARGE))
    small_s, small_mb, _ = _grow(SMALL)
    large_s, large_mb, fill = _grow(large)
    return {
        "ours": round(large_s, 3),
        "reference": round(small_s, 3),
        "ratio": round(large_s / small_s, 3),
        "growth": round(large_s / small_s, 3),
        "unit": f"s per {NEW} articles, archive of {large} against {SMALL}",
        "n": NEW,
        "articles_per_second_from_empty": round(large / fill, 1),
        "peak_mb": {"reference": round(small_mb), "ours": round(large_mb)},
    }


def _grow(stored: int) -> tuple[float, float, float]:
    """Return seconds for the last articles, peak memory, and seconds to fill."""
    source = _Source(seed=7)
    with empty_warehouse() as connection:
        connection.execute("SET memory_limit = '1GB'")
        fill = sum(
            _timed(connection, source.batch(first, BATCH))
            for first in range(0, stored, BATCH)
        )
        new = [source.batch(stored + n, BATCH) for n in range(0, NEW, BATCH)]
        gc.collect()
        seconds = sum(_timed(connection, batch) for batch in new)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return seconds, peak, fill


def _timed(connection: duckdb.DuckDBPyConnection, batch: list[TextRecord]) -> float:
    start = time.monotonic()
    _add(connection, batch)
    return time.monotonic() - start


def _add(connection: duckdb.DuckDBPyConnection, batch: list[TextRecord]) -> None:
    """Derive and store a batch, as the flow's step does in one transaction."""
    prepared = prepare(batch)
    hood = load_neighbourhood(connection, prepared.bands, window_days=14)
    result = derive(prepared, hood)
    connection.execute("BEGIN")
    store_bands(connection, result.bands)
    _replace(connection, "core.article", [_article(r) for r in batch])
    _replace(connection, "core.article_lineage", [_lineage(r) for r in result.lineage])
    connection.execute("COMMIT")


def _replace(
    connection: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]
) -> None:
    connection.register("new_row", pl.DataFrame(rows, infer_schema_length=None))
    changed = "WHERE article_id IN (SELECT article_id FROM new_row)"
    connection.execute(f"DELETE FROM {table} {changed}")
    connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM new_row")
    connection.unregister("new_row")


def _article(record: TextRecord) -> dict[str, Any]:
    required = (
        "revision_sha256 url publisher_host extractor extractor_rule extractor_version "
        "run_id row_hash"
    )
    return {
        "article_id": record.article_id,
        "canonical_url": record.canonical_url,
        "publisher": record.publisher,
        "title": record.title,
        "text": record.text,
        "language": record.language,
        "published_at": record.published_at,
        "first_seen_at": record.first_seen_at,
        "num_characters": len(record.text),
        "num_removals": 0,
        "paragraph_lengths": [len(record.text)],
        **dict.fromkeys(required.split(), ""),
    }


def _lineage(row: ArticleLineage) -> dict[str, Any]:
    return {
        "article_id": row.article_id,
        "family_id": row.family_id,
        "lineage": row.lineage,
        "parent_article_id": row.parent_article_id,
        "similarity": row.similarity,
        "containment": row.containment,
        "signals": list(row.signals),
        "score": row.score,
        "run_id": "",
        "row_hash": "",
    }


class _Source:
    """Generated news: days of reports, one in ten derived from an earlier one."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        letters = "bcdfghjklmnprstvz", "aeiou"
        self._words = [
            "".join(self._random.choice(letters[i % 2]) for i in range(n))
            for n in (3, 4, 5, 6, 7, 8) * 1_500
        ]
        ranks = range(len(self._words))
        self._weights = list(accumulate(1 / (rank + 10) for rank in ranks))
        self._recent: list[list[str]] = []

    def batch(self, first: int, size: int) -> list[TextRecord]:
        """Return the articles numbered first to first + size."""
        return [self._article(n) for n in range(first, first + size)]

    def _article(self, number: int) -> TextRecord:
        sentences = self._sentences()
        moment = START + timedelta(days=number / PER_DAY)
        title = sentences[0][:60]
        return TextRecord(
            article_id=f"article-{number:09}",
            canonical_url=f"https://outlet{number % 97}.example/{number}",
            publisher=f"Outlet {number % 97}",
            title=title,
            text="\n\n".join((title, *sentences)),
            published_at=moment,
            first_seen_at=moment,
            language="en",
        )

    def _sentences(self) -> list[str]:
        if self._recent and self._random.random() < 0.1:
            return self._derived(self._random.choice(self._recent))
        sentences = [self._sentence() for _ in range(self._random.randint(8, 20))]
        self._recent = [*self._recent[-2_000:], sentences]
        return sentences

    def _derived(self, origin: list[str]) -> list[str]:
        kind = self._random.randrange(3)
        if kind == 0:
            return origin
        return origin[:4] if kind == 1 else [self._sentence(), *origin]

    def _sentence(self) -> str:
        chosen = self._random.choices(self._words, cum_weights=self._weights, k=20)
        for i in self._random.sample(range(20), 3):
            chosen[i] = chosen[i].capitalize()
        return " ".join(chosen).capitalize() + f" {self._random.randint(2, 90)} people."
