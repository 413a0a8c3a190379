"""What every aggregate counts, and which events take part."""

import polars as pl

COUNTED_TYPES = {
    "num_battles": "Battles",
    "num_explosions": "Explosions/Remote violence",
    "num_violence_against_civilians": "Violence against civilians",
    "num_protests": "Protests",
    "num_riots": "Riots",
    "num_strategic_developments": "Strategic developments",
}

COUNTS = (
    "num_events",
    *COUNTED_TYPES,
    "num_civilian_targeting",
    "num_disputed",
    "num_mentions",
    "fatalities_low",
    "fatalities_best",
    "fatalities_high",
    "num_open_tolls",
)

FATALITY_RULE = "range_rule"


def measures() -> list[pl.Expr]:
    """Return the aggregations shared by all aggregates, in the order of COUNTS.

    Sums of best and high take the next lower figure where their own is open, so that
    low <= best <= high holds; num_open_tolls says how often that happened.
    """
    low = pl.col("fatalities_low")
    best = pl.coalesce("fatalities_best", "fatalities_low")
    high = pl.max_horizontal(
        pl.coalesce("fatalities_high", "fatalities_best", "fatalities_low"), best
    )
    is_open = (high > 0) & (
        pl.col("fatalities_best").is_null() | pl.col("fatalities_high").is_null()
    )
    return [
        pl.len().cast(pl.Int64).alias("num_events"),
        *(
            (pl.col("event_type") == kind).sum().cast(pl.Int64).alias(name)
            for name, kind in COUNTED_TYPES.items()
        ),
        pl.col("civilian_targeting")
        .sum()
        .cast(pl.Int64)
        .alias("num_civilian_targeting"),
        pl.col("is_disputed").sum().cast(pl.Int64).alias("num_disputed"),
        pl.col("num_mentions").cast(pl.Int64).sum(),
        low.cast(pl.Int64).sum().alias("fatalities_low"),
        best.cast(pl.Int64).sum().alias("fatalities_best"),
        high.cast(pl.Int64).sum().alias("fatalities_high"),
        is_open.sum().cast(pl.Int64).alias("num_open_tolls"),
    ]


def disputed_share() -> pl.Expr:
    """Return the share of disputed events; null where there is no event."""
    return (
        pl.when(pl.col("num_events") > 0)
        .then(pl.col("num_disputed") / pl.col("num_events"))
        .alias("disputed_share")
    )


def carried(min_origins: int) -> list[pl.Expr]:
    """Return the columns that name the parameters a row was made with."""
    return [
        pl.lit(min_origins, dtype=pl.Int32).alias("min_origins"),
        pl.lit(FATALITY_RULE).alias("fatality_rule"),
    ]


def counted_events(events: pl.LazyFrame, min_origins: int) -> pl.LazyFrame:
    """Return the dated events with at least `min_origins` independent origins."""
    return events.filter(
        pl.col("event_date").is_not_null()
        & (pl.col("independent_origins") >= min_origins)
    )
