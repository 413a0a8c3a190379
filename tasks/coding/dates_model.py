"""Values of the date resolver: what a text says about when, and how sure that is."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


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

    @property
    def today(self) -> date | None:
        """Return the local day of publication; None when it is not known."""
        if self.published_at is None:
            return None
        return _local_day(self.published_at, self.timezone)


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


@lru_cache(maxsize=64)
def _local_day(moment: datetime, timezone: str | None) -> date:
    """Return the day of a moment (UTC when naive) in a time zone; asked often."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(_zone(timezone)).date()


def _zone(name: str | None) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
