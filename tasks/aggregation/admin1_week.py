"""Events and deaths per first-level unit and week, with a robust surge score."""

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

BASELINE_WEEKS = 26
MIN_BASELINE_WEEKS = 8
_UNIT = ["country_iso3", "admin1"]
# Makes the MAD of normal data estimate its standard deviation.
_MAD_TO_SIGMA = 1.4826


def admin1_week(
    events: pl.LazyFrame,
    coverage: pl.DataFrame,
    weeks: Sequence[date],
    *,
    min_origins: int = 1,
    only: Sequence[date] | None = None,
) -> pl.DataFrame:
    """Return the panel unit x week over `weeks` (Mondays), zero-filled where covered.

    Units are those any event ever named, whatever min_origins and the calendar. `only`
    limits the rows returned; `weeks` must then reach back BASELINE_WEEKS before them.
    """
    units = _units(events, coverage, min_origins)
    panel = fill_panel(
        _counts(events, weeks, min_origins), units, weeks, keys=_UNIT, period="week"
    )
    previous = pl.col("num_events").shift(1).over(_UNIT)
    return (
        panel.with_columns(
            disputed_share(),
            pl.col("num_events")
            .rolling_sum(4, min_samples=1)
            .over(_UNIT)
            .alias("events_4_weeks"),
            previous.alias("previous_num_events"),
            (pl.col("num_events") - previous).alias("change_num_events"),
            *carried(min_origins),
        )
        .pipe(_with_surge)
        .filter(drop_empty_uncovered() & keep_periods("week", only))
        .sort(*_UNIT, "week")
    )


def units_of(events: pl.LazyFrame) -> pl.DataFrame:
    """Return the units that any event names, sorted."""
    return (
        events.select(_UNIT)
        .filter(pl.col("country_iso3").is_not_null() & pl.col("admin1").is_not_null())
        .unique()
        .sort(_UNIT)
        .collect()
    )


def _units(
    events: pl.LazyFrame, coverage: pl.DataFrame, min_origins: int
) -> pl.DataFrame:
    first = (
        counted_events(events, min_origins)
        .group_by(_UNIT)
        .agg(pl.col("event_date").min().dt.truncate("1w").alias("first_event"))
        .collect()
    )
    return (
        units_of(events)
        .join(coverage, on="country_iso3", how="inner")
        .with_columns(pl.col("covered_since").dt.truncate("1w"))
        .join(first, on=_UNIT, how="left")
    )


def _counts(
    events: pl.LazyFrame, weeks: Sequence[date], min_origins: int
) -> pl.DataFrame:
    week = pl.col("event_date").dt.truncate("1w").alias("week")
    return (
        counted_events(events, min_origins)
        .filter(pl.col("country_iso3").is_not_null() & pl.col("admin1").is_not_null())
        .with_columns(week)
        .filter(pl.col("week").is_in(list(weeks)))
        .group_by(*_UNIT, "week")
        .agg(measures())
        .collect()
    )


def _with_surge(panel: pl.DataFrame) -> pl.DataFrame:
    """Compare each week with the median and MAD of the weeks before it."""
    earlier = pl.concat_list(
        pl.col("num_events").shift(n).over(_UNIT) for n in range(1, BASELINE_WEEKS + 1)
    ).list.drop_nulls()
    deviations = (pl.element() - pl.element().median()).abs().median()
    enough = pl.col("baseline_weeks") >= MIN_BASELINE_WEEKS
    spread = pl.max_horizontal(pl.col("baseline_mad") * _MAD_TO_SIGMA, pl.lit(1.0))
    return (
        panel.with_columns(earlier.alias("earlier"))
        .with_columns(
            pl.col("earlier").list.len().cast(pl.Int32).alias("baseline_weeks"),
            pl.col("earlier").list.median().alias("baseline_median"),
            pl.col("earlier").list.eval(deviations).list.first().alias("baseline_mad"),
        )
        .with_columns(
            pl.when(enough).then("baseline_median").alias("baseline_median"),
            pl.when(enough).then("baseline_mad").alias("baseline_mad"),
        )
        .with_columns(
            ((pl.col("num_events") - pl.col("baseline_median")) / spread).alias(
                "surge_score"
            )
        )
        .drop("earlier")
    )
