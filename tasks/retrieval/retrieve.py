"""Article pages: one request per address and run, as robots.txt and the host allow."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlsplit

from tasks.errors import FetchError
from tasks.http.client import HttpClient
from tasks.http.robots import RobotsCache
from tasks.http.status import reason_of
from tasks.http.urls import check_url
from tasks.model.articles import Reject
from tasks.model.feeds import FeedItem, FetchedResponse
from tasks.model.reasons import PollReason, RejectReason, Stage

ROBOTS_USER_AGENT = (
    "Conflictwire"  # the product token robots.txt rules are matched with
)
ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"
MAX_FAILURES_PER_HOST = 3  # unreachable so often in a row: the host rests for this run

Result = tuple[FeedItem, FetchedResponse | Reject]
# Takes answers that are no page, for the archive: the response, 'robots' or 'refusal',
# and the item that was asked for (None: robots.txt).
Keep = Callable[[FetchedResponse, str, FeedItem | None], None]

_HOST_SAYS_NO = {PollReason.RATE_LIMITED, PollReason.BOT_CHALLENGE}
_HOST_IS_DOWN = {
    PollReason.DNS,
    PollReason.CONNECT,
    PollReason.TLS,
    PollReason.TOTAL_TIMEOUT,
    PollReason.READ_TIMEOUT,
}
_REJECTS = {
    PollReason.BOT_CHALLENGE: RejectReason.BOT_CHALLENGE,
    PollReason.TOO_LARGE: RejectReason.TOO_LARGE,
    PollReason.DECOMPRESSION_BOMB: RejectReason.TOO_LARGE,
    PollReason.BAD_URL: RejectReason.BAD_ITEM,
    PollReason.REFUSED_ADDRESS: RejectReason.BAD_ITEM,
    PollReason.ROBOTS: RejectReason.ROBOTS,
}


@dataclass(slots=True)
class _Run:
    client: HttpClient
    now: Callable[[], datetime]
    robots: RobotsCache
    robots_user_agent: str
    max_bytes: int | None
    total_timeout_s: float | None
    results: asyncio.Queue[Result | None]
    keep: Keep
    asked: set[str] = field(default_factory=set)


async def retrieve_articles(
    items: Iterable[FeedItem],
    client: HttpClient,
    now: Callable[[], datetime],
    *,
    concurrency: int,
    robots_user_agent: str = ROBOTS_USER_AGENT,
    max_bytes: int | None = None,
    total_timeout_s: float | None = None,
    keep: Keep = lambda *_: None,
) -> AsyncIterator[Result]:
    """Yield each item with its page, or with the reject that says why there is none.

    An address several items share is asked once; the other items are not yielded, since
    their page is in the run already. Hosts are worked on side by side, `concurrency` of
    them at once; one host's pages come one after the other.
    """
    run = _Run(
        client,
        now,
        RobotsCache(client, robots_user_agent, lambda r: keep(r, "robots", None)),
        robots_user_agent,
        max_bytes,
        total_timeout_s,
        asyncio.Queue(maxsize=concurrency),
        keep,
    )
    lanes = iter(_lanes(items))
    workers = [
        asyncio.create_task(_work(lanes, run)) for _ in range(max(1, concurrency))
    ]
    closer = asyncio.create_task(_close(workers, run.results))
    try:
        while (result := await run.results.get()) is not None:
            yield result
        await asyncio.gather(*workers)  # a bug in our own code surfaces here
    finally:
        for task in (*workers, closer):
            task.cancel()
        await asyncio.gather(*workers, closer, return_exceptions=True)


async def _close(
    workers: list[asyncio.Task[None]], results: asyncio.Queue[Result | None]
) -> None:
    await asyncio.gather(*workers, return_exceptions=True)
    await results.put(None)


def _lanes(items: Iterable[FeedItem]) -> list[list[FeedItem]]:
    """Group by host, each address once, longest lane first."""
    by_host: dict[str, dict[str, FeedItem]] = {}
    for item in items:
        by_host.setdefault(_host(item.url), {}).setdefault(_page(item.url), item)
    lanes = [list(lane.values()) for lane in by_host.values()]
    return sorted(lanes, key=len, reverse=True)


def _page(url: str) -> str:
    return url.partition("#")[0]


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


async def _work(lanes: Iterator[list[FeedItem]], run: _Run) -> None:
    for lane in lanes:
        stop: FetchError | None = None
        failures = 0
        for item in lane:
            result = stop or await _retrieve_one(item, run)
            if isinstance(result, FetchError):
                failures = failures + 1 if result.reason in _HOST_IS_DOWN else 0
                if stop is None and _must_stop(result, failures):
                    stop = _not_requested(result)
                await run.results.put((item, _reject(item, result)))
            else:
                failures = 0
                await run.results.put((item, result))


def _must_stop(error: FetchError, failures: int) -> bool:
    return error.reason in _HOST_SAYS_NO or failures >= MAX_FAILURES_PER_HOST


def _not_requested(error: FetchError) -> FetchError:
    return FetchError(error.reason, "host rests for this run; not requested")


async def _retrieve_one(item: FeedItem, run: _Run) -> FetchedResponse | FetchError:
    """Return the page, or the error as a value: one bad page is a row, not an exception."""
    try:
        check_url(item.url, run.client.policy)
        rules = await run.robots.rules_for(item.url)
        if not rules.allows(item.url, run.robots_user_agent):
            return FetchError(PollReason.ROBOTS, rules.why)
        response = await run.client.get(
            item.url,
            headers=(("Accept", ACCEPT),),
            max_bytes=run.max_bytes,
            total_timeout_s=run.total_timeout_s,
        )
    except FetchError as error:
        return error
    reason = reason_of(response)
    if reason is not None:
        run.keep(replace(response, retrieved_at=run.now()), "refusal", item)
        return FetchError(reason, f"http {response.status}", status=response.status)
    return replace(response, retrieved_at=run.now())


def _reject(item: FeedItem, error: FetchError) -> Reject:
    reason = _REJECTS.get(error.reason, RejectReason.FETCH_FAILED)
    return Reject(
        stage=Stage.RETRIEVAL,
        reason=reason,
        url=item.url,
        item_id=item.item_id,
        detail=str(error)[:300],
    )
