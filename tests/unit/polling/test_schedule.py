"""When to poll next, how long to rest: rules and properties."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.model.feeds import FeedStatus
from tasks.model.reasons import PollReason
from tasks.polling.backoff import (
    BACKOFF,
    GONE_PULSE,
    SLOW_PULSE,
    SLOW_PULSE_AFTER,
    status_after,
    wait_after,
)
from tasks.polling.schedule import (
    MAX_JITTER,
    MAX_RHYTHM,
    MAX_WAIT,
    MAX_WISH,
    MIN_INTERVAL,
    Wishes,
    is_due,
    next_poll_at,
    rhythm_interval,
    skip_forward,
)

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

spans = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=400))
moments = st.datetimes(
    min_value=datetime(2020, 1, 1),
    max_value=datetime(2040, 1, 1),
    timezones=st.just(UTC),
)
wishes = st.builds(
    Wishes,
    floor=st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(days=3)),
    document=st.none() | spans,
    freshness=spans,
    retry_after=st.none() | spans,
    rhythm=st.none() | st.timedeltas(min_value=MIN_INTERVAL, max_value=MAX_RHYTHM),
    backoff=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=7)),
    skip_hours=st.lists(st.integers(0, 23), unique=True).map(tuple),
    skip_days=st.lists(st.sampled_from(DAYS), unique=True).map(tuple),
)


def wait(**wish: timedelta) -> timedelta:
    return next_poll_at(NOW, Wishes(**{"floor": HALF_HOUR, **wish}), "key") - NOW


@pytest.mark.parametrize(
    "name", ["document", "freshness", "retry_after", "rhythm", "backoff"]
)
def test_longest_wish_wins(name: str) -> None:
    longest = wait(**{name: timedelta(hours=5)})
    assert timedelta(hours=5) <= longest <= timedelta(hours=5) + MAX_JITTER
    shorter = wait(**{name: timedelta(minutes=1)})
    assert HALF_HOUR <= shorter <= HALF_HOUR * 1.1


@pytest.mark.parametrize("name", ["document", "freshness", "retry_after"])
def test_absurd_wish_of_a_server_counts_as_a_day(name: str) -> None:
    assert wait(**{name: timedelta(days=365)}) <= MAX_WISH + MAX_JITTER


@given(moments, wishes, st.text(max_size=40))
def test_next_poll_never_comes_before_a_wish_nor_never(
    now: datetime, wish: Wishes, key: str
) -> None:
    due = next_poll_at(now, wish, key)
    asked = [wish.document, wish.freshness, wish.retry_after]
    least = max(min(w, MAX_WISH) for w in asked if w is not None)
    assert due - now >= max(least, min(wish.floor, MAX_WAIT))
    assert due - now <= MAX_WAIT + MAX_JITTER + timedelta(days=7, hours=1)


@given(moments, wishes, st.text(max_size=40))
def test_next_poll_keeps_out_of_skipped_hours_and_days(
    now: datetime, wish: Wishes, key: str
) -> None:
    due = next_poll_at(now, wish, key)
    if len(wish.skip_hours) < 24 and len(wish.skip_days) < 7:
        assert due.hour not in wish.skip_hours
        assert DAYS[due.weekday()] not in wish.skip_days


@given(moments, wishes, st.text(max_size=40))
def test_decision_is_a_function_of_its_arguments(
    now: datetime, wish: Wishes, key: str
) -> None:
    assert next_poll_at(now, wish, key) == next_poll_at(now, wish, key)


def test_jitter_spreads_the_feeds_of_one_publisher() -> None:
    due = {
        next_poll_at(NOW, Wishes(HALF_HOUR), f"http://a.example/{n}")
        for n in range(100)
    }
    assert len(due) == 100
    assert max(due) - min(due) > timedelta(minutes=2)


def test_jitter_of_one_feed_changes_from_poll_to_poll() -> None:
    offsets = set()
    for n in range(50):
        at = NOW + timedelta(hours=n)
        offsets.add(next_poll_at(at, Wishes(HALF_HOUR), "key") - at)
    assert len(offsets) == 50


def test_skipping_everything_is_ignored() -> None:
    assert skip_forward(NOW, tuple(range(24)), ()) == NOW
    assert skip_forward(NOW, (), DAYS) == NOW


def test_skipped_hours_and_days_push_forward() -> None:
    assert skip_forward(NOW, (12, 13), ()) == NOW + timedelta(hours=2)
    assert skip_forward(NOW, (), ("tuesday",)) == NOW + timedelta(hours=12)


@pytest.mark.parametrize(
    ("rate", "items", "interval"),
    [
        (None, None, None),
        (14, None, timedelta(hours=6)),
        (0.0, None, MAX_RHYTHM),
        (1, None, MAX_RHYTHM),
        (100_000, None, MIN_INTERVAL),
        (14, 1, timedelta(hours=6)),
        (336, 20, timedelta(minutes=15)),
    ],
)
def test_rhythm_polls_twice_for_each_item(
    rate: float | None, items: int | None, interval: timedelta | None
) -> None:
    assert rhythm_interval(rate, items) == interval


@given(st.floats(0, 1e9), st.none() | st.integers(0, 5_000))
def test_rhythm_stays_within_its_bounds(rate: float, items: int | None) -> None:
    interval = rhythm_interval(rate, items)
    assert interval is not None
    assert MIN_INTERVAL <= interval <= MAX_RHYTHM


@pytest.mark.parametrize(
    ("next_poll", "blocked", "force", "due"),
    [
        (None, None, False, True),
        (NOW, None, False, True),
        (NOW + HALF_HOUR, None, False, False),
        (NOW + HALF_HOUR, None, True, True),
        (NOW, NOW + HALF_HOUR, False, False),
        (NOW, NOW + HALF_HOUR, True, False),
        (None, NOW, True, True),
    ],
)
def test_due_means_due_and_force_bows_to_retry_after_only(
    next_poll: datetime | None, blocked: datetime | None, *, force: bool, due: bool
) -> None:
    assert is_due(next_poll, blocked, NOW, force=force) is due


FINE = {PollReason.OK, PollReason.NOT_MODIFIED, PollReason.SAME_BODY, PollReason.EMPTY}
FAILURES = sorted(set(PollReason) - FINE - {PollReason.GONE})


@pytest.mark.parametrize("reason", FAILURES)
def test_every_failure_has_its_own_growing_and_bounded_wait(reason: PollReason) -> None:
    waits = [wait_after(reason, n) for n in range(1, 40)]
    assert waits == sorted(waits)
    assert waits[0] == BACKOFF[reason].first
    assert waits[1] == min(2 * waits[0], BACKOFF[reason].cap)
    assert waits[-1] == max(SLOW_PULSE, BACKOFF[reason].cap)


def test_failure_classes_differ() -> None:
    assert len({BACKOFF[r].first for r in FAILURES}) >= 6
    assert wait_after(PollReason.SERVER_ERROR, 1) < wait_after(PollReason.NOT_FOUND, 1)
    assert wait_after(PollReason.NOT_FOUND, 1) < wait_after(PollReason.FORBIDDEN, 1)
    assert wait_after(PollReason.FORBIDDEN, 1) < wait_after(PollReason.BOT_CHALLENGE, 1)


def test_nothing_is_ever_abandoned() -> None:
    for reason in (*FAILURES, PollReason.GONE):
        assert wait_after(reason, 10_000) <= GONE_PULSE
        assert status_after(reason, 10_000) in {FeedStatus.SLOW_PULSE, FeedStatus.GONE}
    assert status_after(PollReason.NOT_FOUND, 1) is FeedStatus.FAILING
    assert status_after(PollReason.NOT_FOUND, SLOW_PULSE_AFTER) is FeedStatus.SLOW_PULSE
    assert status_after(PollReason.GONE, 1) is FeedStatus.GONE
