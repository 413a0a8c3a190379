"""Conditional GET without trusting it (RFC 9110, 13; RFC 9111, 4.3). Pure."""

from dataclasses import dataclass, replace

from tasks.http.cache_headers import allows_validators, header_map
from tasks.model.feeds import FeedState, FetchedResponse

FULL_GET_EVERY = (
    24  # polls of one feed; a lying validator hides news no longer than that
)


@dataclass(frozen=True, slots=True)
class Validators:
    """Sent back exactly as received; a date is never invented or reformatted."""

    etag: str | None = None
    last_modified: str | None = None


def is_full_get_due(state: FeedState, every: int = FULL_GET_EVERY) -> bool:
    """Tell whether the next GET must be unconditional."""
    return state.etag_lies or state.polls_since_full >= every - 1


def request_headers(
    state: FeedState, every: int = FULL_GET_EVERY
) -> tuple[tuple[str, str], ...]:
    """Return If-None-Match and If-Modified-Since, both when known; empty for a full GET."""
    if is_full_get_due(state, every):
        return ()
    pairs = (
        ("If-None-Match", state.etag),
        ("If-Modified-Since", state.last_modified),
    )
    return tuple((name, value) for name, value in pairs if value)


def validators_of(response: FetchedResponse) -> Validators:
    """Return the validators a parsed 200 allows us to keep."""
    known = header_map(response.headers)
    if not allows_validators(known.get("cache-control"), known.get("expires")):
        return Validators()
    return Validators(
        _sendable(known.get("etag")), _sendable(known.get("last-modified"))
    )


def after_not_modified(state: FeedState, response: FetchedResponse) -> FeedState:
    """Return the state with the validators a 304 brought; others stay (RFC 9111, 4.3.4)."""
    fresh = validators_of(response)
    etag = fresh.etag or state.etag
    last_modified = fresh.last_modified or state.last_modified
    if (etag, last_modified) == (state.etag, state.last_modified):
        return state
    return replace(state, etag=etag, last_modified=last_modified)


def validator_lies(
    state: FeedState,
    response: FetchedResponse,
    body_sha256: str,
    *,
    items_changed: bool,
) -> bool:
    """Tell whether a 200 proves that the validator stays while the body changes.

    A weak ETag or a date may stay when only bytes change that do not matter (a time of
    generation), so those need changed items as proof; a strong ETag may never stay.
    """
    if state.body_sha256 is None or state.body_sha256 == body_sha256:
        return False
    now = validators_of(response)
    if now.etag or state.etag:
        same = now.etag is not None and now.etag == state.etag
        is_strong = same and not (now.etag or "").startswith("W/")
    else:
        same = (
            now.last_modified is not None and now.last_modified == state.last_modified
        )
        is_strong = False
    return same and (items_changed or is_strong)


def _sendable(value: str | None) -> str | None:
    """Drop what cannot go into a request header again; never alter it."""
    if not value or len(value) > 1_024 or not value.isprintable():
        return None
    return value
