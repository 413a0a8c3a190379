"""The one HTTP client of a run: GET only, guarded, capped, polite."""

import asyncio
import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Self

import aiohttp
from yarl import URL

from tasks.errors import FetchError
from tasks.http.body import BodyReader
from tasks.http.decoding import ACCEPT_ENCODING
from tasks.http.failures import translate
from tasks.http.host_map import parse_host_map
from tasks.http.limiter import HostLimiter
from tasks.http.policy import HttpPolicy, policy_from_settings
from tasks.http.redirects import Redirect, next_hop
from tasks.http.resolver import GuardedResolver, Lookup, socket_opener
from tasks.http.urls import check_url
from tasks.model.feeds import FetchedResponse
from tasks.model.reasons import PollReason

__all__ = ["HttpClient", "HttpPolicy", "policy_from_settings"]

Headers = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Request:
    headers: tuple[tuple[str, str], ...]
    max_bytes: int


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    redirect: Redirect | None


class HttpClient:
    """Async context manager; one per run, so that the per-host limiter is shared."""

    def __init__(
        self,
        policy: HttpPolicy,
        *,
        now: Callable[[], datetime],
        lookup: Lookup | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.policy = policy
        self.limiter = HostLimiter(
            concurrency=policy.per_host_concurrency,
            spacing_s=policy.per_host_spacing_s,
            max_crawl_delay_s=policy.max_crawl_delay_s,
        )
        self._now = now
        self._lookup = lookup
        self._tls = tls
        self._host_map = parse_host_map(policy.host_map)
        self._times = aiohttp.ClientTimeout(
            total=None,  # ours, over all hops
            connect=policy.connect_timeout_s,
            sock_connect=policy.connect_timeout_s,
            sock_read=policy.read_timeout_s,
        )

    async def __aenter__(self) -> Self:
        policy = self.policy
        self._in_flight = asyncio.Semaphore(policy.concurrency)
        self._bodies = BodyReader(policy)
        self._session = aiohttp.ClientSession(
            connector=self._connector(),
            cookie_jar=aiohttp.DummyCookieJar(),  # no tracking across requests
            auto_decompress=False,  # we decode under caps ourselves
            trust_env=False,  # a proxy would make the address check meaningless
            requote_redirect_url=False,
            max_line_size=policy.max_header_bytes,
            max_field_size=policy.max_header_bytes,
            max_headers=policy.max_headers,
            headers={
                "User-Agent": policy.user_agent,
                "Accept-Encoding": ACCEPT_ENCODING,
            },
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._session.close()

    async def get(
        self,
        url: str,
        *,
        headers: Headers = (),
        max_bytes: int | None = None,
        total_timeout_s: float | None = None,
    ) -> FetchedResponse:
        """Return the final answer whatever its status; FetchError if there is none.

        Waiting for the host's turn does not count against the total time.
        """
        request = _Request(tuple(headers), max_bytes or self.policy.max_bytes)
        left_s = total_timeout_s or self.policy.total_timeout_s
        target, spent_s, is_permanent = check_url(url, self.policy), 0.0, True
        for hop in range(self.policy.max_redirects + 1):
            answer, took_s = await self._one_turn(target, request, left_s - spent_s)
            spent_s += took_s
            if answer.redirect is None:
                moved = str(target) if hop and is_permanent else None
                return self._response(url, target, answer, spent_s, moved)
            is_permanent = is_permanent and answer.redirect.is_permanent
            target = next_hop(target, answer.redirect, self.policy)
        raise FetchError(PollReason.TOO_MANY_REDIRECTS, str(target)[:200])

    def _response(
        self, url: str, target: URL, answer: _Answer, spent_s: float, moved: str | None
    ) -> FetchedResponse:
        return FetchedResponse(
            url=url,
            final_url=str(target),
            status=answer.status,
            headers=answer.headers,
            body=answer.body,
            retrieved_at=self._now(),
            elapsed_ms=round(spent_s * 1000),
            permanent_redirect_to=moved,
        )

    async def _one_turn(
        self, target: URL, request: _Request, left_s: float
    ) -> tuple[_Answer, float]:
        """Wait for the host's turn, then send one request within what is left of the time.

        No turn is held between two hops: two redirects to each other's hosts cannot lock.
        """
        async with self.limiter.slot(target.raw_host or ""), self._in_flight:
            started = time.monotonic()
            try:
                async with asyncio.timeout(max(left_s, 0.001)) as deadline:
                    answer = await self._exchange(target, request)
            except TimeoutError as exc:
                if deadline.expired():
                    detail = f"after {time.monotonic() - started:.1f} s"
                    raise FetchError(PollReason.TOTAL_TIMEOUT, detail) from exc
                raise translate(exc) from exc
            except (aiohttp.ClientError, OSError, ValueError) as exc:
                raise translate(exc) from exc
            return answer, time.monotonic() - started

    async def _exchange(self, target: URL, request: _Request) -> _Answer:
        async with self._session.get(
            self._wire(target),
            headers=request.headers,
            allow_redirects=False,
            timeout=self._times,
        ) as response:
            redirect = Redirect.of(response.status, response.headers.get("Location"))
            if redirect is not None:
                body = b""
                response.close()  # whatever body a redirect has is not read
            elif response.status == 304:
                body = b""  # by definition (RFC 9110, 15.4.5)
            elif response.status == 200:
                body = await self._bodies.read(response, request.max_bytes)
            else:
                body = await self._bodies.read_start(response)
            headers = tuple(response.headers.items())
            return _Answer(response.status, headers, body, redirect)

    def _wire(self, target: URL) -> URL:
        """Return the URL as sent: a stand-in on loopback may have no certificate."""
        if not self.policy.mapped_hosts_are_plain or target.scheme != "https":
            return target
        mapped = self._host_map.lookup(target.raw_host or "") is not None
        return target.with_scheme("http") if mapped else target

    def _connector(self) -> aiohttp.TCPConnector:
        return aiohttp.TCPConnector(
            limit=0,  # concurrency is limited before a connection is asked for
            resolver=GuardedResolver(
                self._host_map, self.policy.dns_threads, self._lookup
            ),
            socket_factory=socket_opener(self._host_map),
            ssl=self._tls or True,
            ttl_dns_cache=300,
            keepalive_timeout=15.0,
        )
