"""Events and deaths per country and month."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from tasks.aggregation.measures import (
    carried,
    counted_events,
    disputed_share,
    measures,
)
from tasks.aggregation.panel import drop_empty_uncovered, fill_panel, keep_periods

# A month's row depends on this many months before it (the rolling window).
WINDOW = 3


def count_country_months(events: pl.LazyFrame, min_origins: int) -> pl.DataFrame:
    """Return counts of the country-months that hold events."""
    return (
        counted_events(events, min_origins)
        .filter(pl.col("country_iso3").is_not_null())
        .group_by("country_iso3", pl.col("event_date").dt.month_start().alias("month"))
        .agg(measures())
        .collect(engine="streaming")
    )


def country_month(
    events: pl.LazyFrame,
    coverage: pl.DataFrame,
    months: Sequence[date],
    *,
    min_origins: int = 1,
    only: Sequence[date] | None = None,
) -> pl.DataFrame:
    """Return the panel country x month over `months`, zero-filled where covered.

    `coverage`: country_iso3, country, covered_since (first covered day, null: never);
    it must name every country of the events. `only` limits the rows returned; `months`
    must then reach back WINDOW - 1 months before them.
    """
    counted = count_country_months(events, min_origins)
    counts = counted.filter(pl.col("month").is_in(list(months)))
    first = counted.group_by("country_iso3").agg(
        pl.col("month").min().alias("first_event")
    )
    units = coverage.with_columns(pl.col("covered_since").dt.month_start()).join(
        first, on="country_iso3", how="left"
    )
    panel = fill_panel(counts, units, months, keys=["country_iso3"], period="month")
    previous = pl.col("num_events").shift(1).over("country_iso3")
    change = pl.col("num_events") - previous
    return (
        panel.with_columns(
            disputed_share(),
            _rolling("num_events").alias("events_3_months"),
            _rolling("fatalities_best").alias("fatalities_best_3_months"),
            previous.alias("previous_num_events"),
            change.alias("change_num_events"),
            pl.when(previous > 0).then(change / previous).alias("change_share"),
            *carried(min_origins),
        )
        .filter(drop_empty_uncovered() & keep_periods("month", only))
        .sort("country_iso3", "month")
    )


def _rolling(column: str) -> pl.Expr:
    return pl.col(column).rolling_sum(WINDOW, min_samples=1).over("country_iso3")
