"""Parsers of expressions that count from another day: today, ago, the previous day."""

import re
from datetime import date

from tasks.coding.dates import calc
from tasks.coding.dates import patterns as pat
from tasks.coding.dates.anchor import Reading, Site
from tasks.coding.dates.lexicon import calendar_words

_WORDS = calendar_words("en")


def count_of(word: str | None) -> int | None:
    """Return the value of a digit string or number word; None for 'few'."""
    if word is None:
        return 1
    return int(word) if word.isdigit() else _WORDS.counts.get(word)


def parse_deictic(site: Site) -> Reading | None:
    """'earlier today', 'yesterday evening', 'the day before yesterday', 'overnight'."""
    f, a, b = site.folded, site.start, site.end
    word = f[a:b]
    left = pat.DEICTIC_LEFT.search(f[max(0, a - 24) : a])
    right = pat.DEICTIC_RIGHT.match(f, b)
    start = a - len(left[0]) if left else a
    end = right.end() if right and word != "overnight" else b
    if word == "overnight":
        if pat.ON_WEEKDAY.match(f, b):
            return None  # 'overnight Tuesday' is read from its weekday
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


def parse_ago(site: Site) -> Reading | None:
    """'two weeks ago', '10 days ago', 'a year ago'."""
    f, a, b = site.folded, site.start, site.end
    amount = pat.AMOUNT_LEFT.search(f[max(0, a - pat.LEFT_WINDOW) : a])
    if amount is None:
        return None
    start = a - len(amount["all"]) - 1
    return _away((start, b), site.today, amount, sign=-1, basis="relative")


def _away(
    span: tuple[int, int],
    base: date | None,
    amount: re.Match[str],
    *,
    sign: int,
    basis: str,
) -> Reading | None:
    """Step an amount from a base day; a bracket as wide as the unit is vague."""
    number, (start, end) = count_of(amount["n"]), span
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


def _stands_alone(f: str, end: int) -> bool:
    """Tell 'the day before, …' and 'the day before in Gao' from 'a day after the raid'."""
    return bool(pat.LAST_ALONE.match(f, end) or pat.ALONE_RIGHT.match(f, end))


def parse_offset(site: Site) -> Reading | None:
    """'two days later', 'a day earlier', 'the day before', 'the night before'."""
    f, a, b = site.folded, site.start, site.end
    if f.startswith((" yesterday", " tomorrow"), b):
        return None  # 'the day before yesterday' is read from its last word
    window = f[max(0, a - pat.LEFT_WINDOW) : a]
    if f[a:b] in {"before", "after"} and not _stands_alone(f, b):
        return _counted_from(site, pat.AMOUNT_LEFT.search(window))
    sign = 1 if f[a:b] in {"later", "after"} else -1
    base = site.named or site.today
    amount = pat.AMOUNT_LEFT.search(window)
    if amount and amount["unit"][:4] != "hour":
        span = (a - len(amount["all"]) - 1, b)
        return _away(span, base, amount, sign=sign, basis="anaphoric")
    the = pat.THE_DAY_LEFT.search(window)
    if the is None or the["unit"] not in {"day", "night", "evening", "morning"}:
        return None
    start = a - len(the["all"]) - 1
    if pat.LAST_ALONE.match(f, b):
        day = calc.shift(site.today, -2)
        return Reading(start, b + 5, day, calc.shift(day, 1), "relative")
    day = calc.shift(base, sign)
    return Reading(start, b, day, day, "anaphoric")


def _counted_from(site: Site, amount: re.Match[str] | None) -> Reading | None:
    """'on Tuesday, two days after they entered': the entry; 'before the vote': no day."""
    f, a, b = site.folded, site.start, site.end
    if f[a:b] != "after" or amount is None or amount["unit"][:4] == "hour":
        return None
    start = a - len(amount["all"]) - 1
    if site.named is None or f[max(0, start - 2) : start] != ", ":
        return None
    return _away((start, b), site.named, amount, sign=-1, basis="anaphoric")


def parse_modified(site: Site) -> Reading | None:
    """'last night', 'earlier this week', 'the previous day', 'the past 48 hours'."""
    f, a = site.folded, site.start
    match = pat.MODIFIED.match(f, a)
    if match is None:
        return None
    left = pat.MODIFIED_LEFT.search(f[max(0, a - pat.LEFT_WINDOW) : a])
    prefix = left["all"] if left else ""
    end = match.end()
    if match["mod"] == "same" and pat.OF_ITSELF.match(f, end):
        return None  # 'the same day of the attack': no day told before
    if match["mod"] == "following" and match["n"] and f.startswith(" of ", end):
        return None  # 'following two days of heavy clashes'
    bracket = _modified_bracket(match, prefix, site.today, site.named)
    if bracket is None:
        return None
    first, last, basis = bracket
    if pat.BEFORE_LAST.match(f, end):
        return None  # 'the night before last' is another anchor's
    start, is_open = a - len(prefix), prefix.startswith("for ")
    ahead = match["mod"] in {"next", "coming"} and basis != "anaphoric"
    if basis == "anaphoric" and first and site.today and first > site.today:
        ahead = True  # told today, 'the next day' is tomorrow
    return Reading(start, end, first, last, basis, is_open=is_open, is_ahead=ahead)


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
    if unit == "weekend":
        return _weekend(mod, today, named)
    if unit in {"days", "hours"}:
        return None
    span = {"wee": _week, "mon": _month_of}.get(unit[:3])
    if span is not None:
        return span(mod, prefix, today)
    return _year_of(mod, today) if unit.startswith("year") else (None, None, "season")


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


def _weekend(mod: str, today: date | None, named: date | None) -> _Bracket:
    """'that weekend' is that of the day last named."""
    if named is None or mod not in {"that", "same"}:
        return weekend(today, mod)
    saturday = calc.shift(named, 5 - named.weekday())
    return saturday, calc.shift(saturday, 1), "weekend"


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
