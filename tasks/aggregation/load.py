"""Reads what the aggregates need, and writes them period by period."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

import polars as pl

from tasks.aggregation.actor_month import actor_month
from tasks.aggregation.admin1_week import BASELINE_WEEKS, admin1_week, units_of
from tasks.aggregation.country_month import WINDOW, country_month
from tasks.aggregation.dyad_day import dyad_day
from tasks.aggregation.feed_health import FeedFrames, feed_health
from tasks.aggregation.panel import months_between, weeks_between
from warehouse.transaction import Transaction

# Each aggregate reads only what it needs: at millions of events texts are what costs.
_MEASURED = (
    "event_date, event_type, civilian_targeting, is_disputed, num_mentions, "
    "independent_origins, fatalities_low, fatalities_best, fatalities_high"
)
COUNTRY_COLUMNS = f"country_iso3, {_MEASURED}"
UNIT_COLUMNS = f"country_iso3, admin1, {_MEASURED}"
DYAD_COLUMNS = f"actor1, actor2, {_MEASURED}"
ACTOR_COLUMNS = f"event_id, actor1, actor2, {_MEASURED}"
_COVERAGE = (
    "SELECT country_iso3, country, covered_since FROM core.country_coverage "
    "ORDER BY country_iso3"
)


def load_aggregates(
    tx: Transaction,
    at: datetime,
    *,
    min_origins: int = 1,
    touched: Iterable[date] | None = None,
) -> None:
    """Recompute the aggregates up to the day of `at` and store what changed.

    `touched` are the days of events that were added, moved or revised (old and new
    day): only periods from the earliest of these on are computed and written, with
    the same result. None recomputes all, and so does another `min_origins`.
    """
    if tx.already_done:
        return
    coverage = tx.read(_COVERAGE)
    first, last = _calendar(tx, coverage, at.date())
    days = None if touched is None else sorted(set(touched))
    if _has_other_floor(tx, min_origins):
        days = None
    months, weeks = months_between(first, last), weeks_between(first, last)
    _load_months(tx, coverage, months, days, min_origins=min_origins)
    _load_weeks(tx, coverage, weeks, days, min_origins=min_origins)
    _load_days(tx, days, min_origins=min_origins)
    load_feed_health(tx, at)


def _has_other_floor(tx: Transaction, min_origins: int) -> bool:
    held = tx.read("SELECT DISTINCT min_origins FROM mart.country_month")
    return held["min_origins"].to_list() not in ([], [min_origins])


def load_feed_health(tx: Transaction, at: datetime) -> None:
    """Recompute feed health as of `at`."""
    frame = feed_health(_feed_frames(tx), at)
    _store(tx, "mart.feed_health", frame, "feed_url", None)


def _load_months(
    tx: Transaction,
    coverage: pl.DataFrame,
    months: Sequence[date],
    touched: Sequence[date] | None,
    *,
    min_origins: int,
) -> None:
    only = _periods_to_renew(tx, "mart.country_month", "month", months, touched)
    calendar = _from(months, only, WINDOW - 1)
    frame = country_month(
        _events(tx, COUNTRY_COLUMNS),
        coverage,
        calendar,
        min_origins=min_origins,
        only=only,
    )
    _store(tx, "mart.country_month", frame, "month", only)
    # An actor's first month may lie anywhere: its calendar is always the whole one.
    actors = actor_month(
        _events(tx, ACTOR_COLUMNS), months, min_origins=min_origins, only=only
    )
    _store(tx, "mart.actor_month", actors, "month", only)


def _load_weeks(
    tx: Transaction,
    coverage: pl.DataFrame,
    weeks: Sequence[date],
    touched: Sequence[date] | None,
    *,
    min_origins: int,
) -> None:
    events = _events(tx, UNIT_COLUMNS)
    only = _periods_to_renew(tx, "mart.admin1_week", "week", weeks, touched)
    if _new_units(tx, events):
        only = None  # a unit named for the first time is zero in all weeks before
    calendar = _from(weeks, only, BASELINE_WEEKS)
    frame = admin1_week(events, coverage, calendar, min_origins=min_origins, only=only)
    _store(tx, "mart.admin1_week", frame, "week", only)


def _load_days(
    tx: Transaction,
    touched: Sequence[date] | None,
    *,
    min_origins: int,
) -> None:
    chosen = _events(tx, DYAD_COLUMNS)
    if touched is not None:
        chosen = chosen.filter(pl.col("event_date").is_in(list(touched)))
    frame = dyad_day(chosen, min_origins=min_origins)
    _store(tx, "mart.dyad_day", frame, "event_date", touched)


def _periods_to_renew(
    tx: Transaction,
    table: str,
    column: str,
    periods: Sequence[date],
    touched: Sequence[date] | None,
) -> list[date] | None:
    """Return the periods from the first touched or not yet stored one on; None: all."""
    if touched is None:
        return None
    newest = tx.read(f"SELECT max({column}) FROM {table}").item()
    if newest is None:
        return None
    if touched and touched[0] < periods[0]:
        return None  # the calendar shrank: rows before it must go
    began = [p for p in periods if touched and p <= touched[0]]
    first = min([*began[-1:], newest])
    return [p for p in periods if p >= first]


def _new_units(tx: Transaction, events: pl.LazyFrame) -> bool:
    held = tx.read("SELECT DISTINCT country_iso3, admin1 FROM mart.admin1_week")
    return (
        not units_of(events)
        .join(held, on=["country_iso3", "admin1"], how="anti")
        .is_empty()
    )


def _store(
    tx: Transaction,
    table: str,
    frame: pl.DataFrame,
    column: str,
    only: Sequence[date] | None,
) -> None:
    """Replace the periods computed; with `only` None that is all the table holds."""
    values: list[object] = list(only or [])
    if only is None:
        held = tx.read(f"SELECT DISTINCT {column} FROM {table}")[column]
        values = pl.concat([held, frame[column]]).unique().sort().to_list()
    tx.replace(table, frame, column=column, values=values)


def _from(
    periods: Sequence[date], only: Sequence[date] | None, before: int
) -> Sequence[date]:
    """Return the part of the calendar that the rows in `only` depend on."""
    if only is None or not only:
        return periods if only is None else []
    start = max(periods.index(only[0]) - before, 0)
    return periods[start : periods.index(only[-1]) + 1]


def _events(tx: Transaction, columns: str) -> pl.LazyFrame:
    return tx.read(f"SELECT {columns} FROM main.events").lazy()


def _calendar(tx: Transaction, coverage: pl.DataFrame, last: date) -> tuple[date, date]:
    """Return the days from the first event or poll to the last event or day of the run."""
    first_event, last_event = tx.read(
        "SELECT min(event_date), max(event_date) FROM main.events"
    ).row(0)
    known = [first_event, last_event, *coverage["covered_since"].to_list(), last]
    days = [day for day in known if day is not None]
    return min(days), max(last, last_event or last)


def _feed_frames(tx: Transaction) -> FeedFrames:
    return FeedFrames(
        feeds=tx.read(
            "SELECT feed_url, name, country_iso3, status, reason AS last_reason, "
            "etag_lies, items_per_week, expect_min_items_per_week FROM main.feeds"
        ),
        polls=tx.read("SELECT feed_url, reason, num_fell_off FROM raw.feed_poll"),
        items=tx.read("SELECT feed_url, first_seen_at FROM raw.feed_item"),
        articles=tx.read(
            "SELECT a.feed_url, a.published_at, a.first_seen_at, "
            "c.article_id IS NOT NULL AS is_coded, "
            "coalesce(c.num_mentions, 0) AS num_mentions FROM core.article a "
            "LEFT JOIN core.coded_article c USING (article_id)"
        ),
        responses=tx.read("SELECT feed_url FROM raw.response WHERE kind = 'article'"),
        rejects=tx.read(
            "SELECT coalesce(i.feed_url, a.feed_url) AS feed_url FROM core.reject x "
            "LEFT JOIN raw.feed_item i ON i.item_id = x.item_id "
            "LEFT JOIN core.article a ON a.article_id = x.article_id"
        ),
    )
