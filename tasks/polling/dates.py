"""Dates as feeds write them, to UTC. Pure; the common two formats without a library."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache

_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?\Z")
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_MAX_LENGTH = 100
_MONTHS = {
    name: number
    for number, name in enumerate(
        [
            "Jan",
            "Feb",
            "Mar",
            "Apr",
            "May",
            "Jun",
            "Jul",
            "Aug",
            "Sep",
            "Oct",
            "Nov",
            "Dec",
        ],
        start=1,
    )
}
# The spelling nearly all RSS feeds use; email.utils reads all others, 20 times slower.
_RFC822 = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
    r"(\d{4}) (\d\d):(\d\d)(?::(\d\d))? (GMT|UTC|UT|Z|[+-]\d{4})\Z",
    re.ASCII,
)
FUTURE_TOLERANCE = timedelta(days=1)

Fallback = Callable[[str], datetime | None]


def parse_date(text: str | None, fallback: Fallback | None = None) -> datetime | None:
    """Return the moment in UTC; None when no reading makes sense.

    A missing zone means UTC, as RFC 822 readers assume. The year 0001 and the like,
    which publishing systems write for "no date", is no date.
    """
    text = (text or "").strip()
    if not text or len(text) > _MAX_LENGTH:
        return None
    if (match := _RFC822.match(text)) is not None:
        return _not_too_early(_common_rfc822(match))
    value = _iso(text) or _rfc822(text) or (fallback and fallback(text)) or None
    if value is None:
        return None
    value = value.replace(tzinfo=UTC) if value.tzinfo is None else value
    try:
        return _not_too_early(value.astimezone(UTC))
    except OverflowError:
        return None


def _not_too_early(value: datetime | None) -> datetime | None:
    return value if value is not None and value >= _EARLIEST else None


def is_suspect(value: datetime | None, now: datetime) -> bool:
    """Tell whether a date lies further in the future than clocks and zones explain."""
    return value is not None and value > now + FUTURE_TOLERANCE


def _iso(text: str) -> datetime | None:
    if not _ISO.match(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _common_rfc822(match: "re.Match[str]") -> datetime | None:
    day, month, year, hour, minute, second, zone = match.groups()
    try:
        moment = datetime(
            int(year),
            _MONTHS[month],
            int(day),
            int(hour),
            int(minute),
            min(int(second or 0), 59),
            0,
            UTC,
        )
        return moment - _offset(zone) if zone[0] in "+-" else moment
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=256)
def _offset(zone: str) -> timedelta:
    minutes = int(zone[1:3]) * 60 + int(zone[3:])
    return timedelta(minutes=-minutes if zone[0] == "-" else minutes)


def _rfc822(text: str) -> datetime | None:
    if not text[-1:].isalnum():
        return None
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
