"""Zero-filled panels: an explicit calendar crossed with the places that are covered."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from tasks.aggregation.measures import COUNTS


def months_between(first: date, last: date) -> list[date]:
    """Return the first days of all months from `first` to `last`, both included."""
    start, end = first.replace(day=1), last.replace(day=1)
    return pl.date_range(start, end, "1mo", eager=True).to_list()


def weeks_between(first: date, last: date) -> list[date]:
    """Return the Mondays of all weeks from `first` to `last`, both included."""
    days = pl.Series([first, last]).dt.truncate("1w")
    return pl.date_range(days[0], days[1], "1w", eager=True).to_list()


def fill_panel(
    counts: pl.DataFrame,
    units: pl.DataFrame,
    periods: Sequence[date],
    *,
    keys: Sequence[str],
    period: str,
) -> pl.DataFrame:
    """Return one row per unit and period, zeros where nothing was counted.

    `units` holds the keys, `covered_since` (null: not covered) and `first_event` (null:
    none), both as first days of periods; a unit's rows begin with the earlier of the
    two. Sorted by keys, period.
    """
    calendar = pl.DataFrame({period: list(periods)}, schema={period: pl.Date()})
    begins = pl.min_horizontal("covered_since", "first_event")
    grid = (
        units.join(calendar, how="cross")
        .filter(pl.col(period) >= begins)
        .with_columns(
            (pl.col("covered_since") <= pl.col(period))
            .fill_null(value=False)
            .alias("is_covered")
        )
        .drop("covered_since", "first_event")
    )
    return (
        grid.join(counts, on=[*keys, period], how="left")
        .with_columns(pl.col(COUNTS).fill_null(0))
        .sort(*keys, period)
    )


def drop_empty_uncovered() -> pl.Expr:
    """Keep what is covered or holds events: an uncovered zero is not a zero."""
    return pl.col("is_covered") | (pl.col("num_events") > 0)


def keep_periods(period: str, only: Sequence[date] | None) -> pl.Expr:
    """Keep the periods asked for; None keeps all."""
    if only is None:
        return pl.lit(value=True)
    return pl.col(period).is_in(list(only))
