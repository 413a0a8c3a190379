"""Polling: asks what is due, one request per feed and run; decides nothing itself."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tasks.errors import FeedError, FetchError
from tasks.http.client import HttpClient
from tasks.http.status import reason_of
from tasks.model.feeds import (
    Feed,
    FeedState,
    FetchedResponse,
    ParsedFeed,
    PollOutcome,
)
from tasks.model.quick import changed
from tasks.model.reasons import PollReason
from tasks.polling import decide
from tasks.polling.conditional_get import FULL_GET_EVERY, request_headers
from tasks.polling.moves import poll_url
from tasks.polling.parse import parse_feed, parse_ordinary
from tasks.polling.parse_child import ParseJob
from tasks.polling.parse_worker import ParseWorker
from tasks.polling.schedule import is_due
from tasks.polling.sitemap_index import is_index, newest_child

ACCEPT = (
    "application/rss+xml, application/atom+xml, application/rdf+xml, "
    "application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)
INLINE_ORDINARY = 1_000_000  # bytes; time there is linear, about 15 ms a megabyte
INLINE_UNUSUAL = 32_000  # bytes; feedparser's worst case on that is 0.2 s
LARGE_RUN = 200  # due feeds from which a child parses all documents it has room for
_DONE = None


@dataclass(slots=True)
class _Run:
    """What the lanes of one run share."""

    states: Mapping[str, FeedState]
    client: HttpClient
    now: Callable[[], datetime]
    full_get_every: int
    outcomes: asyncio.Queue[PollOutcome | None]
    parser: ParseWorker
    is_large: bool  # worth a second core
    host_blocked_until: dict[str, datetime] = field(default_factory=dict)


async def poll_feeds(
    feeds: Sequence[Feed],
    states: Mapping[str, FeedState],
    client: HttpClient,
    now: Callable[[], datetime],
    *,
    concurrency: int,
    force: bool = False,
    full_get_every: int = FULL_GET_EVERY,
) -> AsyncIterator[PollOutcome]:
    """Yield the outcome of every due feed as it comes; never raises for one feed.

    Feeds of one host are asked one after the other, hosts with many feeds first;
    `concurrency` hosts at once. Outcomes wait in a bounded queue, so memory does not grow
    with the number of feeds when the reader is slow.
    """
    due = _due(feeds, states, now(), force=force)
    lanes = iter(_lanes(due))
    run = _Run(
        states,
        client,
        now,
        full_get_every,
        asyncio.Queue(maxsize=concurrency),
        ParseWorker(),
        len(due) >= LARGE_RUN,
    )
    if run.is_large:
        run.parser.start_soon()
    workers = [
        asyncio.create_task(_work(lanes, run)) for _ in range(max(1, concurrency))
    ]
    closer = asyncio.create_task(_close(workers, run.outcomes))
    try:
        while (outcome := await run.outcomes.get()) is not _DONE:
            yield outcome
        await asyncio.gather(*workers)  # a bug in our own code surfaces here
    finally:
        for task in (*workers, closer):
            task.cancel()
        await asyncio.gather(*workers, closer, return_exceptions=True)
        await run.parser.close()


async def _close(
    workers: list[asyncio.Task[None]], outcomes: asyncio.Queue[PollOutcome | None]
) -> None:
    await asyncio.gather(*workers, return_exceptions=True)
    await outcomes.put(_DONE)


def _due(
    feeds: Sequence[Feed],
    states: Mapping[str, FeedState],
    now: datetime,
    *,
    force: bool,
) -> list[Feed]:
    """Return the feeds to ask, each address once."""
    due: dict[str, Feed] = {}
    for feed in feeds:
        state = states.get(feed.feed_url)
        if state is None or is_due(
            state.next_poll_at, state.blocked_until, now, force=force
        ):
            due.setdefault(feed.feed_url, feed)
    return list(due.values())


def _lanes(feeds: Sequence[Feed]) -> list[list[Feed]]:
    """Group by host, longest lane first: the run ends when the longest lane does."""
    by_host: dict[str, list[Feed]] = {}
    for feed in feeds:
        by_host.setdefault(_host(feed.feed_url), []).append(feed)
    return sorted(by_host.values(), key=len, reverse=True)


def _host(url: str) -> str:
    """Return what groups feeds into lanes; the client looks at addresses properly."""
    return url.partition("://")[2].partition("/")[0].lower()


async def _work(lanes: Iterator[list[Feed]], run: _Run) -> None:
    for lane in lanes:
        host = _host(lane[0].feed_url)
        for feed in lane:
            await run.outcomes.put(await _poll_one(feed, host, run))


async def _poll_one(feed: Feed, host: str, run: _Run) -> PollOutcome:
    state = run.states.get(feed.feed_url) or FeedState(feed.feed_url)
    asked = decide.Asked(
        feed, state, poll_url(feed, state), run.now(), run.full_get_every
    )
    if asked.url is not feed.feed_url:
        host = _host(asked.url)
    blocked = run.host_blocked_until.get(host)
    if blocked is not None and asked.at < blocked:
        return decide.on_blocked_host(asked, blocked)
    response: FetchedResponse | None = None
    try:
        conditions = _conditions(asked)
        response = await _fetch(asked, conditions, run)
        outcome = await _judge(asked, response, run, is_conditional=bool(conditions))
    except (FetchError, FeedError) as error:
        outcome = decide.on_failure(asked, error, response)
    if outcome.poll.reason in {PollReason.RATE_LIMITED, PollReason.BOT_CHALLENGE}:
        run.host_blocked_until[host] = outcome.state.blocked_until or (
            asked.at + timedelta(minutes=15)
        )
    return outcome


def _conditions(asked: decide.Asked) -> tuple[tuple[str, str], ...]:
    if is_index(asked.state, asked.url):
        return ()  # the validators we hold are its sitemap's
    return request_headers(asked.state, asked.full_get_every)


async def _fetch(
    asked: decide.Asked, conditions: tuple[tuple[str, str], ...], run: _Run
) -> FetchedResponse:
    response = await run.client.get(
        asked.url, headers=(("Accept", ACCEPT), *conditions)
    )
    if response.retrieved_at == asked.at:
        return response
    return changed(response, retrieved_at=asked.at)


async def _judge(
    asked: decide.Asked, response: FetchedResponse, run: _Run, *, is_conditional: bool
) -> PollOutcome:
    reason = reason_of(response)
    if reason is PollReason.NOT_MODIFIED:
        if not is_conditional:
            raise FetchError(
                PollReason.UNEXPECTED_STATUS, "304 to an unconditional GET"
            )
        return decide.on_not_modified(asked, response)
    if reason is not None:
        raise FetchError(reason, status=response.status)
    digest = decide.body_digest(response)
    if digest == asked.state.body_sha256:
        return decide.on_same_body(asked, response, digest)
    parsed = await _parse(asked, response, run)
    if (child := newest_child(parsed, asked.url)) is not None:
        return decide.on_sitemap_index(asked, response, child)
    return decide.on_document(asked, response, digest, parsed)


async def _parse(
    asked: decide.Asked, response: FetchedResponse, run: _Run
) -> ParsedFeed:
    """Parse here what is sure to be quick; anything else where it can be killed."""
    body, feed_url = response.body, asked.feed.feed_url
    headers = dict(response.headers)
    is_for_child = run.is_large and run.parser.is_ready
    if not is_for_child and len(body) <= INLINE_ORDINARY:
        parsed = parse_ordinary(body, headers, response.final_url, feed_url=feed_url)
        if parsed is not None:
            return parsed
    if len(body) <= INLINE_UNUSUAL and not run.is_large:
        return parse_feed(body, headers, response.final_url, feed_url=feed_url)
    return await run.parser.parse(ParseJob(body, headers, response.final_url, feed_url))
