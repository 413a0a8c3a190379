"""Five nights of 1,000 articles on a warehouse of 100,000 and of 1,000,000 articles.

All that happens inside the writer's lock once a page is extracted and coded: loading,
derivation, resolution into events with their revisions, and the night's aggregates.
Not inside: fetching, extraction, coding, stories. `ours` is the nights on the larger
warehouse, `reference` on the smaller; both in processor seconds. Its years are bulk rows
(`_archive.py`), with one event for three articles; the nights are generated news
(`_newsroom.py`). CONFLICTWIRE_BENCH_STORED ('100000,1000000') sets the sizes.
"""

import os
import tempfile
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import duckdb

from benchmarks.timings._archive import WINDOW_DAYS, fill_events, fill_rest, fill_years
from benchmarks.timings._cost import Cost, peak_mb
from benchmarks.timings._newsroom import PER_DAY, Newsroom, Report
from tasks.aggregation.load import load_aggregates
from tasks.derivation.bands import day_number
from tasks.derivation.link import derive, prepare
from tasks.derivation.neighbourhood import load_neighbourhood, store_bands
from tasks.loading.load import load_articles, load_coded, load_derivation
from tasks.loading.load_events import load_resolution
from tasks.model.articles import Article, Reject
from tasks.model.coding import CodedArticle
from tasks.model.reasons import RejectReason, Stage
from tasks.resolution.blocking import close_over
from tasks.resolution.contexts import MentionContext
from tasks.resolution.resolve import resolve
from tasks.resolution.revisions import StoredEvent, revise
from tasks.settings import Settings
from warehouse.connect import Warehouse
from warehouse.migrate import open_warehouse
from warehouse.store_articles import (
    StoredMention,
    event_revision_numbers,
    events_by_id,
    events_of_mentions,
    mentions_by_id,
    mentions_in_blocks,
)
from warehouse.store_touched import (
    DERIVATION,
    RESOLUTION,
    articles_to_link,
    days_to_aggregate,
    mentions_to_resolve,
)

NIGHTS = 5
START = datetime(2026, 1, 1, tzinfo=UTC)
_LOAD = Settings().load_size  # articles per load, as the flow


def measure() -> dict[str, object]:
    """Return the processor seconds of the nights on either warehouse."""
    given = os.environ.get("CONFLICTWIRE_BENCH_STORED", "100000,1000000")
    small, large = (int(size) for size in given.split(","))
    cheap, dear = _nights_on(small), _nights_on(large)
    return {
        "ours": round(dear[0].processor, 2),
        "reference": round(cheap[0].processor, 2),
        "ratio": round(dear[0].processor / cheap[0].processor, 3),
        "unit": f"processor s per {NIGHTS * PER_DAY} articles, {large} stored against {small}",
        "n": NIGHTS * PER_DAY,
        "nights": {str(small): cheap[0].rounded(), str(large): dear[0].rounded()},
        "setup": {str(small): cheap[1].rounded(), str(large): dear[1].rounded()},
        "peak_mb": {str(small): cheap[2], str(large): dear[2]},
    }


def _nights_on(stored: int) -> tuple[Cost, Cost, int]:
    """Return the cost of the nights, of setting up, and the nights' peak memory in MB."""
    setup = Cost()
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "private" / "warehouse.duckdb"
        with setup:
            _set_up(path, stored)
        # A process of their own, as nights have: its peak is theirs alone.
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            nights, peak = pool.submit(_nights, path).result()
    return nights, setup, peak


def _set_up(path: Path, stored: int) -> None:
    warehouse = open_warehouse(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET memory_limit = '2GB'")
        fill_years(connection, stored, day_number(START) - 1)
        fill_events(connection)
        fill_rest(connection)
    with warehouse.transaction("before", "bench") as tx:
        load_aggregates(tx, START)


def _nights(path: Path) -> tuple[Cost, int]:
    """Run the nights, one before them to fill caches; return their cost and the peak."""
    warehouse, source, nights = Warehouse(path), Newsroom(5, START), Cost()
    _night(warehouse, source.batch(0, PER_DAY), 0)
    for night in range(1, NIGHTS + 1):
        reports = source.batch(night * PER_DAY, PER_DAY)
        with nights:
            _night(warehouse, reports, night)
    return nights, peak_mb()


def _night(warehouse: Warehouse, reports: list[Report], number: int) -> None:
    now, run = START + timedelta(days=number + 1), f"night-{number}"
    for start in range(0, len(reports), _LOAD):
        part = reports[start : start + _LOAD]
        # Each load opens the file and closes it, as in the flow.
        with warehouse.transaction(f"{run}-{start}", run, stage="load") as tx:
            load_articles(tx, [_article(r) for r in part], now)
            load_coded(tx, [_coded(r) for r in part], now)
    with warehouse.session():
        _link(warehouse, reports, run)
        _resolve(warehouse, run, now)
        days = days_to_aggregate(warehouse)
        with warehouse.transaction(f"{run}-mart", run, stage="aggregation") as tx:
            load_aggregates(tx, now, touched=days)


def _link(warehouse: Warehouse, reports: list[Report], run: str) -> None:
    ids = set(articles_to_link(warehouse))
    prepared = prepare(r.record for r in reports if r.record.article_id in ids)
    with warehouse.session() as connection:
        hood = load_neighbourhood(connection, prepared.bands, window_days=WINDOW_DAYS)
        result = derive(prepared, hood)
        with warehouse.transaction(f"{run}-link", run, stage=DERIVATION) as tx:
            store_bands(tx.connection, result.bands)
            load_derivation(tx, result.lineage, result.mutations, (), result.rederived)


def _resolve(warehouse: Warehouse, run: str, now: datetime) -> None:
    touched = mentions_by_id(warehouse, mentions_to_resolve(warehouse))
    closed = close_over(
        [_context(stored) for stored in touched],
        lambda keys: [
            _context(s)
            for s in mentions_in_blocks(warehouse, [(k.country, k.day) for k in keys])
        ],
    )
    resolution = resolve(closed)
    ids = events_of_mentions(warehouse, sorted(k.mention_id for k in resolution.links))
    ids |= {e.event_id for e in resolution.events}
    numbers = event_revision_numbers(warehouse, sorted(ids))
    previous = [
        StoredEvent(event, numbers[event.event_id])
        for event in events_by_id(warehouse, sorted(ids))
    ]
    changes = revise(previous, resolution, now)
    with warehouse.transaction(f"{run}-events", run, stage=RESOLUTION) as tx:
        load_resolution(
            tx,
            events=resolution.events,
            revisions=changes.revisions,
            redirects=changes.redirects,
            links=resolution.links,
            known_at=now,
        )


def _context(stored: StoredMention) -> MentionContext:
    return MentionContext(
        mention=stored.mention,
        publisher=stored.publisher,
        published_at=stored.published_at,
        first_seen_at=stored.first_seen_at,
        canonical_url=stored.canonical_url,
        family_id=stored.family_id or stored.canonical_url,
        lineage=stored.lineage or "origin",
    )


def _article(report: Report) -> Article:
    record = report.record
    return Article(
        article_id=record.article_id,
        canonical_url=record.canonical_url,
        url=record.canonical_url,
        publisher=record.publisher,
        publisher_host=record.canonical_url.split("/")[2],
        title=record.title,
        paragraphs=tuple(record.text.split("\n\n")[1:]),
        language="en",
        language_confidence=1.0,
        published_at=record.published_at,
        updated_at=None,
        first_seen_at=record.first_seen_at,
    )


def _coded(report: Report) -> CodedArticle:
    return CodedArticle(
        article_id=report.record.article_id,
        relevant=report.mention is not None,
        relevance_score=1.0 if report.mention else 0.0,
        mentions=(report.mention,) if report.mention else (),
        coder_version="bench",
        reject=None if report.mention else _reject(report),
    )


def _reject(report: Report) -> Reject:
    return Reject(
        Stage.CLASSIFICATION,
        RejectReason.SPORT,
        url=report.record.canonical_url,
        article_id=report.record.article_id,
    )
