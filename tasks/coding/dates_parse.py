"""One parser per kind of anchor: (folded, start, end, today, named, future) -> Reading."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tasks.coding import dates_calc as calc
from tasks.coding import dates_patterns as pat
from tasks.coding.dates_lexicon import calendar_words

_WORDS = calendar_words("en")


@dataclass(frozen=True, slots=True)
class Reading:
    """An expression's span and bracket; first None: known words, unknown day."""

    start: int
    end: int
    first: date | None
    last: date | None
    basis: str
    may_be_future: bool = True
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """An anchor in its text: today is publication's day, named the day last named."""

    folded: str
    start: int
    end: int
    today: date | None
    named: date | None
    future: bool


Parser = Callable[[Site], Reading | None]


def count_of(word: str | None) -> int | None:
    """Return the value of a digit string or number word; None for 'few'."""
    if word is None:
        return 1
    return int(word) if word.isdigit() else _WORDS.counts.get(word)


# ------------------------------------------------------------------ weekdays


def parse_weekday(site: Site) -> Reading | None:
    """'late on Monday', 'the night of Tuesday to Wednesday', 'Thursday, April 6'."""
    f, a, b = site.folded, site.start, site.end
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
    first = _weekday_day(site, weekday, mod)
    if right and right["ago"]:
        first = calc.shift(first, -7)
    last = first
    if right and right["second"]:
        first, last = _weekday_pair(site.today, first, right["second"], site.future)
    elif mod == "overnight":
        last = calc.shift(first, 1)
    is_open = f[max(0, a - 6) : a] == "since "
    return Reading(start, end, first, last, "weekday", is_open=is_open)


def _weekday_day(site: Site, weekday: int, mod: str) -> date | None:
    today = site.today
    if today is None:
        return None
    if mod in {"next", "the following", "coming", "this coming"}:
        return calc.next_weekday(today, weekday)
    latest = calc.past_weekday(today, weekday)
    if mod == "day before last":
        return calc.shift(_strictly_before(today, latest), -1)
    if mod in {"the previous", "previous"} and site.named and site.named <= today:
        named = calc.past_weekday(site.named, weekday)
        return _strictly_before(site.named, named)
    if mod in {"last", "the previous", "past", "this past"}:
        return _strictly_before(today, latest)
    if site.future or site.folded.endswith("until ", 0, site.start):
        return latest if latest == today else calc.next_weekday(today, weekday)
    return latest


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
    value = _dated(today, int(year) if year else None, month, day, future)
    return Reading(start, match.end(), value, value, "explicit") if day <= 31 else None


def _dated(
    today: date | None, year: int | None, month: int, day: int, future: bool
) -> date | None:
    if year is not None:
        return calc.make_date(year, month, day)
    return calc.nearest_year(today, month, day, future=future) if today else None


# ------------------------------------------------------------------ months


def parse_month(site: Site) -> Reading | None:
    """'14 March', 'Aug. 7, 1998', '28 February to 2 March', 'early June', 'in May 2024'."""
    f, a, b = site.folded, site.start, site.end
    month = _WORDS.months[f[a:b]]
    left = pat.MONTH_DAY_LEFT.search(f[max(0, a - 24) : a])
    if left and 1 <= int(left["d1"]) <= 31:
        return _day_then_month(f, a, b, month, left, site.today, site.future)
    right = pat.MONTH_DAY_RIGHT.match(f, b)
    if right and 1 <= int(right["d1"]) <= 31:
        return _month_then_day(f, a, month, right, site.today, site.future)
    return _bare_month(f, a, b, month, site.today, site.future)


def _day_then_month(
    f: str, a: int, b: int, month: int, left: re.Match[str],
    today: date | None, future: bool,
) -> Reading | None:  # fmt: skip
    day, day2 = int(left["d1"]), int(left["d2"] or left["d1"])
    window = max(0, a - 24)
    end, month2 = b, month
    cross = pat.CROSS_MONTH.match(f, b)
    if cross and cross["d1"] and not left["d2"]:
        day2, month2, end = int(cross["d1"]), _WORDS.months[cross["m1"]], cross.end()
    year, end = _year_at(f, end)
    first = _dated(today, year, month, day, future)
    start = _extend_left(f, window + left.start())
    return _span(f, start, end, first, month2, day2, (month, day))


def _month_then_day(
    f: str,
    a: int,
    month: int,
    right: re.Match[str],
    today: date | None,
    future: bool,
) -> Reading | None:
    day, day2, month2 = int(right["d1"]), int(right["d2"] or right["d1"]), month
    end = right.end()
    cross = pat.CROSS_MONTH.match(f, end)
    if cross and cross["m2"] and not right["d2"]:
        day2, month2, end = int(cross["d2"]), _WORDS.months[cross["m2"]], cross.end()
    year, end = _year_at(f, end)
    first = _dated(today, year, month, day, future)
    return _span(f, _extend_left(f, a), end, first, month2, day2, (month, day))


def _year_at(f: str, end: int) -> tuple[int | None, int]:
    match = pat.YEAR_RIGHT.match(f, end)
    if match:
        return int(match["y"]), match.end()
    short = pat.SHORT_YEAR.match(f, end)
    return (1900 + int(short["y"]), short.end()) if short else (None, end)


def _extend_left(f: str, start: int) -> int:
    """Take 'the night of', 'between', 'last' into the expression."""
    left = pat.DATE_LEFT.search(f[max(0, start - pat.LEFT_WINDOW) : start])
    return start - (len(left[0])) if left else start


def _span(
    f: str, start: int, end: int, first: date | None, month2: int, day2: int,
    said: tuple[int, int],
) -> Reading | None:  # fmt: skip
    """Build an explicit reading, its last day in the same or the next year."""
    if first is None:
        return Reading(start, end, None, None, "explicit")
    last: date | None = first
    if (month2, day2) != said:
        year2 = first.year + (month2 < said[0])
        last = calc.make_date(year2, month2, day2) or first
    basis = "dateline" if _is_dateline(f, start, end) else "explicit"
    is_open = f[max(0, start - 6) : start + 6].find("since") >= 0
    return Reading(start, end, first, last, basis, is_open=is_open)


def _is_dateline(f: str, start: int, end: int) -> bool:
    """Tell 'LIMA, 23 AUG 88 (EFE) --': the day a wire was filed."""
    line = f.rfind("\n", 0, start) + 1
    return (
        start - line < 60
        and pat.DATELINE.match(f, end) is not None
        and f[line:start].rstrip().endswith(",")
    )


def _bare_month(
    f: str, a: int, b: int, month: int, today: date | None, future: bool
) -> Reading | None:
    left = pat.MONTH_LEFT.search(f[max(0, a - pat.LEFT_WINDOW) : a])
    year, end = _year_at(f, b)
    if left is None and (
        year is None or f[a:b] in {"may", "march", "mar", "dec", "jan"}
    ):
        return None
    start = a - len(left[0]) if left else a
    mod = left["mod"] if left else ""
    if year is None:
        if today is None:
            return Reading(start, end, None, None, "month")
        near = calc.nearest_year(today, month, min(today.day, 28), future=future)
        if near is None:
            return None
        if "last" in mod and (near.year, near.month) == (today.year, today.month):
            near = near.replace(year=near.year - 1)
        year = near.year
    first, last = calc.month_span(year, month)
    if "early" in mod or "start" in mod or "beginning" in mod:
        last = first.replace(day=10)
    elif "late" in mod or "end" in mod:
        first = first.replace(day=20)
    elif "mid" in mod:
        first, last = first.replace(day=11), first.replace(day=20)
    return Reading(start, end, first, last, "month", is_open="since" in mod)


# ------------------------------------------------------------------ deictics


def parse_deictic(site: Site) -> Reading | None:
    """'earlier today', 'yesterday evening', 'the day before yesterday', 'overnight'."""
    f, a, b = site.folded, site.start, site.end
    word = f[a:b]
    left = pat.DEICTIC_LEFT.search(f[max(0, a - 24) : a])
    right = pat.DEICTIC_RIGHT.match(f, b)
    start = a - len(left[0]) if left else a
    end = right.end() if right and word != "overnight" else b
    if word == "overnight":
        end = b + (len(right["into"]) if right and right["into"] else 0)
        return _overnight(start, end, right["day"] if right else None, site.today)
    days = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}[word]
    if left and left["mod"] == "the day before":
        days -= 1
    elif left and left["mod"] == "the day after":
        days += 1
    value = calc.shift(site.today, days)
    return Reading(start, end, value, value, "relative", may_be_future=days > 0)


def _overnight(
    start: int, end: int, into: str | None, today: date | None
) -> Reading | None:
    if today is None:
        return Reading(start, end, None, None, "relative")
    last = calc.past_weekday(today, _WORDS.weekdays[into]) if into else today
    first = calc.shift(last, -1)
    return Reading(start, end, first, last, "overnight", may_be_future=False)


# ------------------------------------------------------------------ distances


def parse_ago(site: Site) -> Reading | None:
    """'two weeks ago', '10 days ago', 'a year ago'."""
    f, a, b = site.folded, site.start, site.end
    amount = pat.AMOUNT_LEFT.search(f[max(0, a - pat.LEFT_WINDOW) : a])
    if amount is None:
        return None
    start = a - len(amount["all"]) - 1
    return _away(start, b, site.today, amount, -1, "relative")


def _away(
    start: int,
    end: int,
    base: date | None,
    amount: re.Match[str],
    sign: int,
    basis: str,
) -> Reading | None:
    """Step an amount from a base day; a bracket as wide as the unit is vague."""
    number = count_of(amount["n"])
    if number is None:
        return None
    unit = amount["unit"]
    if unit.startswith("month"):
        day = calc.shift_months(base, sign * number)
        return Reading(start, end, calc.shift(day, -15), calc.shift(day, 15), basis)
    if unit.startswith("year"):
        day = calc.shift_months(base, 12 * sign * number)
        return Reading(start, end, calc.shift(day, -180), calc.shift(day, 180), basis)
    day = calc.shift(base, sign * number * _WORDS.units[unit])
    if unit.startswith(("week", "fortnight")):
        return Reading(start, end, calc.shift(day, -3), calc.shift(day, 3), basis)
    return Reading(start, end, day, day, basis)


def parse_offset(site: Site) -> Reading | None:
    """'two days later', 'a day earlier', 'the day before', 'the night before'."""
    f, a, b = site.folded, site.start, site.end
    if f.startswith((" yesterday", " tomorrow"), b):
        return None  # 'the day before yesterday' is read from its last word
    window = f[max(0, a - pat.LEFT_WINDOW) : a]
    sign = 1 if f[a:b] in {"later", "after"} else -1
    base = site.named or site.today
    amount = pat.AMOUNT_LEFT.search(window)
    if amount and amount["unit"][:4] != "hour":
        return _away(a - len(amount["all"]) - 1, b, base, amount, sign, "anaphoric")
    the = pat.THE_DAY_LEFT.search(window)
    if the is None or the["unit"] not in {"day", "night", "evening", "morning"}:
        return None
    start = a - len(the["all"]) - 1
    if pat.LAST_ALONE.match(f, b):
        day = calc.shift(site.today, -2)
        return Reading(start, b + 5, day, calc.shift(day, 1), "relative")
    day = calc.shift(base, sign)
    return Reading(start, b, day, day, "anaphoric")


def parse_modified(site: Site) -> Reading | None:
    """'last night', 'earlier this week', 'the previous day', 'the past 48 hours'."""
    f, a, b = site.folded, site.start, site.end
    match = pat.MODIFIED.match(f, a)
    if match is None:
        return None
    left = pat.MODIFIED_LEFT.search(f[max(0, a - pat.LEFT_WINDOW) : a])
    prefix = left["all"] if left else ""
    end = match.end()
    bracket = _modified_bracket(match, prefix, site.today, site.named)
    if bracket is None:
        return None
    first, last, basis = bracket
    if pat.BEFORE_LAST.match(f, end):
        return None  # 'the night before last' is another anchor's
    return Reading(
        a - len(prefix), end, first, last, basis, is_open=prefix.startswith("for ")
    )


_Bracket = tuple[date | None, date | None, str]
_DAY_UNITS = {"day", "night", "morning", "afternoon", "evening", "midnight", "dawn"}


def _modified_bracket(
    match: re.Match[str], prefix: str, today: date | None, named: date | None
) -> _Bracket | None:
    mod, unit, number = match["mod"], match["unit"], count_of(match["n"])
    back = mod in {"last", "past", "previous", "preceding"}
    if match["n"] is not None and (back or unit.endswith("s")):
        return _window(unit, number, today, back=back)
    if unit in _DAY_UNITS:
        return _one_day(mod, unit, today, named)
    if unit.startswith("week") and unit != "weekend":
        return _week(mod, prefix, today)
    if unit == "weekend":
        return weekend(today, mod)
    if unit.startswith("month"):
        return _month_of(mod, prefix, today)
    if unit.startswith("year"):
        return _year_of(mod, today)
    return (None, None, "season") if unit not in {"days", "hours"} else None


def _window(
    unit: str, number: int | None, today: date | None, *, back: bool
) -> _Bracket | None:
    """'the past 48 hours', 'the last three days': a bracket that ends today."""
    if number is None:
        number = 5  # 'few', 'several'
    days = -(-number // 24) if unit == "hours" else number * _WORDS.units.get(unit, 1)
    edge = calc.shift(today, -days if back else days)
    return (edge, today, "window") if back else (today, edge, "window")


def _one_day(
    mod: str, unit: str, today: date | None, named: date | None
) -> _Bracket | None:
    if mod == "this" or (mod == "last" and unit in {"night", "evening", "midnight"}):
        day = today if mod == "this" else calc.shift(today, -1)
        return day, day, "relative"
    if mod == "same":
        return named or today, named or today, "anaphoric"
    if mod == "that":
        return (named, named, "anaphoric") if named else None
    step = {"previous": -1, "preceding": -1, "next": 1, "following": 1}.get(mod)
    if step is None:
        return None
    day = calc.shift(named or today, step)
    return day, day, "anaphoric"


def _week(mod: str, prefix: str, today: date | None) -> _Bracket | None:
    """'this week' runs to the day of publication; 'last week' is the calendar week."""
    if today is None:
        return None, None, "relative"
    monday = calc.shift(today, -today.weekday())
    if mod == "this":
        last = calc.shift(today, -1) if "earlier" in prefix else today
        return monday, max(last or today, monday or today), "relative"
    weeks = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "next": 1,
             "following": 1, "coming": 1}.get(mod)  # fmt: skip
    if weeks is None:
        return None
    first = calc.shift(monday, 7 * weeks)
    return first, calc.shift(first, 6), "relative"


def weekend(today: date | None, mod: str) -> _Bracket:
    """Return Saturday and Sunday; the running one while it lasts."""
    if today is None:
        return None, None, "relative"
    saturday = calc.past_weekday(today, 5)
    if mod == "next":
        saturday = calc.next_weekday(today, 5)
    elif mod == "last" and today.weekday() >= 5:
        saturday = calc.shift(saturday, -7) or saturday
    return saturday, calc.shift(saturday, 1), "weekend"


def _month_of(mod: str, prefix: str, today: date | None) -> _Bracket | None:
    if today is None:
        return None, None, "relative"
    if mod == "this":
        last = calc.shift(today, -1) if "earlier" in prefix else today
        return (
            today.replace(day=1),
            max(last or today, today.replace(day=1)),
            "relative",
        )
    months = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(mod)
    moved = calc.shift_months(today, months) if months else None
    return (*calc.month_span(moved.year, moved.month), "relative") if moved else None


def _year_of(mod: str, today: date | None) -> _Bracket | None:
    if today is None:
        return None, None, "relative"
    step = {
        "this": 0,
        "last": -1,
        "previous": -1,
        "past": -1,
        "next": 1,
        "coming": 1,
    }.get(mod)
    if step is None or not 1 <= today.year + step <= 9999:
        return None
    year = today.year + step
    return date(year, 1, 1), date(year, 12, 31), "year"


def parse_weekend(site: Site) -> Reading | None:
    """'at the weekend', 'over the weekend'."""
    f, a, b = site.folded, site.start, site.end
    left = pat.WEEKEND_LEFT.search(f[max(0, a - 24) : a])
    start = a - len(left["all"]) if left else a
    first, last, basis = weekend(site.today, "next" if site.future else "")
    return Reading(start, b, first, last, basis)


# ------------------------------------------------------------------ numbers


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


PARSERS: dict[str, Parser] = {
    "weekday": parse_weekday,
    "month": parse_month,
    "deictic": parse_deictic,
    "ago": parse_ago,
    "offset": parse_offset,
    "modified": parse_modified,
    "weekend": parse_weekend,
    "iso": parse_iso,
    "slash": parse_slash,
    "ordinal": parse_ordinal,
    "year": parse_year,
}
