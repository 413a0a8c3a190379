"""Calendar words per language, read from dates_lexicon.tsv."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """Folded form -> value, one table per kind of word."""

    weekdays: dict[str, int]
    months: dict[str, int]
    counts: dict[str, int]
    units: dict[str, int]
    speech: frozenset[str]
    future: frozenset[str]
    feasts: dict[str, int]  # month times a hundred plus day


@cache
def calendar_words(language: str = "en") -> CalendarWords:
    """Return a language's words; English for a language without a pack."""
    tables: dict[str, dict[str, int]] = {}
    for lang, kind, form, value in _rows():
        if lang == language:
            tables.setdefault(kind, {})[form] = int(value)
    if not tables:
        return calendar_words("en")
    return CalendarWords(
        tables["weekday"],
        tables["month"],
        tables["count"],
        tables["unit"],
        frozenset(tables["speech"]),
        frozenset(tables["future"]),
        tables.get("feast", {}),
    )


@cache
def _rows() -> tuple[tuple[str, str, str, str], ...]:
    path = files("tasks.coding").joinpath("data/dates_lexicon.tsv")
    lines = [x for x in path.read_text("utf-8").splitlines() if x and x[0] != "#"]
    rows = []
    for line in lines[1:]:
        lang, kind, form, value = line.split("\t")
        rows.append((lang, kind, form, value))
    return tuple(rows)
