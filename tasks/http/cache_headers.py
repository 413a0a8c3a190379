"""Response headers that say how long to wait, as RFC 9110 and 9111 read them. Pure."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

MAX_WAIT = timedelta(days=1)  # one bad header must not silence a feed for good
_DIRECTIVE = re.compile(r'([A-Za-z-]{1,40})\s*(?:=\s*"?([^",]{0,40})"?)?')


def retry_after(header: str | None, now: datetime) -> timedelta | None:
    """Return the wait a Retry-After asks for (seconds or HTTP-date), capped; None if unusable."""
    text = (header or "").strip()
    if re.fullmatch(r"\d{1,12}(?:\.\d{1,9})?", text, re.ASCII):
        return min(timedelta(seconds=float(text)), MAX_WAIT)
    moment = http_date(text)
    if moment is None:
        return None
    return min(max(moment - now, timedelta(0)), MAX_WAIT)


def http_date(text: str | None) -> datetime | None:
    """Return an HTTP-date in UTC; None if it is none ('0', '-1', garbage)."""
    try:
        moment = parsedate_to_datetime((text or "").strip()[:64])
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def directives(cache_control: str | None) -> dict[str, str]:
    """Return Cache-Control directives, lower case; the first of a name wins."""
    found: dict[str, str] = {}
    for name, value in _DIRECTIVE.findall((cache_control or "")[:1_000]):
        found.setdefault(name.lower(), value.strip())
    return found


def freshness(
    cache_control: str | None, expires: str | None, date: str | None, now: datetime
) -> timedelta:
    """Return how long the answer stays fresh, capped; zero if it does not say.

    max-age beats Expires (RFC 9111, 5.3); Expires counts from the server's own Date, so
    that a wrong clock there does no harm; an unreadable Expires ('0') is in the past.
    """
    known = directives(cache_control) if cache_control else {}
    if "no-store" in known or "no-cache" in known:
        return timedelta(0)
    age = known.get("max-age", "")
    if age.isdecimal() and age.isascii():
        return min(timedelta(seconds=int(age[:9])), MAX_WAIT)
    moment = http_date(expires) if expires else None
    if moment is None:
        return timedelta(0)
    return min(max(moment - (http_date(date) or now), timedelta(0)), MAX_WAIT)


def header_map(headers: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return the first value of each header by lower-case name."""
    found: dict[str, str] = {}
    for name, value in headers:
        found.setdefault(name.lower(), value)
    return found


def allows_validators(cache_control: str | None, expires: str | None) -> bool:
    """Tell whether validators may be kept: not under no-store, not with 'Expires: 0'.

    Servers that send 'Expires: 0' mean "never reuse this", and some of them answer 304
    to any validator.
    """
    if cache_control and "no-store" in directives(cache_control):
        return False
    return (expires or "").strip() not in {"0", "-1"}
