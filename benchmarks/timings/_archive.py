"""An archive of any size: years of generated rows, then a fortnight really derived.

The years are written in bulk, with the columns and the volume of real ones (texts of
1,900 characters, about 50 keys of derivation an article) but no meaning. Only the last
fortnight can be searched for copies of new articles, so it is made by the pipeline's own
functions from generated news.
"""

import duckdb
import polars as pl

from tasks.derivation.fingerprint import MINHASH_VERSION
from tasks.derivation.link import derive, prepare
from tasks.derivation.neighbourhood import load_neighbourhood, store_bands
from tasks.derivation.records import TextRecord
from tasks.model.articles import ArticleLineage
from warehouse.lookup import lookup_columns

BATCH = 1_000
WINDOW_DAYS = 14  # as the flow's setting `neighbour_days`
_BULK = 100_000
_REQUIRED = (
    "revision_sha256 url publisher_host extractor extractor_rule extractor_version "
    "run_id row_hash"
)

# Day 0 is the last day of the bulk part; articles go back from it, 1,000 a day.
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
        $newest::TIMESTAMPTZ - INTERVAL (($count - i) * 86.4) SECOND AS published_at,
        published_at AS first_seen_at, 'trafilatura-fast' AS extractor,
        'first' AS extractor_rule, '1' AS extractor_version, md5('p' || i) AS response_id,
        'https://' || publisher_host || '/feed' AS feed_url,
        0 AS num_removals, [1880] AS paragraph_lengths,
        '{"summary":null,"removals":[],"date_candidates":[]}' AS details,
        'bulk' AS run_id, md5('h' || i) AS row_hash
    FROM range($first::BIGINT, $last::BIGINT) t(i)
"""
_BANDS = """
    INSERT INTO core.text_band
    SELECT md5('a' || i), least(k, 33)::TINYINT,
        CASE WHEN k < 33 THEN hash(i, k) ELSE hash((i * 7 + k) % 20000) END,
        ($day - ($count - i) // 1000)::INTEGER, $version
    FROM range($first::BIGINT, $last::BIGINT) t(i), range(51) u(k)
"""
_LINEAGE = """
    INSERT INTO core.article_lineage BY NAME
    SELECT md5('a' || i) AS article_id, md5('f' || i) AS family_id, 'origin' AS lineage,
        [] AS signals, 'bulk' AS run_id, md5('l' || i) AS row_hash
    FROM range($first::BIGINT, $last::BIGINT) t(i)
"""


def fill_years(connection: duckdb.DuckDBPyConnection, count: int, day: int) -> None:
    """Store `count` articles, 1,000 a day, the last of them on day `day` since 1970."""
    connection.execute("SET preserve_insertion_order = false")
    for first in range(0, count, _BULK):
        span = {"first": first, "last": min(first + _BULK, count)}
        dated = span | {"count": count}
        newest = f"{pl.Series([day]).cast(pl.Date)[0]} 00:00:00Z"
        connection.execute(_ARTICLES, dated | {"newest": newest})
        connection.execute(_BANDS, dated | {"day": day, "version": MINHASH_VERSION})
        connection.execute(_LINEAGE, span)
    number_ids(connection, "core.article", "core.article_lineage")
    connection.execute("CHECKPOINT")


def add(connection: duckdb.DuckDBPyConnection, batch: list[TextRecord]) -> None:
    """Derive and store a batch, as the flow's step does in one transaction."""
    prepared = prepare(batch)
    hood = load_neighbourhood(connection, prepared.bands, window_days=WINDOW_DAYS)
    result = derive(prepared, hood)
    connection.execute("BEGIN")
    store_bands(connection, result.bands)
    _replace(connection, "core.article", _articles(batch))
    _replace(connection, "core.article_lineage", _lineage(result.lineage))
    connection.execute("COMMIT")


def _replace(
    connection: duckdb.DuckDBPyConnection, table: str, rows: pl.DataFrame
) -> None:
    connection.register("new_row", rows)
    connection.execute(
        f"DELETE FROM {table} WHERE article_id IN (SELECT article_id FROM new_row)"
    )
    numbers = [f"{sql} AS {name}" for name, sql in lookup_columns(table).items()]
    connection.execute(
        f"INSERT INTO {table} BY NAME SELECT *, {', '.join(numbers)} FROM new_row"
    )
    connection.unregister("new_row")


def _articles(records: list[TextRecord]) -> pl.DataFrame:
    columns = ("article_id", "canonical_url", "publisher", "title", "text", "language",
               "published_at", "first_seen_at")  # fmt: skip
    frame = pl.DataFrame({c: [getattr(r, c) for r in records] for c in columns})
    return frame.with_columns(
        pl.col("text").str.len_chars().alias("num_characters"),
        pl.lit(0).alias("num_removals"),
        pl.concat_list(pl.col("text").str.len_chars()).alias("paragraph_lengths"),
        *(pl.lit("").alias(name) for name in _REQUIRED.split()),
    )


def _lineage(rows: tuple[ArticleLineage, ...]) -> pl.DataFrame:
    columns = ("article_id", "family_id", "lineage", "parent_article_id", "similarity",
               "containment", "score")  # fmt: skip
    found = {c: [getattr(row, c) for row in rows] for c in columns}
    frame = pl.DataFrame(found, infer_schema_length=None)
    signals = pl.Series("signals", [list(r.signals) for r in rows], pl.List(pl.String))
    stamps = (pl.lit("").alias("run_id"), pl.lit("").alias("row_hash"))
    return frame.with_columns(signals, *stamps)


_MENTIONS = """
    INSERT INTO core.event_mention BY NAME
    SELECT
        md5('m' || article_id) AS mention_id, article_id, 0 AS ordinal,
        true AS is_primary, published_at::DATE AS event_date,
        event_date AS event_date_end, 1 AS time_precision, 1 AS date_prec,
        'weekday' AS date_basis, 'Battles' AS event_type, 'Armed clash' AS sub_event_type,
        'Political violence' AS disorder_type, 'current' AS temporal_status,
        ['ZWE', 'ZMB', 'AGO', 'BDI', 'RWA'][1 + (hash(article_id) % 5)::INTEGER] AS country_iso3,
        'Region ' || (hash(article_id) % 40)::INTEGER AS admin1,
        'Town ' || (hash(article_id) % 4000)::INTEGER AS location,
        location AS location_mention, (hash(article_id) % 180)::INTEGER - 90.0 AS latitude,
        (hash(article_id) % 360)::INTEGER - 180.0 AS longitude, 1 AS geo_precision, 1 AS where_prec,
        'Actor ' || (hash(article_id) % 90)::INTEGER AS actor1, 2 AS inter1,
        'Actor ' || (hash(article_id) % 70)::INTEGER AS actor2,
        1 AS inter2, 12 AS interaction, true AS initiator_known,
        false AS civilian_targeting, (hash(article_id) % 9)::INTEGER AS fatalities_low,
        fatalities_low AS fatalities_best, 0.8 AS confidence, '' AS tags,
        'bench' AS coder_version,
        [{'field': 'event', 'start': 40, 'end': 60, 'quote': md5(article_id)[1:20],
          'rule_id': 'T-1'}] AS evidence,
        '{}' AS payload, 'bulk' AS run_id, md5(article_id) AS row_hash
    FROM core.article WHERE (hash(article_id) % 3)::INTEGER = 0
"""
EVENTS = """
    INSERT INTO core.event BY NAME
    SELECT * EXCLUDE (mention_id, mention_id_lookup, article_id, article_id_lookup,
            ordinal, is_primary, evidence),
        md5('e' || mention_id) AS event_id, 1 AS revision, mention_id AS lead_mention_id,
        false AS is_withdrawn, 1 AS num_mentions, 1 AS num_sources,
        1 AS independent_origins, false AS is_disputed, [] AS disputes,
        event_date::TIMESTAMPTZ AS first_reported_at, event_date::TIMESTAMPTZ AS known_at
    FROM core.event_mention
"""
LINKS = """
    INSERT INTO core.event_link BY NAME
    SELECT mention_id, md5('e' || mention_id) AS event_id, 1.0 AS score, [] AS reasons,
        'bulk' AS run_id, md5(mention_id) AS row_hash
    FROM core.event_mention
"""
_REVISIONS = """
    INSERT INTO core.event_revision BY NAME
    SELECT event_id, 1 AS revision, known_at AS valid_from, 'created' AS changed_field,
        'R-UNIT-3' AS rule_id, 'bulk' AS run_id, md5(event_id) AS row_hash
    FROM core.event
"""


def fill_events(connection: duckdb.DuckDBPyConnection) -> None:
    """Store a mention and an event for every third article, in countries of their own."""
    for statement in (_MENTIONS, EVENTS, LINKS, _REVISIONS):
        connection.execute(statement)
    number_ids(connection, "core.event_mention", "core.event", "core.event_link",
            "core.event_revision")  # fmt: skip
    connection.execute("CHECKPOINT")


_FEEDS = 400
# What else lies about an article, a mention and an event: narrow rows, real volumes.
_REST = (
    f"""
    INSERT INTO raw.feed BY NAME
    SELECT 'https://outlet-' || i || '.example/feed' AS feed_url, 'Outlet ' || i AS name,
        'en' AS language, 600 AS poll_interval_s, 'free to quote' AS licence_note,
        7 AS expect_min_items_per_week, false AS is_sitemap, 'bulk' AS run_id,
        md5('d' || i) AS row_hash
    FROM range({_FEEDS}) t(i)
""",
    """
    INSERT INTO raw.feed_item BY NAME
    SELECT md5('i' || article_id) AS item_id, feed_url, url, title, published_at,
        false AS is_date_suspect, first_seen_at, first_seen_at AS changed_at,
        '{}' AS payload, 'bulk' AS run_id, row_hash
    FROM core.article
""",
    """
    INSERT INTO raw.response BY NAME
    SELECT response_id, url, url AS final_url, 200 AS status,
        first_seen_at AS retrieved_at, md5('b' || article_id) AS body_sha256,
        40000 AS body_bytes, 'article' AS kind, 'pages/day.parquet' AS archive_path,
        (rowid % 1000)::INTEGER AS archive_row, md5('i' || article_id) AS item_id,
        feed_url, 'bulk' AS run_id, row_hash
    FROM core.article
""",
    """
    INSERT INTO core.article_revision BY NAME
    SELECT article_id, revision_sha256, title, text, extractor_version, response_id,
        first_seen_at AS recorded_at, 'bulk' AS run_id, row_hash
    FROM core.article
""",
    """
    INSERT INTO core.coded_article BY NAME
    SELECT article_id, feed_url, (hash(article_id) % 3)::INTEGER = 0 AS is_relevant, 0.5 AS relevance_score,
        is_relevant::INTEGER AS num_mentions,
        0 AS num_exclusions, 'bench' AS coder_version, 'bulk' AS run_id, row_hash
    FROM core.article
""",
    """
    INSERT INTO core.reject BY NAME
    SELECT md5('x' || article_id) AS reject_id, 'classification' AS stage,
        'not_relevant' AS reason, url, article_id, response_id, '' AS detail,
        feed_url, first_seen_at AS recorded_at, 'bulk' AS run_id, row_hash
    FROM core.article WHERE (hash(article_id) % 3)::INTEGER != 0
""",
    """
    INSERT INTO core.fatality_claim BY NAME
    SELECT md5('c' || mention_id) AS claim_id, mention_id, article_id,
        'the police' AS claimant, 'nine people' AS count_text, 9 AS low, 9 AS high,
        'bulk' AS run_id, row_hash
    FROM core.event_mention
""",
    """
    INSERT INTO core.exclusion BY NAME
    SELECT md5('n' || mention_id) AS exclusion_id, article_id, 10 AS char_start,
        30 AS char_end, md5(mention_id)[1:20] AS quote, 'history' AS why,
        'T-2' AS rule_id, 'bulk' AS run_id, row_hash
    FROM core.event_mention
""",
    """
    INSERT INTO core.event_version BY NAME
    SELECT * EXCLUDE (payload, event_id_lookup), known_at AS valid_from FROM core.event
""",
    """
    INSERT INTO core.event_actor BY NAME
    SELECT event_id, side::INTEGER AS side, 0 AS ordinal,
        if(side = 1, actor1, actor2) AS name, name AS mention, 'unknown' AS kind,
        2 AS inter, false AS is_listed, 0.5 AS confidence, 'bulk' AS run_id, row_hash
    FROM core.event, range(1, 3) t(side)
""",
)


def fill_rest(connection: duckdb.DuckDBPyConnection) -> None:
    """Store what else a night writes beside: feeds, items, pages, claims, versions."""
    for statement in _REST:
        connection.execute(statement)
    number_ids(connection, "raw.feed_item", "raw.response", "core.article_revision",
            "core.coded_article", "core.reject", "core.fatality_claim",
            "core.exclusion", "core.event_version", "core.event_actor")  # fmt: skip
    connection.execute("CHECKPOINT")


def number_ids(connection: duckdb.DuckDBPyConnection, *tables: str) -> None:
    """Give the ids of the bulk rows the numbers that loads look for."""
    for table in tables:
        numbers = (f"{name} = {sql}" for name, sql in lookup_columns(table).items())
        connection.execute(f"UPDATE {table} SET {', '.join(numbers)}")
