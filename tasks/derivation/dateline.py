"""The dateline of an agency's item: 'SAN JUAN, 17 NOV 89 (DOMESTIC SERVICE) --'."""

import re
from functools import lru_cache
from typing import NamedTuple

from tasks.text.fold import fold

_HEAD = 400  # characters in which a dateline stands
_DATELINE = re.compile(
    r"^[ \t]{0,8}[^\W\d_][^()\n\d,]{1,40},[ \t](?P<date>[^()\n]{3,24}?)[ \t]?"
    r"\((?P<service>[^()\n]{2,50})\)[ \t]?(?:--|[-–—:])",
    re.MULTILINE,
)
UNDATED = "no date"


class Dateline(NamedTuple):
    """Which service sent an item, and the date it gives, both folded."""

    service: str
    date: str


def dateline_of(text: str) -> Dateline | None:
    """Return the first dated dateline of a text; 'NO DATE' is a date that is not known."""
    return _dateline(text[:_HEAD])


@lru_cache(maxsize=4_096)
def _dateline(head: str) -> Dateline | None:
    for match in _DATELINE.finditer(head):
        date = " ".join(fold(match["date"]).split())
        if date == UNDATED or any(map(str.isdigit, date)):
            return Dateline(fold(match["service"]), date)
    return None


def dates_differ(a: str, b: str) -> bool:
    """True when one service dates two items differently: a later item is no copy.

    An item that says it is undated is not taken for a dated one.
    """
    x, y = dateline_of(a), dateline_of(b)
    return (
        x is not None and y is not None and x.service == y.service and x.date != y.date
    )
