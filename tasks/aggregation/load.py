"""Reads what the aggregates need, and writes them period by period."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

import polars as pl

from tasks.aggregation.actor_month import actor_month
from tasks.aggregation.admin1_week import BASELINE_WEEKS, admin1_week
from tasks.aggregation.country_month import WINDOW, country_month
from tasks.aggregation.dyad_day import dyad_day
from tasks.aggregation.feed_health import feed_health
from tasks.aggregation.panel import months_between, weeks_between
from tasks.aggregation.read import (
    COUNTRY_COLUMNS,
    UNIT_COLUMNS,
    events_by_actor,
    events_by_unit,
    events_on,
    feed_frames,
    has_new_units,
)
from warehouse.transaction import Transaction

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
    frame = feed_health(feed_frames(tx, at), at)
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
    start = _start(calendar, only)
    frame = country_month(
        events_by_unit(tx, COUNTRY_COLUMNS, "country_iso3", start, min_origins),
        coverage,
        calendar,
        min_origins=min_origins,
        only=only,
    )
    _store(tx, "mart.country_month", frame, "month", only)
    # An actor's first month may lie anywhere: its calendar is always the whole one.
    actors = actor_month(
        events_by_actor(tx, _start(only or months, only), min_origins),
        months,
        min_origins=min_origins,
        only=only,
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
    only = _periods_to_renew(tx, "mart.admin1_week", "week", weeks, touched)
    if has_new_units(tx):
        only = None  # a unit named for the first time is zero in all weeks before
    calendar = _from(weeks, only, BASELINE_WEEKS)
    start = _start(calendar, only)
    unit = "country_iso3, admin1"
    events = events_by_unit(tx, UNIT_COLUMNS, unit, start, min_origins)
    frame = admin1_week(events, coverage, calendar, min_origins=min_origins, only=only)
    _store(tx, "mart.admin1_week", frame, "week", only)


def _load_days(
    tx: Transaction,
    touched: Sequence[date] | None,
    *,
    min_origins: int,
) -> None:
    frame = dyad_day(events_on(tx, touched), min_origins=min_origins)
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


def _start(calendar: Sequence[date], only: Sequence[date] | None) -> date | None:
    """Return the first day of which events are needed; None: of all days."""
    if only is None:
        return None
    return calendar[0] if calendar else date.max


def _calendar(tx: Transaction, coverage: pl.DataFrame, last: date) -> tuple[date, date]:
    """Return the days from the first event or poll to the last event or day of the run."""
    first_event, last_event = tx.read(
        "SELECT min(event_date), max(event_date) FROM main.events"
    ).row(0)
    known = [first_event, last_event, *coverage["covered_since"].to_list(), last]
    days = [day for day in known if day is not None]
    return min(days), max(last, last_event or last)
