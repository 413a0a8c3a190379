"""The parser in a child: same results, killable, and jobs behind a killed one survive."""

import asyncio

import pytest

from tasks.errors import FeedError
from tasks.model.reasons import PollReason
from tasks.polling.parse import parse_feed
from tasks.polling.parse_child import ParseJob
from tasks.polling.parse_worker import ParseWorker

URL = "http://a.example/feed"
GOOD = b"<rss version='2.0'><channel><item><title>a & b</title></item></channel></rss>"
ENDLESS = GOOD.replace(b"a & b", b"x</title><description><![CDATA[" + b"<!--" * 450_000 + b"]]></description><title>")  # fmt: skip

pytestmark = pytest.mark.slow


def job(content: bytes) -> ParseJob:
    return ParseJob(content, {}, URL, URL)


async def test_child_answers_as_the_function_does_in_order() -> None:
    worker = ParseWorker()
    try:
        documents = [GOOD.replace(b"a & b", b"N%d &" % n) for n in range(40)]
        found = await asyncio.gather(*(worker.parse(job(d)) for d in documents))
        assert list(found) == [parse_feed(d, {}, URL, feed_url=URL) for d in documents]
        with pytest.raises(FeedError) as caught:
            await worker.parse(job(b"<html>no feed</html>"))
        assert caught.value.reason is PollReason.NOT_A_FEED
    finally:
        await worker.close()


async def test_endless_document_is_killed_and_the_jobs_behind_it_are_not_lost() -> None:
    worker = ParseWorker(seconds=3)
    try:
        jobs = [GOOD, ENDLESS, GOOD, GOOD]
        tasks = [asyncio.create_task(worker.parse(job(d))) for d in jobs]
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert isinstance(results[1], FeedError)
        assert "3 s" in results[1].detail
        others = [results[0], *results[2:]]
        assert [len(r.items) for r in others] == [1, 1, 1]  # type: ignore[union-attr]
    finally:
        await worker.close()


async def test_child_takes_jobs_while_it_starts_until_many_wait() -> None:
    worker = ParseWorker()
    assert not worker.is_ready
    worker.start_soon()
    try:
        assert worker.is_ready
        tasks = [asyncio.create_task(worker.parse(job(GOOD))) for _ in range(40)]
        await asyncio.sleep(0)
        assert not worker.is_ready
        assert {len(parsed.items) for parsed in await asyncio.gather(*tasks)} == {1}
        assert worker.is_ready
    finally:
        await worker.close()


async def test_child_that_cannot_start_takes_no_jobs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.executable", "/no/such/python")
    worker = ParseWorker()
    worker.start_soon()
    await asyncio.sleep(0.5)
    assert not worker.is_ready
    await worker.close()
