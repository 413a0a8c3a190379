"""Prefect boundary of polling: due feeds in, their answers archived and recorded."""

import asyncio
from collections import Counter
from collections.abc import Sequence

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from tasks.archiving.segments import SegmentWriter
from tasks.errors import AssertionFailed
from tasks.feeds import load_feeds
from tasks.http.client import HttpClient, policy_from_settings
from tasks.loading import load
from tasks.loading.task import warehouse_of
from tasks.model.feeds import Feed, FeedState, PollOutcome
from tasks.model.reasons import PollReason
from tasks.polling.poll import poll_feeds
from tasks.progress import ticker
from tasks.run import Run
from warehouse.store import feed_states

_FLUSH = 500  # outcomes per load: a transaction costs the same for one as for many
_FLUSH_BYTES = 64_000_000  # hostile feeds must not pile up
_FINE = {PollReason.OK, PollReason.NOT_MODIFIED, PollReason.SAME_BODY, PollReason.EMPTY}


@task(name="poll due feeds", cache_policy=NO_CACHE)
def poll_due_feeds(run: Run, *, force: bool = False) -> dict[str, int]:
    """Poll every feed that is due; return counts by reason, and of new items.

    Raises ConfigError for a bad feeds.toml, AssertionFailed when so many feeds fail
    that the night's figures would not be believable.
    """
    feeds = load_feeds(run.settings.feeds)
    warehouse = warehouse_of(run)
    with warehouse.session():
        states = feed_states(warehouse)
        with warehouse.transaction(f"feeds:{run.run_id}", run.run_id) as tx:
            load.load_feeds(tx, feeds)
    counts = asyncio.run(_poll(run, feeds, states, force=force))
    get_run_logger().info("feeds polled %s", dict(counts))
    _assert_believable(run, counts)
    return dict(counts)


async def _poll(
    run: Run, feeds: Sequence[Feed], states: dict[str, FeedState], *, force: bool
) -> Counter[str]:
    counts: Counter[str] = Counter(feeds=len(feeds), new_items=0)
    waiting: list[PollOutcome] = []
    held = 0
    settings = run.settings
    async with HttpClient(policy_from_settings(settings), now=run.clock) as client:
        with ticker("polling feeds", len(feeds)) as tick:
            async for outcome in poll_feeds(
                feeds,
                states,
                client,
                run.clock,
                concurrency=settings.fetch_concurrency,
                force=force,
            ):
                counts[outcome.poll.reason.value] += 1
                counts["new_items"] += len(outcome.items)
                waiting.append(outcome)
                held += len(outcome.response.body) if outcome.response else 0
                tick()
                if len(waiting) >= _FLUSH or held >= _FLUSH_BYTES:
                    _record(run, waiting, counts.total())
                    waiting, held = [], 0
    _record(run, waiting, counts.total())
    return counts


def _record(run: Run, outcomes: Sequence[PollOutcome], part: int) -> None:
    """Archive first, then load: what the warehouse knows, the archive holds."""
    if not outcomes:
        return
    with SegmentWriter(run.settings.archive_dir, f"{run.run_id}-feeds") as archive:
        archived = [
            (archive.add(outcome.response, "feed"), None)
            for outcome in outcomes
            if outcome.response is not None
        ]
    key = f"polls:{run.run_id}:{part}"
    with warehouse_of(run).transaction(key, run.run_id) as tx:
        load.load_polls(tx, outcomes)
        load.load_responses(tx, archived)


def _assert_believable(run: Run, counts: Counter[str]) -> None:
    by_reason = {r: counts[r.value] for r in PollReason if counts[r.value]}
    polled = sum(by_reason.values())
    failed = sum(n for reason, n in by_reason.items() if reason not in _FINE)
    if polled >= 10 and failed > polled * run.settings.max_failing_feed_share:
        raise AssertionFailed(
            f"{failed} of {polled} feeds failed: is the network up? Nothing is "
            "published from such a night (CONFLICTWIRE_MAX_FAILING_FEED_SHARE)"
        )
