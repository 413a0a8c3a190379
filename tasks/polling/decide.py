"""From an answer to the next state and the row of feed_polls. Pure: values in, values out."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from tasks.errors import FeedError, FetchError
from tasks.http.cache_headers import freshness, header_map, retry_after
from tasks.model.feeds import (
    Feed,
    FeedItem,
    FeedPoll,
    FeedState,
    FetchedResponse,
    ParsedFeed,
    PollOutcome,
)
from tasks.model.quick import changed, quick_init
from tasks.model.reasons import PollReason
from tasks.polling import backoff, conditional_get, health, moves, sitemap_index
from tasks.polling.changes import MAX_KEYS, ids_of, new_or_changed, num_unknown
from tasks.polling.dates import is_suspect
from tasks.polling.schedule import Wishes, next_poll_at, rhythm_interval


@quick_init
@dataclass(frozen=True, slots=True)
class Asked:
    """One request of one feed: who, where, when, from which state."""

    feed: Feed
    state: FeedState
    url: str
    at: datetime
    full_get_every: int = conditional_get.FULL_GET_EVERY


def on_not_modified(asked: Asked, response: FetchedResponse) -> PollOutcome:
    """Return the outcome of a 304: nothing new, validators may be renewed."""
    state = conditional_get.after_not_modified(asked.state, response)
    state = moves.after_answer(state, asked.url, response.permanent_redirect_to)
    state = sitemap_index.after_child(state, asked.url, brought_news=False)
    return _success(asked, _still_empty(state), response, PollReason.NOT_MODIFIED)


def on_same_body(asked: Asked, response: FetchedResponse, digest: str) -> PollOutcome:
    """Return the outcome of a 200 that is byte for byte what we have."""
    state = _still_empty(_with_validators(asked, response, digest))
    state = sitemap_index.after_child(state, asked.url, brought_news=False)
    return _success(asked, state, response, PollReason.SAME_BODY)


def on_sitemap_index(
    asked: Asked, response: FetchedResponse, child: str
) -> PollOutcome:
    """Return the outcome of an index: no items yet, and where the next polls go."""
    state = moves.after_answer(asked.state, asked.url, response.permanent_redirect_to)
    state = sitemap_index.after_index(state, child)
    outcome = _success(asked, state, response, PollReason.OK)
    poll = changed(outcome.poll, detail=f"sitemap index, next: {child}"[:200])
    return changed(outcome, poll=poll, response=response)


def on_document(
    asked: Asked, response: FetchedResponse, digest: str, parsed: ParsedFeed
) -> PollOutcome:
    """Return the outcome of a parsed document: new and changed items, next state."""
    items = _with_flagged_dates(parsed.items, asked.at)
    old_keys = asked.state.guids_in_last_document
    keys = parsed.item_keys
    fresh = new_or_changed(items, keys, old_keys)
    num_new = num_unknown(fresh, old_keys)
    state = _with_validators(asked, response, digest, items_changed=bool(fresh))
    state = changed(
        state,
        interval_wish=_document_wish(parsed),
        skip_hours=parsed.skip_hours,
        skip_days=parsed.skip_days,
        empty_streak=0 if items else asked.state.empty_streak + 1,
        items_per_week=health.items_per_week(
            items, asked.at, asked.state.items_per_week
        ),
        last_new_item_at=asked.at if num_new else asked.state.last_new_item_at,
        # An empty answer must not make every item look new when they come back.
        guids_in_last_document=keys[:MAX_KEYS] if items else old_keys,
    )
    state = sitemap_index.after_document(state, asked.url)
    state = sitemap_index.after_child(state, asked.url, brought_news=num_new > 0)
    lost = health.fell_off(ids_of(old_keys), items, asked.state.last_new_item_at)
    outcome = _success(
        asked, state, response, PollReason.OK if items else PollReason.EMPTY
    )
    poll = changed(
        outcome.poll, num_items=len(items), num_new_items=num_new, num_fell_off=lost
    )
    return changed(outcome, poll=poll, items=fresh, response=response)


def on_failure(
    asked: Asked, error: FetchError | FeedError, response: FetchedResponse | None = None
) -> PollOutcome:
    """Return the outcome of a failed poll: back-off by class, nothing is abandoned."""
    failures = asked.state.consecutive_failures + 1
    wait = _retry_after(error, response, asked.at)
    state = changed(
        sitemap_index.after_child(
            moves.after_failure(asked.state, asked.url), asked.url, brought_news=False
        ),
        status=backoff.status_after(error.reason, failures),
        last_polled_at=asked.at,
        consecutive_failures=failures,
        last_reason=error.reason,
        blocked_until=asked.at + wait if wait else None,
    )
    due = next_poll_at(
        asked.at,
        Wishes(
            floor=asked.feed.poll_interval,
            retry_after=wait,
            backoff=backoff.wait_after(error.reason, failures),
        ),
        asked.feed.feed_url,
    )
    status = response.status if response else getattr(error, "status", None)
    return _outcome(asked, changed(state, next_poll_at=due), response, status, error)


def on_blocked_host(asked: Asked, until: datetime) -> PollOutcome:
    """Return the outcome of a feed not asked because its host just said to wait.

    No request was sent, so it is no failure of this feed.
    """
    state = changed(
        asked.state,
        next_poll_at=max(until, asked.at),
        blocked_until=until,
        last_reason=PollReason.RATE_LIMITED,
    )
    error = FetchError(PollReason.RATE_LIMITED, "host asked us to wait; not requested")
    return _outcome(asked, state, None, None, error)


def body_digest(response: FetchedResponse) -> str:
    """Return the hash that tells one body from another."""
    return hashlib.sha256(response.body).hexdigest()


def _with_validators(
    asked: Asked,
    response: FetchedResponse,
    digest: str,
    *,
    items_changed: bool = False,
) -> FeedState:
    """Store validators, only now that the document proved usable."""
    is_same_document = not sitemap_index.is_index(asked.state, asked.url)
    lies = is_same_document and conditional_get.validator_lies(
        asked.state, response, digest, items_changed=items_changed
    )
    fresh = conditional_get.validators_of(response)
    state = changed(
        asked.state,
        etag=fresh.etag,
        last_modified=fresh.last_modified,
        body_sha256=digest,
        etag_lies=asked.state.etag_lies or lies,
    )
    return moves.after_answer(state, asked.url, response.permanent_redirect_to)


def _still_empty(state: FeedState) -> FeedState:
    """An unchanged empty document is one more empty answer."""
    if not state.empty_streak:
        return state
    return changed(state, empty_streak=state.empty_streak + 1)


def _success(
    asked: Asked,
    state: FeedState,
    response: FetchedResponse,
    reason: PollReason,
) -> PollOutcome:
    verdict = health.judge(asked.feed, state, asked.at)
    state = changed(
        state,
        status=verdict.status,
        last_polled_at=asked.at,
        last_success_at=asked.at,
        consecutive_failures=0,
        last_reason=reason,
        blocked_until=None,
        polls_since_full=_polls_since_full(asked),
        next_poll_at=_next_after_success(asked, state, response),
    )
    poll = FeedPoll(
        feed_url=asked.feed.feed_url,
        polled_at=asked.at,
        reason=reason,
        http_status=response.status,
        num_items=0,
        num_new_items=0,
        num_fell_off=0,
        body_bytes=len(response.body),
        elapsed_ms=response.elapsed_ms,
        next_poll_at=state.next_poll_at or asked.at,
        detail=verdict.alarm,
    )
    return PollOutcome(asked.feed, state, poll)


def _polls_since_full(asked: Asked) -> int:
    if conditional_get.is_full_get_due(asked.state, asked.full_get_every):
        return 0
    return asked.state.polls_since_full + 1


def _next_after_success(
    asked: Asked, state: FeedState, response: FetchedResponse
) -> datetime:
    known = header_map(response.headers)
    wishes = Wishes(
        floor=asked.feed.poll_interval,
        document=state.interval_wish,
        freshness=freshness(
            known.get("cache-control"),
            known.get("expires"),
            known.get("date"),
            asked.at,
        ),
        rhythm=rhythm_interval(state.items_per_week, len(state.guids_in_last_document)),
        skip_hours=state.skip_hours,
        skip_days=state.skip_days,
    )
    return next_poll_at(asked.at, wishes, asked.feed.feed_url)


def _outcome(
    asked: Asked,
    state: FeedState,
    response: FetchedResponse | None,
    status: int | None,
    error: FetchError | FeedError,
) -> PollOutcome:
    poll = FeedPoll(
        feed_url=asked.feed.feed_url,
        polled_at=asked.at,
        reason=error.reason,
        http_status=status,
        num_items=0,
        num_new_items=0,
        num_fell_off=0,
        body_bytes=len(response.body) if response else 0,
        elapsed_ms=response.elapsed_ms if response else 0,
        next_poll_at=state.next_poll_at or asked.at,
        detail=error.detail,
    )
    return PollOutcome(asked.feed, state, poll)


def _retry_after(
    error: FetchError | FeedError, response: FetchedResponse | None, now: datetime
) -> timedelta | None:
    if response is None or response.status not in {429, 503}:
        return None
    del error
    return retry_after(response.header("retry-after"), now)


def _document_wish(parsed: ParsedFeed) -> timedelta | None:
    wishes = [w for w in (parsed.ttl, parsed.update_period) if w is not None]
    return max(wishes, default=None)


def _with_flagged_dates(
    items: tuple[FeedItem, ...], now: datetime
) -> tuple[FeedItem, ...]:
    if not any(is_suspect(item.published_at, now) for item in items):
        return items
    return tuple(
        changed(item, is_date_suspect=True)
        if is_suspect(item.published_at, now)
        else item
        for item in items
    )
