"""What each feed brought, against what it was expected to bring."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import polars as pl

_OK = ("ok", "not_modified", "same_body", "empty")
# Below this share of what is expected in seven days a feed that answers is silent.
_SILENT_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class FeedFrames:
    """What feed health is made of; all but feeds and polls have one row a feed."""

    feeds: pl.DataFrame  # name, country_iso3, status, last_reason, etag_lies, …
    polls: pl.DataFrame  # reason, num_fell_off
    items: pl.DataFrame  # num_items, got_items_7_days, last_seen_at
    articles: pl.DataFrame  # num_articles, num_coded, num_mentions, median_lag_hours
    responses: pl.DataFrame  # num_pages retrieved
    rejects: pl.DataFrame  # num_rejects: pages and items not coded


def week_before(at: datetime) -> datetime:
    """Return since when an item is one of the last seven days."""
    return at - timedelta(days=7)


def feed_health(frames: FeedFrames, at: datetime) -> pl.DataFrame:
    """Return one row per configured feed as of `at`, sorted by feed_url."""
    joined = frames.feeds
    for part in (
        _polls(frames.polls),
        _items(frames.items, at),
        frames.articles,
        frames.responses,
        frames.rejects,
    ):
        joined = joined.join(part, on="feed_url", how="left")
    counted = [c for c in joined.columns if c.startswith(("num_", "got_"))]
    filled = joined.with_columns(pl.col(counted).fill_null(0)).with_columns(
        _expected(), *_shares()
    )
    return (
        filled.with_columns(_is_silent())
        .drop("num_pages", "items_per_week", "expect_min_items_per_week")
        .sort("feed_url")
    )


def _polls(polls: pl.DataFrame) -> pl.DataFrame:
    return polls.group_by("feed_url").agg(
        pl.len().cast(pl.Int64).alias("num_polls"),
        pl.col("reason").is_in(_OK).sum().cast(pl.Int64).alias("num_polls_ok"),
        pl.col("num_fell_off").cast(pl.Int64).sum(),
    )


def _items(items: pl.DataFrame, at: datetime) -> pl.DataFrame:
    since = (pl.lit(at) - pl.col("last_seen_at")).dt.total_seconds() / 86_400
    return items.select(
        "feed_url", "num_items", "got_items_7_days", since.alias("days_since_new_item")
    )


def _expected() -> pl.Expr:
    """Return what feeds.toml asks for, else the feed's own rhythm, else null."""
    asked = pl.col("expect_min_items_per_week").cast(pl.Float64)
    return (
        pl.when(asked > 0)
        .then(asked)
        .otherwise(pl.col("items_per_week"))
        .alias("expected_items_7_days")
    )


def _shares() -> list[pl.Expr]:
    return [
        pl.when(pl.col("num_polls") > 0)
        .then(pl.col("num_polls_ok") / pl.col("num_polls"))
        .alias("ok_share"),
        pl.when(pl.col("num_pages") > 0)
        .then(
            pl.min_horizontal(pl.col("num_articles") / pl.col("num_pages"), pl.lit(1.0))
        )
        .alias("extraction_yield"),
    ]


def _is_silent() -> pl.Expr:
    """Say which feeds answer but bring next to nothing; failing ones are not silent."""
    too_little = (
        pl.col("got_items_7_days") < _SILENT_SHARE * pl.col("expected_items_7_days")
    ).fill_null(value=False)
    return (
        (too_little & (pl.col("num_polls_ok") > 0)) | (pl.col("status") == "silent")
    ).alias("is_silent")
