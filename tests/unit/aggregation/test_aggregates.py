"""Aggregates against plain loops over the same random events."""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.aggregation.actor_month import actor_month
from tasks.aggregation.admin1_week import admin1_week
from tasks.aggregation.country_month import country_month
from tasks.aggregation.dyad_day import dyad_day
from tasks.aggregation.panel import months_between, weeks_between
from tests.unit.aggregation import naive
from tests.unit.aggregation.naive import Event

LAST = naive.START + timedelta(days=120)
MONTHS = months_between(naive.START, LAST)
WEEKS = weeks_between(naive.START, LAST)
COVERED = naive.coverage(MLI=date(2026, 1, 20), NER=date(2026, 3, 15))
SINCE = {"MLI": date(2026, 1, 1), "NER": date(2026, 3, 1)}

origins = st.integers(1, 3)
bounded = settings(max_examples=60, deadline=None)


def _month(day: date) -> date:
    return day.replace(day=1)


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _counted(events: Sequence[Event], floor: int) -> list[Event]:
    return [e for e in events if e.event_date and e.independent_origins >= floor]


@bounded
@given(naive.events(), origins)
def test_country_month_equals_the_naive_panel(events: list[Event], floor: int) -> None:
    got = country_month(naive.frame(events), COVERED, MONTHS, min_origins=floor)
    expected = {}
    for country in naive.COUNTRIES:
        for month in MONTHS:
            inside = [
                e
                for e in _counted(events, floor)
                if e.country_iso3 == country
                and e.event_date
                and _month(e.event_date) == month
            ]
            if inside or (country in SINCE and month >= SINCE[country]):
                expected[country, month] = naive.totals(inside)
    measures = list(naive.totals([]))
    rows = {(r["country_iso3"], r["month"]): r for r in got.iter_rows(named=True)}
    assert {k: {m: r[m] for m in measures} for k, r in rows.items()} == expected
    for (country, month), row in rows.items():
        window = [m for m in MONTHS if m <= month][-3:]
        summed = sum(
            expected.get((country, m), {"num_events": 0})["num_events"] for m in window
        )
        assert row["events_3_months"] == summed
        deaths = sum(
            expected.get((country, m), {"fatalities_best": 0})["fatalities_best"]
            for m in window
        )
        assert row["fatalities_best_3_months"] == deaths
        assert row["is_covered"] == (country in SINCE and month >= SINCE[country])
        assert row["fatalities_low"] <= row["fatalities_best"] <= row["fatalities_high"]


@bounded
@given(naive.events(), origins)
def test_change_is_against_the_month_before(events: list[Event], floor: int) -> None:
    got = country_month(naive.frame(events), COVERED, MONTHS, min_origins=floor)
    counts = {(r["country_iso3"], r["month"]): r for r in got.iter_rows(named=True)}
    for (country, month), row in counts.items():
        before = counts.get((country, _month(month - timedelta(days=1))))
        if before is None:
            assert row["previous_num_events"] in (None, 0)
            continue
        assert row["previous_num_events"] == before["num_events"]
        assert row["change_num_events"] == row["num_events"] - before["num_events"]
        if before["num_events"]:
            share = row["change_num_events"] / before["num_events"]
            assert row["change_share"] == pytest.approx(share)
        else:
            assert row["change_share"] is None


@bounded
@given(naive.events(), origins)
def test_admin1_week_equals_the_naive_panel(events: list[Event], floor: int) -> None:
    got = admin1_week(naive.frame(events), COVERED, WEEKS, min_origins=floor)
    rows = {
        (r["country_iso3"], r["admin1"], r["week"]): r
        for r in got.iter_rows(named=True)
    }
    for (country, admin1, week), row in rows.items():
        inside = [
            e
            for e in _counted(events, floor)
            if (e.country_iso3, e.admin1) == (country, admin1)
            and e.event_date
            and _week(e.event_date) == week
        ]
        assert {m: row[m] for m in naive.totals([])} == naive.totals(inside)
        window = [rows.get((country, admin1, w)) for w in WEEKS if w <= week][-4:]
        assert row["events_4_weeks"] == sum(r["num_events"] for r in window if r)
        if len(window) > 1 and window[-2]:
            before = window[-2]["num_events"]
            assert row["previous_num_events"] == before
            assert row["change_num_events"] == row["num_events"] - before
    named = sum(
        1 for e in _counted(events, floor) if e.country_iso3 is not None and e.admin1
    )
    assert got["num_events"].sum() == named


@bounded
@given(st.lists(st.integers(0, 6), min_size=1, max_size=40))
def test_surge_is_distance_from_the_median_in_robust_deviations(
    counts: list[int],
) -> None:
    weeks = weeks_between(naive.START, naive.START + timedelta(weeks=len(counts) - 1))
    template = Event(
        None, "Riots", "MLI", "North", "A", "B", False, False, 1, 1, 0, None, None
    )
    events = [
        Event(**{**vars(template), "event_date": week})
        for week, count in zip(weeks, counts, strict=True)
        for _ in range(count)
    ]
    anchor = Event(**{**vars(template), "event_date": None})
    covered = naive.coverage(MLI=weeks[0])
    got = admin1_week(naive.frame([*events, anchor]), covered, weeks)
    assert got["num_events"].to_list() == counts
    for position, score in enumerate(got["surge_score"].to_list()):
        expected = naive.surge(counts, position)
        assert score == (None if expected is None else pytest.approx(expected))


@bounded
@given(naive.events(), origins)
def test_dyad_day_equals_the_naive_groups(events: list[Event], floor: int) -> None:
    groups: dict[tuple[str, str, date], list[Event]] = {}
    for event in _counted(events, floor):
        named = sorted(a for a in (event.actor1, event.actor2) if a is not None)
        pair = [*named, "nobody", "nobody"][:2]
        assert event.event_date is not None
        groups.setdefault((pair[0], pair[1], event.event_date), []).append(event)
    got = dyad_day(naive.frame(events), min_origins=floor)
    rows = {
        (r["actor_a"], r["actor_b"], r["event_date"]): {
            m: r[m] for m in naive.totals([])
        }
        for r in got.iter_rows(named=True)
    }
    assert rows == {key: naive.totals(inside) for key, inside in groups.items()}
    pairs = got.select("actor_a", "actor_b").unique().height
    assert got["dyad_id"].n_unique() == pairs


@bounded
@given(naive.events(), origins)
def test_actor_month_equals_the_naive_panel(events: list[Event], floor: int) -> None:
    got = actor_month(naive.frame(events), MONTHS, min_origins=floor)
    for row in got.iter_rows(named=True):
        inside = [
            e
            for e in _counted(events, floor)
            if row["actor"] in (e.actor1, e.actor2)
            and e.event_date
            and _month(e.event_date) == row["month"]
        ]
        assert {m: row[m] for m in naive.totals([])} == naive.totals(inside)
        first_side = sum(e.actor1 == row["actor"] for e in inside)
        assert row["num_as_side1"] == first_side
        assert row["num_as_side2"] == len(inside) - first_side
    named = {
        a
        for e in _counted(events, floor)
        for a in (e.actor1, e.actor2)
        if a is not None
    }
    assert set(got["actor"].to_list()) == named


@bounded
@given(naive.events(), st.integers(2, 4))
def test_part_of_the_calendar_gives_the_same_rows(
    events: list[Event], start: int
) -> None:
    whole = country_month(naive.frame(events), COVERED, MONTHS)
    only = MONTHS[start:]
    part = country_month(naive.frame(events), COVERED, MONTHS[start - 2 :], only=only)
    assert part.equals(whole.filter(pl.col("month").is_in(only)))


@bounded
@given(naive.events())
def test_the_order_of_events_does_not_matter(events: list[Event]) -> None:
    for aggregate in (
        lambda rows: country_month(naive.frame(rows), COVERED, MONTHS),
        lambda rows: admin1_week(naive.frame(rows), COVERED, WEEKS),
        lambda rows: dyad_day(naive.frame(rows)),
    ):
        assert aggregate(events).equals(aggregate(events[::-1]))


def test_countries_nobody_covers_get_no_zeros() -> None:
    got = country_month(naive.frame([]), COVERED, MONTHS)
    assert set(got["country_iso3"].to_list()) == {"MLI", "NER"}
    assert got.filter(pl.col("country_iso3") == "NER")["month"].min() == date(
        2026, 3, 1
    )


def test_an_empty_calendar_gives_no_rows() -> None:
    assert country_month(naive.frame([]), COVERED, []).is_empty()
    assert actor_month(naive.frame([]), []).is_empty()
