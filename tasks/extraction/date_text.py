"""Dates as pages write them: ISO 8601 and its corruptions, RFC 822, words, figures."""

import re
import tomllib
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path

from tasks.text.fold import fold

_DATA = Path(__file__).with_name("months.toml")
EARLIEST_YEAR = 1990  # no web page is older; smaller years are parsing accidents

_ISO = re.compile(
    r"(?P<y>(?:19|20)\d\d)-?(?P<m>\d\d)-?(?P<d>\d\d)"
    r"(?:[T\s]+(?P<H>\d{1,2}):?(?P<M>\d\d)(?::?(?P<S>\d\d))?(?:[.,]\d{1,9})?"
    r"\s*(?P<z>Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?)?(?!\d)",
    re.IGNORECASE,
)
_FIGURES = re.compile(
    r"(?<![\d./-])(?P<a>\d{1,2})(?P<s>[./-])\s?(?P<b>\d{1,2})(?P=s)\s?(?P<y>(?:19|20)\d\d|\d\d)(?![\d])"
)
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)\s?[./年-]\s?(?P<m>\d{1,2})\s?[./月-]\s?(?P<d>\d{1,2})(?!\d)"
)
_EPOCH = re.compile(r"\A(?:1[0-9]{9}|1[0-9]{12})\Z")


@cache
def _words() -> tuple[dict[str, int], re.Pattern[str], re.Pattern[str]]:
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    months = {
        fold(name): number
        for names in data["months"].values()
        for number, forms in enumerate(names, 1)
        for name in forms.split("|")
    }
    name = "|".join(sorted(map(re.escape, months), key=lambda n: (-len(n), n)))
    day_first = re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?\s?(?:de |of |-)?\s?(?P<n>{name})\.?,?"
        rf"\s?(?:de |del |-)?\s?(?P<y>(?:19|20)\d\d)(?!\d)"
    )
    month_first = re.compile(
        rf"(?<![^\W\d_])(?P<n>{name})\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y>(?:19|20)\d\d)(?!\d)"
    )
    return months, day_first, month_first


def parse_stamp(text: str) -> tuple[datetime, bool, bool] | None:
    """Return (value, has time, has zone) of a machine's date; None if unreadable.

    A date without a zone is given UTC, and says so in the third value.
    """
    text = text.strip()[:100]
    if _EPOCH.match(text):
        seconds = int(text[:10])
        return datetime.fromtimestamp(seconds, UTC), True, True
    match = _ISO.match(text)
    if match:
        return _from_iso(match)
    try:
        value = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        day = find_day(text)
        return None if day is None else (_midnight(day), False, False)
    if value.year < EARLIEST_YEAR:
        return None
    if value.tzinfo is None:
        return value.replace(tzinfo=UTC), True, False
    return value, True, True


def _from_iso(match: re.Match[str]) -> tuple[datetime, bool, bool] | None:
    zone = (match["z"] or "").upper()
    if zone in ("Z", "UTC", "GMT"):
        zone = "+00:00"
    elif len(zone) == 5:
        zone = f"{zone[:3]}:{zone[3:]}"
    elif len(zone) == 3:
        zone += ":00"
    stamp = f"{match['y']}-{match['m']}-{match['d']}"
    if match["H"]:
        stamp += f"T{int(match['H']):02}:{match['M']}:{match['S'] or '00'}"
    try:
        value = datetime.fromisoformat(stamp + (zone if match["H"] else ""))
    except ValueError:
        day = find_day(stamp)
        return None if day is None else (_midnight(day), False, False)
    if value.year < EARLIEST_YEAR:
        return None
    if value.tzinfo is None:
        return value.replace(tzinfo=UTC), match["H"] is not None, False
    return value, True, True


def find_day(text: str, *, month_first: bool = False) -> date | None:
    """Return the first day written in a text; None if there is none.

    month_first reads 03/04/2020 as March 4; with false it is April 3.
    """
    folded = fold(text)
    months, by_day, by_month = _words()
    found: list[tuple[int, date | None]] = []
    for pattern in (by_day, by_month):
        found += [
            (m.start(), _day(m["y"], months[m["n"]], m["d"]))
            for m in pattern.finditer(folded)
        ]
    for pattern in (_ISO, _YEAR_FIRST):
        found += [
            (m.start(), _day(m["y"], m["m"], m["d"])) for m in pattern.finditer(folded)
        ]
    found += [(m.start(), _figures(m, month_first)) for m in _FIGURES.finditer(folded)]
    days = [(at, day) for at, day in found if day is not None]
    return min(days)[1] if days else None


def _figures(match: re.Match[str], month_first: bool) -> date | None:
    first, second = match["a"], match["b"]
    if month_first and match["s"] != ".":
        first, second = second, first
    return _day(match["y"], second, first) or _day(match["y"], first, second)


def _day(year: str, month: str | int, day: str) -> date | None:
    number = int(year)
    if number < 100:
        number += 2000
    try:
        value = date(number, int(month), int(day))
    except ValueError:
        return None
    return value if value.year >= EARLIEST_YEAR else None


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
