"""What a night of new articles costs derivation as the archive grows.

The same 5,000 new articles are added to an archive of 100,000 (the reference) and of
1,000,000 (ours): search of stored keys, comparison, decision and storing, as the flow
does. Then 100,000 articles from empty: the same, and all their mentions resolved into
events. Not inside: fetching, extraction, coding, stories. News is generated
(`_newsroom.py`), the archive's years in bulk (`_archive.py`). Beside it stories: one night
among the open stories of a month (`_stories.py`).

CONFLICTWIRE_BENCH_STORED ('100000,1000000') and CONFLICTWIRE_BENCH_EMPTY ('100000', 0:
leave out) set the sizes.
"""

import os
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb

from benchmarks.stages._warehouse import empty_warehouse
from benchmarks.timings._archive import BATCH, WINDOW_DAYS, add, fill_years
from benchmarks.timings._cost import Cost, peak_mb
from benchmarks.timings._newsroom import PER_DAY, Newsroom, Report
from benchmarks.timings._stories import night_of_stories
from tasks.derivation.bands import day_number
from tasks.resolution.blocking import close_over, home_key
from tasks.resolution.contexts import MentionContext
from tasks.resolution.resolve import resolve

NEW = 5_000
WINDOW = (WINDOW_DAYS + 1) * PER_DAY
START = datetime(2026, 1, 1, tzinfo=UTC)


def measure() -> dict[str, Any]:
    """Return processor seconds for the new articles, in a large archive against a small one."""
    small, large = _sizes()
    cheap, dear = _night_on(small), _night_on(large)
    return {
        "ours": round(dear[0].processor, 2),
        "reference": round(cheap[0].processor, 2),
        "ratio": round(dear[0].processor / cheap[0].processor, 3),
        "unit": f"processor s per {NEW} articles, archive of {large} against {small}",
        "n": NEW,
        "night": {str(small): cheap[0].rounded(), str(large): dear[0].rounded()},
        "setup": {str(small): cheap[1].rounded(), str(large): dear[1].rounded()},
        "peak_mb": {str(small): cheap[2], str(large): dear[2]},
        "from_empty": _from_empty(
            int(os.environ.get("CONFLICTWIRE_BENCH_EMPTY", "100000"))
        ),
        "stories": night_of_stories(),
    }


def _sizes() -> tuple[int, int]:
    given = os.environ.get("CONFLICTWIRE_BENCH_STORED", "100000,1000000")
    small, large = (int(size) for size in given.split(","))
    return small, large


def _night_on(stored: int) -> tuple[Cost, Cost, int]:
    """Return the cost of the new articles, of setting up, and the peak memory in MB."""
    night, setup = Cost(), Cost()
    source = Newsroom(7, START)
    with empty_warehouse() as connection:
        connection.execute("SET memory_limit = '1GB'")
        with setup:
            fill_years(connection, stored - WINDOW, day_number(START) - 1)
            for first in range(0, WINDOW, BATCH):
                add(connection, _records(source.batch(first, BATCH)))
        for first in range(WINDOW, WINDOW + NEW, BATCH):
            batch = _records(source.batch(first, BATCH))
            with night:
                add(connection, batch)
    return night, setup, peak_mb()


def _records(reports: list[Report]) -> list[Any]:
    return [report.record for report in reports]


def _from_empty(count: int) -> dict[str, Any]:
    """Return what `count` articles cost, from an empty warehouse to events."""
    derivation, resolution = Cost(), Cost()
    source, contexts = Newsroom(11, START), []
    with empty_warehouse() as connection:
        connection.execute("SET memory_limit = '1GB'")
        for first in range(0, count, BATCH):
            batch = source.batch(first, BATCH)
            with derivation:
                add(connection, _records(batch))
            contexts += _contexts(connection, batch)
    with resolution:
        events = _resolve_nightly(contexts)
    return {
        "articles": count, "mentions": len(contexts), "events": events,
        "derivation": derivation.rounded(), "resolution": resolution.rounded(),
        "articles_per_minute": round(
            60 * count / (derivation.wall + resolution.wall)) if count else None,
        "peak_mb": peak_mb(),
    }  # fmt: skip


def _contexts(
    connection: duckdb.DuckDBPyConnection, batch: list[Report]
) -> list[MentionContext]:
    rows = connection.execute(
        "SELECT article_id, family_id, lineage FROM core.article_lineage"
    )
    family = {article: (key, kind) for article, key, kind in rows.fetchall()}
    return [
        MentionContext(
            mention=r.mention, publisher=r.record.publisher, published_at=r.record.moment,
            first_seen_at=r.record.moment + timedelta(minutes=20),
            canonical_url=r.record.canonical_url, family_id=family[r.record.article_id][0],
            lineage=family[r.record.article_id][1],
        )
        for r in batch if r.mention
    ]  # fmt: skip


def _resolve_nightly(contexts: list[MentionContext]) -> int:
    """Resolve day by day what each night adds; return the number of events."""
    blocks: dict[Any, dict[str, MentionContext]] = {}
    events: dict[str, str] = {}
    by_night: dict[int, list[MentionContext]] = {}
    for context in contexts:
        by_night.setdefault(day_number(context.moment), []).append(context)
    for _, new in sorted(by_night.items()):
        closed = close_over(
            new, lambda keys: [c for k in keys for c in blocks.get(k, {}).values()]
        )
        for link in resolve(closed).links:
            events[link.mention_id] = link.event_id
        for context in new:
            blocks.setdefault(home_key(context), {})[context.mention.mention_id] = (
                context
            )
    return len(set(events.values()))
