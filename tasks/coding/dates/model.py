"""Values of the date resolver: what a text says about when, and how sure that is."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tasks.model.quick import quick_init

RECENT = timedelta(days=14)  # CODEBOOK 2: what is coded


class HasSpan(Protocol):
    """Anything with offsets into the text (a segmenter's sentence, for one)."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class DateContext:
    """What expressions resolve against; timezone is the event country's IANA name."""

    published_at: datetime | None
    timezone: str | None = None
    today: date | None = field(init=False)  # local day of publication; None: not known

    def __post_init__(self) -> None:
        """Work out the day once: every rule that weighs a date asks for it."""
        moment = self.published_at
        today = None if moment is None else _local_day(moment, self.timezone)
        object.__setattr__(self, "today", today)


@quick_init
@dataclass(frozen=True, slots=True)
class DateMention:
    """One expression. first/last bracket it; None: it needs a date nobody gave."""

    start: int
    end: int
    mention: str
    first: date | None
    last: date | None
    time_precision: int | None  # 1 day 2 week 3 month; None: longer, or unresolved
    date_prec: int | None  # UCDP 1-5
    basis: str  # 'weekday' | 'explicit' | 'relative' | 'anaphoric' | 'dateline' | ...
    is_speech: bool = False  # dates the telling, not the event
    is_future: bool = False
    is_open: bool = False  # 'since ...': a beginning, not a day of the event


def _local_day(moment: datetime, timezone: str | None) -> date:
    """Return the day of a moment (UTC when naive) in a time zone."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(_zone(timezone)).date()


@lru_cache(maxsize=512)  # ZoneInfo keeps eight, and reads the others' files again
def _zone(name: str | None) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
