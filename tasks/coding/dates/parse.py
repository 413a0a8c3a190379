"""The parser of every kind of anchor."""

from tasks.coding.dates import named_days as calendar
from tasks.coding.dates import relative
from tasks.coding.dates.anchor import Parser
from tasks.coding.dates.feasts import parse_feast

PARSERS: dict[str, Parser] = {
    "weekday": calendar.parse_weekday,
    "month": calendar.parse_month,
    "deictic": relative.parse_deictic,
    "ago": relative.parse_ago,
    "offset": relative.parse_offset,
    "modified": relative.parse_modified,
    "weekend": relative.parse_weekend,
    "iso": calendar.parse_iso,
    "slash": calendar.parse_slash,
    "ordinal": calendar.parse_ordinal,
    "year": calendar.parse_year,
    "feast": parse_feast,
}
