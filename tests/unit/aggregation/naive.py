"""Random events, and the aggregates again as plain loops: slow, obvious, independent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

import polars as pl
from hypothesis import strategies as st

START = date(2026, 1, 5)
TYPES = (
    "Battles",
    "Explosions/Remote violence",
    "Violence against civilians",
    "Protests",
    "Riots",
    "Strategic developments",
)
COUNTRIES = ("MLI", "NER", "SDN")
SCHEMA = {
    "event_id": pl.String(),
    "event_date": pl.Date(),
    "event_type": pl.String(),
    "country_iso3": pl.String(),
    "admin1": pl.String(),
    "actor1": pl.String(),
    "actor2": pl.String(),
    "civilian_targeting": pl.Boolean(),
    "is_disputed": pl.Boolean(),
    "num_mentions": pl.Int32(),
    "independent_origins": pl.Int32(),
    "fatalities_low": pl.Int32(),
    "fatalities_best": pl.Int32(),
    "fatalities_high": pl.Int32(),
}


@dataclass(frozen=True)
class Event:
    event_date: date | None
    event_type: str
    country_iso3: str | None
    admin1: str | None
    actor1: str | None
    actor2: str | None
    civilian_targeting: bool
    is_disputed: bool
    num_mentions: int
    independent_origins: int
    fatalities_low: int
    fatalities_best: int | None
    fatalities_high: int | None


@st.composite
def tolls(draw: st.DrawFn) -> tuple[int, int | None, int | None]:
    low = draw(st.integers(0, 5))
    best = draw(st.none() | st.integers(low, 9))
    high = draw(st.none() | st.integers(best or low, 20))
    return low, best, high


@st.composite
def one_event(draw: st.DrawFn) -> Event:
    low, best, high = draw(tolls())
    actors = st.none() | st.sampled_from(["Army", "Rebels", "Militia", "Civilians"])
    return Event(
        event_date=draw(
            st.none() | st.integers(0, 120).map(lambda n: START + timedelta(days=n))
        ),
        event_type=draw(st.sampled_from(TYPES)),
        country_iso3=draw(st.none() | st.sampled_from(COUNTRIES)),
        admin1=draw(st.none() | st.sampled_from(["North", "South"])),
        actor1=draw(actors),
        actor2=draw(actors),
        civilian_targeting=draw(st.booleans()),
        is_disputed=draw(st.booleans()),
        num_mentions=draw(st.integers(1, 9)),
        independent_origins=draw(st.integers(1, 3)),
        fatalities_low=low,
        fatalities_best=best,
        fatalities_high=high,
    )


def events() -> st.SearchStrategy[list[Event]]:
    return st.lists(one_event(), max_size=25)


def frame(rows: Sequence[Event]) -> pl.LazyFrame:
    dicts = [{"event_id": f"e{n}", **vars(row)} for n, row in enumerate(rows)]
    return pl.DataFrame(dicts, schema=SCHEMA).lazy()


def coverage(**since: date | None) -> pl.DataFrame:
    rows = [
        {"country_iso3": c, "country": c.title(), "covered_since": since.get(c)}
        for c in COUNTRIES
    ]
    schema = {
        "country_iso3": pl.String(),
        "country": pl.String(),
        "covered_since": pl.Date(),
    }
    return pl.DataFrame(rows, schema=schema)


def totals(rows: Sequence[Event]) -> dict[str, int]:
    """Return what measures() should give for these events."""
    best = [
        e.fatalities_low if e.fatalities_best is None else e.fatalities_best
        for e in rows
    ]
    high = [
        b if e.fatalities_high is None else max(e.fatalities_high, b)
        for e, b in zip(rows, best, strict=True)
    ]
    is_open = [
        h > 0 and (e.fatalities_best is None or e.fatalities_high is None)
        for e, h in zip(rows, high, strict=True)
    ]
    return {
        "num_events": len(rows),
        "num_battles": sum(e.event_type == TYPES[0] for e in rows),
        "num_explosions": sum(e.event_type == TYPES[1] for e in rows),
        "num_violence_against_civilians": sum(e.event_type == TYPES[2] for e in rows),
        "num_protests": sum(e.event_type == TYPES[3] for e in rows),
        "num_riots": sum(e.event_type == TYPES[4] for e in rows),
        "num_strategic_developments": sum(e.event_type == TYPES[5] for e in rows),
        "num_civilian_targeting": sum(e.civilian_targeting for e in rows),
        "num_disputed": sum(e.is_disputed for e in rows),
        "num_mentions": sum(e.num_mentions for e in rows),
        "fatalities_low": sum(e.fatalities_low for e in rows),
        "fatalities_best": sum(best),
        "fatalities_high": sum(high),
        "num_open_tolls": sum(is_open),
    }


def surge(counts: Sequence[int], position: int) -> float | None:
    """Return the surge score of one week among its unit's weekly counts."""
    earlier = counts[max(0, position - 26) : position]
    if len(earlier) < 8:
        return None
    middle = median(earlier)
    spread = median(abs(n - middle) for n in earlier)
    return (counts[position] - middle) / max(1.4826 * spread, 1.0)
