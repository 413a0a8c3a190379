"""Silent death and coverage loss, judged against a feed's own baseline. Pure."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta

from tasks.model.feeds import Feed, FeedItem, FeedState, FeedStatus

EMPTY_STREAK_ALARM = (
    2  # 200 answers without a usable item, where there were items before
)
SILENCE_FACTOR = 5  # times the feed's own mean gap between items
MIN_SILENCE = timedelta(days=3)  # a weekend is not a death
_LEAST_RATE = 0.02  # items a week: one a year
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A feed's health after an answer without a failure."""

    status: FeedStatus
    alarm: str = ""


def judge(feed: Feed, state: FeedState, now: datetime) -> Verdict:
    """Return SILENT with the reason when a feed answers and yet brings nothing."""
    had_items = state.last_new_item_at is not None
    if state.empty_streak >= EMPTY_STREAK_ALARM and (
        had_items or feed.expect_min_items_per_week > 0
    ):
        return Verdict(FeedStatus.SILENT, f"empty {state.empty_streak} times in a row")
    allowed = allowed_silence(feed, state)
    since = state.last_new_item_at
    if allowed is not None and since is not None and now - since > allowed:
        days = (now - since).total_seconds() / 86_400
        return Verdict(FeedStatus.SILENT, f"nothing new for {days:.1f} days")
    return Verdict(FeedStatus.ACTIVE)


def allowed_silence(feed: Feed, state: FeedState) -> timedelta | None:
    """Return how long a feed may bring nothing new; None: no baseline yet."""
    rates = [r for r in (state.items_per_week, feed.expect_min_items_per_week) if r]
    if not rates:
        return None
    gap = _WEEK / max(*rates, _LEAST_RATE)
    return max(gap * SILENCE_FACTOR, MIN_SILENCE)


def items_per_week(
    items: Sequence[FeedItem], now: datetime, previous: float | None
) -> float | None:
    """Return the publication rhythm the document's own dates show, smoothed by the past.

    The span runs to `now`, so a feed that stopped slows down; None without two dates.
    """
    dates = sorted(
        i.published_at for i in items if i.published_at and not i.is_date_suspect
    )
    if len(dates) < 2 or dates[0] >= now:
        return previous
    span = max(now - dates[0], timedelta(hours=1))
    seen = len(dates) * (_WEEK / span)
    return seen if previous is None else 0.5 * seen + 0.5 * previous


def fell_off(
    old_ids: Set[str], items: Sequence[FeedItem], last_new_item_at: datetime | None
) -> int:
    """Estimate the entries that came and went between two polls.

    One entry known from the last document proves that nothing was missed. Without any,
    the hole between the two documents is filled at the new document's own rate.
    """
    if not old_ids or not items or any(i.item_id in old_ids for i in items):
        return 0
    dates = sorted(i.published_at for i in items if i.published_at)
    if len(dates) < 2 or last_new_item_at is None:
        return 1  # something was missed; how much is unknown
    hole = dates[0] - last_new_item_at
    span = max(dates[-1] - dates[0], timedelta(minutes=1))
    if hole <= timedelta(0):
        return 1
    return max(1, min(round((len(dates) - 1) * (hole / span)), 10_000))


def identical_documents(states: Iterable[FeedState]) -> tuple[tuple[str, ...], ...]:
    """Return groups of feeds whose last documents were byte for byte the same."""
    groups: dict[str, list[str]] = {}
    for state in states:
        if state.body_sha256:
            groups.setdefault(state.body_sha256, []).append(state.feed_url)
    return tuple(
        tuple(sorted(urls)) for _, urls in sorted(groups.items()) if len(urls) > 1
    )
