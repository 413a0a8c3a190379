"""Parsers of expressions that name a day: weekdays, months, numerals, years."""

import re
from datetime import date

from tasks.coding.dates import calc
from tasks.coding.dates import patterns as pat
from tasks.coding.dates.anchor import Reading, Site
from tasks.coding.dates.lexicon import calendar_words

_WORDS = calendar_words("en")
_DAY_WINDOW = 24  # characters a day and its joins may take before a month
_SAFE_DAY = 28  # every month has it


def parse_weekday(site: Site) -> Reading | None:
    """'late on Monday', 'the night of Tuesday to Wednesday', 'Thursday, April 6'."""
    f, a, b = site.folded, site.start, site.end
    if pat.NAMED_DAY.search(f, max(0, a - 8), a):
        return None  # 'Bloody Friday' was once
    if pat.WEEKDAY_NAMES.match(f, b):
        return None  # 'the Sunday market' is held on other days too
    dated = pat.WEEKDAY_DATE.match(f, b)
    left = pat.WEEKDAY_LEFT.search(f[max(0, a - pat.LEFT_WINDOW) : a])
    mod = left["mod"] if left else ""
    start = a - len(left["all"]) if left else a
    if dated:
        return _weekday_with_date(start, dated, site.today, site.future)
    right = pat.WEEKDAY_RIGHT.match(f, b)
    end = right.end() if right else b
    weekday = _WORDS.weekdays[f[a:b]]
    if site.today is None:
        return Reading(start, end, None, None, "weekday")
    if right and right["last"]:
        mod = "last"
    first = _weekday_day(site, weekday, mod)
    if right and right["ago"] in _ONE:
        first = calc.shift(first, -7)
    elif back := _weeks_back(right, mod):
        monday = calc.shift(site.today, -site.today.weekday())
        first = calc.shift(monday, weekday - 7 * back)
    last = first
    if right and right["second"]:
        first, last = _weekday_pair(site.today, first, right["second"], site.future)
    elif mod == "overnight":
        last = calc.shift(first, 1)
    is_open = f[max(0, a - 6) : a] == "since "
    ahead = mod in _AHEAD
    return Reading(start, end, first, last, "weekday", is_open=is_open, is_ahead=ahead)


def _weekday_day(site: Site, weekday: int, mod: str) -> date | None:
    today = site.today
    if today is None:
        return None
    latest = calc.past_weekday(today, weekday)
    if mod in _AHEAD or (site.future and not mod and latest != today):
        return calc.next_weekday(today, weekday)
    if mod == "day before last":
        return calc.shift(_strictly_before(today, latest), -1)
    if mod in _PREVIOUS and site.named and site.named <= today:
        return _strictly_before(site.named, calc.past_weekday(site.named, weekday))
    return _strictly_before(today, latest) if mod in _BACK else latest


def _weeks_back(right: re.Match[str] | None, mod: str) -> int:
    """'Tuesday of last week', 'Wednesday two weeks ago': calendar weeks, 0 when none is said."""
    if mod == "last week" or (right and right["week"]):
        return 1
    return {"two": 2, "three": 3}.get(right["ago"] or "", 0) if right else 0


_ONE = frozenset({"a", "one"})
_AHEAD = frozenset({"next", "the following", "coming", "this coming"})
_PREVIOUS = frozenset({"the previous", "previous"})
_BACK = frozenset({"last", "the previous", "past", "this past"})


def _strictly_before(today: date, latest: date) -> date | None:
    return calc.shift(latest, -7) if latest == today else latest


def _weekday_pair(
    today: date, first: date | None, second: str, future: bool
) -> tuple[date | None, date | None]:
    """'between Monday and Wednesday': the second day follows the first."""
    if first is None:
        return None, None
    last = calc.next_weekday(first, _WORDS.weekdays[second])
    if last > today and not future:
        back = calc.shift(first, -7)
        return back, calc.shift(last, -7)
    return first, last


def _weekday_with_date(
    start: int, match: re.Match[str], today: date | None, future: bool
) -> Reading | None:
    month = _WORDS.months[match["m1"] or match["m2"]]
    day = int(match["d1"] or match["d2"])
    year = match["y1"] or match["y2"]
    value = _dated(today, int(year) if year else None, (month, day), future=future)
    return Reading(start, match.end(), value, value, "explicit") if day <= 31 else None


def _dated(
    today: date | None, year: int | None, day: tuple[int, int], *, future: bool
) -> date | None:
    """Return (month, day) in the year said, else in the year meant."""
    if year is not None:
        return calc.make_date(year, *day)
    return calc.nearest_year(today, *day, future=future) if today else None


def parse_month(site: Site) -> Reading | None:
    """'14 March', 'Aug. 7, 1998', '28 February to 2 March', 'early June', 'in May 2024'."""
    f, a, b = site.folded, site.start, site.end
    month = _WORDS.months[f[a:b]]
    left = pat.MONTH_DAY_LEFT.search(f[max(0, a - _DAY_WINDOW) : a])
    if left and 1 <= int(left["d1"]) <= 31:
        return _day_then_month(site, month, left)
    right = pat.MONTH_DAY_RIGHT.match(f, b)
    if right and 1 <= int(right["d1"]) <= 31:
        return _month_then_day(site, month, right)
    return _bare_month(site, month)


def _day_then_month(site: Site, month: int, left: re.Match[str]) -> Reading | None:
    f, end, month2 = site.folded, site.end, month
    day, day2 = int(left["d1"]), int(left["d2"] or left["d1"])
    cross = pat.CROSS_MONTH.match(f, end)
    if cross and cross["d1"] and not left["d2"]:
        day2, month2, end = int(cross["d1"]), _WORDS.months[cross["m1"]], cross.end()
    if _names_a_thing(f, max(0, site.start - _DAY_WINDOW) + left.start(), end):
        return None
    year, end = _year_at(site, end)
    first = _dated(site.today, year, (month, day), future=site.future)
    start = max(0, site.start - _DAY_WINDOW) + left.start()
    span = (_extend_left(f, start), end)
    return _span(f, span, first, said=(month, day), until=(month2, day2))


def _month_then_day(site: Site, month: int, right: re.Match[str]) -> Reading | None:
    f, end, month2 = site.folded, right.end(), month
    day, day2 = int(right["d1"]), int(right["d2"] or right["d1"])
    cross = pat.CROSS_MONTH.match(f, end)
    if cross and cross["m2"] and not right["d2"]:
        day2, month2, end = int(cross["d2"]), _WORDS.months[cross["m2"]], cross.end()
    if _names_a_thing(f, site.start, end):
        return None
    year, end = _year_at(site, end)
    first = _dated(site.today, year, (month, day), future=site.future)
    span = (_extend_left(f, site.start), end)
    return _span(f, span, first, said=(month, day), until=(month2, day2))


def _names_a_thing(f: str, start: int, end: int) -> bool:
    """Tell 'the 19 April Movement' from 'on 19 April movement was banned'."""
    return (
        pat.THING_NAMED.match(f, end) is not None
        and pat.ADVERBIAL_LEFT.search(f, max(0, start - 8), start) is None
    )


def _year_at(site: Site, end: int) -> tuple[int | None, int]:
    f, today = site.folded, site.today
    match = pat.YEAR_RIGHT.match(f, end)
    if match:
        return int(match["y"]), match.end()
    told = pat.YEAR_TOLD.match(f, end)
    if told and today is not None:  # 'in April this year', 'on May 3 last year'
        return today.year - (told["which"] == "last"), told.end()
    short = pat.SHORT_YEAR.match(f, end)
    return (1900 + int(short["y"]), short.end()) if short else (None, end)


def _extend_left(f: str, start: int) -> int:
    """Take 'the night of', 'between', 'last' into the expression."""
    left = pat.DATE_LEFT.search(f[max(0, start - pat.LEFT_WINDOW) : start])
    return start - (len(left[0])) if left else start


def _span(
    f: str,
    span: tuple[int, int],
    first: date | None,
    *,
    said: tuple[int, int],
    until: tuple[int, int],
) -> Reading:
    """Build an explicit reading, its last day in the same or the next year."""
    start, end = span
    if first is None:
        return Reading(start, end, None, None, "explicit")
    last: date | None = first
    if until != said:
        year = first.year + (until[0] < said[0])
        last = calc.make_date(year, *until) or first
    basis = "dateline" if _is_dateline(f, start, end) else "explicit"
    is_open = "since" in f[max(0, start - 6) : start + 6]
    return Reading(start, end, first, last, basis, is_open=is_open)


def _is_dateline(f: str, start: int, end: int) -> bool:
    """Tell 'LIMA, 23 AUG 88 (EFE) --': the day a wire was filed."""
    line = f.rfind("\n", 0, start) + 1
    return (
        start - line < 60
        and pat.DATELINE.match(f, end) is not None
        and f[line:start].rstrip().endswith(",")
    )


def _year_of_month(site: Site, month: int, *, is_last: bool) -> int | None:
    today = site.today
    if today is None:
        return None
    day = min(today.day, _SAFE_DAY)
    near = calc.nearest_year(today, month, day, future=site.future)
    if near is None:
        return None
    is_running = (near.year, near.month) == (today.year, today.month)
    return near.year - (is_last and is_running)


def _bare_month(site: Site, month: int) -> Reading | None:
    f, a, b = site.folded, site.start, site.end
    left = pat.MONTH_LEFT.search(f[max(0, a - pat.LEFT_WINDOW) : a])
    year, end = _year_at(site, b)
    shared = pat.SHARED_YEAR.match(f, b) if year is None else None
    if shared:  # 'in May and June 2015'
        year = int(shared["y"])
    if left is None and (
        year is None or f[a:b] in {"may", "march", "mar", "dec", "jan"}
    ):
        return None
    start = a - len(left[0]) if left else a
    mod = left["mod"] if left else ""
    if year is None:
        year = _year_of_month(site, month, is_last="last" in mod)
    if year is None:
        return Reading(start, end, None, None, "month")
    first, last = calc.month_span(year, month)
    if "early" in mod or "start" in mod or "beginning" in mod:
        last = first.replace(day=10)
    elif "late" in mod or "end" in mod:
        first = first.replace(day=20)
    elif "mid" in mod:
        first, last = first.replace(day=11), first.replace(day=20)
    return Reading(start, end, first, last, "month", is_open="since" in mod)


def parse_iso(site: Site) -> Reading | None:
    """'2026-03-14'."""
    f, a, b = site.folded, site.start, site.end
    try:
        value = date.fromisoformat(f[a:b])
    except ValueError:
        return None
    return Reading(a, b, value, value, "explicit")


def parse_slash(site: Site) -> Reading | None:
    """'14/03/2026'; the day comes first unless only the other order is a date."""
    f, a, b = site.folded, site.start, site.end
    one, two, year = (int(part) for part in f[a:b].split("/"))
    value = calc.make_date(year, two, one) or calc.make_date(year, one, two)
    return Reading(a, b, value, value, "explicit") if value else None


def parse_ordinal(site: Site) -> Reading | None:
    """'on the 14th', 'the 14th of this month'."""
    f, a, b = site.folded, site.start, site.end
    right = pat.ORDINAL_RIGHT.match(f, b)
    which = right["which"] if right else None
    if right is None or not (which or pat.ORDINAL_LEFT.search(f[max(0, a - 12) : a])):
        return None
    if site.today is None:
        return Reading(a, right.end(), None, None, "explicit")
    day = int("".join(c for c in f[a:b] if c.isdigit()))
    value = calc.make_date(site.today.year, site.today.month, day)
    if which == "last" or (value and value > site.today and not site.future):
        back = calc.shift_months(site.today.replace(day=1), -1)
        value = calc.make_date(back.year, back.month, day) if back else None
    return Reading(a, right.end(), value, value, "explicit") if value else None


def parse_year(site: Site) -> Reading | None:
    """'in 2012', 'since 2015': a bracket of a year, never an event's day."""
    f, a, b = site.folded, site.start, site.end
    left = pat.YEAR_LEFT.search(f[max(0, a - 14) : a])
    if left is None or (f[b : b + 1] in {",", "."} and f[b + 1 : b + 2].isdigit()):
        return None
    year = int(f[a:b])
    start = a - len(left[0])
    is_open = left["mod"] == "since"
    return Reading(
        start, b, date(year, 1, 1), date(year, 12, 31), "year", is_open=is_open
    )
