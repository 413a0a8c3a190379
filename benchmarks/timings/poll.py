"""Feeds polled per second against a bare loop of GETs by the same client.

5,000 feeds on 500 hosts of a loopback server in another process; nine of ten answer 304,
the others 200 with 30 items of the usual kind (markup, images, authors). Both sides use
the same client, hence the same limits, connections and decoding, at the same concurrency;
the reference asks the same addresses under the same conditions and reads the bodies. A
plain loop of aiohttp without any of our guards is shown beside them.

Inside our time: choosing what is due, the start of the parsing child (once a run, as in a
night), every document read and normalised, next states and polls decided. All items are
new to their feeds, the dearest case; a clock that moves stamps every answer. Not inside:
opening the client, archive and warehouse (`pipeline` times those).

The sides take turns; the ratio is the median over pairs of neighbours, so that a machine
that drifts moves both. Processor time is that of this process and its children; three
processes share the machine (server, poller, child), so wall time wants two free cores.
"""

import asyncio
import gc
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

import aiohttp

from tasks.http.client import HttpClient, HttpPolicy
from tasks.http.host_map import parse_host_map
from tasks.http.resolver import GuardedResolver
from tasks.model.feeds import Feed, FeedState
from tasks.polling.conditional_get import request_headers
from tasks.polling.poll import poll_feeds

FEEDS, HOSTS, CONCURRENCY, ITEMS = 5_000, 500, 64, 30
ROUNDS = 7
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
_STARTED = time.perf_counter()


@dataclass(frozen=True, slots=True)
class _Spent:
    """What 5,000 feeds took, in seconds."""

    wall: float
    processor: float


def measure() -> dict[str, Any]:
    """Run the sides in turn, each round in the other order."""
    rounds: list[dict[str, _Spent]] = []
    with _Server() as server:
        sides = {"bare": _bare, "ours": _poll, "library": _library}
        for number in range(ROUNDS):
            order = list(sides) if number % 2 else list(reversed(sides))
            rounds.append({name: _timed(sides[name], server.port) for name in order})
            print(_line(number, rounds[-1]), file=sys.stderr)
        asyncio.run(_poll(server.port, 2 * FEEDS))
    ours, bare = (median(FEEDS / r[n].wall for r in rounds) for n in ("ours", "bare"))
    return {
        "ours": round(ours, 1),
        "reference": round(bare, 1),
        "ratio": _ratio(rounds, "bare", "wall"),
        "unit": "feeds/s",
        "n": FEEDS,
        "rounds": ROUNDS,
        "ratio_in_processor_time": _ratio(rounds, "bare", "processor"),
        "ours_processor_s": round(median(r["ours"].processor for r in rounds), 3),
        "reference_processor_s": round(median(r["bare"].processor for r in rounds), 3),
        "ratio_to_plain_aiohttp": _ratio(rounds, "library", "wall"),
        "peak_mb_with_10000_feeds": _peak_mb(),
    }


def _peak_mb() -> int:
    """Return our own peak; ru_maxrss would begin at what the parent held."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return round(int(status.split("VmHWM:")[1].split()[0]) / 1_000)


def _timed(side: Callable[[int, int], Awaitable[float]], port: int) -> _Spent:
    gc.collect()  # each side pays for its own garbage
    before = _processor_s()
    wall = asyncio.run(_awaited(side(port, FEEDS)))
    return _Spent(wall, _processor_s() - before)


async def _awaited(side: Awaitable[float]) -> float:
    return await side


def _processor_s() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _ratio(rounds: list[dict[str, _Spent]], reference: str, clock: str) -> float:
    pairs = (getattr(r[reference], clock) / getattr(r["ours"], clock) for r in rounds)
    return float(round(median(pairs), 3))


def _line(number: int, spent: dict[str, _Spent]) -> str:
    texts = (
        f"{name} {s.wall:.2f} s (processor {s.processor:.2f} s)"
        for name, s in sorted(spent.items())
    )
    return f"round {number + 1}: " + ", ".join(texts)


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
    return HttpClient(policy, now=_clock)


def _clock() -> datetime:
    """Return the moment of the benchmark's day; it passes as it does outside."""
    return NOW + timedelta(seconds=time.perf_counter() - _STARTED)


async def _poll(port: int, number: int) -> float:
    known = feeds(number)
    remembered = states(known)
    items = polled = 0
    async with _client(port) as client:
        started = time.perf_counter()
        outcomes = poll_feeds(
            known, remembered, client, _clock, concurrency=CONCURRENCY
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


async def _library(port: int, number: int) -> float:
    """The same requests by aiohttp alone: no guards, no caps, no limits but the workers."""
    known = feeds(number)
    remembered = states(known)
    queue = iter(known)
    resolver = GuardedResolver(parse_host_map(f"*.example=127.0.0.1:{port}"), threads=1)
    connector = aiohttp.TCPConnector(limit=0, resolver=resolver, ttl_dns_cache=300)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def ask() -> None:
            for feed in queue:
                headers = request_headers(remembered[feed.feed_url])
                async with session.get(feed.feed_url, headers=headers) as response:
                    await response.read()

        started = time.perf_counter()
        await asyncio.gather(*(ask() for _ in range(CONCURRENCY)))
        return time.perf_counter() - started


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
