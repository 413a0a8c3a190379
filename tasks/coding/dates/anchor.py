"""What one anchor is parsed from and into."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tasks.model.quick import quick_init


@quick_init
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
    is_ahead: bool = False  # 'next week': the future whatever the clause says


@quick_init
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
