"""Publishing a file of realistic size against a plain copy of the same file."""

import os
import shutil
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from benchmarks.timings._archive import EVENTS, LINKS, number_ids
from warehouse.connect import Warehouse
from warehouse.migrate import open_warehouse
from warehouse.publish import ReleaseInfo, publish

NUM_ARTICLES = 200_000
_ROUNDS = 3

# Texts of about 1,900 characters that compress to about 400 bytes, as news does.
_ARTICLES = """
    INSERT INTO core.article BY NAME
    SELECT
        md5('a' || i) AS article_id, md5('r' || i) AS revision_sha256,
        'https://outlet-' || (i % 400) || '.example/' || i AS canonical_url,
        canonical_url AS url, 'Outlet ' || (i % 400) AS publisher,
        'outlet-' || (i % 400) || '.example' AS publisher_host,
        'Headline number ' || i AS title,
        title || chr(10) || chr(10) || array_to_string(
            list_transform(range(12), lambda k: md5((i * 12 + k)::VARCHAR)), ' ')
            || repeat(' and the same words as yesterday', 46) AS text,
        1900 AS num_characters, 'en' AS language, 0.99 AS language_confidence,
        TIMESTAMPTZ '2021-01-01 00:00:00Z' + INTERVAL (i * 150) SECOND AS published_at,
        published_at AS first_seen_at, 'trafilatura-fast' AS extractor,
        'first' AS extractor_rule, '1' AS extractor_version, md5('p' || i) AS response_id,
        0 AS num_removals, [1880] AS paragraph_lengths,
        '{"summary":null,"removals":[],"date_candidates":[]}' AS details,
        'bulk' AS run_id, md5('h' || i) AS row_hash
    FROM range(?, ?) t(i)
"""
_MENTIONS = """
    INSERT INTO core.event_mention BY NAME
    SELECT
        md5('m' || i) AS mention_id, md5('a' || i) AS article_id, 0 AS ordinal,
        true AS is_primary, DATE '2021-01-01' + (i / 576)::INTEGER AS event_date,
        event_date AS event_date_end, 1 AS time_precision, 1 AS date_prec,
        'weekday' AS date_basis, 'Battles' AS event_type, 'Armed clash' AS sub_event_type,
        'Political violence' AS disorder_type, 'current' AS temporal_status,
        ['MLI', 'NER', 'SDN', 'BFA', 'NGA'][1 + i % 5] AS country_iso3,
        'Region ' || (i % 40) AS admin1, 'Town ' || (i % 4000) AS location,
        location AS location_mention, (i % 180) - 90.0 AS latitude,
        (i % 360) - 180.0 AS longitude, 1 AS geo_precision, 1 AS where_prec,
        'Actor ' || (i % 90) AS actor1, 2 AS inter1, 'Actor ' || (i % 70) AS actor2,
        1 AS inter2, 12 AS interaction, true AS initiator_known,
        false AS civilian_targeting, (i % 9)::INTEGER AS fatalities_low,
        (i % 9)::INTEGER AS fatalities_best, 0.8 AS confidence, '' AS tags,
        'bench' AS coder_version,
        [{'field': 'event', 'start': 40, 'end': 60, 'quote': md5('q' || i)[1:20],
          'rule_id': 'T-1'}] AS evidence,
        '{}' AS payload, 'bulk' AS run_id, md5('h' || i) AS row_hash
    FROM range(?, ?) t(i) WHERE i % 3 = 0
"""


def bulk_warehouse(folder: Path, num_articles: int) -> Warehouse:
    """Return a warehouse with that many articles and a third as many events."""
    warehouse = open_warehouse(folder / "private" / "warehouse.duckdb")
    with duckdb.connect(str(warehouse.path)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET memory_limit = '2GB'")
        connection.execute("SET enable_progress_bar = false")
        connection.execute("SET preserve_insertion_order = false")
        for start in range(0, num_articles, 100_000):
            end = min(start + 100_000, num_articles)
            connection.execute(_ARTICLES, [start, end])
            connection.execute(_MENTIONS, [start, end])
        connection.execute(EVENTS)
        connection.execute(LINKS)
        number_ids(connection, "core.article", "core.event_mention", "core.event",
                   "core.event_link")  # fmt: skip
        connection.execute("CHECKPOINT")
    return warehouse


def measure() -> dict[str, object]:
    """Return seconds per publication and per plain copy with fsync."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        warehouse = bulk_warehouse(folder, NUM_ARTICLES)
        ours, reference, work = [], [], []
        for number in range(_ROUNDS):
            reference.append(_plain_copy(warehouse.path, folder / "copy.duckdb"))
            before = time.process_time()
            ours.append(_publish(warehouse.path, folder / "public", number))
            work.append(time.process_time() - before)
        size = warehouse.path.stat().st_size
    fast, plain = statistics.median(ours), statistics.median(reference)
    return {
        "ours": round(fast, 3),
        "reference": round(plain, 3),
        "ratio": round(fast / plain, 2),
        "unit": "s",
        "n": NUM_ARTICLES,
        "megabytes": size // 1_000_000,
        "processor_seconds": round(statistics.median(work), 3),
    }


def _publish(path: Path, public: Path, number: int) -> float:
    release = ReleaseInfo(
        f"r{number}", "bench", datetime(2026, 1, 1, tzinfo=UTC), "1", "1", "1"
    )
    started = time.perf_counter()
    publish(path, public, release, 1)
    return time.perf_counter() - started


def _plain_copy(source: Path, target: Path) -> float:
    started = time.perf_counter()
    shutil.copyfile(source, target)
    descriptor = os.open(target, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
    return time.perf_counter() - started
