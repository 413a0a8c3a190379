"""Probing every configured feed once, for `conflictwire feeds check`."""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime

from tasks.http.client import HttpClient
from tasks.model.feeds import Feed, PollOutcome
from tasks.model.reasons import PollReason
from tasks.polling.poll import poll_feeds


async def check_feeds(
    feeds: Sequence[Feed],
    client: HttpClient,
    now: Callable[[], datetime],
    *,
    concurrency: int = 16,
) -> AsyncIterator[PollOutcome]:
    """Yield one probe of every feed as it comes; what polling remembers stays untouched."""
    async for outcome in poll_feeds(
        feeds, {}, client, now, concurrency=concurrency, force=True
    ):
        yield outcome


def is_confirmed(outcome: PollOutcome) -> bool:
    """Tell whether a probe earns the feed its checked_on.

    It does by an answer with items in it, or, for a sitemap index, with sitemaps in it.
    """
    found = outcome.poll.num_items > 0 or outcome.state.sitemap_child is not None
    return outcome.poll.reason is PollReason.OK and found
