"""Feeds polled per second against a bare loop of GETs by the same client.

5,000 feeds on 500 hosts of a loopback server in another process; nine of ten answer 304,
the others 200 with 30 items of the usual kind (markup, images, authors). Both sides use
the same client, limits and concurrency; the reference only asks and drops the answer.
"""

import asyncio
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from tasks.http.client import HttpClient, HttpPolicy
from tasks.model.feeds import Feed, FeedState
from tasks.polling.conditional_get import request_headers
from tasks.polling.poll import poll_feeds

FEEDS, HOSTS, CONCURRENCY, ITEMS = 5_000, 500, 64, 30
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


def measure() -> dict[str, Any]:
    """Run reference and ours three times in turn; the best of each counts."""
    with _Server() as server:
        theirs, ours = [], []
        for _ in range(3):
            theirs.append(asyncio.run(_bare(server.port, FEEDS)))
            ours.append(asyncio.run(_poll(server.port, FEEDS)))
        asyncio.run(_poll(server.port, 2 * FEEDS))
    reference, rate = FEEDS / min(theirs), FEEDS / min(ours)
    return {
        "ours": round(rate, 1),
        "reference": round(reference, 1),
        "ratio": round(rate / reference, 3),
        "unit": "feeds/s",
        "n": FEEDS,
        "peak_mb_with_10000_feeds": round(
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000
        ),
    }


def feeds(number: int) -> list[Feed]:
    """Return the feeds, spread over the hosts."""
    return [
        Feed(
            f"http://h{n % HOSTS}.example/{'new' if n % 10 == 0 else 'old'}/{n}", str(n)
        )
        for n in range(number)
    ]


def states(known: Sequence[Feed]) -> dict[str, FeedState]:
    """Return what an earlier night left: a validator for each feed."""
    return {f.feed_url: FeedState(f.feed_url, etag='"v1"') for f in known}


def _client(port: int) -> HttpClient:
    policy = HttpPolicy(
        host_map=f"*.example=127.0.0.1:{port}",
        concurrency=CONCURRENCY,
        per_host_spacing_s=0,
    )
    return HttpClient(policy, now=lambda: NOW)


async def _poll(port: int, number: int) -> float:
    known = feeds(number)
    remembered = states(known)
    items = polled = 0
    async with _client(port) as client:
        started = time.perf_counter()
        outcomes = poll_feeds(
            known, remembered, client, lambda: NOW, concurrency=CONCURRENCY
        )
        async for outcome in outcomes:
            polled += 1
            items += len(outcome.items)
        seconds = time.perf_counter() - started
    if polled != number or items != number // 10 * ITEMS:
        raise RuntimeError(f"{polled} feeds, {items} items: the benchmark is broken")
    return seconds


async def _bare(port: int, number: int) -> float:
    known = feeds(number)
    remembered = states(known)
    queue = iter(known)
    answers: list[int] = []
    async with _client(port) as client:
        started = time.perf_counter()
        await asyncio.gather(
            *(_ask(queue, remembered, client, answers) for _ in range(CONCURRENCY))
        )
        seconds = time.perf_counter() - started
    if answers.count(304) != number - number // 10:
        raise RuntimeError("the benchmark is broken")
    return seconds


async def _ask(
    queue: Iterator[Feed],
    remembered: dict[str, FeedState],
    client: HttpClient,
    answers: list[int],
) -> None:
    for feed in queue:
        headers = request_headers(remembered[feed.feed_url])
        answers.append((await client.get(feed.feed_url, headers=headers)).status)


@cache
def document(number: str) -> bytes:
    """Return an RSS feed of the usual kind."""
    items = "".join(
        f"<item><title>Clashes near town {n} leave &#8216;several&#8217; dead</title>"
        f"<link>http://h.example/2026/{number}/{n}/clashes-near-town?utm_source=rss</link>"
        f'<guid isPermaLink="false">http://h.example/?p={number}{n}</guid>'
        f"<pubDate>Mon, {1 + n % 28:02d} Nov 2026 10:{n:02d}:00 +0000</pubDate>"
        f"<dc:creator><![CDATA[Reporter {n}]]></dc:creator>"
        f"<category><![CDATA[World]]></category><description><![CDATA[<p>Gunmen attacked "
        f"a village on Tuesday, officials said.</p><p><a href='http://h.example/{n}'>Read "
        f"more</a></p>]]></description><media:content url='http://h.example/{n}.jpg' "
        f"medium='image'><media:description>Soldiers on patrol</media:description>"
        f"</media:content></item>"
        for n in range(ITEMS)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:media="http://search.yahoo.com/mrss/"><channel><title>News</title>'
        f"<link>http://h.example/</link>{items}</channel></rss>"
    ).encode()


class _Server:
    """The loopback server in its own process."""

    def __enter__(self) -> "_Server":
        command = [sys.executable, "-m", "benchmarks.timings.poll"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()


class _Answering(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._buffer = b""

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while b"\r\n\r\n" in self._buffer:
            head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
            path = head.split(b" ", 2)[1]
            self._transport.write(_new(path) if b"/new/" in path else _OLD)


_OLD = b'HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\n\r\n'


def _new(path: bytes) -> bytes:
    body = document(path.rpartition(b"/")[2].decode())
    return (
        b'HTTP/1.1 200 OK\r\nETag: "v2"\r\nContent-Length: %d\r\n\r\n' % len(body)
        + body
    )


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(_Answering, "127.0.0.1", 0, backlog=1_024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve())
