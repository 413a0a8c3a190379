"""Events and deaths per actor and month."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from tasks.aggregation.measures import (
    COUNTS,
    carried,
    counted_events,
    disputed_share,
    measures,
)
from tasks.aggregation.panel import keep_periods

_ROLES = ("num_as_side1", "num_as_side2", "num_opponents")


def actor_month(
    events: pl.LazyFrame,
    months: Sequence[date],
    *,
    min_origins: int = 1,
    only: Sequence[date] | None = None,
) -> pl.DataFrame:
    """Return actor x month, zero-filled from the actor's first month in the calendar on.

    An event counts once for each of its two main actors, so rows do not add up to totals.
    """
    counts = _counts(counted_events(events, min_origins), months)
    calendar = pl.DataFrame({"month": list(months)}, schema={"month": pl.Date()})
    first = counts.group_by("actor").agg(pl.col("month").min().alias("first"))
    return (
        first.join(calendar, how="cross")
        .filter(pl.col("month") >= pl.col("first"))
        .drop("first")
        .join(counts, on=["actor", "month"], how="left")
        .with_columns(pl.col(*COUNTS, *_ROLES).fill_null(0))
        .with_columns(disputed_share(), *carried(min_origins))
        .filter(keep_periods("month", only))
        .sort("actor", "month")
    )


def _counts(events: pl.LazyFrame, months: Sequence[date]) -> pl.DataFrame:
    month = pl.col("event_date").dt.month_start().alias("month")
    is_second = pl.col("side") == 2
    return (
        pl.concat([_as_side(events, 1), _as_side(events, 2)])
        .with_columns(month)
        .filter(pl.col("month").is_in(list(months)))
        # An actor fighting itself (two factions of one name) is one event, not two.
        .sort("side")
        .unique(["event_id", "actor"], keep="first", maintain_order=True)
        .group_by("actor", "month")
        .agg(
            *measures(),
            (~is_second).sum().cast(pl.Int64).alias("num_as_side1"),
            is_second.sum().cast(pl.Int64).alias("num_as_side2"),
            pl.col("opponent")
            .drop_nulls()
            .n_unique()
            .cast(pl.Int64)
            .alias("num_opponents"),
        )
        .collect()
    )


def _as_side(events: pl.LazyFrame, side: int) -> pl.LazyFrame:
    return events.filter(pl.col(f"actor{side}").is_not_null()).with_columns(
        pl.col(f"actor{side}").alias("actor"),
        pl.col(f"actor{3 - side}").alias("opponent"),
        pl.lit(side).alias("side"),
    )
