"""When to poll a feed next. Pure: state, headers and clock are arguments."""

import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from tasks.model.quick import quick_init

MIN_INTERVAL = timedelta(minutes=5)  # no setting goes below
MAX_RHYTHM = timedelta(hours=12)  # adaptive interval of a feed that hardly publishes
MAX_WISH = timedelta(days=1)  # ttl, max-age, Expires, Retry-After
MAX_WAIT = timedelta(days=7)
MAX_JITTER = timedelta(minutes=10)
_JITTER_SHARE = 0.1
_MAX_JITTER_S = MAX_JITTER.total_seconds()
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LEAST_RATE = 0.02  # items a week: one a year
_ZERO = timedelta(0)
_HOUR = timedelta(hours=1)
_WEEK = timedelta(weeks=1)


@quick_init
@dataclass(frozen=True, slots=True)
class Wishes:
    """What speaks for waiting; the longest wish wins."""

    floor: timedelta  # configured
    document: timedelta | None = None  # ttl, sy:updatePeriod
    freshness: timedelta = _ZERO  # max-age, Expires
    retry_after: timedelta | None = None
    rhythm: timedelta | None = None  # adaptive
    backoff: timedelta = _ZERO
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()


def next_poll_at(now: datetime, wishes: Wishes, jitter_key: str) -> datetime:
    """Return the next poll: never before any wish, never after a week and a jitter.

    Jitter only adds, is derived from the key and the clock (never random), and keeps
    feeds of one publisher from coming due in the same second for ever.
    """
    servers = max(
        wishes.document or _ZERO, wishes.freshness, wishes.retry_after or _ZERO
    )
    ours = max(wishes.floor, MIN_INTERVAL, wishes.rhythm or _ZERO, wishes.backoff)
    wait = min(max(ours, min(servers, MAX_WISH)), MAX_WAIT)
    due = now + wait + _jitter(wait, f"{jitter_key} {now.timestamp()}")
    return skip_forward(due, wishes.skip_hours, wishes.skip_days)


def skip_forward(
    due: datetime, hours: tuple[int, ...], days: tuple[str, ...]
) -> datetime:
    """Return the first moment from `due` on outside the skipped GMT hours and weekdays.

    A feed that skips everything cannot mean it: its lists are ignored.
    """
    if not (hours or days) or len(set(hours)) >= 24 or len(set(days)) >= 7:
        return due
    moment = due
    for _ in range(24 * 7 + 1):
        if moment.hour not in hours and _DAYS[moment.weekday()] not in days:
            return moment
        moment = moment + _HOUR
        # Keep the minute: it is the jitter between the feeds of one host.
    return due


def rhythm_interval(
    items_per_week: float | None, items_in_document: int | None = None
) -> timedelta | None:
    """Return the interval a feed's own publication rhythm suggests; None: not known yet.

    Two polls for each item, at most 12 hours, and never so long that half of the
    document could have been replaced in between.
    """
    if items_per_week is None:
        return None
    gap = _WEEK / max(items_per_week, _LEAST_RATE)
    interval = gap / 2
    if items_in_document:
        interval = min(interval, gap * items_in_document / 2)
    return min(max(interval, MIN_INTERVAL), MAX_RHYTHM)


def _jitter(wait: timedelta, key: str) -> timedelta:
    # Spread is all that is asked of this hash, and that it is the same tomorrow.
    share = zlib.crc32(key.encode("utf-8", "surrogatepass")) / (1 << 32)
    most_s = min(wait.total_seconds() * _JITTER_SHARE, _MAX_JITTER_S)
    return timedelta(seconds=most_s * share)


def is_due(
    next_poll: datetime | None,
    blocked_until: datetime | None,
    now: datetime,
    *,
    force: bool,
) -> bool:
    """Tell whether a feed may be asked now; force overrides all but a Retry-After."""
    if blocked_until is not None and now < blocked_until:
        return False
    return force or next_poll is None or now >= next_poll
