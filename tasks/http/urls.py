"""Which URLs may be asked for at all. Pure; addresses are checked again at connect time."""

import re
from ipaddress import IPv4Address, IPv6Address

from yarl import URL

from tasks.errors import FetchError
from tasks.http.addresses import refusal
from tasks.http.policy import HttpPolicy
from tasks.model.reasons import PollReason

_AUTHORITY = re.compile(r"^[A-Za-z][A-Za-z0-9+.\-]*://([^/?#]*)")
_HOST_NAME = re.compile(
    r"(?=.{1,253}\Z)[a-z0-9_](?:[a-z0-9_\-]{0,62})(?:\.[a-z0-9_\-]{1,63})*\.?"
)
# WHATWG: a host whose last label is a number is an IPv4 address, in whatever base.
_NUMERIC_END = re.compile(r"(?:\d+|0x[0-9a-f]*)\Z")
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f]")


def check_url(url: str, policy: HttpPolicy) -> URL:
    """Return the parsed URL; FetchError(BAD_URL or REFUSED_ADDRESS) when it is not allowed."""
    parsed = _parse(url.strip(" \t\r\n\f"), policy)
    host = (parsed.raw_host or "").lower()
    if parsed.scheme not in {"http", "https"}:
        raise _bad(f"scheme {parsed.scheme[:20]!r}")
    if parsed.port not in policy.allowed_ports:
        raise _bad(f"port {parsed.port}")
    _check_host(host)
    return parsed


def _parse(url: str, policy: HttpPolicy) -> URL:
    authority = _AUTHORITY.match(url)
    if authority is None:
        raise _bad("not an absolute URL")
    if len(url) > policy.max_url_length:
        raise _bad("too long")
    if "@" in authority[1] or "\\" in authority[1]:
        raise _bad("user information or backslash in the authority")
    if _FORBIDDEN.search(authority[1]) or re.search(r"[\x00-\x1f\x7f]", url):
        raise _bad("control character")
    try:
        parsed = URL(url)
        if not parsed.raw_host or parsed.port is None:
            raise _bad("no host")
    except (ValueError, UnicodeError) as exc:
        raise _bad("unparsable") from exc
    return parsed


def _check_host(host: str) -> None:
    if ":" in host or _NUMERIC_END.match(
        host.rstrip(".").rpartition(".")[2]
    ):  # yarl strips the brackets of an IPv6 literal
        _check_literal(host)
    elif not _HOST_NAME.fullmatch(host):
        raise _bad("host name")


def _check_literal(host: str) -> None:
    """Accept a canonical public address only; 0177.1, 0x7f.1, 127.1, 2130706433 are refused."""
    try:
        canonical = str(IPv6Address(host) if ":" in host else IPv4Address(host))
    except ValueError as exc:
        raise _bad("numeric host that is not a canonical address") from exc
    if (why := refusal(canonical)) is not None:
        raise FetchError(PollReason.REFUSED_ADDRESS, why)


def _bad(detail: str) -> FetchError:
    return FetchError(PollReason.BAD_URL, detail)
