"""Redirects: which answers are one, and where they may lead. Pure."""

from dataclasses import dataclass
from typing import Self

from yarl import URL

from tasks.errors import FetchError
from tasks.http.policy import HttpPolicy
from tasks.http.urls import check_url
from tasks.model.reasons import PollReason

_PERMANENT = frozenset({301, 308})
_TEMPORARY = frozenset({302, 303, 307})


@dataclass(frozen=True, slots=True)
class Redirect:
    """A Location to follow."""

    location: str
    is_permanent: bool

    @classmethod
    def of(cls, status: int, location: str | None) -> Self | None:
        """Return the redirect an answer asks for; None if it asks for none."""
        if status not in _PERMANENT | _TEMPORARY or not location:
            return None
        return cls(location, status in _PERMANENT)


def next_hop(source: URL, redirect: Redirect, policy: HttpPolicy) -> URL:
    """Return the URL a redirect leads to; FetchError(BAD_REDIRECT) if we do not go there.

    Never from https to http; a private address stays REFUSED_ADDRESS, so that an attempt
    to reach inside is told apart from a clumsy Location.
    """
    try:
        target = source.join(URL(redirect.location.strip()))
    except (ValueError, UnicodeError) as exc:
        raise FetchError(PollReason.BAD_REDIRECT, "unparsable Location") from exc
    if source.scheme == "https" and target.scheme == "http":
        raise FetchError(PollReason.BAD_REDIRECT, "downgrade from https to http")
    try:
        # The authority as written is what check_url must see, not yarl's reading of it.
        return check_url(_as_written(redirect.location, target), policy)
    except FetchError as exc:
        if exc.reason is PollReason.BAD_URL:
            raise FetchError(PollReason.BAD_REDIRECT, exc.detail) from exc
        raise


def _as_written(location: str, joined: URL) -> str:
    written = location.strip()
    return written if "://" in written.split("?", 1)[0] else str(joined)
