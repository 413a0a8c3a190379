"""What a document says about its own rhythm: ttl, sy:updatePeriod. Pure."""

import re
from datetime import timedelta

MAX_HINT = timedelta(days=7)  # a longer wish is a mistake
_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def ttl_of(text: str | None) -> timedelta | None:
    """Return RSS <ttl> (minutes); None if absent or not a positive number."""
    minutes = _positive(text)
    return min(timedelta(minutes=minutes), MAX_HINT) if minutes else None


def update_period_of(period: str | None, frequency: str | None) -> timedelta | None:
    """Return sy:updatePeriod divided by sy:updateFrequency; None if absent or unknown."""
    length = _PERIODS.get((period or "").strip().lower())
    if length is None:
        return None
    return min(length / (_positive(frequency) or 1), MAX_HINT)


def skip_hours_of(texts: list[str]) -> tuple[int, ...]:
    """Return the hours (0-23, GMT) not to poll in; 24 means midnight, as in RSS 0.91."""
    hours = {int(t) % 24 for t in texts if re.fullmatch(r"\s*\d{1,2}\s*", t)}
    return tuple(sorted(hours))


def skip_days_of(texts: list[str]) -> tuple[str, ...]:
    """Return the weekdays not to poll on, lower case, in calendar order."""
    named = {text.strip().lower() for text in texts}
    return tuple(day for day in _DAYS if day in named)


def _positive(text: str | None) -> int:
    match = re.match(r"\s*(\d{1,9})", text or "")
    return int(match[1]) if match else 0
