"""Calendar arithmetic of the resolver: pure, never raises, None when out of range."""

import calendar
from datetime import date, timedelta

_PAST_SLACK_DAYS = 1  # another time zone's tomorrow is still today's news
_FUTURE_COST = 2.5  # a day ahead weighs as much as two and a half days back
_NIGHT_SPAN = 1
_WEEK_SPAN = 6
_MONTH_SPAN = 30


def make_date(year: int, month: int, day: int) -> date | None:
    """Return the date, None if the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shift(day: date | None, days: int) -> date | None:
    """Return day + days; None stays None, and so does an impossible year."""
    if day is None:
        return None
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def shift_months(day: date | None, months: int) -> date | None:
    """Return the same day of another month, clipped to that month's length."""
    if day is None:
        return None
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9998:
        return None
    return date(year, month + 1, min(day.day, month_length(year, month + 1)))


def month_length(year: int, month: int) -> int:
    """Return how many days a month has."""
    return calendar.monthrange(year, month)[1]


def month_span(year: int, month: int) -> tuple[date, date]:
    """Return the first and last day of a month."""
    return date(year, month, 1), date(year, month, month_length(year, month))


def past_weekday(today: date, weekday: int) -> date:
    """Return the latest such weekday not after today, today included."""
    return today - timedelta(days=(today.weekday() - weekday) % 7)


def next_weekday(today: date, weekday: int) -> date:
    """Return the first such weekday after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def nearest_year(today: date, month: int, day: int, *, future: bool) -> date | None:
    """Return the month and day in the year a reporter means without naming it.

    The past is nearer than the future unless the clause speaks of the future.
    """
    years = (today.year - 1, today.year, today.year + 1)
    days = [d for y in years if (d := make_date(y, month, day))]
    if not days:
        return None

    def cost(candidate: date) -> float:
        ahead = (candidate - today).days
        if future:
            return ahead if ahead >= 0 else -ahead * _FUTURE_COST
        return -ahead if ahead <= _PAST_SLACK_DAYS else ahead * _FUTURE_COST

    return min(days, key=cost)


def precision(first: date | None, last: date | None) -> tuple[int | None, int | None]:
    """Return (time_precision, date_prec) of a bracket; a night of two days is a day."""
    if first is None or last is None:
        return None, None
    width = (last - first).days
    if width <= _NIGHT_SPAN:
        return 1, 1
    if width < _WEEK_SPAN:
        return 2, 2
    if width <= _WEEK_SPAN + 1:
        return 2, 3
    if width <= _MONTH_SPAN:
        return 3, 4
    return None, 5
