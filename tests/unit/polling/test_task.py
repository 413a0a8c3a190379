"""The poller's Prefect boundary: outcomes go to the warehouse in batches."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tasks.model.feeds import Feed, FeedPoll, FeedState, FetchedResponse, PollOutcome
from tasks.model.reasons import PollReason
from tasks.polling import task
from tasks.run import Run, fixed_clock
from tasks.settings import Settings

NOW = datetime(2026, 11, 3, tzinfo=UTC)


def outcome(number: int, body: bytes | None = None) -> PollOutcome:
    feed = Feed(f"http://a.example/{number}", str(number))
    poll = FeedPoll(
        feed.feed_url, NOW, PollReason.NOT_MODIFIED, 304, 0, 0, 0, 0, 1, NOW
    )
    response = body and FetchedResponse(feed.feed_url, feed.feed_url, 200, (), body, NOW, 1)  # fmt: skip
    return PollOutcome(feed, FeedState(feed.feed_url), poll, response=response or None)


async def batches(
    outcomes: Sequence[PollOutcome], monkeypatch: pytest.MonkeyPatch, home: Path
) -> list[int]:
    """Return how many outcomes each transaction took."""
    sizes: list[int] = []
    parts: list[int] = []

    async def answered(*_: Any, **__: Any) -> AsyncIterator[PollOutcome]:
        for each in outcomes:
            yield each

    def recorded(_run: Run, waiting: Sequence[PollOutcome], part: int) -> None:
        sizes.append(len(waiting))
        parts.append(part)

    monkeypatch.setattr(task, "poll_feeds", answered)
    monkeypatch.setattr(task, "_record", recorded)
    run = Run("poll", "r1", Settings(home=home), fixed_clock(NOW))
    counts = await task._poll(run, [o.feed for o in outcomes], {}, force=False)
    assert counts["not_modified"] == sum(sizes) == len(outcomes)
    assert len(set(parts)) == len(parts), "each batch has its own ledger key"
    return sizes


async def test_states_are_written_five_hundred_at_a_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    outcomes = [outcome(n) for n in range(1_100)]
    assert await batches(outcomes, monkeypatch, tmp_path) == [500, 500, 100]


async def test_large_answers_do_not_pile_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    body = b"x" * 15_000_000
    outcomes = [outcome(n, body) for n in range(12)]
    assert await batches(outcomes, monkeypatch, tmp_path) == [5, 5, 2]
