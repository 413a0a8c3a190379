"""Events and deaths per pair of main actors and day."""

from hashlib import blake2b

import polars as pl

from tasks.aggregation.measures import (
    carried,
    counted_events,
    disputed_share,
    measures,
)

NOBODY = "nobody"
_PAIR = ["actor1", "actor2"]
_DYAD = ["actor_a", "actor_b"]


def dyad_day(events: pl.LazyFrame, *, min_origins: int = 1) -> pl.DataFrame:
    """Return one row per dyad and day that holds an event; never zero-filled.

    The two main actors stand in alphabetical order, 'nobody' last for a missing one.
    Pairs times days would be mostly zeros: fill the pairs you study.
    """
    counted = counted_events(events, min_origins)
    pairs = counted.select(_PAIR).unique().collect(engine="streaming")
    sides = pairs.with_columns(_sides())
    dyads = _with_ids(sides.select(_DYAD).unique().sort(_DYAD)).with_row_index("dyad")
    numbered = sides.join(dyads, on=_DYAD, how="left").select(*_PAIR, "dyad")
    # Grouping and sorting by a number costs half of doing so by two names.
    return (
        counted.join(numbered.lazy(), on=_PAIR, how="left", nulls_equal=True)
        .group_by("dyad", "event_date")
        .agg(measures())
        .collect(engine="streaming")
        .sort("dyad", "event_date")
        .join(dyads, on="dyad", how="left", maintain_order="left")
        .drop("dyad")
        .with_columns(disputed_share(), *carried(min_origins))
    )


def _sides() -> list[pl.Expr]:
    one = pl.coalesce("actor1", "actor2", pl.lit(NOBODY))
    two = pl.when(pl.col("actor1").is_null()).then(None).otherwise(pl.col("actor2"))
    turned = two.is_not_null() & (two < one)
    return [
        pl.when(turned).then(two).otherwise(one).alias("actor_a"),
        pl.when(turned).then(one).otherwise(two).fill_null(NOBODY).alias("actor_b"),
    ]


def _with_ids(dyads: pl.DataFrame) -> pl.DataFrame:
    """Add an id per dyad that depends on nothing but the two names."""
    names = dyads.select(pl.concat_str(_DYAD, separator="\x1f")).to_series()
    return dyads.with_columns(_digests(names))


def _digests(names: pl.Series) -> pl.Series:
    """Return the hex digest of each name; stable across versions of polars."""
    digests = [blake2b(n.encode(), digest_size=16).hexdigest() for n in names]
    return pl.Series("dyad_id", digests, dtype=pl.String())
