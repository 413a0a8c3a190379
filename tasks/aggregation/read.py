"""Reads what aggregates need of the events, and nothing older than they need.

What a period's rows need of the years before it is when each unit began; those days are
asked of the warehouse, the events of those years are not read.
"""

from collections.abc import Sequence
from datetime import date, datetime

import polars as pl

from tasks.aggregation.feed_health import FeedFrames, week_before
from warehouse.transaction import Transaction

# Each aggregate reads only what it needs: at millions of events texts are what costs.
_MEASURED = (
    "event_date, event_type, civilian_targeting, is_disputed, num_mentions, "
    "independent_origins, fatalities_low, fatalities_best, fatalities_high"
)
COUNTRY_COLUMNS = f"country_iso3, {_MEASURED}"
UNIT_COLUMNS = f"country_iso3, admin1, {_MEASURED}"
DYAD_COLUMNS = f"actor1, actor2, {_MEASURED}"
_ACTOR_COLUMNS = f"event_id, actor1, actor2, {_MEASURED}"

# One row stands for all earlier events of a unit: it says when the first counted one was.
_BEGAN = """
UNION ALL BY NAME
SELECT {unit}, $2::INTEGER AS independent_origins,
    min(event_date) FILTER (independent_origins >= $2) AS event_date
FROM {events} WHERE event_date < $1 OR event_date IS NULL GROUP BY {unit}
"""
_BY_ACTOR = """(
    SELECT actor1, event_date, independent_origins FROM main.events
    UNION ALL
    SELECT actor2, event_date, independent_origins FROM main.events)
"""


def events_by_unit(
    tx: Transaction, columns: str, unit: str, start: date | None, min_origins: int
) -> pl.LazyFrame:
    """Return events from `start` on, and one row a unit for those before; None: all."""
    began = _BEGAN.format(unit=unit, events="main.events")
    return _events(tx, columns, began, start, min_origins)


def events_by_actor(
    tx: Transaction, start: date | None, min_origins: int
) -> pl.LazyFrame:
    """Return events from `start` on, and one row an actor for those before; None: all."""
    began = _BEGAN.format(unit="actor1", events=_BY_ACTOR)
    return _events(tx, _ACTOR_COLUMNS, began, start, min_origins)


def events_on(tx: Transaction, days: Sequence[date] | None) -> pl.LazyFrame:
    """Return the events of those days, by their actors; None: all."""
    query = f"SELECT {DYAD_COLUMNS} FROM main.events"
    if days is None:
        return tx.read(query).lazy()
    only = f"{query} WHERE event_date IN (SELECT unnest(?::DATE[]))"
    return tx.read(only, [list(days)]).lazy()


def has_new_units(tx: Transaction) -> bool:
    """Say whether an event names a first-level unit that no aggregate knows."""
    rows = tx.read(
        "SELECT country_iso3, admin1 FROM main.events WHERE country_iso3 IS NOT NULL "
        "AND admin1 IS NOT NULL GROUP BY ALL "
        "EXCEPT SELECT country_iso3, admin1 FROM mart.admin1_week GROUP BY ALL LIMIT 1"
    )
    return not rows.is_empty()


def feed_frames(tx: Transaction, at: datetime) -> FeedFrames:
    """Return what each feed brought, counted by the warehouse."""
    return FeedFrames(
        feeds=tx.read(
            "SELECT feed_url, name, country_iso3, status, reason AS last_reason, "
            "etag_lies, items_per_week, expect_min_items_per_week FROM main.feeds"
        ),
        polls=tx.read("SELECT feed_url, reason, num_fell_off FROM raw.feed_poll"),
        items=tx.read(
            "SELECT feed_url, count(*) AS num_items, "
            "count(*) FILTER (first_seen_at > ?) AS got_items_7_days, "
            "max(first_seen_at) AS last_seen_at FROM raw.feed_item GROUP BY feed_url",
            [week_before(at)],
        ),
        articles=_articles(tx),
        responses=tx.read(
            "SELECT feed_url, count(*) AS num_pages FROM raw.response "
            "WHERE kind = 'article' GROUP BY feed_url"
        ),
        rejects=tx.read(
            "SELECT feed_url, count(*) AS num_rejects FROM core.reject GROUP BY feed_url"
        ),
    )


def _articles(tx: Transaction) -> pl.DataFrame:
    """Return what came of each feed's articles; joins only what is an exception."""
    counts = tx.read(
        "SELECT feed_url, count(*) AS num_articles, "
        "median((epoch_us(first_seen_at) - epoch_us(published_at)) // 1000000) "
        "/ 3600 AS median_lag_hours FROM core.article GROUP BY feed_url"
    )
    mentions = tx.read(
        "SELECT feed_url, sum(num_mentions)::BIGINT AS num_mentions "
        "FROM core.coded_article WHERE num_mentions > 0 GROUP BY feed_url"
    )
    zero = pl.col("num_mentions", "num_uncoded").fill_null(0)
    return (
        counts.join(mentions, on="feed_url", how="left")
        .join(_uncoded(tx), on="feed_url", how="left")
        .with_columns(zero)
        .with_columns(num_coded=pl.col("num_articles") - pl.col("num_uncoded"))
        .drop("num_uncoded")
    )


def _uncoded(tx: Transaction) -> pl.DataFrame:
    """Return the articles not coded by feed; every coded one has its article, and one."""
    left = tx.read(
        "SELECT (SELECT count(*) FROM core.article) "
        "- (SELECT count(*) FROM core.coded_article)"
    ).item()
    if not left:
        return pl.DataFrame(schema={"feed_url": pl.String, "num_uncoded": pl.Int64})
    return tx.read(
        "SELECT feed_url, count(*) AS num_uncoded FROM core.article "
        "ANTI JOIN core.coded_article USING (article_id) GROUP BY feed_url"
    )


def _events(
    tx: Transaction, columns: str, began: str, start: date | None, min_origins: int
) -> pl.LazyFrame:
    query = f"SELECT {columns} FROM main.events"
    if start is None:
        return tx.read(query).lazy()
    return tx.read(
        f"{query} WHERE event_date >= $1 {began}", [start, min_origins]
    ).lazy()
