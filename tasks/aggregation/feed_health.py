"""What each feed brought, against what it was expected to bring."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import polars as pl

_OK = ("ok", "not_modified", "same_body", "empty")
# Below this share of what is expected in seven days a feed that answers is silent.
_SILENT_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class FeedFrames:
    """The tables feed health is made of, each with feed_url."""

    feeds: pl.DataFrame  # name, country_iso3, status, last_reason, etag_lies, …
    polls: pl.DataFrame  # reason, num_fell_off
    items: pl.DataFrame  # first_seen_at
    articles: pl.DataFrame  # published_at, first_seen_at, is_coded, num_mentions
    responses: pl.DataFrame  # one row per page retrieved
    rejects: pl.DataFrame  # one row per page or item not coded


def feed_health(frames: FeedFrames, at: datetime) -> pl.DataFrame:
    """Return one row per configured feed as of `at`, sorted by feed_url."""
    joined = frames.feeds
    for part in (
        _polls(frames.polls),
        _items(frames.items, at),
        _articles(frames.articles),
        _count(frames.responses, "num_pages"),
        _count(frames.rejects, "num_rejects"),
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
    week_ago = at - timedelta(days=7)
    last = pl.col("first_seen_at").max()
    return items.group_by("feed_url").agg(
        pl.len().cast(pl.Int64).alias("num_items"),
        (pl.col("first_seen_at") > week_ago)
        .sum()
        .cast(pl.Int64)
        .alias("got_items_7_days"),
        ((pl.lit(at) - last).dt.total_seconds() / 86_400).alias("days_since_new_item"),
    )


def _articles(articles: pl.DataFrame) -> pl.DataFrame:
    lag = (pl.col("first_seen_at") - pl.col("published_at")).dt.total_seconds()
    return articles.group_by("feed_url").agg(
        pl.len().cast(pl.Int64).alias("num_articles"),
        pl.col("is_coded").sum().cast(pl.Int64).alias("num_coded"),
        pl.col("num_mentions").cast(pl.Int64).sum(),
        (lag.median() / 3_600).alias("median_lag_hours"),
    )


def _count(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    return frame.group_by("feed_url").agg(pl.len().cast(pl.Int64).alias(name))


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
